//! Services: what can be tried with what each includes and why not, and what a trial has.

use super::{Chip, chip};
use crate::words::Words;
use app::eligibility::Eligible;
use domain::{
    program::{Country, Program, Service},
    setup::NumbersCase,
    trial::{AddedBy, Status, TrialService},
};
use serde::Serialize;

/// A service that can, or cannot, be chosen.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ServiceChoice {
    pub(crate) id: String,
    pub(crate) name: String,
    good_for: String,
    includes: Vec<String>,
    /// What it needs or brings with it.
    needs: Vec<String>,
    /// Why it cannot be chosen.
    pub(crate) why_not: Option<String>,
    pub(crate) chosen: bool,
}

/// A service of a trial.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ServiceLine {
    pub(crate) name: String,
    pub(crate) quantity: String,
    pub(crate) chip: Option<Chip>,
    /// Why it is there, where nobody chose it.
    pub(crate) note: Option<String>,
}

impl ServiceChoice {
    pub(crate) fn of(
        words: &Words,
        service: &Service,
        program: &Program,
        verdict: Option<&Eligible>,
        chosen: bool,
    ) -> Self {
        let why_not = verdict.filter(|verdict| !verdict.eligible).map(|verdict| {
            let reason = verdict.reason.as_deref().unwrap_or("unavailable");
            why_not(words, reason, verdict.possible_from)
        });
        Self {
            id: service.id.clone(),
            name: service.name.clone(),
            good_for: words.pick(&service.good_for),
            includes: service.includes.iter().map(|text| words.pick(text)).collect(),
            needs: needs(words, service, program),
            chosen: chosen && why_not.is_none(),
            why_not,
        }
    }
}

impl ServiceChoice {
    /// START-2: what requires something that cannot be tried cannot be tried either; what the trial has is there already.
    pub(crate) fn unless_required(
        mut self,
        words: &Words,
        service: &Service,
        program: &Program,
        verdicts: &[Eligible],
        has: &[String],
    ) -> Self {
        let missing = |id: &&String| {
            let verdict = verdicts.iter().find(|verdict| verdict.service == **id);
            !has.contains(id) && verdict.is_some_and(|verdict| !verdict.eligible)
        };
        let missing: Vec<String> = service.requires.iter().filter(missing).cloned().collect();
        if !missing.is_empty() && !has.contains(&service.id) && self.why_not.is_none() {
            let names = words.list(&words.services(&missing, program));
            self.why_not = Some(words.t("why-not-required", &[("services", names.into())]));
            self.chosen = false;
        }
        self
    }

    /// SETUP-2: whether numbers are there before set-up ends, by country.
    pub(crate) fn in_country(mut self, words: &Words, service: &Service, country: Option<&Country>) -> Self {
        if let Some(country) = country.filter(|_| service.numbers) {
            self.needs.push(words.say(match country.numbers {
                NumbersCase::Open => "service-numbers-open",
                NumbersCase::First => "service-numbers-first",
            }));
        }
        self
    }

    /// EDIT-1: what is added ends with the trial, whatever its own length.
    pub(crate) fn of_running(mut self, words: &Words, service: &Service) -> Self {
        if let Some(days) = service.duration_days {
            let own = words.t("service-duration", &[("days", days.into())]);
            self.needs.retain(|text| *text != own);
        }
        self
    }
}

/// Why a service cannot be tried, and from when it can.
pub(crate) fn why_not(words: &Words, reason: &str, from: Option<jiff::civil::Date>) -> String {
    let text = words.say(&format!("why-not-{}", reason.replace('_', "-")));
    match from {
        Some(day) => {
            let from = words.t("why-not-from", &[("date", i18n::date(words.language, day).into())]);
            words.t("sentences", &[("first", text.into()), ("second", from.into())])
        }
        None => text,
    }
}

fn needs(words: &Words, service: &Service, program: &Program) -> Vec<String> {
    let mut needs = Vec::new();
    if !service.requires.is_empty() {
        let names = words.list(&words.services(&service.requires, program));
        needs.push(words.t("service-requires", &[("services", names.into())]));
    }
    let facts = [
        (service.site, "service-site"),
        (service.devices, "service-devices"),
        (service.numbers, "service-numbers"),
        (service.needs_approval, "service-approval"),
        (service.suspended_in_grace, "service-suspended"),
    ];
    needs.extend(
        facts
            .into_iter()
            .filter(|(holds, _)| *holds)
            .map(|(_, id)| words.say(id)),
    );
    needs.extend(
        service
            .quantity
            .map(|quantity| words.t("service-quantity", &[("quantity", quantity.into())])),
    );
    needs.extend(
        service
            .duration_days
            .map(|days| words.t("service-duration", &[("days", days.into())])),
    );
    needs
}

impl ServiceLine {
    /// With its state where the trial has one.
    pub(crate) fn of(words: &Words, service: &TrialService, program: &Program, trial: Option<Status>) -> Self {
        Self {
            name: words.service(&service.id, program),
            quantity: words.t("licences", &[("count", service.quantity.into())]),
            chip: trial.and_then(|status| chip::of_service(words, service.state, status)),
            note: (service.added_by == AddedBy::Requirement).then(|| words.say("service-added")),
        }
    }
}
