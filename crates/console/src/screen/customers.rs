//! LIST-1: a partner's customers; the address is the state.

use crate::{
    Console,
    frame::page,
    part::{Chip, chip},
    template::View,
    web::{Failure, Fields, Query, Signed, encoded},
    words::Words,
};
use app::{
    Page, PageRequest, Place,
    customer::{CustomerFilter, CustomerView},
};
use axum::{extract::State, response::Response};
use data_encoding::BASE64URL_NOPAD;
use domain::{person::Role, program::Program};
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
const SOON: [&str; 2] = ["expires_in_30_days", "expires_in_60_days"];

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
    tags: Vec<String>,
}

impl View for Customers {
    const TEMPLATE: &'static str = "customers.html";
}

/// What stands in the address.
#[derive(Clone, Default)]
struct Wish {
    q: String,
    status: String,
    service: String,
    region: String,
    sort: String,
    after: Option<String>,
}

impl Wish {
    fn of(query: &Fields) -> Self {
        let text = |name: &str| query.owned(name).unwrap_or_default();
        let (q, status, service, region, sort) =
            (text("q"), text("status"), text("service"), text("region"), text("sort"));
        Self {
            q,
            status,
            service,
            region,
            sort,
            after: query.owned("after"),
        }
    }

    fn url(&self) -> String {
        let pairs = [
            ("q", &self.q),
            ("status", &self.status),
            ("service", &self.service),
            ("region", &self.region),
            ("sort", &self.sort),
        ];
        let mut parts: Vec<String> = pairs
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        parts.extend(self.after.iter().map(|after| format!("after={}", encoded(after))));
        if parts.is_empty() {
            "/partner/customers".to_owned()
        } else {
            format!("/partner/customers?{}", parts.join("&"))
        }
    }

    fn is_narrowed(&self) -> bool {
        [&self.q, &self.status, &self.service, &self.region]
            .iter()
            .any(|value| !value.is_empty())
    }

    fn filter(&self) -> CustomerFilter {
        let some = |text: &String| (!text.is_empty()).then(|| text.clone());
        CustomerFilter {
            statuses: some(&self.status).into_iter().collect(),
            service: some(&self.service),
            region: some(&self.region),
            q: some(&self.q),
            by_end: self.sort.ends_with("end"),
            descending: self.sort.starts_with('-'),
            ..CustomerFilter::default()
        }
    }
}

pub(crate) async fn list(
    State(console): State<Console>,
    Signed { visitor, actor, words }: Signed,
    Query(query): Query,
) -> Result<Response, Failure> {
    let state = Wish::of(&query);
    let after = state.after.as_deref().and_then(place);
    let request = PageRequest { after, limit: ROWS };
    let found = console.app.customers(&actor, &state.filter(), &request).await?;
    let counts = console.app.count_customers(&actor, None).await?;
    let program = console.app.program()?;
    let may_start = [Role::SalesAdministrator, Role::SalesFullAdministrator]
        .iter()
        .any(|role| actor.has(*role));
    let view = view(&words, &state, found, &counts, &program, may_start);
    page(&console, &visitor, words.say("customers-title"), &view)
}

fn place(text: &str) -> Option<Place> {
    serde_json::from_slice(&BASE64URL_NOPAD.decode(text.as_bytes()).ok()?).ok()
}

fn view(
    words: &Words,
    state: &Wish,
    found: Page<CustomerView>,
    counts: &BTreeMap<String, i64>,
    program: &Program,
    may_start: bool,
) -> Customers {
    let total: i64 = counts.values().sum();
    let next = found
        .next
        .as_ref()
        .and_then(|place| serde_json::to_vec(place).ok())
        .map(|place| {
            Wish {
                after: Some(BASE64URL_NOPAD.encode(&place)),
                ..state.clone()
            }
            .url()
        });
    let down: Vec<String> = found
        .unavailable_regions
        .iter()
        .map(|region| words.region(region, program))
        .collect();
    Customers {
        views: tabs(words, state, counts, total),
        empty: if !found.items.is_empty() {
            ""
        } else if state.is_narrowed() || total > 0 {
            "no-match"
        } else {
            "first-use"
        },
        rows: found.items.iter().map(|view| row(words, view, program)).collect(),
        services: picks(
            &state.service,
            program
                .services
                .iter()
                .map(|service| (service.id.clone(), service.name.clone())),
        ),
        regions: picks(
            &state.region,
            program
                .regions
                .iter()
                .map(|region| (region.id.clone(), words.pick(&region.name))),
        ),
        ends: picks(
            &state.status,
            SOON.iter().map(|soon| {
                (
                    (*soon).to_owned(),
                    words.say(&format!("ends-{}", soon.replace('_', "-"))),
                )
            }),
        ),
        sorts: ["name", "end"].map(|key| sort(state, key)).into(),
        first: state.after.as_ref().map(|_| {
            Wish {
                after: None,
                ..state.clone()
            }
            .url()
        }),
        next,
        unavailable: (!down.is_empty())
            .then(|| words.t("customers-unavailable", &[("regions", words.list(&down).into())])),
        may_start,
        q: state.q.clone(),
        status: state.status.clone(),
        service: state.service.clone(),
        region: state.region.clone(),
        total: words.t("customers-count", &[("count", total.into())]),
    }
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

fn row(words: &Words, view: &CustomerView, program: &Program) -> Row {
    let open = view.trials.iter().filter(|trial| trial.status().is_open());
    let licences = open.map(|trial| trial.license_quantity).max();
    Row {
        url: format!("/partner/customers/{}", view.id),
        name: i18n::tame(&view.name),
        country: words.country(&view.country, Some(program)),
        chip: chip::of_customer(words, view),
        services: words.list(&words.services(&view.services, program)),
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
    view(words, &state, found, &counts, program, true)
}
