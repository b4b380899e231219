//! Licences: assigned within what a customer has, and never more than that, whatever ends (EXP-4, EDIT-1).

use crate::{failure::Failure, world::Sight};
use app::{App, Error};
use domain::{
    ids::{OrgId, PersonId},
    person::Person,
    trial::Trial,
};
use store::region::Versioned;

/// How many licences of a service a customer has.
fn given<'t>(trials: impl Iterator<Item = &'t Trial>, bought: &[domain::organization::Purchase], service: &str) -> u32 {
    let tried = trials
        .filter(|trial| trial.claimed().any(|id| id == service))
        .flat_map(|trial| &trial.services)
        .filter(|one| one.id == service)
        .map(|one| one.quantity);
    let bought = bought
        .iter()
        .filter(|one| one.service == service)
        .map(|one| one.quantity);
    tried.chain(bought).sum()
}

/// Gives somebody a licence, if there is one left; whether there was.
pub(crate) async fn assign(app: &App, customer: &OrgId, person: &PersonId, service: &str) -> Result<bool, Error> {
    let missing = || Error::code(domain::refusal::Code::NotFound);
    let region = app.stores.region(customer.region()).ok_or_else(missing)?;
    let tx = region.begin().await?;
    tx.lock(customer).await?;
    let (found, trials) = (
        tx.read().organization(customer).await?.ok_or_else(missing)?.value,
        tx.read().trials_of(customer).await?,
    );
    let facts = found.customer().ok_or_else(missing)?;
    let mut people = tx.read().everybody_of(customer).await?;
    let used = people
        .iter()
        .filter(|one| one.value.licenses.iter().any(|id| id == service))
        .count();
    let all = given(trials.iter().map(|one| &one.trial), &facts.purchased, service);
    let left = used < all as usize && facts.closed_on.is_none();
    let lacks = |one: &Person| one.id == *person && !one.licenses.iter().any(|id| id == service);
    let meant = |one: &&mut Versioned<Person>| lacks(&one.value);
    let Some(one) = people.iter_mut().find(meant).filter(|_| left) else {
        return Ok(false);
    };
    one.value.licenses.push(service.to_owned());
    tx.put_people(std::slice::from_ref(one)).await?;
    tx.commit().await?;
    Ok(true)
}

/// Nobody has a licence of what the customer has not, and no more have one than there are.
pub(crate) fn within(sight: &Sight) -> Result<(), Failure> {
    for closed in &sight.customers {
        let (id, Some(facts)) = (&closed.id, closed.customer()) else {
            continue;
        };
        // EXP-4: they go step by step, and nobody can use them any more.
        if facts.closed_on.is_some() {
            continue;
        }
        let people = sight.people.get(id).map(Vec::as_slice).unwrap_or_default();
        for service in people.iter().flat_map(|one| &one.licenses) {
            let trials = sight.trials.iter().map(|record| &record.trial);
            let all = given(trials.filter(|trial| trial.customer == *id), &facts.purchased, service);
            let used = people.iter().filter(|one| one.licenses.contains(service)).count();
            if used > all as usize {
                let what = format!("{used} of {service} at {id}, where there are {all}");
                return Err(Failure::of("no licence is lost, and none is too many", what));
            }
        }
    }
    Ok(())
}
