//! Samples of a trial's pages.

use super::{Collection, faults, world};
use crate::{
    part::{Faults, ServiceChoice},
    screen::{start, trial},
};
use app::view::Outcome;
use domain::{program::Program, trial::Status};

pub(super) fn managing(all: &mut Collection<'_>, program: &Program) {
    let words = all.words;
    let plan = world::plan(program, world::start(), false);
    for status in Status::ALL {
        let seen = world::seen(program, status);
        all.add(&trial::of(words, &seen, &plan, &[], true));
    }
    let seen = world::seen(program, Status::Active);
    let later = world::plan(program, world::now(), false);
    for (before, after) in [(&plan, &later), (&later, &plan)] {
        let mut trial = seen.view.clone();
        trial.trial = world::trial(program, Status::Expired);
        let outcome = Outcome {
            trial,
            changed: true,
            before: Some(seen.view.clone()),
            plan: Some(after.clone()),
        };
        let comparison = Some(trial::extend::compare(words, &outcome, before, world::now()));
        let lengths = vec![(30, "30".to_owned(), true), (60, "60".to_owned(), false)];
        let text = || "x".to_owned();
        all.add(&trial::extend::ExtendPage {
            id: text(),
            customer: text(),
            faults: Faults::default(),
            lengths,
            days: 30,
            reason: text(),
            comparison,
            version: 1,
            by_approval: true,
        });
        let removal = world::removal();
        let consequences = trial::cancel::consequences(words, &seen, &outcome, &removal);
        all.add(&trial::cancel::CancelPage {
            customer: text(),
            is_request: false,
            consequences,
            back: text(),
            action: text(),
            version: 1,
        });
    }
    trial_forms(all, program);
}

fn trial_forms(all: &mut Collection<'_>, program: &Program) {
    let words = all.words;
    let text = || "x".to_owned();
    let quantity = Some((text(), text()));
    let changes = |nothing| trial::edit::Changes {
        added: vec![text()],
        removed: vec![text()],
        quantity: quantity.clone(),
        nothing,
        button: text(),
        wanted: vec![text()],
        count: 1,
    };
    for changes in [Some(changes(true)), Some(changes(false)), None] {
        let services = program
            .services
            .iter()
            .map(|one| ServiceChoice::of(words, one, program, None, false))
            .collect();
        all.add(&trial::edit::EditPage {
            id: text(),
            customer: text(),
            faults: faults(words),
            services,
            quantity: "5".to_owned(),
            min: 1,
            max: 9,
            changes,
            version: 1,
        });
    }
    let zones = start::zones(words, program, Some("Europe/Paris"));
    let devices = Some(start::DeviceFields::of(words, program, None, None, false));
    all.add(&trial::details::DetailsPage {
        id: text(),
        customer: text(),
        faults: faults(words),
        services: text(),
        asks_site: true,
        site: text(),
        site_zones: zones.clone(),
        zones,
        devices,
        version: 1,
    });
    for today in [true, false] {
        all.add(&trial::remind::RemindPage {
            id: text(),
            customer: text(),
            faults: Faults::default(),
            line: text(),
            ends: text(),
            today,
        });
    }
}
