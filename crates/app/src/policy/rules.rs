//! The policies, and what they answer. The same question is answered once: there are few different ones, and the answer
//! depends on nothing else.

use super::{Action, Tie};
use crate::{Actor, Error};
use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, PolicySet, Request,
    RestrictedExpression,
};
use domain::{organization::AccessLevel, person::Role};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    str::FromStr as _,
    sync::{LazyLock, PoisonError, RwLock},
};

/// What seeing is called in the policies.
pub(super) const SEE: &str = "see";

/// The policies, as they are shipped.
pub const POLICIES: [(&str, &str); 5] = [
    ("sight.cedar", include_str!("../../../../policies/sight.cedar")),
    ("vendor.cedar", include_str!("../../../../policies/vendor.cedar")),
    ("partner.cedar", include_str!("../../../../policies/partner.cedar")),
    ("customer.cedar", include_str!("../../../../policies/customer.cedar")),
    ("limits.cedar", include_str!("../../../../policies/limits.cedar")),
];

/// What they speak about.
pub const SCHEMA: &str = include_str!("../../../../policies/schema.cedarschema");

static RULES: LazyLock<Result<PolicySet, String>> = LazyLock::new(|| {
    let all: String = POLICIES.iter().map(|(_, text)| *text).collect();
    PolicySet::from_str(&all).map_err(|error| error.to_string())
});

static ANSWERED: LazyLock<RwLock<HashMap<Question, bool>>> = LazyLock::new(RwLock::default);

/// Who asks, and what.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Question {
    /// `vendor`, `partner` or `customer`.
    pub kind: &'static str,
    /// The person's roles there.
    pub roles: Vec<Role>,
    /// ORG-1.
    pub certified: bool,
    /// ORG-8.
    pub acting: bool,
    /// The action's name.
    pub action: &'static str,
    /// About what.
    pub thing: Thing,
}

/// What a question is about, as far as it matters.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Thing {
    /// `own`, `partner`, `none`, or `any` where the roles alone are asked about.
    pub relation: &'static str,
    /// ORG-4.
    pub level: Option<AccessLevel>,
    /// ORG-3.
    pub looks_after: bool,
    /// ORG-3.
    pub granted: bool,
}

impl Thing {
    /// What nothing but the role can keep somebody from.
    pub const AT_BEST: Thing = Thing {
        relation: "any",
        level: Some(AccessLevel::FullAdministrator),
        looks_after: true,
        granted: true,
    };

    pub(super) fn of(actor: &Actor, tie: &Tie<'_>) -> Self {
        let relation = if tie.customer == actor.org() {
            "own"
        } else if tie.partner == Some(actor.org()) {
            "partner"
        } else {
            "none"
        };
        Self {
            relation,
            level: tie.level,
            looks_after: tie.looks_after,
            granted: tie.granted,
        }
    }
}

impl Question {
    pub(super) fn of(actor: &Actor, action: Action) -> Self {
        let mut roles = actor.person.roles.clone();
        roles.sort_unstable();
        Self {
            kind: actor.organization.kind_name(),
            roles,
            // Whoever is not is told so before (`certified`).
            certified: true,
            acting: actor.acting.is_some(),
            action: action.as_str(),
            thing: Thing::AT_BEST,
        }
    }
}

/// What the policies say.
///
/// # Errors
/// When they cannot be read: then nobody may do anything.
pub fn permits(question: &Question) -> Result<bool, Error> {
    let known = ANSWERED
        .read()
        .unwrap_or_else(PoisonError::into_inner)
        .get(question)
        .copied();
    if let Some(known) = known {
        return Ok(known);
    }
    let answer = ask(question).map_err(Error::Internal)?;
    ANSWERED
        .write()
        .unwrap_or_else(PoisonError::into_inner)
        .insert(question.clone(), answer);
    Ok(answer)
}

/// The roles that allow an action at all, of whatever company.
///
/// # Errors
/// When the policies cannot be read.
pub fn roles(action: Action) -> Result<Vec<Role>, Error> {
    let mut found = Vec::new();
    for kind in ["vendor", "partner", "customer"] {
        for role in Role::ALL {
            let question = Question {
                kind,
                roles: vec![*role],
                certified: true,
                acting: false,
                action: action.as_str(),
                thing: Thing::AT_BEST,
            };
            if !found.contains(role) && permits(&question)? {
                found.push(*role);
            }
        }
    }
    Ok(found)
}

fn ask(question: &Question) -> Result<bool, String> {
    let rules = RULES.as_ref().map_err(Clone::clone)?;
    let (person, thing) = (uid("Person", "who")?, uid("Thing", "what")?);
    let roles: Result<HashSet<EntityUid>, String> = question
        .roles
        .iter()
        .map(|role| uid("Role", &format!("{}/{}", question.kind, role.as_str())))
        .collect();
    let word = |text: &str| RestrictedExpression::new_string(text.to_owned());
    let who = entity(
        person.clone(),
        [
            ("kind", word(question.kind)),
            ("certified", RestrictedExpression::new_bool(question.certified)),
            ("acting", RestrictedExpression::new_bool(question.acting)),
        ],
        roles?,
    )?;
    let about = &question.thing;
    let what = entity(
        thing.clone(),
        [
            ("relation", word(about.relation)),
            ("level", word(about.level.map_or("none", AccessLevel::as_str))),
            ("looks_after", RestrictedExpression::new_bool(about.looks_after)),
            ("granted", RestrictedExpression::new_bool(about.granted)),
        ],
        HashSet::new(),
    )?;
    let entities = Entities::from_entities([who, what], None).map_err(|error| error.to_string())?;
    let action = uid("Action", question.action)?;
    let request = Request::new(person, action, thing, Context::empty(), None).map_err(|error| error.to_string())?;
    let answer = Authorizer::new().is_authorized(&request, rules, &entities);
    if let Some(error) = answer.diagnostics().errors().next() {
        return Err(error.to_string());
    }
    Ok(answer.decision() == Decision::Allow)
}

fn uid(kind: &str, name: &str) -> Result<EntityUid, String> {
    let kind = EntityTypeName::from_str(kind).map_err(|error| error.to_string())?;
    Ok(EntityUid::from_type_name_and_id(kind, EntityId::new(name)))
}

fn entity<const N: usize>(
    uid: EntityUid,
    attributes: [(&str, RestrictedExpression); N],
    parents: HashSet<EntityUid>,
) -> Result<Entity, String> {
    let attributes = attributes.map(|(name, value)| (name.to_owned(), value));
    let attributes: HashMap<String, RestrictedExpression> = BTreeMap::from(attributes).into_iter().collect();
    Entity::new(uid, attributes, parents).map_err(|error| error.to_string())
}
