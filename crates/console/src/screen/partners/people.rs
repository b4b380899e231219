//! The people of one partner: who administers it, whose domains it signs in with, and the way back in where nobody of it
//! can be reached.

use crate::{
    Console,
    part::{Chip, Faults, chip},
    screen::{form, id as known, may, mended, prove::Proven, seen, team},
    template::View,
    web::{Failure, Fields, Form, Signed, see},
    words::Words,
};
use app::{
    Actor, Error, Guard, PageRequest,
    people::{Invite, PeopleFilter, PersonView},
    policy::Action,
    single_sign_on::SingleSignOnView,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{ids::OrgId, person::Role, refusal::Code};
use serde::Serialize;

/// People that are read at a time.
const ROWS: usize = 200;

/// The values of `partners/people.html`.
#[derive(Serialize)]
pub(crate) struct PeoplePage {
    pub(crate) faults: Faults,
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) administrators: Vec<Administrator>,
    /// None while the partner has no sign-in of its own.
    pub(crate) domains: Option<Domains>,
    pub(crate) email: String,
    pub(crate) person_name: String,
    pub(crate) reason: String,
}

/// Somebody who may do everything there.
#[derive(Serialize)]
pub(crate) struct Administrator {
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) chip: Chip,
}

/// The domains that the partner names as its own.
#[derive(Serialize)]
pub(crate) struct Domains {
    pub(crate) issuer: String,
    /// Name, and whether it counts.
    pub(crate) names: Vec<(String, bool)>,
    pub(crate) version: i64,
}

impl View for PeoplePage {
    const TEMPLATE: &'static str = "partners/people.html";
}

impl From<SingleSignOnView> for Domains {
    fn from(view: SingleSignOnView) -> Self {
        let names = view.domains.into_iter().map(|one| (one.name, one.confirmed));
        Self {
            issuer: view.issuer,
            names: names.collect(),
            version: view.version,
        }
    }
}

pub(crate) fn administrator(words: &Words, view: &PersonView) -> Administrator {
    Administrator {
        name: team::called(view),
        email: view.email.clone(),
        chip: chip::of_state(words, "person", &view.status, None),
    }
}

pub(crate) async fn show(
    State(console): State<Console>,
    signed: Proven,
    Path(partner): Path<String>,
) -> Result<Response, Failure> {
    shown(
        &console,
        &signed.into(),
        &partner,
        &Fields::default(),
        Faults::default(),
    )
    .await
}

/// All of them, wherever they stand among the partner's people: that there are none is said only where that is so.
async fn administrators(console: &Console, actor: &Actor, partner: &OrgId) -> Result<Vec<PersonView>, Failure> {
    let filter = PeopleFilter {
        organization: Some(partner.clone()),
        q: None,
    };
    let mut request = PageRequest {
        after: None,
        limit: ROWS,
    };
    let full = |one: &PersonView| one.roles.contains(&Role::SalesFullAdministrator) && !one.service_account;
    let mut found = Vec::new();
    loop {
        let people = console.app.people(actor, &filter, &request).await?;
        found.extend(people.items.into_iter().filter(full));
        request.after = people.next;
        if request.after.is_none() {
            return Ok(found);
        }
    }
}

async fn shown(
    console: &Console,
    signed: &Signed,
    partner: &str,
    fields: &Fields,
    faults: Faults,
) -> Result<Response, Failure> {
    let Signed { actor, words, .. } = signed;
    if !may(console, actor, Action::ManagePeopleOfOthers) {
        return Err(Failure::code(Code::RoleRequired));
    }
    let id = known(OrgId::parse(partner))?;
    let view = console.app.partner(actor, &id).await?;
    let administrators = administrators(console, actor, &id).await?;
    let domains = match console.app.single_sign_on_of(actor, &id).await {
        Ok(found) => Some(Domains::from(found)),
        Err(Error::Refused(refusal)) if refusal.code == Code::NotFound => None,
        Err(error) => return Err(error.into()),
    };
    let page = PeoplePage {
        id: id.0,
        name: i18n::tame(&view.name),
        administrators: administrators.iter().map(|one| administrator(words, one)).collect(),
        domains,
        email: fields.owned("email").unwrap_or_default(),
        person_name: fields.owned("person_name").unwrap_or_default(),
        reason: fields.owned("reason").unwrap_or_default(),
        faults,
    };
    form(console, signed, page.name.clone(), &page.faults, &page)
}

/// Confirms domains, or invites an administrator.
pub(crate) async fn act(
    State(console): State<Console>,
    signed: Proven,
    Path(partner): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let id = known(OrgId::parse(&partner))?;
    let (done, said) = match fields.get("act") {
        Some("domains") => {
            let guard = seen(fields.number("version"));
            let confirmed = fields.all("domains");
            let done = console
                .app
                .confirm_domains(&signed.actor, &id, &confirmed, &guard)
                .await;
            (done.map(|_| ()), "domains-confirmed")
        }
        _ => {
            let done = console
                .app
                .invite(&signed.actor, &invitation(&id, &fields), &Guard::default())
                .await;
            (done.map(|_| ()), "invited")
        }
    };
    match done {
        Ok(()) => Ok(see(&format!("/vendor/partners/{id}/people?done={said}"))),
        Err(error) => {
            let faults = Faults::of(signed.words.language, &*mended(error)?).renamed("name", "person_name");
            shown(&console, &signed.into(), &partner, &fields, faults).await
        }
    }
}

fn invitation(partner: &OrgId, fields: &Fields) -> Invite {
    Invite {
        organization: Some(partner.clone()),
        email: Some(fields.owned("email").unwrap_or_default()),
        name: fields.owned("person_name"),
        roles: vec![Role::SalesFullAdministrator.as_str().to_owned()],
        reason: fields.owned("reason"),
        ..Invite::default()
    }
}
