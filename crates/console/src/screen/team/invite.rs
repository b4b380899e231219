//! Inviting somebody, and making a service account.

use super::{RoleChoice, choices};
use crate::{
    Console,
    part::Faults,
    screen::{form, may, mended},
    template::View,
    web::{Failure, Fields, Form, Signed, see},
};
use app::{Error, Guard, people::Invite, policy::Action};
use axum::{extract::State, response::Response};
use domain::refusal::Code;
use i18n::Language;
use serde::Serialize;

/// The values of `team/invite.html`.
#[derive(Serialize)]
pub(crate) struct InvitePage {
    pub(crate) faults: Faults,
    /// An integration's account: no address, no invitation.
    pub(crate) service: bool,
    pub(crate) email: String,
    pub(crate) person_name: String,
    pub(crate) roles: Vec<RoleChoice>,
    /// Value, name, chosen.
    pub(crate) languages: Vec<(&'static str, &'static str, bool)>,
}

impl View for InvitePage {
    const TEMPLATE: &'static str = "team/invite.html";
}

pub(crate) async fn show(State(console): State<Console>, signed: Signed) -> Result<Response, Failure> {
    shown(&console, &signed, &Fields::default(), Faults::default(), false)
}

pub(crate) async fn show_service(State(console): State<Console>, signed: Signed) -> Result<Response, Failure> {
    shown(&console, &signed, &Fields::default(), Faults::default(), true)
}

fn shown(
    console: &Console,
    signed: &Signed,
    fields: &Fields,
    faults: Faults,
    service: bool,
) -> Result<Response, Failure> {
    let Signed { actor, words, .. } = signed;
    if !may(console, actor, Action::ManageUsers) {
        return Err(Failure::code(Code::RoleRequired));
    }
    let language = fields.get("language").unwrap_or(words.language.as_str()).to_owned();
    let mut roles = choices(words, actor, &fields.all("roles"));
    // Where there is one role to give, it is given.
    if let [only] = roles.as_mut_slice() {
        only.chosen = true;
    }
    let view = InvitePage {
        service,
        email: fields.owned("email").unwrap_or_default(),
        person_name: fields.owned("person_name").unwrap_or_default(),
        roles,
        languages: Language::ALL
            .map(|one| (one.as_str(), one.native_name(), one.as_str() == language))
            .to_vec(),
        faults,
    };
    let title = if service { "service-title" } else { "invite-title" };
    form(console, signed, words.say(title), &view.faults, &view)
}

pub(crate) async fn invite(
    State(console): State<Console>,
    signed: Signed,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let wish = Invite {
        // Without one the address is what is missing.
        email: Some(fields.owned("email").unwrap_or_default()),
        language: fields.owned("language"),
        ..wished(&fields)
    };
    let done = console.app.invite(&signed.actor, &wish, &Guard::default()).await;
    finished(&console, &signed, &fields, done.map(|_| ()), false)
}

pub(crate) async fn make_service(
    State(console): State<Console>,
    signed: Signed,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let wish = Invite {
        service_account: true,
        ..wished(&fields)
    };
    let done = console.app.invite(&signed.actor, &wish, &Guard::default()).await;
    finished(&console, &signed, &fields, done.map(|_| ()), true)
}

fn wished(fields: &Fields) -> Invite {
    Invite {
        name: fields.owned("person_name"),
        roles: fields.all("roles"),
        ..Invite::default()
    }
}

fn finished(
    console: &Console,
    signed: &Signed,
    fields: &Fields,
    done: Result<(), Error>,
    service: bool,
) -> Result<Response, Failure> {
    match done {
        Ok(()) if service => Ok(see("/team?done=service-made")),
        Ok(()) => Ok(see("/team?done=invited")),
        Err(error) => {
            let faults = Faults::of(signed.words.language, &*mended(error)?).renamed("name", "person_name");
            shown(console, signed, fields, faults, service)
        }
    }
}
