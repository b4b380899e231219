//! Who may have which role, and that somebody stays who may do everything (ORG-3, 5, 6).

use crate::{
    ids::PersonId,
    organization::Kind,
    person::{Person, Role},
    refusal::{Code, FieldError, Refusal},
};
use Role::{
    Auditor, FullAdministrator, HelpDesk, OrderDesk, ReadOnlyAdministrator, SalesAdministrator, SalesFullAdministrator,
    TrialsTeam, User, UserAdministrator, VendorAdministrator,
};

impl Kind {
    /// The roles that people of such an organization can have.
    pub fn roles(&self) -> &'static [Role] {
        match self {
            Kind::Vendor => &[VendorAdministrator, TrialsTeam, OrderDesk, Auditor],
            Kind::Partner(_) => &[
                SalesFullAdministrator,
                SalesAdministrator,
                ReadOnlyAdministrator,
                HelpDesk,
            ],
            Kind::Customer(_) => &[FullAdministrator, UserAdministrator, ReadOnlyAdministrator, User],
        }
    }

    /// The role that manages the others.
    pub fn full_role(&self) -> Role {
        match self {
            Kind::Vendor => VendorAdministrator,
            Kind::Partner(_) => SalesFullAdministrator,
            Kind::Customer(_) => FullAdministrator,
        }
    }
}

/// The roles that were asked for: at least one, known, and of this kind of organization; sorted, each once.
///
/// # Errors
/// `required`, `unknown_value` with what is allowed, under `/roles`.
pub fn roles(kind: &Kind, wanted: &[String]) -> Result<Vec<Role>, Refusal> {
    if wanted.is_empty() {
        return Err(Refusal::field("/roles", Code::Required));
    }
    let allowed = kind.roles();
    let names: Vec<&str> = allowed.iter().map(|role| role.as_str()).collect();
    let (mut roles, mut errors) = (Vec::new(), Vec::new());
    for (index, name) in wanted.iter().enumerate() {
        match Role::parse(name).filter(|role| allowed.contains(role)) {
            Some(role) => roles.push(role),
            None => errors
                .push(FieldError::new(format!("/roles/{index}"), Code::UnknownValue).with("allowed", names.join(", "))),
        }
    }
    if !errors.is_empty() {
        return Err(Refusal::input(errors));
    }
    roles.sort_unstable();
    roles.dedup();
    Ok(roles)
}

/// ORG-5: whether somebody who may do everything is left when `who` becomes `after`, or leaves. Those who never came
/// count only where nobody ever came.
///
/// # Errors
/// `last_full_administrator`.
pub fn keeps_full_administrator(
    kind: &Kind,
    people: &[Person],
    who: &PersonId,
    after: Option<&Person>,
) -> Result<(), Refusal> {
    let role = kind.full_role();
    let full = |person: &Person| person.has(role) && person.disabled_at.is_none() && !person.service;
    let Some(before) = people.iter().find(|person| person.id == *who) else {
        return Ok(());
    };
    if !full(before) || after.is_some_and(full) {
        return Ok(());
    }
    let came = |person: &&Person| person.signed_in_at.is_some();
    let needs_one_who_came = people.iter().filter(|person| full(person)).any(|one| came(&one));
    let mut others = people.iter().filter(|person| person.id != *who && full(person));
    if others.any(|other| !needs_one_who_came || came(&other)) {
        return Ok(());
    }
    Err(Refusal::new(Code::LastFullAdministrator))
}
