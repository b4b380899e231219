//! Who can try what (ELIG-1 to 4).

use crate::{
    ids::OrgId,
    organization::Purchase,
    program::Program,
    refusal::ServiceReason,
    time::{civil_day, plus_days},
    trial::{AddedBy, Trial, TrialService},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use std::collections::{BTreeMap, BTreeSet};

/// What is known of a customer when somebody wants to try something there.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// ELIG-1.
    pub purchased: Vec<Purchase>,
    /// ELIG-2: which partner tries which service now, grace included.
    pub claims: BTreeMap<String, OrgId>,
    /// ELIG-4: past trials of a service: how many, and the day on which the last one ended.
    pub past: BTreeMap<String, (u32, Date)>,
    /// ELIG-4: services whose rest and limit the trials team has lifted for the partner that asks.
    pub lifted: BTreeSet<String>,
}

/// The answer for one service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The service's id.
    pub service: String,
    /// Why not; none when it can be tried.
    pub reason: Option<Reason>,
    /// From when it could be, where that is known.
    pub possible_from: Option<Date>,
}

/// Why a service cannot be tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// ELIG-1: bought already, under whatever name.
    Owned,
    /// ELIG-2.
    TriedByOtherPartner,
    /// ELIG-2.
    TriedByYou,
    /// ELIG-4: tried before, and the rest is not over, or often enough.
    Cooldown,
    /// START-2: the trials team decides first; it can still be asked for.
    NeedsApproval,
}

impl Reason {
    /// The reason's stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Reason::Owned => "owned",
            Reason::TriedByOtherPartner => "tried_by_other_partner",
            Reason::TriedByYou => "tried_by_you",
            Reason::Cooldown => "cooldown",
            Reason::NeedsApproval => "needs_approval",
        }
    }

    /// Whether it keeps one from asking for the service at all.
    pub fn blocks(self) -> bool {
        self != Reason::NeedsApproval
    }
}

impl Verdict {
    /// As part of a refusal.
    pub fn refusal(&self) -> Option<ServiceReason> {
        self.reason
            .filter(|reason| reason.blocks())
            .map(|reason| ServiceReason {
                service: self.service.clone(),
                reason: reason.as_str().to_owned(),
                possible_from: self.possible_from,
            })
    }
}

/// ELIG-1: whether a service was bought, also under one of its older names.
pub fn is_owned(service: &str, purchased: &[Purchase], program: &Program) -> bool {
    let names = |id: &str| {
        program
            .service(service)
            .is_some_and(|s| s.id == id || s.also_known_as.iter().any(|n| n == id))
    };
    purchased
        .iter()
        .any(|purchase| purchase.service == service || names(&purchase.service))
}

/// The verdict on one service for one partner.
pub fn verdict(service: &str, partner: &OrgId, standing: &Standing, today: Date, program: &Program) -> Verdict {
    let (reason, possible_from) = if is_owned(service, &standing.purchased, program) {
        (Some(Reason::Owned), None)
    } else if let Some(holder) = standing.claims.get(service) {
        (
            Some(if holder == partner {
                Reason::TriedByYou
            } else {
                Reason::TriedByOtherPartner
            }),
            None,
        )
    } else if let (false, Some(from)) = (
        standing.lifted.contains(service),
        cooldown(service, standing, today, program),
    ) {
        (Some(Reason::Cooldown), from)
    } else if program.service(service).is_some_and(|s| s.needs_approval) {
        (Some(Reason::NeedsApproval), None)
    } else {
        (None, None)
    };
    Verdict {
        service: service.to_owned(),
        reason,
        possible_from,
    }
}

/// ELIG-4: `Some(None)` when it was tried often enough, `Some(day)` when the rest ends on that day.
fn cooldown(service: &str, standing: &Standing, today: Date, program: &Program) -> Option<Option<Date>> {
    let (times, ended_on) = standing.past.get(service)?;
    if program.policy.trials_per_service.is_some_and(|limit| *times >= limit) {
        return Some(None);
    }
    let from = plus_days(*ended_on, i64::from(program.policy.rest_between_trials_days));
    (today < from).then_some(Some(from))
}

/// ELIG-4: those of the services that can be tried only because the trials team has lifted their rest or limit.
pub fn needs_exception(services: &[String], standing: &Standing, today: Date, program: &Program) -> Vec<String> {
    let rests = |id: &&String| cooldown(id, standing, today, program).is_some();
    services.iter().filter(rests).cloned().collect()
}

/// ELIG-4: whether anything has to rest at all.
pub fn knows_rest(program: &Program) -> bool {
    program.policy.rest_between_trials_days > 0 || program.policy.trials_per_service.is_some()
}

/// ELIG-1, 2, 4 over all wanted services: those that are refused.
pub fn refused(
    services: &[String],
    partner: &OrgId,
    standing: &Standing,
    today: Date,
    program: &Program,
) -> Vec<ServiceReason> {
    services
        .iter()
        .filter_map(|id| verdict(id, partner, standing, today, program).refusal())
        .collect()
}

/// What a customer's trials say of its standing: claims and the past (ELIG-2, 4).
pub fn standing<'t>(purchased: &[Purchase], trials: impl IntoIterator<Item = &'t Trial>, zone: &TimeZone) -> Standing {
    let mut standing = Standing {
        purchased: purchased.to_vec(),
        ..Standing::default()
    };
    for trial in trials {
        for service in trial.claimed() {
            standing.claims.insert(service.to_owned(), trial.partner.clone());
        }
        if let Some(ended) = trial.ended_at() {
            remember(&mut standing, trial, ended, zone);
        }
    }
    standing
}

fn remember(standing: &mut Standing, trial: &Trial, ended: Timestamp, zone: &TimeZone) {
    let day = civil_day(ended, zone);
    // CONV-5: what was only bought was never tried.
    let tried = |service: &&TrialService| service.was_provisioned() && service.added_by != AddedBy::Order;
    for service in trial.services.iter().filter(tried) {
        let past = standing.past.entry(service.id.clone()).or_insert((0, day));
        *past = (past.0 + 1, past.1.max(day));
    }
}
