//! Samples of the pages of a start.

use super::{Collection, faults, world};
use crate::{
    part::{ServiceChoice, ServiceLine, Timeline, chip, timeline::Source},
    screen::start::{self, Choice},
    words::Words,
};
use domain::{program::Program, trial::Status};

fn future(words: &Words, program: &Program) -> Timeline {
    Source {
        words,
        plan: &world::plan(program, world::start(), false),
        zone: "Europe/Paris",
        now: world::now(),
        reach: None,
    }
    .timeline()
}

pub(super) fn starting(all: &mut Collection<'_>, program: &Program) {
    let words = all.words;
    let common = start::Common::sample(words, faults(words));
    let choice = || {
        vec![Choice {
            value: "a".into(),
            name: "A".into(),
            chosen: true,
        }]
    };
    all.add(&start::CustomerStep {
        common: common.clone(),
        name: "Lumière".into(),
        admin_email: "it@lumiere.example".into(),
        verticals: choice(),
        regions: start::countries(words, program, Some("FR")),
        languages: choice(),
        acknowledged: true,
    });
    let text = || "x".to_owned();
    all.add(&start::ExistingStep {
        common: common.clone(),
        email: text(),
        name: text(),
        country: text(),
        back: text(),
    });
    let services = program
        .services
        .iter()
        .map(|one| ServiceChoice::of(words, one, program, None, true))
        .collect();
    all.add(&start::ServicesStep {
        common: common.clone(),
        told: vec![text()],
        mend: Some(text()),
        services,
        future: future(words, program),
    });
    let durations = vec![(30, text(), text(), true)];
    all.add(&start::LengthStep {
        common: common.clone(),
        quantity: "100".to_owned(),
        min: 1,
        max: 1000,
        durations,
        fixed: Some(text()),
        own: vec![text()],
        asked: true,
        future: future(words, program),
    });
    for asked in [true, false] {
        let future = future(words, program);
        all.add(&start::SiteStep {
            common: common.clone(),
            site: text(),
            zones: choice(),
            asked,
            future,
        });
        let answers = vec![(text(), text(), text())];
        let (mend, future) = (asked.then(text), Some(self::future(words, program)));
        all.add(&start::Answers {
            common: common.clone(),
            answers,
            services: lines(words, program),
            future,
            asked,
            own: !asked,
            mend,
        });
    }
    for asked in [true, false] {
        all.add(&start::Again { url: text(), asked });
    }
    let devices = start::DeviceFields::of(words, program, None, Some("FR"), true);
    all.add(&start::DevicesStep {
        common,
        devices,
        future: future(words, program),
    });
    for state in ["active", "asked", "approval", "provisioning"] {
        let view = world::view(program, Status::Active);
        all.add(&start::Started {
            reference: text(),
            customer: text(),
            customer_url: text(),
            url: text(),
            chip: chip::of_trial(words, &view, world::now()),
            state,
            own: state == "active",
            ends: (state == "active").then(text),
            until: (state == "asked").then(text),
            future: future(words, program),
        });
    }
}

fn lines(words: &Words, program: &Program) -> Vec<ServiceLine> {
    let view = world::view(program, Status::Active);
    view.trial
        .services
        .iter()
        .map(|service| ServiceLine::of(words, service, program, Some(Status::Active)))
        .collect()
}
