//! What stands around every screen: who one is, where one can go, the demo's bar.

use crate::{
    Console,
    template::{View, render},
    ways::{Way, ways},
    web::{Failure, Visitor},
    words::Words,
};
use app::{
    Actor,
    policy::{self, Action},
};
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use i18n::Language;
use jiff::Timestamp;
use serde::Serialize;

/// The values of `layout.html`.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Frame {
    pub(crate) language: &'static str,
    languages: Vec<Choice>,
    theme: &'static str,
    pub(crate) title: String,
    vendor: String,
    support: Option<String>,
    legal: Option<String>,
    csrf: String,
    here: String,
    person: Option<Who>,
    nav: Vec<Way>,
    acting: Option<Acting>,
    demo: Option<Demo>,
    notice: Option<String>,
    request: String,
}

#[derive(Clone, Debug, Serialize)]
struct Choice {
    value: &'static str,
    name: &'static str,
    current: bool,
}

#[derive(Clone, Debug, Serialize)]
struct Who {
    name: String,
    email: String,
    organization: String,
    initials: String,
    /// Whether this person says how the company's people sign in.
    sets_up: bool,
}

/// ORG-8: for whom one acts.
#[derive(Clone, Debug, Serialize)]
struct Acting {
    customer: String,
    person: String,
    company: String,
}

/// The demo's bar.
#[derive(Clone, Debug, Serialize)]
struct Demo {
    /// What time it is for the rules.
    now: String,
    /// The same in few words.
    short: String,
    /// The civil day of that, as a field for dates has it.
    day: String,
    /// Whether one can move the clock: somebody has to be signed in.
    clock: bool,
    people: Vec<Company>,
}

#[derive(Clone, Debug, Serialize)]
struct Company {
    name: String,
    people: Vec<Someone>,
}

#[derive(Clone, Debug, Serialize)]
struct Someone {
    email: String,
    name: String,
    roles: String,
    current: bool,
}

/// What was just done, for the line above the page; from the address, so only what is known is said.
const DONE: &[&str] = &[
    "extended",
    "extension-asked",
    "unchanged",
    "edited",
    "cancelled",
    "reminded",
    "resent",
    "notes",
    "details",
    "corrected",
    "accepted",
    "declined",
    "approved",
    "refused",
    "clock",
    "signed-out",
    "passkey-added",
    "passkey-removed",
    "single-sign-on",
    "single-sign-on-removed",
    "account-saved",
    "password-changed",
    "code-removed",
    "session-ended",
    "signed-out-others",
    "token-ended",
    "link-sent",
    "invited",
    "invited-again",
    "person-edited",
    "disabled",
    "enabled",
    "person-removed",
    "service-made",
    "partner-added",
    "access-changed",
    "access-withdrawn",
    "access-granted",
    "access-declined",
    "access-asked",
    "move-asked",
    "move-agreed",
    "move-done",
    "move-declined",
    "entered",
    "left",
    "assigned",
    "domains-confirmed",
    "held",
    "lifted",
    "provisioning-done",
    "provisioning-again",
    "provisioning-failed",
    "users-added",
    "licenses-given",
    "licenses-taken",
    "approval-late",
    "approval-full",
    "approval-closed",
    "exception-granted",
    "exception-taken-back",
    "exception-late",
    "draft-discarded",
    "draft-newer",
    "draft-apart",
    "draft-limit",
    "draft-not-kept",
    "shipment-approved",
    "shipment-refused",
    "shipment-shipped",
    "longer-approved",
    "longer-refused",
    "longer-too-long",
    "longer-asked",
    "label-asked",
    "label-today",
    "devices-asked",
    "serial-corrected",
    "device-not-now",
    "return-opened",
    "return-not-yet",
    "order-placed",
    "order-already",
    "order-already-other",
    "order-resent",
    "order-redirected",
    "order-closed",
    "handed-over",
    "purchase-wanted",
    "purchase-known",
];

impl Frame {
    pub(crate) fn new(console: &Console, visitor: &Visitor, title: String) -> Self {
        let words = visitor.words();
        let choice = |language: Language| Choice {
            value: language.as_str(),
            name: language.native_name(),
            current: language == visitor.language,
        };
        let brand = &console.settings.brand;
        Self {
            language: visitor.language.as_str(),
            languages: Language::ALL.map(choice).to_vec(),
            theme: visitor.theme,
            title,
            vendor: i18n::tame(&brand.vendor_name),
            support: brand.support_url.clone(),
            legal: brand.legal_url.clone(),
            csrf: visitor.csrf.clone(),
            here: visitor.here.clone(),
            person: visitor
                .actor
                .as_deref()
                .map(|actor| who(actor, console.app.clock.now())),
            nav: visitor
                .actor
                .as_deref()
                .map(|actor| ways(console, actor, &visitor.here, &words))
                .unwrap_or_default(),
            acting: visitor.actor.as_deref().and_then(acting),
            demo: console.settings.demo.then(|| demo(console, visitor, &words)),
            notice: notice(&visitor.here).map(|key| words.say(&format!("done-{key}"))),
            request: visitor.request.clone(),
        }
    }

    /// For samples.
    pub(crate) fn sample(language: Language) -> Self {
        let people = vec![Someone {
            email: "a@b.example".into(),
            name: "Ada".into(),
            roles: "x".into(),
            current: true,
        }];
        Self {
            language: language.as_str(),
            languages: Language::ALL
                .map(|one| Choice {
                    value: one.as_str(),
                    name: one.native_name(),
                    current: one == language,
                })
                .to_vec(),
            theme: "auto",
            title: "<Title>".into(),
            vendor: "Vela & Co".into(),
            support: Some("https://vela.example/help".into()),
            legal: Some("https://vela.example/legal".into()),
            csrf: "token".into(),
            here: "/".into(),
            person: Some(Who {
                name: "Ada".into(),
                email: "a@b.example".into(),
                organization: "Ada & Co".into(),
                initials: "A".into(),
                sets_up: true,
            }),
            nav: vec![Way {
                label: "Home".into(),
                url: "/",
                icon: "home",
                current: true,
            }],
            acting: Some(Acting {
                customer: "Ada & Co".into(),
                person: "Ada".into(),
                company: "B & Co".into(),
            }),
            demo: Some(Demo {
                now: "now".into(),
                short: "now".into(),
                day: "2027-01-01".into(),
                clock: true,
                people: vec![Company {
                    name: "Ada & Co".into(),
                    people,
                }],
            }),
            notice: Some("done".into()),
            request: "0123".into(),
        }
    }
}

fn notice(here: &str) -> Option<&'static str> {
    let query = here.split_once('?')?.1;
    let said = form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "done")?
        .1;
    DONE.iter().copied().find(|key| *key == said)
}

/// As people are called; the address of those whose name is not known.
pub(crate) fn called(person: &domain::person::Person) -> String {
    i18n::tame(if person.name.is_empty() {
        &person.email
    } else {
        &person.name
    })
}

fn who(actor: &Actor, now: Timestamp) -> Who {
    let name = called(&actor.person);
    let first = |word: &str| word.chars().next();
    let initials: String = if name.is_ascii() || name.contains(' ') {
        name.split([' ', '.', '@', '-'])
            .filter_map(first)
            .take(2)
            .collect::<String>()
            .to_uppercase()
    } else {
        name.chars().take(1).collect()
    };
    let (email, organization) = (actor.person.email.clone(), i18n::tame(&actor.home().name));
    Who {
        name,
        email,
        organization,
        initials,
        sets_up: policy::allow(actor, Action::ManageSingleSignOn, now).is_ok(),
    }
}

fn acting(actor: &Actor) -> Option<Acting> {
    let acting = actor.acting.as_ref()?;
    Some(Acting {
        customer: i18n::tame(&actor.organization.name),
        person: called(&actor.person),
        company: i18n::tame(&acting.home.name),
    })
}

fn demo(console: &Console, visitor: &Visitor, words: &Words) -> Demo {
    let now = console.app.clock.now();
    let mut people: Vec<Company> = Vec::new();
    for persona in &console.settings.people {
        let roles: Vec<String> = persona
            .roles
            .iter()
            .map(|role| words.say(&format!("role-{}", role.replace('_', "-"))))
            .collect();
        let someone = Someone {
            email: persona.email.clone(),
            name: i18n::tame(&persona.name),
            roles: words.list(&roles),
            current: visitor
                .actor
                .as_ref()
                .is_some_and(|actor| actor.person.email == persona.email),
        };
        match people.iter_mut().find(|company| company.name == persona.organization) {
            Some(company) => company.people.push(someone),
            None => people.push(Company {
                name: persona.organization.clone(),
                people: vec![someone],
            }),
        }
    }
    Demo {
        now: words.moment(now),
        short: words.stamp(now),
        day: words.today(now).to_string(),
        clock: visitor.actor.is_some(),
        people,
    }
}

/// A page as it is answered.
pub(crate) fn page<V: View>(
    console: &Console,
    visitor: &Visitor,
    title: String,
    view: &V,
) -> Result<Response, Failure> {
    page_with(StatusCode::OK, console, visitor, title, view)
}

/// The same under another status: a form that has to be mended, a page about a failure.
pub(crate) fn page_with<V: View>(
    status: StatusCode,
    console: &Console,
    visitor: &Visitor,
    title: String,
    view: &V,
) -> Result<Response, Failure> {
    let frame = Frame::new(console, visitor, title);
    let html = render(visitor.language, &frame, view).map_err(|error| {
        tracing::error!(
            template = V::TEMPLATE,
            error = format!("{error:#}"),
            "a page cannot be put into words"
        );
        Failure::internal()
    })?;
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::VARY, "Cookie, Accept-Language"),
    ];
    Ok((status, headers, html).into_response())
}
