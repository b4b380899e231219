//! The own account and the ways in, with made-up values.

use super::{Collection, world};
use crate::{
    part::Faults,
    screen::{
        account::{AccountPage, code, password, session_line, tokens},
        code::CodePage,
        door, forgot,
        prove::Prove,
        start,
    },
};
use app::{
    account::SessionView,
    door::{Account, Purpose},
    token::{NewToken, TokenView},
};
use domain::{
    ids::{OrgId, PersonId},
    organization::{Kind, Organization},
    person::{Person, Role},
    program::Program,
    refusal::{Code, FieldError, Refusal},
};

pub(super) fn own(all: &mut Collection<'_>, program: &Program) {
    let words = all.words;
    let wrong = [
        "/password",
        "/code",
        "/current",
        "/name",
        "/label",
        "/scopes/0",
        "/days",
    ];
    let wrong = wrong.map(|pointer| FieldError::new(pointer, Code::Required)).into();
    let faults = || Faults::about_oneself(words.language, &Refusal::input(Vec::clone(&wrong)));
    all.add(&CodePage {
        faults: faults(),
        back: "/".into(),
    });
    all.add(&CodePage::default());
    for sent in [true, false] {
        all.add(&forgot::Forgot { sent });
    }
    for purpose in [Purpose::Invitation, Purpose::Welcome, Purpose::Reset] {
        all.add(&door::of(words, &account(purpose), "eu.x".into(), faults(), "Ada"));
    }
    for state in ["used", "superseded", "expired"] {
        all.add(&door::DoorClosed {
            secret: "eu.x".into(),
            state,
        });
    }
    for (password, code) in [(true, true), (true, false), (false, false)] {
        all.add(&Prove {
            faults: faults(),
            back: "/".into(),
            password,
            code,
            passkey: code,
        });
    }
    all.add(&page(all, program, faults(), true));
    all.add(&page(all, program, Faults::default(), false));
    for has_password in [true, false] {
        all.add(&password::PasswordPage {
            faults: faults(),
            has_password,
            email: "ada@b.example".into(),
        });
    }
    codes(all, faults());
    let new = NewToken {
        label: Some("x".into()),
        scopes: vec!["read".into()],
        days: None,
    };
    all.add(&tokens::form(words, &new, true, faults()));
    all.add(&tokens::TokenMade {
        label: "x".into(),
        token: "ft_eu_x".into(),
    });
}

fn codes(all: &mut Collection<'_>, faults: Faults) {
    all.add(&code::CodeSetUp {
        faults,
        key: "ABCD EFGH".into(),
        picture: "data:image/svg+xml;base64,PHN2Zy8+".into(),
    });
    for spare in [0, 1, 9] {
        all.add(&code::CodeInUse { spare });
    }
    all.add(&code::Recovery {
        codes: vec!["abcd-efgh".into()],
    });
}

fn account(purpose: Purpose) -> Account {
    let organization = Organization {
        id: OrgId("org_eu_1".into()),
        kind: Kind::Vendor,
        name: "Lumi\u{e8}re".into(),
        created_at: world::now(),
    };
    let person = Person {
        id: PersonId("person_eu_1".into()),
        organization: organization.id.clone(),
        email: "ada@b.example".into(),
        name: String::new(),
        language: "en".into(),
        zone: "UTC".into(),
        roles: Role::ALL.to_vec(),
        licenses: Vec::new(),
        signed_in_at: None,
        disabled_at: None,
        theme: String::new(),
        digest: false,
        bounced_at: None,
        service: false,
        created_at: world::now(),
    };
    Account {
        purpose,
        person,
        organization,
    }
}

fn page(all: &Collection<'_>, program: &Program, faults: Faults, much: bool) -> AccountPage {
    let words = all.words;
    let ways = [
        "password",
        "password_and_code",
        "passkey",
        "single_sign_on",
        "door",
        "demo",
    ];
    let devices = [("Firefox", "Linux"), ("", ""), ("Firefox", ""), ("", "Linux")];
    let session = |(at, how): (usize, &str)| SessionView {
        id: "x".into(),
        how: how.into(),
        browser: devices[at % 4].0.into(),
        platform: devices[at % 4].1.into(),
        created_at: world::now(),
        seen_at: world::now(),
        current: at == 0,
    };
    let token = |ends: bool| TokenView {
        id: "x".into(),
        label: "build".into(),
        scopes: ["read", "provisioning", "trials", "people", "all"]
            .map(str::to_owned)
            .into(),
        created_at: world::now(),
        expires_at: ends.then(world::now),
        last_used_on: ends.then(|| words.today(world::now())),
    };
    let sessions = ways.into_iter().enumerate().take(if much { 6 } else { 1 });
    AccountPage {
        faults,
        own_name: "Ada".into(),
        facts: vec![("x".into(), "y".into())],
        languages: start::zones(words, program, None),
        zones: start::zones(words, program, Some("Europe/Paris")),
        themes: Vec::new(),
        digest: much.then_some(true),
        has_password: much,
        has_code: much,
        passkeys: 1,
        spare: 9,
        sessions: sessions.map(session).map(|view| session_line(words, view)).collect(),
        tokens: much.then(|| [true, false].map(|ends| tokens::line(words, token(ends))).into()),
    }
}
