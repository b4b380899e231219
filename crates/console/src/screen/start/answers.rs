//! The page of answers with the whole future, and the start itself.

use super::{At, Common, Step, draft::Belongs};
use crate::{
    Console,
    frame::{page, page_with},
    part::{Chip, Faults, ServiceLine, Timeline, chip, service::why_not, timeline::Source},
    screen::trial::reference,
    template::View,
    web::{Failure, Query, Signed, Visitor, see},
};
use app::{Error, Guard, IdemRequest, view::Outcome};
use axum::{extract::State, http::StatusCode, response::Response};
use domain::{ids::TrialId, refusal::Refusal};
use serde::Serialize;

/// The values of `start/answers.html`.
#[derive(Serialize)]
pub(crate) struct Answers {
    #[serde(flatten)]
    pub(crate) common: Common,
    /// Label, value, where to change it.
    pub(crate) answers: Vec<(String, String, String)>,
    pub(crate) services: Vec<ServiceLine>,
    pub(crate) future: Option<Timeline>,
    pub(crate) asked: bool,
    /// START-7.
    pub(crate) own: bool,
    /// Where what is wrong can be mended.
    pub(crate) mend: Option<String>,
}

impl View for Answers {
    const TEMPLATE: &'static str = "start/answers.html";
}

/// What the last button posts to.
const TARGET: &str = "POST /partner/start";

/// The values of `start/again.html`.
#[derive(Serialize)]
pub(crate) struct Again {
    pub(crate) url: String,
    /// It was a request.
    pub(crate) asked: bool,
}

impl View for Again {
    const TEMPLATE: &'static str = "start/again.html";
}

/// Back from a start: it has happened, and does not happen again.
pub(super) async fn again(at: &At<'_>, visitor: &Visitor) -> Result<Option<Response>, Failure> {
    let started = at.console.app.started_under(at.actor, TARGET, &at.draft.key).await?;
    let Some(trial) = started else { return Ok(None) };
    let view = Again {
        url: format!("/partner/trials/{trial}"),
        asked: at.draft.is_request(),
    };
    let title = if view.asked { "start-again-asked" } else { "start-again" };
    page(at.console, visitor, at.words.say(title), &view).map(Some)
}

pub(super) async fn answers(at: &At<'_>, visitor: &Visitor, common: Common) -> Result<Response, Failure> {
    match at
        .console
        .app
        .start_trial(at.actor, &at.draft.input(&at.program), &crate::screen::dry())
        .await
    {
        Ok(outcome) => shown(at, visitor, common, Some(&outcome), None, StatusCode::OK),
        Err(error) => refused(at, visitor, common, error),
    }
}

fn refused(at: &At<'_>, visitor: &Visitor, mut common: Common, error: Error) -> Result<Response, Failure> {
    let refusal = match error {
        Error::Refused(refusal) if refusal.code.status() != 403 => refusal,
        error => return Err(error.into()),
    };
    common.faults = faults(at, &refusal);
    let mend = if refusal.services.is_empty() {
        common.faults.first().and_then(Step::of_field)
    } else {
        Some(Step::Services)
    };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    shown(at, visitor, common, None, Some(mend.unwrap_or(Step::Customer)), status)
}

/// ELIG: each service that cannot be tried, with its reason.
fn faults(at: &At<'_>, refusal: &Refusal) -> Faults {
    let mut faults = Faults::of(at.words.language, refusal);
    for service in &refusal.services {
        let reason = why_not(at.words, &service.reason, service.possible_from);
        let name = at.words.service(&service.service, &at.program);
        faults.add(
            "",
            at.words.t(
                "start-answers-service",
                &[("service", name.into()), ("reason", reason.into())],
            ),
        );
    }
    faults
}

fn shown(
    at: &At<'_>,
    visitor: &Visitor,
    common: Common,
    outcome: Option<&Outcome>,
    mend: Option<Step>,
    status: StatusCode,
) -> Result<Response, Failure> {
    let now = at.console.app.clock.now();
    let title = format!("{} · {}", common.title, at.words.say("start-title"));
    let future = outcome.and_then(|outcome| {
        let plan = outcome.plan.as_deref()?;
        Some(
            Source {
                words: at.words,
                plan,
                zone: &outcome.trial.trial.zone,
                now,
                reach: None,
            }
            .timeline(),
        )
    });
    let services = outcome.map(|outcome| {
        outcome
            .trial
            .trial
            .services
            .iter()
            .map(|service| ServiceLine::of(at.words, service, &at.program, None))
            .collect()
    });
    let view = Answers {
        answers: list(at),
        services: services.unwrap_or_default(),
        future,
        asked: at.draft.is_request(),
        own: at.draft.own().is_some(),
        mend: mend.map(|step| at.url(step)),
        common,
    };
    page_with(status, at.console, visitor, title, &view)
}

/// Label, value, where to change it.
type Line = (String, String, String);

fn line(at: &At<'_>, label: &str, value: String, step: Step) -> Line {
    (at.words.say(label), value, at.url(step))
}

fn list(at: &At<'_>) -> Vec<Line> {
    let (draft, words, program) = (&at.draft, at.words, &at.program);
    let mut list = whom(at);
    let all = draft.all_services(program);
    let fixed = all.iter().find_map(|id| program.service(id)?.duration_days);
    let days = fixed.map_or(draft.duration.unwrap_or(0), i64::from);
    let quantity = words.t("licences", &[("count", draft.quantity.unwrap_or(0).into())]);
    list.push(line(
        at,
        "label-services",
        words.list(&words.services(&all, program)),
        Step::Services,
    ));
    list.push(line(at, "label-quantity", quantity, Step::Length));
    list.push(line(
        at,
        "label-duration",
        words.t("days", &[("days", days.into())]),
        Step::Length,
    ));
    if let Some((site, zone)) = draft.site.as_ref().filter(|_| Step::Site.applies(draft, program)) {
        let zone = zone.as_deref().map(|zone| words.zone_name(zone)).unwrap_or_default();
        let said = |site: &String| words.t("start-answers-site", &[("site", site.into()), ("zone", zone.into())]);
        let value = site.as_ref().map_or_else(|| words.say("start-answers-later"), said);
        list.push(line(at, "label-site", value, Step::Site));
    }
    if let Some(devices) = draft.devices.as_ref().filter(|_| Step::Devices.applies(draft, program)) {
        list.push(line(at, "label-devices", said(at, devices), Step::Devices));
        list.extend(lent(at, devices));
    }
    list
}

fn whom(at: &At<'_>) -> Vec<Line> {
    let (draft, words, program) = (&at.draft, at.words, &at.program);
    let (name, step) = match &draft.belongs {
        Some(Belongs::Own(_, name, _)) => (name.as_str(), Step::Services),
        Some(Belongs::Existing(name, _)) => (name.as_str(), Step::Customer),
        _ => (draft.name.as_deref().unwrap_or_default(), Step::Customer),
    };
    let mut list = vec![line(at, "label-customer", i18n::tame(name), step)];
    let country = draft.country.as_deref().and_then(|id| program.country(id));
    if let (Some(Belongs::Nobody), Some(country)) = (&draft.belongs, country) {
        let (name, region) = (
            words.country(&country.id, Some(program)),
            words.region(&country.region, program),
        );
        let value = words.t(
            "start-answers-country",
            &[("country", name.into()), ("region", region.into())],
        );
        list.push(line(at, "label-country-short", value, Step::Customer));
    }
    if draft.own().is_none() {
        list.push(line(
            at,
            "label-administrator",
            draft.admin_email.clone().unwrap_or_default(),
            Step::Customer,
        ));
    }
    if let Some(Belongs::Nobody) = &draft.belongs {
        let vertical = program
            .verticals
            .iter()
            .find(|one| Some(&one.id) == draft.vertical.as_ref());
        if let Some(vertical) = vertical {
            list.push(line(at, "label-vertical", words.pick(&vertical.name), Step::Customer));
        }
        if let Some(language) = draft.language.as_deref().and_then(i18n::Language::parse) {
            let name = language.native_name().to_owned();
            list.push(line(at, "label-language", name, Step::Customer));
        }
    }
    list
}

/// Where devices go, whether that site feeds them, and how many can be registered.
fn lent(at: &At<'_>, devices: &super::Devices) -> Vec<Line> {
    let (words, mut list) = (at.words, Vec::new());
    if let Some(to) = devices.to.as_ref().filter(|_| devices.skip.is_none()) {
        let country = to.country.as_deref().map(|id| words.country(id, Some(&at.program)));
        let parts = [to.name.clone()].into_iter().chain(to.lines.iter().cloned().map(Some));
        let parts = parts.chain([to.postal_code.clone(), to.town(), country, to.phone.clone()]);
        let given: Vec<String> = parts.flatten().map(|part| i18n::tame(&part)).collect();
        list.push(line(at, "device-to", given.join("\n"), Step::Devices));
        let poe = devices
            .poe
            .map(|poe| words.say(if poe { "yes" } else { "device-poe-none" }));
        list.extend(poe.map(|poe| line(at, "device-poe-at", poe, Step::Devices)));
    }
    let registrations = devices.registrations.map(|count| words.number(count));
    list.extend(registrations.map(|count| line(at, "device-registrations", count, Step::Devices)));
    list
}

fn said(at: &At<'_>, devices: &super::Devices) -> String {
    if let Some(skip) = &devices.skip {
        return at.words.say(&format!("device-skip-{}", skip.replace('_', "-")));
    }
    let name = |id: &str| {
        at.program
            .device_types
            .iter()
            .find(|device| device.id == id)
            .map_or(id.to_owned(), |device| device.name.clone())
    };
    let all: Vec<String> = devices
        .ship
        .iter()
        .map(|(id, count)| {
            at.words.t(
                "device-count",
                &[("count", (*count).into()), ("device", name(id).into())],
            )
        })
        .collect();
    if all.is_empty() {
        at.words.say("start-answers-later")
    } else {
        at.words.list(&all)
    }
}

/// The last button. The same form sent twice starts once.
pub(super) async fn start(at: &At<'_>, visitor: &Visitor) -> Result<Response, Failure> {
    let body = serde_json::to_vec(&at.draft).unwrap_or_default();
    let idem = IdemRequest {
        key: at.draft.key.clone(),
        target: TARGET.to_owned(),
        body,
    };
    let guard = Guard {
        idem: Some(idem),
        ..Guard::default()
    };
    let kept = at.draft.kept().map(|(id, _)| id);
    match at
        .console
        .app
        .start_from(at.actor, &at.draft.input(&at.program), kept.as_ref(), &guard)
        .await
    {
        Ok(outcome) => {
            let id = outcome.trial.id.map(|id| id.0).unwrap_or_default();
            Ok(see(&format!("/partner/start/started?trial={id}")))
        }
        Err(error) => refused(at, visitor, at.common(Faults::default()), error),
    }
}

/// The values of `start/started.html`.
#[derive(Serialize)]
pub(crate) struct Started {
    pub(crate) reference: String,
    pub(crate) customer: String,
    pub(crate) customer_url: String,
    pub(crate) url: String,
    pub(crate) chip: Chip,
    /// What happens now, in words: `active`, `asked`, `approval`, `provisioning`.
    pub(crate) state: &'static str,
    /// START-7: an own customer; it gets no welcome.
    pub(crate) own: bool,
    pub(crate) ends: Option<String>,
    pub(crate) until: Option<String>,
    pub(crate) future: Timeline,
}

impl View for Started {
    const TEMPLATE: &'static str = "start/started.html";
}

pub(crate) async fn started(
    State(console): State<Console>,
    Signed { visitor, actor, words }: Signed,
    Query(query): Query,
) -> Result<Response, Failure> {
    let id = crate::screen::id(query.get("trial").and_then(TrialId::parse))?;
    let view = console.app.trial(&actor, &id).await?;
    let plan = console.app.trial_plan(&actor, &id).await?;
    let now = console.app.clock.now();
    let zone = jiff::tz::TimeZone::get(&view.trial.zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let started = Started {
        reference: reference(&id),
        customer: i18n::tame(&view.customer_name),
        customer_url: format!("/partner/customers/{}", view.trial.customer),
        url: format!("/partner/trials/{id}"),
        chip: chip::of_trial(&words, &view, now),
        state: match view.trial.status().as_str() {
            "pending_consent" => "asked",
            "pending_approval" => "approval",
            "active" => "active",
            _ => "provisioning",
        },
        own: view.trial.origin != domain::trial::Origin::New,
        ends: view.trial.term().map(|term| words.date(term.ends_on, &zone)),
        until: view.consent_expires_at.map(|at| words.moment(at)),
        future: Source {
            words: &words,
            plan: &plan,
            zone: &view.trial.zone,
            now,
            reach: None,
        }
        .timeline(),
    };
    let title = match started.state {
        "active" => "started-title".to_owned(),
        state => format!("started-{state}.title"),
    };
    page(&console, &visitor, words.say(&title), &started)
}
