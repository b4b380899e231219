//! The people of one's own organization (ORG-3, 5, 6): who is there, with which roles, since when.

pub(crate) mod invite;
pub(crate) mod person;
pub(crate) mod remove;

use super::{address, cursor, may, place};
use crate::{
    Console,
    frame::page,
    part::{Chip, chip},
    template::View,
    web::{Failure, Query, Signed},
    words::Words,
};
use app::{
    Actor, PageRequest,
    people::{PeopleFilter, PersonView},
    policy::Action,
};
use axum::{extract::State, response::Response};
use domain::person::Role;
use serde::Serialize;

const ROWS: usize = 50;

/// The values of `team/list.html`.
#[derive(Serialize)]
pub(crate) struct Team {
    pub(crate) company: String,
    pub(crate) people: Vec<Member>,
    pub(crate) services: Vec<Member>,
    pub(crate) q: String,
    pub(crate) first: Option<String>,
    pub(crate) next: Option<String>,
    pub(crate) may_invite: bool,
    /// Whether service accounts can be made: by those who may give any role.
    pub(crate) may_make: bool,
}

/// One of them.
#[derive(Serialize)]
pub(crate) struct Member {
    pub(crate) url: String,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) roles: String,
    pub(crate) chip: Chip,
    pub(crate) since: String,
    pub(crate) is_you: bool,
    /// NOTE-4.
    pub(crate) bounced: bool,
}

impl View for Team {
    const TEMPLATE: &'static str = "team/list.html";
}

pub(crate) async fn list(
    State(console): State<Console>,
    Signed { visitor, actor, words }: Signed,
    Query(query): Query,
) -> Result<Response, Failure> {
    let q = query.owned("q").unwrap_or_default();
    let after = query.get("after").and_then(place);
    let is_first = after.is_none();
    let filter = PeopleFilter {
        organization: None,
        q: query.owned("q"),
    };
    let found = console
        .app
        .people(&actor, &filter, &PageRequest { after, limit: ROWS })
        .await?;
    let next = found.next.as_ref().and_then(cursor);
    let (services, people): (Vec<&PersonView>, Vec<&PersonView>) =
        found.items.iter().partition(|person| person.service_account);
    let member = |view: &&PersonView| member(&words, view, &actor);
    let view = Team {
        company: i18n::tame(&actor.organization.name),
        people: people.iter().map(member).collect(),
        services: services.iter().map(member).collect(),
        first: (!is_first).then(|| address("/team", &[("q", &q)])),
        next: next.map(|after| address("/team", &[("q", &q), ("after", &after)])),
        q,
        may_invite: may(&console, &actor, Action::ManageUsers),
        may_make: may(&console, &actor, Action::ManageUsers) && is_full(&actor),
    };
    page(&console, &visitor, words.say("team-title"), &view)
}

pub(crate) fn member(words: &Words, view: &PersonView, actor: &Actor) -> Member {
    Member {
        url: view.id.as_ref().map(|id| format!("/team/{id}")).unwrap_or_default(),
        name: called(view),
        email: view.email.clone(),
        roles: spoken(words, &view.roles),
        chip: chip::of_state(words, "person", &view.status, None),
        since: words.medium(words.today(view.created_at)),
        is_you: view.id.as_ref() == Some(actor.id()),
        bounced: view.address_bounced,
    }
}

/// As people are called; the address of those whose name is not known.
pub(crate) fn called(view: &PersonView) -> String {
    i18n::tame(if view.name.is_empty() { &view.email } else { &view.name })
}

/// The text that names a role.
pub(crate) fn role_text(role: Role) -> String {
    format!("role-{}", role.as_str().replace('_', "-"))
}

/// Roles in words.
pub(super) fn spoken(words: &Words, roles: &[Role]) -> String {
    let names: Vec<String> = roles.iter().map(|role| words.say(&role_text(*role))).collect();
    words.list(&names)
}

/// A role that can be given.
#[derive(Serialize)]
pub(crate) struct RoleChoice {
    pub(crate) value: &'static str,
    pub(crate) name: String,
    pub(crate) about: String,
    pub(crate) chosen: bool,
}

/// ORG-5: whether this person gives and takes any role of the organization, or plain ones only.
pub(super) fn is_full(actor: &Actor) -> bool {
    actor.acting.is_none() && actor.has(actor.organization.kind.full_role())
}

/// The roles that this person can give.
pub(super) fn choices(words: &Words, actor: &Actor, chosen: &[String]) -> Vec<RoleChoice> {
    let all = actor.organization.kind.roles().iter();
    all.filter(|role| is_full(actor) || **role == Role::User)
        .map(|role| choice(words, *role, chosen))
        .collect()
}

pub(crate) fn choice(words: &Words, role: Role, chosen: &[String]) -> RoleChoice {
    RoleChoice {
        value: role.as_str(),
        name: words.say(&role_text(role)),
        about: words.say(&format!("role-about-{}", role.as_str().replace('_', "-"))),
        chosen: chosen.iter().any(|one| one == role.as_str()),
    }
}
