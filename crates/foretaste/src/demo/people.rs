//! The people of the cast as `demo.json` lists them, with tokens and passwords that are the same at every start.

use super::cast;
use crate::failure::Outcome;
use app::App;
use domain::{
    ids::OrgId,
    organization::Organization,
    person::{Person, Role},
};
use serde::Serialize;
use std::collections::BTreeMap;

/// Somebody who can sign in.
#[derive(Serialize)]
pub(super) struct Player {
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

/// Octets of a password.
const PASSWORD: usize = 20;

/// Everybody of the cast who is still there, with a token in force.
pub(super) async fn list(app: &App, companies: &BTreeMap<String, OrgId>) -> Outcome<Vec<Player>> {
    let mut found: Vec<(Troupe, Person)> = Vec::new();
    for cast in cast::ORDER {
        let Some(id) = companies.get(cast) else { continue };
        let Some(region) = app.stores.region(id.region()) else {
            continue;
        };
        let Some(organization) = region.read().organization(id).await? else {
            continue;
        };
        if organization
            .value
            .customer()
            .is_some_and(|customer| customer.closed_on.is_some())
        {
            continue;
        }
        let troupe = troupe(app, cast, organization.value);
        let mut people = region.read().people_of(id).await?;
        // Whoever may do most comes first.
        people.sort_by_key(|person| (rank(person), person.id.clone()));
        found.extend(people.into_iter().map(|person| (troupe.clone(), person)));
    }
    let keys = &app.stores.keys;
    let wanted: Vec<_> = found
        .iter()
        .map(|(_, person)| (person.id.clone(), keys.link(&format!("demo-token:{}", person.id))))
        .collect();
    let tokens = app.ensure_tokens(&wanted, "demo").await?;
    let player = |((organization, person), token): ((Troupe, Person), String)| Player {
        password: keys
            .link(&format!("demo-password:{}", person.id))
            .chars()
            .take(PASSWORD)
            .collect(),
        token,
        roles: person.roles.iter().map(|role| role.as_str()).collect(),
        language: person.language,
        email: person.email,
        name: person.name,
        organization,
    };
    Ok(found.into_iter().zip(tokens).map(player).collect())
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
