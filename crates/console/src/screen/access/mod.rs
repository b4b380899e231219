//! CONS-8, ORG-3, ORG-11: what partners may do here since when, what their help desks ask, who moves where.

pub(crate) mod answer;
pub(crate) mod change;

use super::{may, moves};
use crate::{
    Console,
    frame::page,
    part::{Chip, chip},
    template::View,
    web::{Failure, Signed},
    words::Words,
};
use app::{
    Actor, PageRequest,
    access_request::AccessRequestView,
    customer::{CustomerView, PartnerTie},
    policy::Action,
};
use axum::{extract::State, response::Response};
use domain::{ids::OrgId, organization::AccessLevel, trial::Status};
use jiff::Timestamp;
use serde::Serialize;

/// The values of `access/show.html`.
#[derive(Serialize)]
pub(crate) struct AccessPage {
    pub(crate) company: String,
    pub(crate) partners: Vec<PartnerCard>,
    /// What help desks asked, the newest first.
    pub(crate) requests: Vec<Asked>,
    pub(crate) moves: Vec<moves::Line>,
    /// Whether this person decides for the company.
    pub(crate) may: bool,
    pub(crate) may_record: bool,
}

/// A partner and its level.
#[derive(Serialize)]
pub(crate) struct PartnerCard {
    pub(crate) id: String,
    pub(crate) name: String,
    /// `full` or `provisioning`.
    pub(crate) level: &'static str,
    pub(crate) since: String,
    /// Trials of this partner that run, in words.
    pub(crate) trials: String,
}

/// One request of a help desk.
#[derive(Serialize)]
pub(crate) struct Asked {
    pub(crate) id: String,
    pub(crate) person: String,
    pub(crate) partner: String,
    pub(crate) reason: String,
    pub(crate) asked: String,
    /// When it ends by itself: the time to answer, or what was granted.
    pub(crate) until: Option<String>,
    pub(crate) chip: Chip,
    pub(crate) open: bool,
}

impl View for AccessPage {
    const TEMPLATE: &'static str = "access/show.html";
}

/// So many requests are shown.
const MOST: usize = 50;

/// Those whose company it is, and who do not act for it.
fn own(actor: &Actor) -> Result<(), Failure> {
    match actor.is_customer() && actor.acting.is_none() {
        true => Ok(()),
        false => Err(Failure::not_found()),
    }
}

pub(crate) async fn show(
    State(console): State<Console>,
    Signed { visitor, actor, words }: Signed,
) -> Result<Response, Failure> {
    own(&actor)?;
    let view = console.app.customer(&actor, actor.org()).await?;
    let request = PageRequest {
        after: None,
        limit: MOST,
    };
    let requests = console.app.access_requests(&actor, &request).await?;
    let shown = AccessPage {
        company: i18n::tame(&view.name),
        partners: view.partners.iter().map(|tie| card(&words, &view, tie)).collect(),
        requests: requests
            .items
            .iter()
            .map(|one| asked(&words, one, console.app.clock.now(), "wait-you"))
            .collect(),
        moves: moves::lines(&console, &actor, &words).await?,
        may: may(&console, &actor, Action::ChangeAccess),
        may_record: may(&console, &actor, Action::ReadOwnRecord),
    };
    page(&console, &visitor, words.say("access-title"), &shown)
}

/// How many trials of a partner run or begin at a customer.
pub(super) fn running(view: &CustomerView, partner: &OrgId) -> usize {
    let runs = |status: Status| status.is_open() && status != Status::PendingConsent;
    let of_it = view.trials.iter().filter(|trial| trial.partner == *partner);
    of_it.filter(|trial| runs(trial.status())).count()
}

/// As addresses and templates call a level.
pub(super) fn level_name(level: AccessLevel) -> &'static str {
    match level {
        AccessLevel::FullAdministrator => "full",
        AccessLevel::ProvisioningAdministrator => "provisioning",
    }
}

pub(crate) fn card(words: &Words, view: &CustomerView, tie: &PartnerTie) -> PartnerCard {
    let count = i64::try_from(running(view, &tie.id)).unwrap_or(i64::MAX);
    PartnerCard {
        id: tie.id.0.clone(),
        name: i18n::tame(&tie.name),
        level: level_name(tie.level),
        since: words.t(
            "customer-since",
            &[("date", i18n::date(words.language, words.today(tie.since)).into())],
        ),
        trials: words.t("access-trials", &[("count", count.into())]),
    }
}

/// A request in words; `waits` names who has to answer.
pub(crate) fn asked(words: &Words, view: &AccessRequestView, now: Timestamp, waits: &str) -> Asked {
    let until = match view.status.as_str() {
        "pending" => Some(words.t("asked-until", &[("date", words.moment(view.expires_at).into())])),
        "accepted" => view
            .until
            .map(|until| words.t("granted-until", &[("date", words.moment(until).into())])),
        _ => None,
    };
    let left = (view.status == "pending").then(|| {
        let days = chip::days_until(now, view.expires_at);
        words.t(waits, &[("days", days.into())])
    });
    Asked {
        id: view.id.as_ref().map(|id| id.0.clone()).unwrap_or_default(),
        person: i18n::tame(&view.person.1),
        partner: i18n::tame(&view.partner.1),
        reason: i18n::tame(&view.reason),
        asked: words.stamp(view.requested_at),
        until,
        chip: chip::of_state(words, "asked", &view.status, left),
        open: view.status == "pending",
    }
}
