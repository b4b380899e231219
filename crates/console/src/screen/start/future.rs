//! The future of a trial that is still being asked for: the very function that will drive it (START-9), on the
//! answers so far.

use super::At;
use crate::part::{Timeline, timeline::Source};
use app::view::PlanItem;
use domain::{
    ids::{OrgId, PersonId, TrialId},
    program::Program,
    time::{civil_day, plus_days},
    trial::{AddedBy, Origin, ServiceState, State, Term, Trial, TrialService, plan},
};
use jiff::{Timestamp, tz::TimeZone};

/// As if everything were provisioned now, or asked for now.
pub(super) fn timeline(at: &At<'_>) -> Timeline {
    let now = at.console.app.clock.now();
    let country = at.draft.place().and_then(|id| at.program.country(id));
    let zone = country.map_or("UTC", |country| country.time_zone.as_str());
    let days = at.draft.duration.unwrap_or(i64::from(at.program.default_duration));
    let fixed = at
        .draft
        .all_services(&at.program)
        .iter()
        .find_map(|id| at.program.service(id)?.duration_days);
    let days = fixed.map_or(days, i64::from);
    let plan = ahead(
        &at.draft.all_services(&at.program),
        days,
        at.draft.is_request(),
        zone,
        &at.program,
        now,
    );
    Source {
        words: at.words,
        plan: &plan,
        zone,
        now,
        reach: None,
    }
    .timeline()
}

pub(crate) fn ahead(
    services: &[String],
    days: i64,
    asked: bool,
    zone: &str,
    program: &Program,
    now: Timestamp,
) -> Vec<PlanItem> {
    let zone_of = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let today = civil_day(now, &zone_of);
    let term = || Term {
        started_at: now,
        starts_on: today,
        ends_on: plus_days(today, days),
    };
    let mut trial = nobodys(services, zone, program, now);
    if !asked {
        (trial.origin, trial.state) = (Origin::New, State::Active(term()));
    }
    let item = |item: domain::trial::Planned| PlanItem {
        kind: item.kind,
        at: item.at,
        on: item.on,
        recipients: Vec::new(),
        state: "planned".to_owned(),
        done_at: None,
    };
    plan(&trial, program, &zone_of).into_iter().map(item).collect()
}

/// A trial that was just asked for, of nobody in particular: what `plan` needs, and no more.
fn nobodys(services: &[String], zone: &str, program: &Program, now: Timestamp) -> Trial {
    let nobody = PersonId(String::new());
    let service = |id: &String| TrialService {
        id: id.clone(),
        quantity: 1,
        state: ServiceState::Provisioned,
        added_by: AddedBy::Partner,
    };
    Trial {
        id: TrialId(String::new()),
        partner: OrgId(String::new()),
        customer: OrgId(String::new()),
        started_by: nobody.clone(),
        administrator: nobody,
        origin: Origin::Request,
        program_version: program.version,
        zone: zone.to_owned(),
        services: services.iter().map(service).collect(),
        license_quantity: 1,
        duration_days: program.default_duration,
        meetings: None,
        devices: None,
        country_review: false,
        consent: None,
        provisioned_at: None,
        extensions: 0,
        extension_asked: None,
        order: None,
        bought_by: None,
        handed_over: None,
        purchase_wanted_on: None,
        numbers_left_on: None,
        tried: Vec::new(),
        shipments: Vec::new(),
        reminded_on: None,
        state: State::PendingConsent { sendings: vec![now] },
        created_at: now,
    }
}
