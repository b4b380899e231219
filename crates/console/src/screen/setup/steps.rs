//! The steps but calling: the company, its site, its users, what is next.

use super::{Common, sample};
use crate::{
    screen::start::{Choice, zones},
    template::View,
    web::Fields,
    words::Words,
};
use app::setup::SetupView;
use domain::{
    program::Program,
    setup::{Step, StepState},
};
use i18n::Language;
use serde::Serialize;

/// The values of `setup/profile.html`.
#[derive(Serialize)]
pub(crate) struct ProfileStep {
    #[serde(flatten)]
    common: Common,
    /// Label and value, where the reader may not change them.
    facts: Vec<(String, String)>,
    /// DEV-9: what a look-up asks for.
    org: String,
    name: String,
    website: String,
    phone: String,
    verticals: Vec<Choice>,
    languages: Vec<Choice>,
    zones: Vec<Choice>,
}

impl View for ProfileStep {
    const TEMPLATE: &'static str = "setup/profile.html";
}

/// The values of `setup/site.html`.
#[derive(Serialize)]
pub(crate) struct SiteStep {
    #[serde(flatten)]
    common: Common,
    facts: Vec<(String, String)>,
    ready: bool,
}

impl View for SiteStep {
    const TEMPLATE: &'static str = "setup/site.html";
}

/// The values of `setup/users.html`.
#[derive(Serialize)]
pub(crate) struct UsersStep {
    #[serde(flatten)]
    common: Common,
    /// ORG-4: not shown to a partner without full access.
    shown: bool,
    people: u32,
    licensed: u32,
    /// Service, assigned, of how many.
    services: Vec<(String, u32, u32)>,
    /// Where users and licences are looked after.
    url: String,
}

impl View for UsersStep {
    const TEMPLATE: &'static str = "setup/users.html";
}

/// The values of `setup/summary.html`.
#[derive(Serialize)]
pub(crate) struct SummaryStep {
    #[serde(flatten)]
    common: Common,
    /// What is next: text, address.
    /// What is next, and where that is done; some of it is done elsewhere.
    next_steps: Vec<(String, Option<String>)>,
    /// SETUP-2: how many numbers are missing before it can be finished.
    missing: u32,
    finished: bool,
}

impl View for SummaryStep {
    const TEMPLATE: &'static str = "setup/summary.html";
}

pub(super) fn profile(
    words: &Words,
    common: Common,
    view: &SetupView,
    program: &Program,
    typed: Option<&Fields>,
) -> ProfileStep {
    let of = |name: &str, known: &str| match typed {
        Some(fields) => fields.owned(name).unwrap_or_default(),
        None => known.to_owned(),
    };
    let profile = &view.profile;
    let (vertical, language) = (of("vertical", &profile.vertical), of("language", &profile.language));
    let verticals = program.verticals.iter().map(|one| Choice {
        value: one.id.clone(),
        name: words.pick(&one.name),
        chosen: one.id == vertical,
    });
    let verticals: Vec<Choice> = verticals.collect();
    let languages = Language::ALL.map(|one| Choice {
        value: one.as_str().to_owned(),
        name: one.native_name().to_owned(),
        chosen: one.as_str() == language,
    });
    let chosen = |choices: &[Choice]| {
        choices
            .iter()
            .find(|one| one.chosen)
            .map_or_else(String::new, |one| one.name.clone())
    };
    let none = || words.say("setup-not-given");
    let zone = of("time_zone", &profile.time_zone);
    let facts = vec![
        (words.say("label-company"), i18n::tame(&profile.name)),
        (words.say("label-vertical"), chosen(&verticals)),
        (
            words.say("label-country-short"),
            words.country(&profile.country, Some(program)),
        ),
        (words.say("label-language"), chosen(&languages)),
        (words.say("label-zone"), words.zone_name(&zone)),
        (words.say("setup-website"), profile.website.clone().unwrap_or_else(none)),
        (words.say("setup-phone"), profile.phone.clone().unwrap_or_else(none)),
    ];
    ProfileStep {
        facts,
        org: view.customer.0.clone(),
        name: of("name", &profile.name),
        website: of("website", profile.website.as_deref().unwrap_or_default()),
        phone: of("phone", profile.phone.as_deref().unwrap_or_default()),
        zones: zones(words, program, Some(&zone)),
        languages: languages.to_vec(),
        verticals,
        common,
    }
}

pub(super) fn site(words: &Words, common: Common, view: &SetupView) -> SiteStep {
    let (mut facts, mut ready) = (Vec::new(), false);
    if let Some(site) = &view.site {
        ready = site.ready;
        let name = site.name.clone().unwrap_or_else(|| words.say("setup-not-given"));
        facts.push((words.say("label-site"), name));
        facts.extend(
            site.time_zone
                .as_ref()
                .map(|zone| (words.say("label-site-zone"), words.zone_name(zone))),
        );
    }
    SiteStep { common, facts, ready }
}

pub(super) fn users(words: &Words, common: Common, view: &SetupView, program: &Program) -> UsersStep {
    let services = view.users.iter().flat_map(|users| users.services.iter());
    let services = services.map(|one| (words.service(&one.service, program), one.assigned, one.quantity));
    let url = match common.own {
        true => "/control/users".to_owned(),
        false => format!("/partner/customers/{}/users", view.customer),
    };
    UsersStep {
        shown: view.users.is_some(),
        people: view.users.as_ref().map_or(0, |users| users.people),
        licensed: view.users.as_ref().map_or(0, |users| users.licensed),
        services: services.collect(),
        url,
        common,
    }
}

pub(super) fn summary(words: &Words, common: Common, view: &SetupView) -> SummaryStep {
    let step = |name: &str| format!("{}/{name}", common.base);
    let next_steps = view.next_steps.iter().map(|name| {
        let url = match name.as_str() {
            "profile" | "site" | "calling" | "users" => Some(step(name)),
            "numbers" => Some(step("calling")),
            _ => None,
        };
        (words.say(&format!("setup-next-{}", name.replace('_', "-"))), url)
    });
    let next_steps = next_steps.collect();
    let done = |step: Step| view.steps.contains(&(step, StepState::Done));
    SummaryStep {
        missing: view.calling.as_ref().map_or(0, |calling| calling.numbers_missing),
        finished: done(Step::Summary),
        next_steps,
        common,
    }
}

/// For samples.
pub(crate) fn samples(
    words: &Words,
    program: &Program,
    whole: bool,
) -> (ProfileStep, SiteStep, UsersStep, SummaryStep) {
    let (common, view) = sample(words, whole);
    (
        profile(words, common.clone(), &view, program, None),
        site(words, common.clone(), &view),
        users(words, common.clone(), &view, program),
        summary(words, common, &view),
    )
}
