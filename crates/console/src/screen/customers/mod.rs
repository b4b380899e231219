//! LIST-1: a partner's customers; the address is the state.

mod address;

use crate::{
    Console,
    frame::{called, page},
    part::{Chip, chip},
    screen::start::{DraftLine, lines},
    template::View,
    web::{Failure, Query, Signed},
    words::Words,
};
use address::Wish;
use app::{Page, PageRequest, Place, customer::CustomerView, draft::DraftView};
use axum::{extract::State, response::Response};
use domain::{
    ids::{DraftId, PersonId},
    person::{Person, Role},
    program::Program,
};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;

const ROWS: usize = 50;
/// Views with a count, in the order in which one works through them.
const VIEWS: [&str; 8] = [
    "pending_consent",
    "pending_provisioning_details",
    "pending_approval",
    "provisioning",
    "active",
    "expired",
    "purchased",
    "cancelled",
];
const SOON: [&str; 3] = ["expires_in_30_days", "expires_in_60_days", "to_be_deleted"];

/// The values of `customers.html`.
#[derive(Serialize)]
pub(crate) struct Customers {
    views: Vec<Tab>,
    rows: Vec<Row>,
    q: String,
    status: String,
    service: String,
    region: String,
    services: Vec<Pick>,
    regions: Vec<Pick>,
    ends: Vec<Pick>,
    sorts: Vec<Sort>,
    first: Option<String>,
    next: Option<String>,
    /// `first-use`, `no-match`, or empty.
    empty: &'static str,
    /// Regions whose store did not answer.
    unavailable: Option<String>,
    may_start: bool,
    total: String,
    /// START-10: what is half filled.
    drafts: Vec<DraftLine>,
}

#[derive(Serialize)]
struct Tab {
    label: String,
    count: String,
    url: String,
    current: bool,
}

#[derive(Serialize)]
struct Pick {
    value: String,
    name: String,
    current: bool,
}

#[derive(Serialize)]
struct Sort {
    /// `name` or `end`.
    key: &'static str,
    url: String,
    /// `ascending`, `descending` or `none`.
    order: &'static str,
}

#[derive(Serialize)]
struct Row {
    url: String,
    name: String,
    country: String,
    chip: Chip,
    services: String,
    licences: Option<String>,
    ends: Option<String>,
    region: String,
    /// Who of one's own company looks after it.
    assigned: String,
    tags: Vec<String>,
}

impl View for Customers {
    const TEMPLATE: &'static str = "customers.html";
}

pub(crate) async fn list(
    State(console): State<Console>,
    Signed { visitor, actor, words }: Signed,
    Query(query): Query,
) -> Result<Response, Failure> {
    let state = Wish::of(&query);
    let after = state.after.as_deref().and_then(super::place);
    let request = PageRequest { after, limit: ROWS };
    let filter = state.filter();
    // PERF-4: at once, since both go through all regions.
    let (found, counts, drafts) = tokio::try_join!(
        console.app.customers(&actor, &filter, &request),
        console.app.count_customers(&actor, query.get("q")),
        lines(&console, &actor, &words),
    )?;
    let mut assigned: Vec<PersonId> = found.items.iter().flat_map(|view| view.assigned.clone()).collect();
    assigned.sort_unstable();
    assigned.dedup();
    let colleagues = console.app.colleagues(&actor, &assigned).await?;
    let program = console.app.program()?;
    let may_start = [Role::SalesAdministrator, Role::SalesFullAdministrator]
        .iter()
        .any(|role| actor.has(*role));
    let source = Source {
        words: &words,
        wish: &state,
        program: &program,
        colleagues: &colleagues,
        now: console.app.clock.now(),
        may_start,
    };
    let mut view = view(&source, &found, &counts);
    view.drafts = drafts;
    page(&console, &visitor, words.say("customers-title"), &view)
}

/// What a list is put into words with.
struct Source<'a> {
    words: &'a Words,
    wish: &'a Wish,
    program: &'a Program,
    colleagues: &'a [Person],
    now: Timestamp,
    may_start: bool,
}

fn view(source: &Source<'_>, found: &Page<CustomerView>, counts: &BTreeMap<String, i64>) -> Customers {
    let Source {
        words, wish, program, ..
    } = source;
    let total: i64 = counts.values().sum();
    let services = program
        .services
        .iter()
        .map(|service| (service.id.clone(), service.name.clone()));
    let regions = program
        .regions
        .iter()
        .map(|region| (region.id.clone(), words.pick(&region.name)));
    let soon = SOON.iter().map(|soon| {
        (
            (*soon).to_owned(),
            words.say(&format!("ends-{}", soon.replace('_', "-"))),
        )
    });
    Customers {
        views: tabs(words, wish, counts, total),
        empty: empty(wish, found, total),
        rows: found.items.iter().map(|view| row(source, view)).collect(),
        services: picks(&wish.service, services),
        regions: picks(&wish.region, regions),
        ends: picks(&wish.status, soon),
        sorts: ["name", "end"].map(|key| sort(wish, key)).into(),
        first: wish.after.as_ref().map(|_| wish.at(None)),
        next: found
            .next
            .as_ref()
            .and_then(|place| Some(wish.at(Some(super::cursor(place)?)))),
        unavailable: unavailable(words, found, program),
        may_start: source.may_start,
        q: wish.q.clone(),
        status: wish.status.clone(),
        service: wish.service.clone(),
        region: wish.region.clone(),
        total: words.t("customers-count", &[("count", total.into())]),
        drafts: Vec::new(),
    }
}

fn empty(wish: &Wish, found: &Page<CustomerView>, total: i64) -> &'static str {
    if !found.items.is_empty() {
        ""
    } else if wish.is_narrowed() || total > 0 {
        "no-match"
    } else {
        "first-use"
    }
}

fn unavailable(words: &Words, found: &Page<CustomerView>, program: &Program) -> Option<String> {
    let down: Vec<String> = found
        .unavailable_regions
        .iter()
        .map(|region| words.region(region, program))
        .collect();
    (!down.is_empty()).then(|| words.t("customers-unavailable", &[("regions", words.list(&down).into())]))
}

fn tabs(words: &Words, state: &Wish, counts: &BTreeMap<String, i64>, total: i64) -> Vec<Tab> {
    let tab = |status: &str, label: String, count: i64| Tab {
        label,
        count: words.number(count),
        url: Wish {
            status: status.to_owned(),
            after: None,
            ..state.clone()
        }
        .url(),
        current: state.status == status,
    };
    let mut tabs = vec![tab("", words.say("customers-all"), total)];
    for status in VIEWS {
        let count = counts.get(status).copied().unwrap_or(0);
        if count > 0 || state.status == status {
            tabs.push(tab(
                status,
                words.say(&format!("status-{}", status.replace('_', "-"))),
                count,
            ));
        }
    }
    tabs
}

fn picks(current: &str, all: impl Iterator<Item = (String, String)>) -> Vec<Pick> {
    all.map(|(value, name)| Pick {
        current: value == current,
        value,
        name,
    })
    .collect()
}

fn sort(state: &Wish, key: &'static str) -> Sort {
    let (up, down) = (if key == "name" { "" } else { "end" }, format!("-{key}"));
    let order = if state.sort == up {
        "ascending"
    } else if state.sort == down {
        "descending"
    } else {
        "none"
    };
    let to = if order == "ascending" { down } else { up.to_owned() };
    Sort {
        key,
        order,
        url: Wish {
            sort: to,
            after: None,
            ..state.clone()
        }
        .url(),
    }
}

fn row(
    Source {
        words,
        program,
        now,
        colleagues,
        ..
    }: &Source<'_>,
    view: &CustomerView,
) -> Row {
    let open = view.trials.iter().filter(|trial| trial.status().is_open());
    let licences = open.map(|trial| trial.license_quantity).max();
    // What is tried; else what was bought.
    let bought = || view.purchased.iter().map(|one| one.service.clone()).collect();
    let services: Vec<String> = Some(view.services.clone())
        .filter(|tried| !tried.is_empty())
        .unwrap_or_else(bought);
    let looks_after = colleagues.iter().filter(|person| view.assigned.contains(&person.id));
    let names: Vec<String> = looks_after.map(called).collect();
    Row {
        assigned: words.list(&names),
        url: format!("/partner/customers/{}", view.id),
        name: i18n::tame(&view.name),
        country: words.country(&view.country, Some(program)),
        chip: chip::of_customer(words, view, program, *now),
        services: words.list(&words.services(&services, program)),
        licences: licences.map(|count| words.number(count)),
        ends: view.ends_on.map(|day| words.medium(day)),
        region: view
            .region
            .as_ref()
            .map(|region| words.region(region, program))
            .unwrap_or_default(),
        tags: view.tags.iter().map(|tag| i18n::tame(tag)).collect(),
    }
}

/// For tests and the page of parts.
pub(super) fn sample(words: &Words, program: &Program, rows: Vec<CustomerView>) -> Customers {
    let counts = BTreeMap::from([("active".to_owned(), 3), ("expired".to_owned(), 1)]);
    let found = Page {
        items: rows,
        next: Some(Place("a".to_owned(), "b".to_owned())),
        unavailable_regions: vec!["eu".to_owned()],
    };
    let state = Wish {
        q: "lum".to_owned(),
        status: "active".to_owned(),
        after: Some("x".to_owned()),
        ..Wish::default()
    };
    let source = Source {
        words,
        wish: &state,
        program,
        colleagues: &[],
        now: Timestamp::UNIX_EPOCH,
        may_start: true,
    };
    let mut view = view(&source, &found, &counts);
    view.drafts = drafts(words);
    view
}

fn drafts(words: &Words) -> Vec<DraftLine> {
    let one = |version: i64, name: Option<&str>, step: Option<&str>| {
        let view = DraftView {
            id: Some(DraftId::new("eu", "1")),
            draft: domain::draft::Draft {
                step: step.map(str::to_owned),
                ..domain::draft::Draft::default()
            },
            customer_name: name.map(str::to_owned),
            region: "eu".to_owned(),
            created_at: Timestamp::UNIX_EPOCH,
            updated_at: Timestamp::UNIX_EPOCH,
            forgotten_at: Timestamp::UNIX_EPOCH,
            version,
        };
        DraftLine::of(words, &view)
    };
    let named = [Some("Lumière <b>"), None, Some("Studio Nord"), Some("Cordage")];
    named
        .into_iter()
        .zip([Some("services"), None, Some("answers"), Some("x")])
        .map(|(name, step)| one(1, name, step))
        .collect()
}
