//! Every page with made-up values: what a test renders in every language.

mod account;
mod company;
mod devices;
mod orders;
mod people;
mod provisioning_order;
mod start;
mod trial;
mod users;
pub(super) mod world;

use super::{
    approvals, control, customer, customers, design, error, exceptions, home, mailbox, passkey, provisioning, request,
    setup, sign_in,
    single_sign_on::{enter, settings},
    subscriptions,
};
use crate::{
    frame::Frame,
    part::Faults,
    template::{View, render},
    words::Words,
};
use domain::{
    program::Program,
    refusal::{Code, FieldError, Refusal},
    trial::Status,
};
use i18n::Language;
use jiff::{civil::date, tz::TimeZone};

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
    account::own(&mut all, &program);
    partner(&mut all, &program);
    start::starting(&mut all, &program);
    trial::managing(&mut all, &program);
    others(&mut all, &program);
    people::people(&mut all, &program);
    users::users(&mut all, &program);
    setting_up(&mut all, &program);
    devices::lending(&mut all, &program);
    orders::orders(&mut all, &program);
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
        refused: true,
        passkeys: true,
        back_encoded: "%2F".into(),
    });
    entering(all);
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

fn entering(all: &mut Collection<'_>) {
    let words = all.words;
    let key = |used: Option<&str>| passkey::Key {
        id: "passkey_eu_1".into(),
        label: "x".into(),
        added: "y".into(),
        used: used.map(str::to_owned),
    };
    for possible in [true, false] {
        all.add(&passkey::Passkeys {
            faults: if possible { faults(words) } else { Faults::default() },
            label: "x".into(),
            possible,
            passkeys: if possible {
                vec![key(None), key(Some("z"))]
            } else {
                Vec::new()
            },
        });
    }
    all.add(&enter::Ask {
        faults: faults(words),
        email: "a@b.example".into(),
        back: "/".into(),
        back_encoded: "%2F".into(),
    });
    all.add(&enter::Go {
        url: "https://login.example/".into(),
        host: "login.example".into(),
    });
    all.add(&settings::Settings::default());
    all.add(&settings::Settings {
        faults: faults(words),
        known: true,
        passwords: true,
        states: vec![("b.example".into(), true), ("c.example".into(), false)],
        ..settings::Settings::default()
    });
    all.add(&settings::Remove { version: 1 });
}

fn partner(all: &mut Collection<'_>, program: &Program) {
    let words = all.words;
    let view = world::customer();
    all.add(&customers::sample(words, program, vec![view.clone()]));
    all.add(&customers::sample(words, program, Vec::new()));
    let trials = [Status::Active, Status::PendingConsent].map(|status| world::view(program, status));
    let all_of_it = (true, super::trial::May::ALL);
    let mut page = customer::of(words, &view, &trials, program, world::now(), all_of_it);
    for card in &mut page.trials {
        card.administrator = Some("Zoé <b>".to_owned());
        card.loans = devices::briefs(words);
        card.orders = vec![orders::line(words, program)];
    }
    page.orders = vec![orders::line(words, program)];
    all.add(&page);
    let nothing = (false, super::trial::May::default());
    all.add(&customer::of(words, &view, &[], program, world::now(), nothing));
    all.add(&customer::Remove {
        id: "org_eu_1".into(),
        name: "Lumière".into(),
    });
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
        requests: vec![request::line(words, &asked, program, (world::now(), true))],
    });
    all.add(&request::Requests { requests: Vec::new() });
    let views = [Status::Active, Status::Expired].map(|status| world::view(program, status));
    let plan = world::plan(program, world::start(), false);
    let waiting = app::order::WaitingOrder {
        ordered_by: "Studio <b>".to_owned(),
        placed_by: Some("Ada <b>".to_owned()),
        contact: None,
        placed_on: date(2027, 1, 5),
        closes_on: date(2027, 2, 4),
    };
    let cards = views
        .iter()
        .map(|view| control::card(words, view, &plan, Some(&waiting), program, world::now()))
        .collect();
    all.add(&control::Overview {
        company: "x".into(),
        trials: cards,
        asked: vec![("/".into(), "x".into())],
        may_cancel: true,
        orders: vec![("/".into(), "x".into())],
        setup: Some((2, "/control/setup")),
        record: true,
        export: true,
    });
    all.add(&control::Overview {
        company: "x".into(),
        trials: Vec::new(),
        asked: Vec::new(),
        may_cancel: false,
        orders: Vec::new(),
        setup: None,
        record: false,
        export: false,
    });
    let licensed = [app::user::Licensed {
        service: "spark-call".to_owned(),
        quantity: 50,
        assigned: 12,
    }];
    let mut page = subscriptions::of(words, &views, Some(&world::customer()), &licensed, program);
    page.may_purchase = true;
    page.ordered = vec!["x".to_owned()];
    page.told = vec!["x".to_owned()];
    all.add(&page);
    all.add(&subscriptions::of(words, &[], None, &[], program));
    queue(all, program);
    let orders = provisioning_order::orders();
    let group = provisioning::group(words, "provisioning-stuck", 60, orders.iter(), program);
    all.add(&provisioning::Orders {
        groups: vec![group],
        external: true,
        may: true,
    });
    all.add(&provisioning::Orders {
        groups: Vec::new(),
        external: false,
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

fn setting_up(all: &mut Collection<'_>, program: &Program) {
    let words = all.words;
    for whole in [true, false] {
        all.add(&setup::sample_list(words, whole));
        let (profile, site, users, summary) = setup::step_samples(words, program, whole);
        all.add(&profile);
        all.add(&site);
        all.add(&users);
        all.add(&summary);
        all.add(&setup::calling_samples(words, program, whole));
    }
}

fn queue(all: &mut Collection<'_>, program: &Program) {
    let words = all.words;
    let views = world::approvals();
    let became = [
        ("approved", None),
        ("refused", None),
        ("refused", Some("extension_limit")),
        ("withdrawn", None),
    ];
    let decided = became.map(|(state, because)| {
        let mut view = views[0].clone();
        view.approval.state = state.to_owned();
        view.approval.because = because.map(str::to_owned);
        view.approval.reason = Some("Looked into <i>.".to_owned());
        view.approval.decided_at = Some(view.approval.requested_at);
        view.decided_by_name = (state == "approved").then(|| "Tess".to_owned());
        approvals::decided(words, &view, program)
    });
    let counts = std::collections::BTreeMap::from([("service", 1), ("country", 1), ("extension", 1)]);
    all.add(&approvals::Approvals {
        tabs: approvals::tabs(words, &counts, "service"),
        waiting: views
            .iter()
            .map(|view| approvals::asked(words, view, program))
            .collect(),
        decided: decided.into(),
        kind: "service".to_owned(),
        total: 3,
        may: true,
        next: Some("/".to_owned()),
        unavailable: Some("eu".to_owned()),
    });
    all.add(&approvals::Approvals {
        tabs: approvals::tabs(words, &std::collections::BTreeMap::new(), ""),
        waiting: Vec::new(),
        decided: Vec::new(),
        kind: String::new(),
        total: 0,
        may: false,
        next: None,
        unavailable: None,
    });
    lifted(all, program);
}

fn lifted(all: &mut Collection<'_>, program: &Program) {
    let words = all.words;
    let granted = ["open", "used", "taken_back"].map(|status| {
        let view = app::exception::ExceptionView {
            id: Some(domain::ids::ExceptionId::new("eu", "1")),
            customer_id: domain::ids::OrgId::new("eu", "2"),
            service: "messaging".to_owned(),
            partner: (status == "used").then(|| (domain::ids::OrgId::new("eu", "1"), "Studio <b>".to_owned())),
            reason: "Set up wrongly <i>.".to_owned(),
            status: status.to_owned(),
            granted_by: "person_eu_1".to_owned(),
            granted_at: jiff::Timestamp::UNIX_EPOCH,
            trial_id: None,
            used_at: None,
            version: 1,
        };
        exceptions::Granted::of(words, &view, program)
    });
    let sample = |name: Option<&str>, granted, faults| exceptions::Exceptions {
        customer: "org_eu_1".to_owned(),
        found: match name {
            Some(_) => Vec::new(),
            None => vec![exceptions::Found {
                name: "Lumière <b>".to_owned(),
                country: "France".to_owned(),
                url: "/vendor/exceptions?customer=org_eu_1".to_owned(),
            }],
        },
        more: name
            .is_none()
            .then(|| words.t("exceptions-more", &[("count", 20.into())])),
        name: name.map(str::to_owned),
        faults,
        services: Vec::new(),
        partners: Vec::new(),
        reason: "a <b>".to_owned(),
        granted,
        may: true,
    };
    all.add(&sample(Some("Lumière"), granted.into(), Faults::default()));
    all.add(&sample(Some("Lumière"), Vec::new(), faults(words)));
    all.add(&sample(None, Vec::new(), faults(words)));
}
