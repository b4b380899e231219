//! Samples of a trial's pages.

use super::{Collection, faults, world};
use crate::{
    part::{Chart, Faults, ServiceChoice},
    screen::{
        removal, start, trial,
        usage::{Usage, UsagePage},
    },
};
use app::view::Outcome;
use domain::{program::Program, trial::Status};

pub(super) fn managing(all: &mut Collection<'_>, program: &Program) {
    let words = all.words;
    let plan = world::plan(program, world::start(), false);
    for status in Status::ALL {
        let seen = world::seen(program, status);
        all.add(&trial::of(words, &seen, &plan, &[], trial::May::ALL));
    }
    used(all, program, &plan);
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
            leaving: None,
            receipt: None,
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
    ends(all, program);
}

/// USE-1: figures, and none yet.
fn used(all: &mut Collection<'_>, program: &Program, plan: &[app::view::PlanItem]) {
    let words = all.words;
    let some = Usage {
        charts: ["a", "b"].map(|id| Chart::sample(words, id)).to_vec(),
        more: true,
    };
    for usage in [some, Usage::default()] {
        let mut page = trial::of(words, &world::seen(program, Status::Active), plan, &[], trial::May::ALL);
        page.usage = Some(usage.clone());
        page.bounced = Some(world::bounced(words, page.usage.is_some()));
        all.add(&page);
        for back in [None, Some(("x".to_owned(), "/".to_owned()))] {
            let usage = usage.clone();
            all.add(&UsagePage { back, usage });
        }
    }
}

/// EXP-9.
fn ends(all: &mut Collection<'_>, program: &Program) {
    let words = all.words;
    let (seen, planned) = (world::seen(program, Status::Expired), world::removal());
    let mut held = world::removal();
    held.organization_closes = false;
    held.state = "held".to_owned();
    held.stays = vec![app::trial::Stays {
        id: "meetings".to_owned(),
        why: "bought",
    }];
    held.calling.numbers = 3;
    for (removal, keep) in [(Some(&planned), true), (Some(&held), false), (None, false)] {
        let export = keep.then(|| "/".to_owned());
        all.add(&removal::RemovalPage {
            customer: "x".to_owned(),
            going: removal.and_then(|one| removal::going(words, &seen, one, export)),
            keep: keep.then(|| ("x".to_owned(), "/".to_owned())),
            back: "/".to_owned(),
        });
    }
    let (going, hold) = world::going(program);
    let end = |holds: &[_]| removal::next::end(words, &going, holds, program, world::now());
    for may in [true, false] {
        all.add(&removal::next::NextPage {
            ends: vec![end(&[]), end(std::slice::from_ref(&hold))],
            others: vec![removal::next::held(words, &hold, "")],
            may,
            next: may.then(|| "/".to_owned()),
        });
    }
    all.add(&removal::next::NextPage {
        ends: Vec::new(),
        others: Vec::new(),
        may: true,
        next: None,
    });
}

fn trial_forms(all: &mut Collection<'_>, program: &Program) {
    let words = all.words;
    let text = || "x".to_owned();
    let quantity = Some((text(), text()));
    let changes = |nothing| trial::edit::Changes {
        added: vec![text()],
        removed: vec![text()],
        leaving: vec![text()],
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
            cancels: changes.is_none(),
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
        site_zones: zones,
        zone: text(),
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
