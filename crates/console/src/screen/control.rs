//! The customer's first page: what is tried, for how long, what happens next, whom to ask.

use crate::{
    Console,
    frame::page,
    part::{
        Chip, Timeline, chip,
        timeline::{Source, bought},
    },
    template::View,
    web::{Failure, Signed},
    words::Words,
};
use app::{
    Actor, PageRequest,
    order::WaitingOrder,
    policy::Action,
    trial::TrialFilter,
    view::{PlanItem, TrialView},
};
use axum::{extract::State, response::Response};
use domain::{
    program::Program,
    refusal::Code,
    trial::{MilestoneKind, ServiceState, Status, TrialService},
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
    /// CONV-5: what was not bought with it.
    pub(crate) ended: Option<String>,
    /// The order that waits: of whom, for whom, until when.
    pub(crate) ordered: Option<String>,
    pub(crate) next: Option<(String, String)>,
    pub(crate) timeline: Timeline,
    pub(crate) open: bool,
}

impl View for Overview {
    const TEMPLATE: &'static str = "overview.html";
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
    let all = PageRequest {
        after: None,
        limit: 100,
    };
    let found = console.app.trials(actor, &filter, &all).await?;
    // All of them lie where the company does: nothing is not the same as not to be had now.
    if found
        .unavailable_regions
        .iter()
        .any(|region| region == actor.org().region())
    {
        return Err(Failure::code(Code::Unavailable));
    }
    Ok(found.items)
}

pub(crate) async fn overview(State(console): State<Console>, signed: Signed) -> Result<Response, Failure> {
    let Signed { visitor, actor, words } = &signed;
    let (program, now) = (console.app.program()?, console.app.clock.now());
    let all = trials(&console, actor).await?;
    let waits = |view: &&TrialView| view.trial.status() == Status::PendingConsent;
    // What never came to be is among the requests.
    let never = |view: &TrialView| match view.trial.status() {
        Status::Declined | Status::Lapsed => true,
        Status::Cancelled => view.trial.term().is_none(),
        _ => false,
    };
    let shown = all.iter().filter(|view| !waits(view) && !never(view));
    let mut cards = Vec::new();
    for view in shown {
        let Some(id) = &view.id else { continue };
        let plan = console.app.trial_plan(actor, id).await?;
        let waiting = console.app.waiting_order(&view.trial).await?;
        cards.push(card(words, view, &plan, waiting.as_ref(), &program, now));
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

pub(crate) fn card(
    words: &Words,
    view: &TrialView,
    plan: &[PlanItem],
    waiting: Option<&WaitingOrder>,
    program: &Program,
    now: Timestamp,
) -> Card {
    let zone = TimeZone::get(&view.trial.zone).unwrap_or(TimeZone::UTC);
    let converted = view.trial.status() == Status::Converted;
    let ended = |service: &&TrialService| converted && service.state == ServiceState::Withdrawn;
    let services = view.trial.services.iter().filter(|service| !ended(service));
    let gone = view.trial.services.iter().filter(ended);
    let gone: Vec<String> = gone.map(|one| words.service(&one.id, program)).collect();
    let gone = words.list(&gone);
    // An email to whoever sets an order up is not the company's business.
    let plan: Vec<PlanItem> = plan
        .iter()
        .filter(|item| item.kind != MilestoneKind::OrderReminder)
        .cloned()
        .collect();
    Card {
        id: view.id.as_ref().map(|id| id.0.clone()).unwrap_or_default(),
        partner: i18n::tame(&view.partner_name),
        chip: chip::of_trial(words, view, now),
        left: left(words, view, &zone),
        services: services
            .map(|one| (words.service(&one.id, program), chip(words, view, one)))
            .collect(),
        ended: (!gone.is_empty()).then(|| words.t("overview-ended", &[("services", gone.into())])),
        ordered: waiting.map(|order| ordered(words, order, &zone)),
        next: next(words, view, &plan, &zone, now),
        timeline: Source {
            words,
            plan: &plan,
            zone: &view.trial.zone,
            now,
            reach: None,
        }
        .timeline_with(bought(words, &view.trial, now)),
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

/// CONV: who ordered, and when; whom it waits for, and until when.
pub(super) fn ordered(words: &Words, order: &WaitingOrder, zone: &TimeZone) -> String {
    let company = i18n::tame(&order.ordered_by);
    let by = match &order.placed_by {
        Some(name) => {
            let values = [("name", i18n::tame(name).into()), ("company", company.into())];
            words.t("order-placed-of", &values)
        }
        None => company,
    };
    let [by, date, closes] = [
        ("by", by.into()),
        ("date", words.date(order.placed_on, zone).into()),
        ("closes", words.date(order.closes_on, zone).into()),
    ];
    match &order.contact {
        Some(contact) => {
            let contact = ("contact", i18n::tame(contact).into());
            words.t("overview-ordered", &[by, date, closes, contact])
        }
        None => words.t("overview-ordered-open", &[by, date, closes]),
    }
}

/// What happens next, and when.
fn next(
    words: &Words,
    view: &TrialView,
    plan: &[PlanItem],
    zone: &TimeZone,
    now: Timestamp,
) -> Option<(String, String)> {
    // Of an order is said apart whom it waits for, and until when.
    let mine = |item: &&PlanItem| item.kind != MilestoneKind::OrderCloses;
    let mut to_come = plan.iter().filter(|item| item.at.is_some_and(|at| at > now));
    let item = to_come.find(mine)?;
    // CANC-2: there is no grace then, and nothing left to lose but the organization.
    let closes = view.trial.status() == Status::Cancelled && item.kind == MilestoneKind::Removed;
    let title = match closes {
        true => words.say("overview-closes"),
        false => words.say(&format!("milestone-{}", item.kind.as_str().replace('_', "-"))),
    };
    Some((title, words.date(crate::part::scale::day_of(item)?, zone)))
}

/// EXP-3: the overview shows 'Expired' on the licences.
pub(super) fn chip(words: &Words, view: &TrialView, service: &TrialService) -> Option<Chip> {
    chip::of_service(words, service.state, view.trial.status())
}
