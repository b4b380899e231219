//! Who is there, who may do what, who did what.

use super::{Collection, company, faults, world};
use crate::{
    part::Faults,
    screen::{
        access::{self, change::ChangePage},
        customer,
        moves::{self, begin::BeginPage, decide},
        partners::{
            self,
            add::AddPage,
            edit::{self, EditPage, Standing},
            people as partner_people,
        },
        record::{self, RecordPage},
        team::{self, invite::InvitePage, person, remove::RemovePage},
        trial::May,
    },
};
use domain::{person::Role, program::Program};
use serde_json::json;

pub(super) fn people(all: &mut Collection<'_>, program: &Program) {
    team(all);
    partners(all);
    access(all);
    moving(all);
    record(all, program);
    customer(all, program);
}

fn team(all: &mut Collection<'_>) {
    let (words, actor) = (all.words, company::actor());
    let member = |status: &str, service| team::member(words, &company::person(status, service), &actor);
    all.add(&team::Team {
        company: "x".into(),
        people: vec![member("active", false), member("invited", false)],
        services: vec![member("disabled", true)],
        q: String::new(),
        first: Some("/team".into()),
        next: Some("/team".into()),
        may_invite: true,
        may_make: true,
    });
    all.add(&team::Team {
        company: "x".into(),
        people: Vec::new(),
        services: Vec::new(),
        q: "nobody".into(),
        first: None,
        next: None,
        may_invite: false,
        may_make: false,
    });
    for service in [true, false] {
        all.add(&InvitePage {
            faults: if service { Faults::default() } else { faults(words) },
            service,
            email: String::new(),
            person_name: "Lumière <script>".into(),
            roles: Role::ALL.iter().map(|role| team::choice(words, *role, &[])).collect(),
            languages: vec![("en", "English", true)],
        });
    }
    for (status, may_change) in [
        ("active", true),
        ("invited", true),
        ("disabled", true),
        ("active", false),
    ] {
        let mut page = person::of(words, &actor, &company::person(status, false), None);
        page.may_change = may_change;
        all.add(&page);
    }
    for (customers, takers, possible) in [(0, 0, true), (3, 1, true), (3, 0, true), (0, 0, false)] {
        all.add(&RemovePage {
            faults: if possible { Faults::default() } else { faults(words) },
            id: "person_eu_1".into(),
            name: "Lumière <script>".into(),
            is_you: takers == 1,
            is_service: customers == 0,
            customers,
            takers: vec![("person_eu_2".into(), "Ada".into(), true); takers],
            possible,
        });
    }
}

fn partners(all: &mut Collection<'_>) {
    let words = all.words;
    let (certified, lapsed) = (company::partner(1, true), company::partner(2, false));
    let rows = [&certified, &lapsed].map(|view| partners::row(words, view, world::now()));
    all.add(&partners::Partners {
        rows: rows.into(),
        first: Some("/"),
        next: Some("/".into()),
        unavailable: Some("x".into()),
        may_add: true,
    });
    all.add(&partners::Partners {
        rows: Vec::new(),
        first: None,
        next: None,
        unavailable: None,
        may_add: false,
    });
    let standing = || Standing {
        tier: "2".into(),
        distributors: vec![("org_eu_1".into(), "Ada & Co".into())],
        ..Standing::default()
    };
    all.add(&AddPage {
        faults: faults(words),
        name: "x".into(),
        regions: vec![("eu".into(), "x".into(), true)],
        standing: standing(),
        admin_email: String::new(),
        admin_name: String::new(),
        languages: vec![("en", "English", true)],
    });
    let changed = edit::changes(words, &certified, &lapsed);
    for (changes, may_edit) in [(Some(changed), true), (Some(Vec::new()), true), (None, false)] {
        all.add(&EditPage {
            faults: Faults::default(),
            id: "org_eu_1".into(),
            name: "x".into(),
            chip: partners::certification(words, &certified, world::now()),
            facts: edit::told(words, &certified).into(),
            may_edit,
            may_see_people: may_edit,
            standing: standing(),
            changes,
            version: 1,
        });
    }
    let known = || partner_people::Domains {
        issuer: "https://id.lumiere.example".into(),
        names: vec![("lumiere.example".into(), true), ("lumiere.test".into(), false)],
        version: 1,
    };
    for (domains, faults) in [(Some(known()), faults(words)), (None, Faults::default())] {
        let everybody = ["active", "invited"].map(|status| company::person(status, false));
        all.add(&partner_people::PeoplePage {
            faults,
            id: "org_eu_1".into(),
            name: "x".into(),
            administrators: match domains {
                Some(_) => everybody
                    .iter()
                    .map(|one| partner_people::administrator(words, one))
                    .collect(),
                None => Vec::new(),
            },
            domains,
            email: String::new(),
            person_name: String::new(),
            reason: String::new(),
        });
    }
}

fn access(all: &mut Collection<'_>) {
    let words = all.words;
    let view = world::customer();
    let asked = ["pending", "accepted", "declined", "lapsed", "ended"]
        .map(|status| access::asked(words, &company::access_request(status), world::now(), "wait-you"));
    let lines = ["pending", "done", "declined", "lapsed"].map(|status| {
        moves::line(
            words,
            &company::handover(status),
            world::now(),
            Some("/control/access/moves"),
        )
    });
    let page = |may, requests, moves, partners| access::AccessPage {
        company: "x".into(),
        partners,
        requests,
        moves,
        may,
        may_record: may,
    };
    let cards = [true, false].map(|full| access::card(words, &view, &company::tie(full)));
    all.add(&page(true, asked.into(), lines.into(), cards.into()));
    all.add(&page(false, Vec::new(), Vec::new(), Vec::new()));
    for (before, after) in [("provisioning", "full"), ("full", "provisioning"), ("full", "none")] {
        all.add(&ChangePage {
            faults: if after == "none" {
                faults(words)
            } else {
                Faults::default()
            },
            id: "org_eu_1".into(),
            partner: "x".into(),
            before,
            after,
            trials: 2,
            cancel: true,
            version: 1,
        });
    }
}

fn moving(all: &mut Collection<'_>) {
    let words = all.words;
    let view = company::handover("pending");
    let line = || moves::line(words, &view, world::now(), Some("/partner/handovers"));
    for moves in [vec![line()], Vec::new()] {
        all.add(&moves::Moves {
            first: None,
            next: (!moves.is_empty()).then(|| "/".to_owned()),
            own: "org_eu_1".into(),
            may: true,
            moves,
        });
    }
    for (status, is_customer) in [("pending", true), ("done", false)] {
        all.add(&decide::of(&view, &company::handover(status), is_customer, "x".into()));
    }
    for is_customer in [true, false] {
        all.add(&BeginPage {
            faults: faults(words),
            customer: "x".into(),
            is_customer,
            partners: vec![("org_eu_1".into(), "x".into(), is_customer); 2],
            to: String::new(),
            reason: String::new(),
            action: "/".into(),
            back: "/".into(),
        });
    }
}

fn record(all: &mut Collection<'_>, program: &Program) {
    let words = all.words;
    let details = [
        ("access_changed", json!({"level": null, "cancel_trials": true})),
        ("person_changed", json!({"roles": ["help_desk"], "disabled": true})),
        ("extended", json!([{"to": "2027-02-14"}])),
        ("started", json!([{"services": ["calling", "meetings"]}])),
        ("services_changed", json!([{"services": [{"id": "calling"}]}])),
        ("partner_changed", json!({})),
        ("not_known_yet", json!(null)),
    ];
    let changes = details
        .into_iter()
        .map(|(name, details)| record::change(words, &company::entry(name, details), program))
        .collect();
    all.add(&RecordPage {
        about: "x".into(),
        crumb: Some(("/".into(), "x".into())),
        changes,
        file: "/".into(),
        first: Some("/".into()),
        next: Some("/".into()),
    });
    all.add(&RecordPage {
        about: "x".into(),
        crumb: None,
        changes: Vec::new(),
        file: "/".into(),
        first: None,
        next: None,
    });
}

fn customer(all: &mut Collection<'_>, program: &Program) {
    let (words, view) = (all.words, world::customer());
    for may_ask in [true, false] {
        let mut page = customer::of(words, &view, &[], program, world::now(), (true, May::ALL));
        page.more = customer::More {
            enter: true,
            usage: true,
            record: true,
            export: true,
            users: true,
            setup: true,
            moves: true,
            assigned: "x".into(),
            choices: vec![("person_eu_1".into(), "x".into(), true); usize::from(may_ask)],
            help: Some(customer::Help {
                faults: if may_ask { faults(words) } else { Faults::default() },
                reason: "x".into(),
                last: (!may_ask).then(|| {
                    access::asked(
                        words,
                        &company::access_request("accepted"),
                        world::now(),
                        "wait-customer",
                    )
                }),
                may_ask,
            }),
            bounced: Some((world::bounced(words, may_ask), "/".into())),
        };
        all.add(&page);
    }
}
