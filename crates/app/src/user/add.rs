//! SETUP-3: up to 25 users at once, all or nothing.

use super::{Entered, Outcome, Room, UserView, Wish};
use crate::{
    Actor, App, Error, Guard,
    directory::{PATIENCE, pause},
    idempotency::{Held, Slot},
    policy::Action,
};
use domain::{
    ids::{OrgId, PersonId},
    person::Person,
    refusal::{Code, FieldError, Refusal},
};
use store::{StoreError, region::Versioned};

/// How many can be added at once.
pub(crate) const AT_ONCE: usize = 25;

/// Who is to come, as it was given.
#[derive(Clone, Debug, Default)]
pub struct NewUser {
    /// The address.
    pub email: Option<String>,
    /// As spoken to.
    pub name: Option<String>,
    /// BCP 47; else the customer's.
    pub language: Option<String>,
    /// IANA zone; else the customer's.
    pub time_zone: Option<String>,
    /// What the person may do; else a user.
    pub roles: Option<Vec<String>>,
    /// Services of which the person gets a licence, by id.
    pub licenses: Option<Vec<String>>,
}

impl App {
    /// Adds users with their licences: all of them, or nobody. `at` is where each stands in what was given.
    ///
    /// # Errors
    /// All faults at once: wrong input, `address_taken`, `duplicate_address`, `unknown_service`; `licenses_exhausted`,
    /// `service_not_held` where there is nothing else; `not_found`, `role_required`, `forbidden`.
    pub async fn add_users(
        &self,
        actor: &Actor,
        id: &OrgId,
        given: &[NewUser],
        at: impl Fn(usize) -> String + Send + Sync,
        guard: &Guard,
    ) -> Result<Vec<UserView>, Error> {
        let reads = self.region(id.region())?.read();
        let organization = self
            .customer_with_users(&reads, actor, id, Action::ManageLicenses)
            .await?;
        if given.is_empty() {
            return Err(Error::field("/users", Code::Empty));
        }
        if given.len() > AT_ONCE {
            let error = FieldError::new("/users", Code::TooMany).with("max", AT_ONCE);
            return Err(vec![error].into());
        }
        let (mut wishes, mut errors) = (Vec::new(), Vec::new());
        for (index, one) in given.iter().enumerate() {
            match Wish::checked(&organization.kind, one) {
                Ok(wish) => wishes.push(wish),
                Err(faults) => errors.extend(below(&at(index), faults)),
            }
        }
        if !errors.is_empty() {
            return Err(errors.into());
        }
        let slot = match self.hold_key_of(actor, guard.idem.as_ref(), id).await? {
            Held::Again(answer) => return *answer,
            Held::Fresh(slot) => slot,
        };
        if let Some(slot) = &slot {
            slot.is_about(id);
        }
        let result = self.added(actor, id, &wishes, &at, guard, slot.as_ref()).await;
        self.settle(slot, result).await
    }

    async fn added(
        &self,
        actor: &Actor,
        id: &OrgId,
        wishes: &[Wish],
        at: &(impl Fn(usize) -> String + Send + Sync),
        guard: &Guard,
        slot: Option<&Slot<'_>>,
    ) -> Result<Vec<UserView>, Error> {
        let holder = slot.map_or_else(|| self.unique(), |slot| slot.holder().to_owned());
        for _ in 0..PATIENCE {
            if let Some(added) = self.try_add(actor, id, wishes, at, guard, slot, &holder).await? {
                self.rang();
                return Ok(added);
            }
            pause().await;
        }
        Err(StoreError::Unavailable("a reservation in the directory does not end".to_owned()).into())
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one try of a change with all that stands around it"
    )]
    async fn try_add(
        &self,
        actor: &Actor,
        id: &OrgId,
        wishes: &[Wish],
        at: &(impl Fn(usize) -> String + Send + Sync),
        guard: &Guard,
        slot: Option<&Slot<'_>>,
        holder: &str,
    ) -> Result<Option<Vec<UserView>>, Error> {
        let _moment = self.moment().await;
        let tx = self.region(id.region())?.begin().await?;
        tx.lock(id).await?;
        let organization = self
            .customer_with_users(&tx.read(), actor, id, Action::ManageLicenses)
            .await?;
        let mut room = Room {
            brings_up: false,
            dry_run: guard.dry_run,
            ..self.room(&tx.read(), actor, &organization, wishes).await?
        };
        let Some(Entered { outcomes, reserved }) = self.enter_users(&tx, &mut room, wishes, holder).await? else {
            return Ok(None);
        };
        let people = match all_of(outcomes, at) {
            Ok(people) => people,
            Err(refusal) => {
                tx.rollback().await?;
                self.give_back_addresses(&reserved, holder).await?;
                return Err(refusal.into());
            }
        };
        let body = serde_json::json!({
            "people": people.iter().map(|person| &person.id).collect::<Vec<&PersonId>>(),
            "licenses": given(&people),
        });
        self.note(&tx, actor, id, "users_added", body).await?;
        let views: Vec<UserView> = people
            .into_iter()
            .map(|value| UserView::of(Versioned { value, version: 1 }))
            .collect();
        if guard.dry_run {
            tx.rollback().await?;
            self.give_back_addresses(&reserved, holder).await?;
            return Ok(Some(views.into_iter().map(without_id).collect()));
        }
        if let Some(slot) = slot {
            slot.keep(&tx, &views).await?;
        }
        tx.commit().await?;
        Ok(Some(views))
    }
}

/// Everybody, or all the reasons why not.
fn all_of(outcomes: Vec<Outcome>, at: impl Fn(usize) -> String) -> Result<Vec<Person>, Refusal> {
    let (mut people, mut errors) = (Vec::new(), Vec::new());
    for (index, outcome) in outcomes.into_iter().enumerate() {
        match outcome {
            Outcome::Created(person) => people.push(person),
            Outcome::Refused(faults) => errors.extend(below(&at(index), faults)),
            Outcome::Updated(_) | Outcome::Unchanged(_) => {}
        }
    }
    if errors.is_empty() {
        Ok(people)
    } else {
        Err(refusal(errors))
    }
}

/// Where nothing is wrong but that there is no licence, that is the answer; so it is where a role or a right is.
pub(super) fn refusal(errors: Vec<FieldError>) -> Refusal {
    let whole = [
        Code::LicensesExhausted,
        Code::ServiceNotHeld,
        Code::NotFullAdministrator,
        Code::RoleRequired,
        Code::TooManyRequests,
    ];
    let first = errors
        .first()
        .map(|error| error.code)
        .filter(|code| whole.contains(code));
    match first.filter(|_| errors.iter().all(|error| whole.contains(&error.code))) {
        None => Refusal::input(errors),
        Some(code) => {
            let values = errors.first().map(|error| error.values.clone()).unwrap_or_default();
            let refusal = Refusal {
                errors,
                ..Refusal::new(code)
            };
            values.into_iter().fold(refusal, |refusal, (name, value)| {
                let value = value
                    .parse::<i64>()
                    .map_or_else(|_| value.into(), serde_json::Value::from);
                refusal.with(&name, value)
            })
        }
    }
}

fn below(at: &str, faults: Vec<FieldError>) -> impl Iterator<Item = FieldError> {
    let place = move |fault: FieldError| FieldError {
        pointer: format!("{at}{}", fault.pointer),
        ..fault
    };
    faults.into_iter().map(place)
}

/// How many licences of which service.
pub(crate) fn given<'p>(people: impl IntoIterator<Item = &'p Person>) -> std::collections::BTreeMap<String, u32> {
    let mut given = std::collections::BTreeMap::new();
    for service in people.into_iter().flat_map(|person| &person.licenses) {
        *given.entry(service.clone()).or_default() += 1;
    }
    given
}

fn without_id(mut view: UserView) -> UserView {
    view.person.id = PersonId(String::new());
    view
}
