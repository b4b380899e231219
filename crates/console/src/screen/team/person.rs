//! One person: roles, whether it may sign in, its invitation.

use super::{RoleChoice, called, choices, is_full, spoken};
use crate::{
    Console,
    part::{Chip, Faults, chip},
    screen::{form, id as known, may, mended, seen},
    template::View,
    web::{Failure, Form, Signed, see},
    words::Words,
};
use app::{
    Actor, Guard,
    people::{PersonPatch, PersonView},
    policy::Action,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{ids::PersonId, person::Role};
use i18n::Language;
use serde::Serialize;

/// The values of `team/person.html`.
#[derive(Serialize)]
pub(crate) struct PersonPage {
    pub(crate) faults: Faults,
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) chip: Chip,
    /// Label and value.
    pub(crate) facts: Vec<(String, String)>,
    pub(crate) roles: Vec<RoleChoice>,
    /// `invited`, `active` or `disabled`.
    pub(crate) status: String,
    pub(crate) is_you: bool,
    pub(crate) is_service: bool,
    pub(crate) may_change: bool,
    /// NOTE-4.
    pub(crate) bounced: bool,
    pub(crate) version: i64,
}

impl View for PersonPage {
    const TEMPLATE: &'static str = "team/person.html";
}

pub(crate) async fn show(
    State(console): State<Console>,
    signed: Signed,
    Path(person): Path<String>,
) -> Result<Response, Failure> {
    shown(&console, &signed, &person, Faults::default(), None).await
}

async fn shown(
    console: &Console,
    signed: &Signed,
    person: &str,
    faults: Faults,
    wanted: Option<Vec<String>>,
) -> Result<Response, Failure> {
    let Signed { actor, words, .. } = signed;
    let view = console.app.person(actor, &known(PersonId::parse(person))?).await?;
    let mut shown = of(words, actor, &view, wanted);
    shown.may_change = may_change(console, actor, &view);
    shown.faults = faults;
    form(console, signed, shown.name.clone(), &shown.faults, &shown)
}

/// ORG-5: a user administrator, and whoever acts for the company, changes plain users.
pub(super) fn may_change(console: &Console, actor: &Actor, view: &PersonView) -> bool {
    let plain = view.roles.iter().all(|role| *role == Role::User);
    view.organization_id == *actor.org() && may(console, actor, Action::ManageUsers) && (is_full(actor) || plain)
}

pub(crate) fn of(words: &Words, actor: &Actor, view: &PersonView, wanted: Option<Vec<String>>) -> PersonPage {
    let held = || view.roles.iter().map(|role| role.as_str().to_owned()).collect();
    let chosen: Vec<String> = wanted.unwrap_or_else(held);
    PersonPage {
        faults: Faults::default(),
        id: view.id.as_ref().map(|id| id.0.clone()).unwrap_or_default(),
        name: called(view),
        chip: chip::of_state(words, "person", &view.status, None),
        facts: facts(words, view),
        roles: choices(words, actor, &chosen),
        status: view.status.clone(),
        is_you: view.id.as_ref() == Some(actor.id()),
        is_service: view.service_account,
        may_change: false,
        bounced: view.address_bounced,
        version: view.version,
    }
}

fn facts(words: &Words, view: &PersonView) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    if !view.service_account {
        facts.push((words.say("label-email"), view.email.clone()));
    }
    facts.push((words.say("team-roles"), spoken(words, &view.roles)));
    if !view.service_account {
        let language = Language::parse(&view.language).map_or("", Language::native_name);
        facts.push((words.say("menu-language"), language.to_owned()));
        facts.push((words.say("label-zone"), words.zone_name(&view.time_zone)));
    }
    facts.push((words.say("team-since"), words.medium(words.today(view.created_at))));
    facts
}

/// SEC-2a: what was opened under other roles ends.
pub(crate) async fn roles(
    State(console): State<Console>,
    signed: Signed,
    Path(person): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let wanted = fields.all("roles");
    let patch = PersonPatch {
        roles: Some(wanted.clone()),
        ..PersonPatch::default()
    };
    let guard = seen(fields.number("version"));
    changed(
        &console,
        &signed,
        &person,
        &patch,
        &guard,
        ("person-edited", Some(wanted)),
    )
    .await
}

/// Reversible, so it is done at once.
pub(crate) async fn disable(
    State(console): State<Console>,
    signed: Signed,
    Path(person): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let disabled = fields.get("disabled") == Some("yes");
    let patch = PersonPatch {
        disabled: Some(disabled),
        ..PersonPatch::default()
    };
    let done = if disabled { "disabled" } else { "enabled" };
    changed(&console, &signed, &person, &patch, &Guard::default(), (done, None)).await
}

async fn changed(
    console: &Console,
    signed: &Signed,
    person: &str,
    patch: &PersonPatch,
    guard: &Guard,
    (done, wanted): (&str, Option<Vec<String>>),
) -> Result<Response, Failure> {
    let id = known(PersonId::parse(person))?;
    match console.app.patch_person(&signed.actor, &id, patch, guard).await {
        Ok(_) => Ok(see(&format!("/team/{id}?done={done}"))),
        Err(error) => {
            let faults = Faults::of(signed.words.language, &*mended(error)?);
            shown(console, signed, person, faults, wanted).await
        }
    }
}

/// The older link dies.
pub(crate) async fn invite_again(
    State(console): State<Console>,
    signed: Signed,
    Path(person): Path<String>,
    Form(_): Form,
) -> Result<Response, Failure> {
    let id = known(PersonId::parse(&person))?;
    match console.app.invite_again(&signed.actor, &id, &Guard::default()).await {
        Ok(_) => Ok(see(&format!("/team/{id}?done=invited-again"))),
        Err(error) => {
            let faults = Faults::of(signed.words.language, &*mended(error)?);
            shown(&console, &signed, &person, faults, None).await
        }
    }
}
