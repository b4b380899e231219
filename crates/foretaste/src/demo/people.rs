//! The people of the cast as `demo.json` lists them, with tokens and passwords that are the same at every start.

use super::cast;
use crate::failure::Outcome;
use app::App;
use domain::{
    ids::{OrgId, PersonId},
    organization::Organization,
    person::{Person, Role},
};
use serde::Serialize;
use std::collections::BTreeMap;

/// Somebody who can sign in.
#[derive(Serialize)]
pub(super) struct Player {
    #[serde(skip)]
    id: PersonId,
    pub(super) email: String,
    password: String,
    token: String,
    language: String,
    pub(super) roles: Vec<&'static str>,
    pub(super) organization: Troupe,
    #[serde(skip)]
    pub(super) name: String,
}

/// Where one belongs.
#[derive(Clone, Serialize)]
pub(super) struct Troupe {
    id: OrgId,
    pub(super) cast: String,
    pub(super) name: String,
    kind: &'static str,
    /// Of a partner.
    tier: Option<u8>,
    /// Of a partner.
    certified: Option<bool>,
    pub(super) region: String,
    distributor_id: Option<OrgId>,
}

impl Player {
    /// As the pages offer it.
    pub(super) fn persona(&self) -> console::Persona {
        console::Persona {
            email: self.email.clone(),
            name: self.name.clone(),
            organization: self.organization.name.clone(),
            roles: self.roles.iter().map(|role| (*role).to_owned()).collect(),
        }
    }
}

/// Everybody can sign in with the password of `demo.json`, the same at every start.
pub(super) async fn let_in(app: &App, people: &[Player]) -> Outcome {
    for player in people {
        if !app.has_password(&player.id).await? {
            app.set_password(&player.id, &player.password).await?;
        }
    }
    Ok(())
}

/// Octets of a password.
const PASSWORD: usize = 20;

/// Everybody of the cast who is still there, with a token in force.
pub(super) async fn list(app: &App, companies: &BTreeMap<String, OrgId>) -> Outcome<Vec<Player>> {
    let mut found: Vec<(Troupe, Person)> = Vec::new();
    for cast in cast::ORDER {
        if let Some(id) = companies.get(cast) {
            found.extend(members(app, cast, id).await?);
        }
    }
    let link = |what: &str, person: &Person| app.stores.keys.link(&format!("demo-{what}:{}", person.id));
    let wanted: Vec<_> = found
        .iter()
        .map(|(_, person)| (person.id.clone(), link("token", person)))
        .collect();
    let tokens = app.ensure_tokens(&wanted, "demo").await?;
    let player = |((organization, person), token): ((Troupe, Person), String)| Player {
        password: link("password", &person).chars().take(PASSWORD).collect(),
        token,
        roles: person.roles.iter().map(|role| role.as_str()).collect(),
        language: person.language,
        id: person.id,
        email: person.email,
        name: person.name,
        organization,
    };
    Ok(found.into_iter().zip(tokens).map(player).collect())
}

/// A company's people, whoever may do most first; nobody of one that was closed.
async fn members(app: &App, cast: &str, id: &OrgId) -> Outcome<Vec<(Troupe, Person)>> {
    let Some(region) = app.stores.region(id.region()) else {
        return Ok(Vec::new());
    };
    let Some(organization) = region.read().organization(id).await? else {
        return Ok(Vec::new());
    };
    let organization = organization.value;
    if organization
        .customer()
        .is_some_and(|customer| customer.closed_on.is_some())
    {
        return Ok(Vec::new());
    }
    let troupe = troupe(app, cast, organization);
    let mut people = region.read().people_of(id).await?;
    people.sort_by_key(|person| (rank(person), person.id.clone()));
    Ok(people.into_iter().map(|person| (troupe.clone(), person)).collect())
}

fn rank(person: &Person) -> usize {
    let place = |role: &Role| Role::ALL.iter().position(|one| one == role);
    person.roles.iter().filter_map(place).min().unwrap_or(usize::MAX)
}

fn troupe(app: &App, cast: &str, organization: Organization) -> Troupe {
    let partner = organization.partner();
    Troupe {
        cast: cast.to_owned(),
        kind: organization.kind_name(),
        tier: partner.map(|partner| partner.tier),
        certified: partner.map(|partner| partner.is_certified(app.clock.now())),
        region: organization.id.region().to_owned(),
        distributor_id: partner.and_then(|partner| partner.distributor.clone()),
        id: organization.id.clone(),
        name: organization.name.clone(),
    }
}
