//! One trial as its partner manages it.

pub(crate) mod cancel;
pub(crate) mod details;
pub(crate) mod edit;
pub(crate) mod extend;
pub(crate) mod remind;

use super::devices::partner::{Lent, Tried};
use super::usage::Usage;
use crate::{
    Console,
    part::{
        Chip, Faults, ServiceLine, Timeline, chip,
        making::{self, Making},
        timeline::{Source, bought},
    },
    template::View,
    web::{Failure, Signed},
    words::Words,
};
use app::{
    Actor, PageRequest,
    customer::{Administrator, Unreached},
    policy::Action,
    view::{PlanItem, TrialView},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    ids::TrialId,
    notify::Audience,
    program::Program,
    trial::{Origin, State as Standing, Status},
};
use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;
use std::sync::Arc;
use store::region::outbox::Delivery;

/// The values of `trial.html`.
#[derive(Serialize)]
pub(crate) struct TrialPage {
    id: String,
    reference: String,
    customer: String,
    customer_url: String,
    /// The customer is no more, and its name with it.
    erased: bool,
    chip: Chip,
    /// What the state means, what unblocks it, what happens if nobody does anything.
    means: String,
    services: Vec<ServiceLine>,
    /// PROV-2.
    making: Vec<Making>,
    facts: Vec<(String, String)>,
    devices: Option<String>,
    consent: Vec<(String, String)>,
    notes: String,
    timeline: Timeline,
    emails: Vec<Email>,
    held: Option<String>,
    /// CONV: the order that waits, the conversion that was handed over, the wish to buy; and where that leads.
    order: Option<(String, Option<String>)>,
    version: i64,
    /// EXP-9: whether there is a list of what goes.
    ends: bool,
    /// USE-1: none before anything runs.
    pub(crate) usage: Option<Usage>,
    /// AUD-1.
    pub(crate) record: bool,
    /// NOTE-4: whom of the customer's administrators no email reaches.
    pub(crate) bounced: Option<Bounced>,
    /// DEV: what is lent.
    pub(crate) lent: Lent,
    pub(crate) faults: Faults,
    can: Can,
}

/// NOTE-4: what is said of an address that takes no email.
#[derive(Clone, Serialize)]
pub(crate) struct Bounced {
    text: String,
    /// Whether it can be corrected here.
    ours: bool,
}

impl Bounced {
    pub(crate) fn of(words: &Words, unreached: &Unreached, may: bool) -> Self {
        let since = ("date", words.medium(words.today(unreached.since)).into());
        match unreached.ours.as_ref().filter(|_| may) {
            Some(email) => Self {
                text: words.t("bounced-ours", &[since, ("email", i18n::tame(email).into())]),
                ours: true,
            },
            None => Self {
                text: words.t("bounced-theirs", &[since]),
                ours: false,
            },
        }
    }
}

/// What somebody's roles allow with trials.
#[derive(Clone, Copy, Default)]
pub(crate) struct May {
    manage: bool,
    cancel: bool,
    order: bool,
}

impl May {
    /// Everything.
    pub(super) const ALL: Self = Self {
        manage: true,
        cancel: true,
        order: true,
    };

    pub(super) fn of(console: &Console, actor: &Actor) -> Self {
        let may = |action| actor.is_partner() && super::may(console, actor, action);
        Self {
            manage: may(Action::ManageTrial),
            cancel: may(Action::CancelTrial),
            order: may(Action::PlaceOrder),
        }
    }
}

/// What can be done now; the rules have the last word.
#[derive(Clone, Copy, Default, Serialize)]
pub(crate) struct Can {
    extend: bool,
    edit: bool,
    remind: bool,
    cancel: bool,
    details: bool,
    resend: bool,
    pub(super) correct: bool,
    note: bool,
    convert: bool,
}

#[derive(Serialize)]
struct Email {
    title: String,
    when: String,
    tone: &'static str,
    icon: &'static str,
    state: String,
}

impl View for TrialPage {
    const TEMPLATE: &'static str = "trial.html";
}

/// What people call a trial: the end of its id, in two groups.
pub(crate) fn reference(id: &TrialId) -> String {
    let tail = id.as_str().rsplit('_').next().unwrap_or_default().to_uppercase();
    let short = tail.get(tail.len().saturating_sub(8)..).unwrap_or(&tail);
    match short.split_at_checked(4) {
        Some((first, second)) if !second.is_empty() => format!("{first}-{second}"),
        _ => short.to_owned(),
    }
}

/// A trial that is looked at, with the program that holds for it.
pub(crate) struct Seen {
    pub(crate) id: TrialId,
    pub(crate) view: TrialView,
    pub(crate) program: Arc<Program>,
    pub(crate) zone: TimeZone,
    pub(crate) now: Timestamp,
}

pub(crate) async fn seen(console: &Console, actor: &Actor, id: &str) -> Result<Seen, Failure> {
    let id = super::id(TrialId::parse(id))?;
    let view = console.app.trial(actor, &id).await?;
    let zone = TimeZone::get(&view.trial.zone).unwrap_or(TimeZone::UTC);
    Ok(Seen {
        id,
        view,
        program: console.app.program()?,
        zone,
        now: console.app.clock.now(),
    })
}

pub(crate) async fn show(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    shown(&console, &signed, &id, None).await
}

/// The page; with what was wrong with a request about devices.
pub(super) async fn shown(
    console: &Console,
    signed: &Signed,
    id: &str,
    tried: Option<Tried>,
) -> Result<Response, Failure> {
    let Signed { actor, words, .. } = signed;
    let seen = seen(console, actor, id).await?;
    let mut lent = super::devices::partner::of_trial(console, signed, &seen.view).await?;
    let plan = console.app.trial_plan(actor, &seen.id).await?;
    let page_of = PageRequest {
        after: None,
        limit: 200,
    };
    // Roles that read a trial without its emails see it without them.
    let emails = console.app.notifications(actor, Some(&seen.id), None, &page_of).await;
    let emails = super::if_seen(emails)?.map(|found| found.items).unwrap_or_default();
    let title = format!("{} · {}", words.customer(&seen.view.customer_name), reference(&seen.id));
    let mut view = of(words, &seen, &plan, &emails, May::of(console, actor));
    view.usage = used(console, actor, words, &seen).await?;
    view.record = super::may(console, actor, Action::ReadRecord);
    let faults = tried.as_ref().map(|tried| tried.faults.clone()).unwrap_or_default();
    lent.tried = tried;
    lent.told = told(&signed.visitor.here);
    view.lent = lent;
    view.faults = faults.clone();
    let administrator = console.app.trial_administrator(actor, &seen.id).await?;
    view.can.correct &= administrator.as_ref().is_some_and(|one| one.correctable);
    if let Some(one) = &administrator {
        let label = words.say("label-trial-administrator");
        view.facts.push((label, administrator_line(one)));
    }
    let unreached = console.app.unreached_administrator(actor, &seen.id).await?;
    view.bounced = unreached.map(|one| Bounced::of(words, &one, view.can.correct));
    super::form(console, signed, title, &faults, &view)
}

/// The name as well, once that person has come.
pub(super) fn administrator_line(one: &Administrator) -> String {
    let parts = [one.name.as_str(), one.email.as_str()];
    let parts: Vec<String> = parts
        .iter()
        .filter(|part| !part.is_empty())
        .map(|part| i18n::tame(part))
        .collect();
    parts.join(" · ")
}

/// USE-1: what is used of it, for who may see that, once anything runs.
async fn used(console: &Console, actor: &Actor, words: &Words, seen: &Seen) -> Result<Option<Usage>, Failure> {
    if seen.view.trial.term().is_none() || !super::may(console, actor, Action::ReadUsage) {
        return Ok(None);
    }
    let picture = console.app.trial_picture(actor, &seen.id).await?;
    Ok(Some(super::usage::of(words, &picture, &seen.program)))
}

pub(super) fn of(words: &Words, seen: &Seen, plan: &[PlanItem], emails: &[Delivery], may: May) -> TrialPage {
    let (view, trial, program) = (&seen.view, &seen.view.trial, &seen.program);
    TrialPage {
        id: seen.id.0.clone(),
        reference: reference(&seen.id),
        customer: words.customer(&view.customer_name),
        customer_url: format!("/partner/customers/{}", trial.customer),
        erased: view.customer_name.is_empty(),
        chip: chip::of_trial(words, view, seen.now),
        means: words.say(&format!("means-{}", trial.status().as_str().replace('_', "-"))),
        services: trial
            .services
            .iter()
            .map(|service| ServiceLine::of(words, service, program, Some(trial.status())))
            .collect(),
        making: making::of(words, view, program),
        facts: facts(words, seen),
        devices: devices(words, seen),
        consent: consent(words, seen),
        notes: view.texts.get("notes").cloned().unwrap_or_default(),
        timeline: Source {
            words,
            plan,
            zone: &trial.zone,
            now: seen.now,
            reach: None,
        }
        .timeline_with(bought(words, trial, seen.now)),
        emails: mails(words, emails, trial.is_known()),
        held: view
            .held_at
            .map(|at| words.t("trial-held", &[("when", words.moment(at).into())])),
        order: ordered(words, seen, may.order),
        version: view.version,
        ends: trial.term().is_some() && trial.status().is_open(),
        usage: None,
        record: false,
        bounced: None,
        lent: Lent::default(),
        faults: Faults::default(),
        can: can(trial, may),
    }
}

/// What was done with devices is said where they stand.
fn told(here: &str) -> bool {
    const TOLD: [&str; 6] = [
        "longer-asked",
        "label-asked",
        "label-today",
        "devices-asked",
        "device-not-now",
        "return-opened",
    ];
    let said = here.split_once("done=").map(|(_, said)| said).unwrap_or_default();
    TOLD.contains(&said)
}

/// What can be done with a trial, by whose roles and in its state.
pub(super) fn can(trial: &domain::trial::Trial, may: May) -> Can {
    let (status, open) = (trial.status(), trial.status().is_open());
    let running = matches!(status, Status::Active | Status::Expired);
    Can {
        extend: may.manage && running,
        edit: may.manage && status == Status::Active,
        remind: may.manage && running,
        cancel: may.cancel && open,
        details: may.manage && status == Status::PendingProvisioningDetails,
        resend: may.manage && status == Status::PendingConsent,
        correct: may.manage && open && trial.origin == Origin::New,
        note: may.manage && open,
        convert: may.order && running && trial.open_order().is_none(),
    }
}

/// CONV: what is under way to make it a paid order.
fn ordered(words: &Words, seen: &Seen, may: bool) -> Option<(String, Option<String>)> {
    let (trial, day) = (&seen.view.trial, |day| words.date(day, &seen.zone));
    let running = matches!(trial.status(), Status::Active | Status::Expired);
    let convert = may.then(|| format!("/partner/trials/{}/convert", seen.id));
    if let Some(mark) = trial.open_order() {
        let dates = [
            ("date", day(mark.placed_on).into()),
            ("closes", day(mark.closes_on).into()),
        ];
        let order = format!("/partner/orders/{}", mark.id);
        return Some((words.t("trial-order", &dates), may.then_some(order)));
    }
    if let Some(handed) = trial.handed_over.as_ref().filter(|_| running) {
        let since = words.t("trial-handed", &[("date", words.moment(handed.at).into())]);
        return Some((since, convert));
    }
    let wanted = trial.purchase_wanted_on.filter(|_| running)?;
    Some((words.t("trial-wanted", &[("date", day(wanted).into())]), convert))
}

fn facts(words: &Words, seen: &Seen) -> Vec<(String, String)> {
    let (view, trial) = (&seen.view, &seen.view.trial);
    let cancelled = match &trial.state {
        Standing::Cancelled { on, .. } => Some(*on),
        _ => None,
    };
    // CONV-7: what was bought has no end.
    let bought = matches!(&trial.state, Standing::Converted { .. });
    // ORG-9: its zone is the customer's own affair until it has accepted.
    let zone = if trial.is_known() { &seen.zone } else { &words.zone };
    let mut facts = Vec::new();
    let mut add = |label: &str, value: String| facts.push((words.say(label), value));
    match trial.term() {
        Some(term) => {
            add("label-starts", words.date(term.starts_on, zone));
            if cancelled.is_none() && !bought {
                // DEV-5: where devices have an end date of their own, this one is named apart.
                let lends = !trial.shipments.is_empty();
                let label = if lends { "device-trial-ends" } else { "label-ends" };
                add(label, words.date(term.ends_on, zone));
            }
        }
        None => add("label-asked", words.moment(trial.created_at)),
    }
    // Its planned end and grace are not what happens any more; the timeline says what does.
    if let Some(day) = cancelled {
        add("label-cancelled", words.date(day, zone));
    } else if let Some(day) = view.grace_ends_on.filter(|_| !bought) {
        add("label-grace", words.date(day, zone));
    }
    add(
        "label-quantity",
        words.t("licences", &[("count", trial.license_quantity.into())]),
    );
    add(
        "label-duration",
        words.t("days", &[("days", trial.duration_days.into())]),
    );
    if let Some((meetings, site)) = trial.meetings.as_ref().zip(view.texts.get("site").cloned()) {
        let zone = words.zone_name(&meetings.time_zone);
        add(
            "label-site",
            words.t("start-answers-site", &[("site", site.into()), ("zone", zone.into())]),
        );
    }
    if trial.extensions > 0 {
        add("label-extensions", words.number(trial.extensions));
    }
    if let Some(days) = trial.extension_asked {
        add("label-extension-asked", words.t("days", &[("days", days.into())]));
    }
    add("label-region", words.region(seen.id.region(), &seen.program));
    if trial.is_known() {
        add("label-zone", words.zone_name(&trial.zone));
    }
    facts
}

fn devices(words: &Words, seen: &Seen) -> Option<String> {
    let devices = seen.view.trial.devices.as_ref()?;
    if let Some(skip) = &devices.skip {
        return Some(words.say(&format!("device-skip-{}", skip.replace('_', "-"))));
    }
    let name = |id: &str| {
        seen.program
            .device_types
            .iter()
            .find(|device| device.id == id)
            .map_or(id.to_owned(), |device| device.name.clone())
    };
    let all: Vec<String> = devices
        .ship
        .iter()
        .map(|(id, count)| {
            words.t(
                "device-count",
                &[("count", (*count).into()), ("device", name(id).into())],
            )
        })
        .collect();
    Some(words.list(&all))
}

/// CONS-8: consent is evidence.
fn consent(words: &Words, seen: &Seen) -> Vec<(String, String)> {
    let (view, trial) = (&seen.view, &seen.view.trial);
    let mut facts = Vec::new();
    if trial.origin != Origin::Request {
        return facts;
    }
    let mut add = |label: &str, value: String| facts.push((words.say(label), value));
    add("consent-asked", words.moment(trial.created_at));
    if let Standing::PendingConsent { sendings } = &trial.state {
        add(
            "consent-sent",
            words.t("consent-times", &[("count", sendings.len().into())]),
        );
    }
    if let Some(at) = view.consent_expires_at {
        add("consent-until", words.moment(at));
    }
    if let Some(consent) = &trial.consent {
        add("consent-given", words.moment(consent.at));
        add("label-access", words.say(super::customer::access(consent.level)));
        let language = i18n::Language::parse(&consent.wording.language).map_or_else(
            || consent.wording.language.clone(),
            |language| language.native_name().to_owned(),
        );
        add(
            "consent-wording",
            words.t(
                "consent-wording-of",
                &[
                    ("version", consent.wording.version.into()),
                    ("language", language.into()),
                ],
            ),
        );
    }
    if let Some(reason) = view.texts.get("decline_reason") {
        add("consent-reason", i18n::tame(reason));
    }
    facts
}

/// What was sent, newest first; the same letter to several people is one line.
fn mails(words: &Words, emails: &[Delivery], known: bool) -> Vec<Email> {
    let mut lines: Vec<(&Delivery, u32)> = Vec::new();
    for delivery in emails.iter().rev() {
        let same = |one: &&mut (&Delivery, u32)| {
            let (known, letter) = (&one.0.letter, &delivery.letter);
            (known.kind, known.audience) == (letter.kind, letter.audience)
                && one.0.state == delivery.state
                && words.stamp(sent(one.0)) == words.stamp(sent(delivery))
        };
        match lines.iter_mut().find(same) {
            Some((_, count)) => *count += 1,
            None => lines.push((delivery, 1)),
        }
    }
    lines
        .into_iter()
        .take(12)
        .map(|(delivery, count)| email(words, delivery, count, known))
        .collect()
}

fn sent(delivery: &Delivery) -> Timestamp {
    delivery.delivered_at.unwrap_or(delivery.letter.created_at)
}

fn email(words: &Words, delivery: &Delivery, count: u32, known: bool) -> Email {
    let (tone, icon, state) = match delivery.state.as_str() {
        "sent" => ("good", "check", "email-state-sent"),
        "given_up" => ("bad", "alert", "email-state-given-up"),
        _ => ("wait", "clock", "email-state-pending"),
    };
    let kind = words.say(&format!(
        "email-kind-{}",
        delivery.letter.kind.as_str().replace('_', "-")
    ));
    let audience = format!("audience-{}", delivery.letter.audience.as_str().replace('_', "-"));
    // ORG-9: how many full administrators an organization has is not told before it has accepted.
    let to = match delivery.letter.audience {
        Audience::ConsentRecipients if !known => words.say(&format!("{audience}-some")),
        _ => words.t(&audience, &[("count", count.into())]),
    };
    Email {
        title: words.t("email-line", &[("kind", kind.into()), ("to", to.into())]),
        when: words.stamp(sent(delivery)),
        tone,
        icon,
        state: words.say(state),
    }
}
