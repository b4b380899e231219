//! The customer's own pages: what is tried, for how long, what happens next, whom to ask.

use crate::{
    Console,
    frame::page,
    part::{Chip, Timeline, chip, timeline::Source},
    screen::{
        removal::{Going, export, going},
        trial::seen,
    },
    template::View,
    web::{Failure, Signed},
    words::Words,
};
use app::{
    Actor, PageRequest,
    customer::CustomerView,
    policy::Action,
    trial::TrialFilter,
    user::Licensed,
    view::{PlanItem, TrialView},
};
use axum::{extract::State, response::Response};
use domain::{
    organization::Purchase,
    program::Program,
    trial::{MilestoneKind, Status},
};
use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;
use store::region::trial::TrialSort;

/// The values of `overview.html`.
#[derive(Serialize)]
pub(crate) struct Overview {
    pub(crate) company: String,
    pub(crate) trials: Vec<Card>,
    /// Requests that wait for an answer.
    pub(crate) asked: Vec<(String, String)>,
    pub(crate) may_cancel: bool,
    /// CONV-3: orders that this person is to set up: where, and of whom.
    pub(crate) orders: Vec<(String, String)>,
    /// SETUP-1: how many steps of the set-up are left, and where.
    pub(crate) setup: Option<(usize, &'static str)>,
    /// AUD-1.
    pub(crate) record: bool,
    pub(crate) export: bool,
}

/// A trial as its customer sees it.
#[derive(Serialize)]
pub(crate) struct Card {
    pub(crate) id: String,
    pub(crate) partner: String,
    pub(crate) chip: Chip,
    /// Days left as a number, what it counts, and the date.
    pub(crate) left: Option<(i64, String, String)>,
    pub(crate) services: Vec<(String, Option<Chip>)>,
    pub(crate) next: Option<(String, String)>,
    pub(crate) timeline: Timeline,
    pub(crate) open: bool,
}

impl View for Overview {
    const TEMPLATE: &'static str = "overview.html";
}

/// The values of `subscriptions.html`.
#[derive(Serialize)]
pub(crate) struct Subscriptions {
    pub(crate) tried: Vec<Line>,
    pub(crate) purchased: Vec<Bought>,
    /// Whom to ask.
    pub(crate) partners: Vec<String>,
    /// CONV-8: whether this person can say that the company would like to buy.
    pub(crate) may_purchase: bool,
    /// Whom that told last, and when.
    pub(crate) told: Vec<String>,
    /// In grace: what goes, and when.
    pub(crate) grace: Option<String>,
    /// EXP-9: what goes of each trial in grace, by its partner.
    pub(crate) ends: Vec<(String, Going)>,
}

/// A service that was bought.
#[derive(Serialize)]
pub(crate) struct Bought {
    pub(crate) name: String,
    /// Licences in use, of how many; how many alone where this person may not know.
    pub(crate) licences: String,
    pub(crate) since: String,
    /// Who manages it.
    pub(crate) partner: Option<String>,
}

/// A service on trial.
#[derive(Serialize)]
pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) chip: Option<Chip>,
    pub(crate) licences: String,
    pub(crate) ends: String,
    pub(crate) partner: String,
}

impl View for Subscriptions {
    const TEMPLATE: &'static str = "subscriptions.html";
}

pub(super) async fn trials(console: &Console, actor: &Actor) -> Result<Vec<TrialView>, Failure> {
    // These are a customer's pages: others have their own.
    if !actor.is_customer() {
        return Err(Failure::not_found());
    }
    let filter = TrialFilter {
        statuses: Vec::new(),
        customer: Some(actor.org().clone()),
        service: None,
        region: None,
        ends_before: None,
        q: None,
        sort: TrialSort::CreatedAt,
        descending: true,
    };
    Ok(console
        .app
        .trials(
            actor,
            &filter,
            &PageRequest {
                after: None,
                limit: 100,
            },
        )
        .await?
        .items)
}

pub(crate) async fn overview(State(console): State<Console>, signed: Signed) -> Result<Response, Failure> {
    let Signed { visitor, actor, words } = &signed;
    let (program, now) = (console.app.program()?, console.app.clock.now());
    let all = trials(&console, actor).await?;
    let waits = |view: &&TrialView| view.trial.status() == Status::PendingConsent;
    let shown = all
        .iter()
        .filter(|view| !waits(view) && !matches!(view.trial.status(), Status::Declined | Status::Lapsed));
    let mut cards = Vec::new();
    for view in shown {
        let Some(id) = &view.id else { continue };
        let plan = console.app.trial_plan(actor, id).await?;
        cards.push(card(words, view, &plan, &program, now));
    }
    let may = |action| super::may(&console, actor, action);
    // ORG-8: what binds the company is not offered to whoever acts for it.
    let reads = may(Action::ReadRequest);
    let asked = all.iter().filter(|_| reads).filter(waits).filter_map(|view| {
        let id = view.id.as_ref()?.request();
        Some((format!("/requests/{id}"), i18n::tame(&view.partner_name)))
    });
    let view = Overview {
        company: i18n::tame(&actor.organization.name),
        asked: asked.collect(),
        trials: cards,
        setup: super::setup::left(&console, &signed).await?,
        may_cancel: may(Action::CancelTrial),
        orders: super::order::list::mine(&console, actor).await?,
        record: may(Action::ReadOwnRecord),
        export: may(Action::ExportCustomer),
    };
    page(&console, visitor, words.say("overview-title"), &view)
}

pub(crate) fn card(words: &Words, view: &TrialView, plan: &[PlanItem], program: &Program, now: Timestamp) -> Card {
    let zone = TimeZone::get(&view.trial.zone).unwrap_or(TimeZone::UTC);
    let services = view.trial.services.iter();
    Card {
        id: view.id.as_ref().map(|id| id.0.clone()).unwrap_or_default(),
        partner: i18n::tame(&view.partner_name),
        chip: chip::of_trial(words, view, now),
        left: left(words, view, &zone),
        services: services
            .map(|one| (words.service(&one.id, program), chip(words, view, one)))
            .collect(),
        next: next(words, plan, &zone, now),
        timeline: Source {
            words,
            plan,
            zone: &view.trial.zone,
            now,
            reach: None,
        }
        .timeline(),
        open: view.trial.status().is_open(),
    }
}

fn left(words: &Words, view: &TrialView, zone: &TimeZone) -> Option<(i64, String, String)> {
    let (left, id, day) = match view.trial.status() {
        Status::Active => (view.days_left?, "overview-left", view.trial.term()?.ends_on),
        Status::Expired => (view.grace_days_left?, "overview-grace", view.grace_ends_on?),
        _ => return None,
    };
    Some((left, words.t(id, &[("days", left.into())]), words.date(day, zone)))
}

/// What happens next, and when.
fn next(words: &Words, plan: &[PlanItem], zone: &TimeZone, now: Timestamp) -> Option<(String, String)> {
    // An order is its contact's matter.
    let mine = |item: &&PlanItem| !matches!(item.kind, MilestoneKind::OrderReminder | MilestoneKind::OrderCloses);
    let mut to_come = plan.iter().filter(|item| item.at.is_some_and(|at| at > now));
    let item = to_come.find(mine)?;
    let title = words.say(&format!("milestone-{}", item.kind.as_str().replace('_', "-")));
    Some((title, words.date(crate::part::scale::day_of(item)?, zone)))
}

/// EXP-3: the overview shows 'Expired' on the licences.
fn chip(words: &Words, view: &TrialView, service: &domain::trial::TrialService) -> Option<Chip> {
    chip::of_service(words, service.state, view.trial.status())
}

pub(crate) async fn subscriptions(
    State(console): State<Console>,
    Signed { visitor, actor, words }: Signed,
) -> Result<Response, Failure> {
    let (program, all) = (console.app.program()?, trials(&console, &actor).await?);
    let customer = console.app.customer(&actor, actor.org()).await.ok();
    let licensed = console.app.licenses(&actor, actor.org()).await.unwrap_or_default();
    let mut view = of(&words, &all, customer.as_ref(), &licensed, &program);
    view.may_purchase = !view.partners.is_empty() && super::may(&console, &actor, Action::WantPurchase);
    for expired in all.iter().filter(|view| view.trial.status() == Status::Expired) {
        let Some(id) = &expired.id else { continue };
        let (seen, removal) = (
            seen(&console, &actor, id.as_str()).await?,
            console.app.removal(&actor, id).await?,
        );
        let export = export(&actor, &removal);
        let going = going(&words, &seen, &removal, export);
        view.ends
            .extend(going.map(|going| (i18n::tame(&expired.partner_name), going)));
    }
    page(&console, &visitor, words.say("subscriptions-title"), &view)
}

pub(crate) fn of(
    words: &Words,
    all: &[TrialView],
    customer: Option<&CustomerView>,
    licensed: &[Licensed],
    program: &Program,
) -> Subscriptions {
    let shown = |view: &&TrialView| view.trial.status().is_open() && view.trial.status() != Status::PendingConsent;
    let open: Vec<&TrialView> = all.iter().filter(shown).collect();
    let mut partners: Vec<String> = open.iter().map(|view| i18n::tame(&view.partner_name)).collect();
    partners.sort();
    partners.dedup();
    let expired = open.iter().filter(|view| view.trial.status() == Status::Expired);
    let grace = expired.filter_map(|view| view.grace_ends_on).min();
    let bought = customer.map(|view| view.purchased.as_slice()).unwrap_or_default();
    Subscriptions {
        tried: open.iter().flat_map(|view| lines(words, view, program)).collect(),
        purchased: bought
            .iter()
            .map(|one| purchased(words, one, customer, licensed, program))
            .collect(),
        may_purchase: false,
        told: open.iter().filter_map(|view| told(words, view)).collect(),
        partners,
        grace: grace.map(|day| {
            let date = i18n::date(words.language, day);
            words.t("subscriptions-grace", &[("date", date.into())])
        }),
        ends: Vec::new(),
    }
}

/// Whom 'Purchase' told, and when.
fn told(words: &Words, view: &TrialView) -> Option<String> {
    let date = i18n::date(words.language, view.trial.purchase_wanted_on?);
    let partner = i18n::tame(&view.partner_name);
    Some(words.t("purchase-told", &[("partner", partner.into()), ("date", date.into())]))
}

fn purchased(
    words: &Words,
    one: &Purchase,
    customer: Option<&CustomerView>,
    licensed: &[Licensed],
    program: &Program,
) -> Bought {
    // A service has as many licences as were bought of it and are on trial.
    let known = licensed.iter().find(|line| line.service == one.service);
    let licences = match known {
        Some(line) => {
            let counts = [("assigned", line.assigned.into()), ("quantity", line.quantity.into())];
            words.t("purchase-used", &counts)
        }
        None => words.t("licences", &[("count", one.quantity.into())]),
    };
    let partner = customer
        .zip(one.partner.as_ref())
        .and_then(|(view, id)| view.manager(id));
    Bought {
        name: words.service(&one.service, program),
        licences,
        since: words.medium(one.since),
        partner: partner.map(|name| words.t("customer-managed-by", &[("partner", i18n::tame(name).into())])),
    }
}

fn lines(words: &Words, view: &TrialView, program: &Program) -> Vec<Line> {
    let ends = view
        .trial
        .term()
        .map(|term| words.medium(term.ends_on))
        .unwrap_or_default();
    let line = |service: &domain::trial::TrialService| Line {
        name: words.service(&service.id, program),
        chip: chip(words, view, service),
        licences: words.number(service.quantity),
        ends: ends.clone(),
        partner: i18n::tame(&view.partner_name),
    };
    view.trial.services.iter().map(line).collect()
}
