//! Every page with made-up values: what a test renders in every language.

use super::{
    approvals, control, customer, customers, design, error, home, mailbox, request, sign_in,
    start::{self, Choice},
    trial,
};
use crate::{
    frame::Frame,
    part::{Faults, Timeline, chip, timeline::Source},
    template::{View, render},
    words::Words,
};
use app::view::Outcome;
use domain::{
    program::Program,
    refusal::{Code, FieldError, Refusal},
    trial::Status,
};
use i18n::Language;
use jiff::tz::TimeZone;

/// Template and page.
pub(crate) type Sample = (&'static str, Result<String, String>);

struct Collection<'a> {
    words: &'a Words,
    frame: Frame,
    pages: Vec<Sample>,
}

impl Collection<'_> {
    fn add<V: View>(&mut self, view: &V) {
        let page = render(self.words.language, &self.frame, view).map_err(|error| format!("{error:#}"));
        self.pages.push((V::TEMPLATE, page));
    }
}

pub(crate) fn samples(language: Language) -> Vec<Sample> {
    let words = Words::new(language, TimeZone::get("America/New_York").unwrap_or(TimeZone::UTC));
    let Ok(program) = world::program() else {
        return vec![("program", Err("the shipped program cannot be read".to_owned()))];
    };
    let mut all = Collection {
        words: &words,
        frame: Frame::sample(language),
        pages: Vec::new(),
    };
    arriving(&mut all);
    partner(&mut all, &program);
    starting(&mut all, &program);
    managing(&mut all, &program);
    others(&mut all, &program);
    all.pages
}

fn faults(words: &Words) -> Faults {
    let errors = vec![
        FieldError::new("/customer/name", Code::Required),
        FieldError::new("/services", Code::Empty),
    ];
    Faults::of(words.language, &Refusal::input(errors))
}

fn arriving(all: &mut Collection<'_>) {
    let words = all.words;
    all.add(&sign_in::SignIn {
        faults: faults(words),
        email: "a@b.example".into(),
        back: "/".into(),
        by_link: true,
    });
    all.add(&sign_in::SignIn::default());
    all.add(&sign_in::Companies {
        companies: vec![("person_eu_1".into(), "Lumière".into(), true)],
        back: "/".into(),
    });
    for signed_in in [true, false] {
        all.add(&home::Welcome {
            signed_in,
            home: "/",
            demo: signed_in,
        });
    }
    for lapsed in [true, false] {
        let again = (!lapsed).then(|| "/".to_owned());
        all.add(&error::ErrorPage {
            status: 404,
            icon: "search",
            title: "x".into(),
            detail: "y".into(),
            lapsed,
            again,
        });
    }
}

fn partner(all: &mut Collection<'_>, program: &Program) {
    let words = all.words;
    let view = world::customer();
    all.add(&customers::sample(words, program, vec![view.clone()]));
    all.add(&customers::sample(words, program, Vec::new()));
    let trials = [Status::Active, Status::PendingConsent].map(|status| world::view(program, status));
    all.add(&customer::of(words, &view, &trials, program, world::now(), true));
    all.add(&customer::of(words, &view, &[], program, world::now(), false));
    all.add(&customer::Remove {
        id: "org_eu_1".into(),
        name: "Lumière".into(),
    });
}

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

fn starting(all: &mut Collection<'_>, program: &Program) {
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
        .map(|one| crate::part::ServiceChoice::of(words, one, program, None, true))
        .collect();
    all.add(&start::ServicesStep {
        common: common.clone(),
        told: vec![text()],
        services,
        future: future(words, program),
    });
    let durations = vec![(30, text(), text(), true)];
    all.add(&start::LengthStep {
        common: common.clone(),
        quantity: 100,
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
            mend,
        });
    }
    let devices = start::DeviceFields::of(words, program, None, Some("FR"), true);
    all.add(&start::DevicesStep { common, devices });
    for state in ["active", "asked", "approval", "provisioning"] {
        let view = world::view(program, Status::Active);
        all.add(&start::Started {
            reference: text(),
            customer: text(),
            customer_url: text(),
            url: text(),
            chip: chip::of_trial(words, &view, world::now()),
            state,
            ends: (state == "active").then(text),
            until: (state == "asked").then(text),
            future: future(words, program),
        });
    }
}

fn lines(words: &Words, program: &Program) -> Vec<crate::part::ServiceLine> {
    let view = world::view(program, Status::Active);
    view.trial
        .services
        .iter()
        .map(|service| crate::part::ServiceLine::of(words, service, program, true))
        .collect()
}

fn managing(all: &mut Collection<'_>, program: &Program) {
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
            .map(|one| crate::part::ServiceChoice::of(words, one, program, None, false))
            .collect();
        all.add(&trial::edit::EditPage {
            id: text(),
            customer: text(),
            faults: faults(words),
            services,
            quantity: 5,
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

fn others(all: &mut Collection<'_>, program: &Program) {
    let words = all.words;
    let asked = world::request();
    let (mut page, mut reduced) = (
        request::of(words, &asked, program, world::now()),
        request::of(words, &asked, program, world::now()),
    );
    page.may = false;
    reduced.gone = vec!["Webex Calling".to_owned()];
    reduced.faults = faults(words);
    all.add(&page);
    all.add(&reduced);
    all.add(&request::Superseded { url: "/".into() });
    all.add(&request::Requests {
        requests: vec![request::line(words, &asked, program, world::now())],
    });
    all.add(&request::Requests { requests: Vec::new() });
    let views = [Status::Active, Status::Expired].map(|status| world::view(program, status));
    let plan = world::plan(program, world::start(), false);
    let cards = views
        .iter()
        .map(|view| control::card(words, view, &plan, program, world::now()))
        .collect();
    all.add(&control::Overview {
        company: "x".into(),
        trials: cards,
        asked: vec![("/".into(), "x".into())],
        may_cancel: true,
    });
    all.add(&control::Overview {
        company: "x".into(),
        trials: Vec::new(),
        asked: Vec::new(),
        may_cancel: false,
    });
    all.add(&control::of(words, &views, Some(&world::customer()), program));
    all.add(&control::of(words, &[], None, program));
    let waiting = world::approvals()
        .iter()
        .map(|view| approvals::asked(words, view, program))
        .collect();
    all.add(&approvals::Approvals { waiting, may: true });
    all.add(&approvals::Approvals {
        waiting: Vec::new(),
        may: false,
    });
    let mail = world::mail();
    all.add(&mailbox::MailList {
        mails: vec![mailbox::line(words, &mail)],
        to: String::new(),
        next: Some("/".into()),
    });
    all.add(&mailbox::MailList {
        mails: Vec::new(),
        to: String::new(),
        next: None,
    });
    all.add(&mailbox::of(words, mail, "https://trials.example"));
    all.add(&design::of(words, program));
}

#[path = "world.rs"]
pub(super) mod world;
