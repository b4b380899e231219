//! SETUP-3: people come into a customer's organization, and those who are there get licences: each whole or not at all,
//! under the customer's lock.

use super::NewUser;
use crate::{
    Actor, App, Error,
    door::Purpose,
    lookup::email_at,
    people::{language_of, name_of, within_reach, zone_of},
};
use domain::{
    ids::{OrgId, PersonId},
    license::Licenses,
    organization::{Kind, Organization},
    person::{Person, Role},
    refusal::{Code, FieldError},
    team,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use store::{
    StoreError, Tx,
    directory::{Entry, EntryState, Reserve},
    region::{Reads, Versioned, directory_task::Action as Tell},
};

/// Who is to be there, checked as far as that takes nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Wish {
    pub(crate) address: String,
    pub(crate) name: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) zone: Option<String>,
    pub(crate) roles: Vec<Role>,
    pub(crate) licenses: Option<Vec<String>>,
}

impl Wish {
    /// What was given, checked; all faults at once, each where it stands.
    pub(crate) fn checked(kind: &Kind, given: &NewUser) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        let address = kept(email_at("/email", given.email.as_deref()), &mut errors);
        let roles = match &given.roles {
            None => Ok(vec![Role::User]),
            Some(wanted) => team::roles(kind, wanted).map_err(Error::from),
        };
        let wish = Self {
            address: address.map(|email| email.address).unwrap_or_default(),
            name: kept(name_of(given.name.as_deref()), &mut errors).flatten(),
            language: kept(language_of(given.language.as_deref()), &mut errors).flatten(),
            zone: kept(zone_of(given.time_zone.as_deref()), &mut errors).flatten(),
            roles: kept(roles, &mut errors).unwrap_or_default(),
            licenses: given.licenses.as_ref().map(|all| once_each(all)),
        };
        if errors.is_empty() { Ok(wish) } else { Err(errors) }
    }

    /// Under what the address is found.
    pub(crate) fn key(&self) -> String {
        self.address.to_ascii_lowercase()
    }
}

fn kept<T>(checked: Result<T, Error>, errors: &mut Vec<FieldError>) -> Option<T> {
    match checked {
        Ok(value) => Some(value),
        Err(Error::Refused(refusal)) if !refusal.errors.is_empty() => {
            errors.extend(refusal.errors);
            None
        }
        Err(_) => {
            errors.push(FieldError::new("", Code::InvalidInput));
            None
        }
    }
}

pub(crate) fn once_each(services: &[String]) -> Vec<String> {
    let mut once: Vec<String> = Vec::new();
    for service in services {
        if !once.contains(service) {
            once.push(service.clone());
        }
    }
    once
}

/// What became of one of them.
#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    /// New.
    Created(Person),
    /// There already, and changed.
    Updated(Versioned<Person>),
    /// There already, and just so.
    Unchanged(PersonId),
    /// Not done, with the reasons.
    Refused(Vec<FieldError>),
}

/// Into whose organization people come, by whom, and what there is to give.
pub(crate) struct Room<'a> {
    pub(crate) actor: &'a Actor,
    pub(crate) organization: &'a Organization,
    pub(crate) licenses: Licenses,
    /// By address.
    pub(crate) known: BTreeMap<String, Versioned<Person>>,
    /// Addresses that cannot come, and why.
    pub(crate) barred: BTreeMap<String, Code>,
    /// Whether who is there already is brought up to what is wished, or refused.
    pub(crate) brings_up: bool,
    /// Whether nothing will be written.
    pub(crate) dry_run: bool,
}

/// What came of many.
#[derive(Debug)]
pub(crate) struct Entered {
    pub(crate) outcomes: Vec<Outcome>,
    /// Addresses that were reserved for it.
    pub(crate) reserved: Vec<String>,
}

impl Room<'_> {
    /// Decides about one after the other; nothing is written.
    pub(crate) fn decide(&mut self, app: &App, wishes: &[Wish]) -> Vec<Outcome> {
        let mut outcomes = Vec::with_capacity(wishes.len());
        let mut seen = BTreeSet::new();
        for wish in wishes {
            let outcome = if seen.insert(wish.key()) {
                self.decide_one(app, wish)
            } else {
                Err(vec![FieldError::new("/email", Code::DuplicateAddress)])
            };
            outcomes.push(outcome.unwrap_or_else(Outcome::Refused));
        }
        outcomes
    }

    fn decide_one(&mut self, app: &App, wish: &Wish) -> Result<Outcome, Vec<FieldError>> {
        if let Some(known) = self.known.get(&wish.key()).cloned() {
            return match self.brings_up {
                true => self.bring_up(known, wish),
                false => Err(vec![FieldError::new("/email", Code::DuplicateAddress)]),
            };
        }
        let mut errors = self.reach(&wish.roles, "/roles");
        let licenses = wish.licenses.clone().unwrap_or_default();
        let before = self.licenses.clone();
        if let Err(faults) = self.licenses.change(&[], &licenses) {
            errors.extend(placed(faults));
        }
        // START-6: a row that fails for another reason says nothing about its address.
        let silent = self.brings_up && !errors.is_empty();
        if let Some(code) = self.barred.get(&wish.key()).filter(|_| !silent) {
            errors.push(FieldError::new("/email", *code));
        }
        if !errors.is_empty() {
            self.licenses = before;
            return Err(errors);
        }
        Ok(Outcome::Created(new_person(app, self.organization, wish, licenses)))
    }

    /// Name and licences are brought up to what stands there; what does not stand there stays.
    fn bring_up(&mut self, known: Versioned<Person>, wish: &Wish) -> Result<Outcome, Vec<FieldError>> {
        let before = &known.value;
        let mut after = before.clone();
        if let Some(name) = wish.name.as_ref().filter(|name| **name != before.name) {
            let errors = self.reach(&before.roles, "/name");
            if !errors.is_empty() {
                return Err(errors);
            }
            after.name.clone_from(name);
        }
        if let Some(licenses) = &wish.licenses {
            self.licenses.change(&before.licenses, licenses).map_err(placed)?;
            let same =
                licenses.len() == before.licenses.len() && licenses.iter().all(|id| before.licenses.contains(id));
            if !same {
                after.licenses.clone_from(licenses);
            }
        }
        if after == *before {
            return Ok(Outcome::Unchanged(before.id.clone()));
        }
        Ok(Outcome::Updated(Versioned {
            value: after,
            version: known.version,
        }))
    }

    fn reach(&self, roles: &[Role], pointer: &str) -> Vec<FieldError> {
        match within_reach(self.actor, self.organization, roles) {
            Ok(()) => Vec::new(),
            Err(Error::Refused(refusal)) => vec![FieldError::new(pointer, refusal.code)],
            Err(_) => vec![FieldError::new(pointer, Code::Internal)],
        }
    }
}

fn placed(errors: Vec<(usize, FieldError)>) -> Vec<FieldError> {
    let place = |(index, error): (usize, FieldError)| FieldError {
        pointer: format!("/licenses/{index}"),
        ..error
    };
    errors.into_iter().map(place).collect()
}

fn new_person(app: &App, organization: &Organization, wish: &Wish, licenses: Vec<String>) -> Person {
    let (language, zone) = match &organization.kind {
        Kind::Customer(customer) => (customer.language.clone(), customer.zone.clone()),
        Kind::Vendor | Kind::Partner(_) => Default::default(),
    };
    Person {
        id: PersonId::new(organization.id.region(), &app.unique()),
        organization: organization.id.clone(),
        email: wish.address.clone(),
        name: wish.name.clone().unwrap_or_default(),
        language: wish.language.clone().unwrap_or(language),
        zone: wish.zone.clone().unwrap_or(zone),
        roles: wish.roles.clone(),
        licenses,
        signed_in_at: None,
        disabled_at: None,
        theme: String::new(),
        digest: false,
        bounced_at: None,
        service: false,
        created_at: app.clock.now(),
    }
}

impl App {
    /// What decisions about these wishes look at, within or without a transaction.
    pub(crate) async fn room<'a>(
        &self,
        reads: &Reads<'_>,
        actor: &'a Actor,
        organization: &'a Organization,
        wishes: &[Wish],
    ) -> Result<Room<'a>, Error> {
        let keys: Vec<String> = wishes.iter().map(Wish::key).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let known = reads.people_by_email(&organization.id, &keys).await?;
        let known = known.into_iter().map(|one| (one.value.email.to_ascii_lowercase(), one));
        Ok(Room {
            actor,
            organization,
            licenses: self.licenses_of(reads, organization).await?,
            known: known.collect(),
            barred: BTreeMap::new(),
            brings_up: true,
            dry_run: false,
        })
    }

    /// Decides and writes; none where an address is just being written elsewhere, and is to be asked for again later.
    pub(crate) async fn enter_users(
        &self,
        tx: &Tx,
        room: &mut Room<'_>,
        wishes: &[Wish],
        holder: &str,
    ) -> Result<Option<Entered>, Error> {
        let known = |key: &String| room.known.contains_key(key);
        let fresh: Vec<String> = wishes.iter().map(Wish::key).filter(|key| !known(key)).collect();
        let Some(taken) = self.taken(&room.organization.id, &fresh, holder).await? else {
            return Ok(None);
        };
        room.barred = self.barred(room.actor, &fresh, &taken).await?;
        let mut outcomes = room.decide(self, wishes);
        self.count_asked(room, wishes, &taken, &mut outcomes).await?;
        let created = outcomes.iter().filter_map(|outcome| match outcome {
            Outcome::Created(person) => Some(person.clone()),
            Outcome::Updated(_) | Outcome::Unchanged(_) | Outcome::Refused(_) => None,
        });
        let created: Vec<Person> = created.collect();
        let reserved: Vec<String> = created.iter().map(|one| one.email.to_ascii_lowercase()).collect();
        if !self.reserve_addresses(&room.organization.id, &reserved, holder).await? {
            return Ok(None);
        }
        let entered = Entered { outcomes, reserved };
        let written = self.write_entered(tx, room, &created, &entered).await;
        if let Err(error) = written {
            self.give_back_addresses(&entered.reserved, holder).await?;
            return Err(error);
        }
        Ok(Some(entered))
    }

    async fn write_entered(
        &self,
        tx: &Tx,
        room: &Room<'_>,
        created: &[Person],
        entered: &Entered,
    ) -> Result<(), Error> {
        tx.add_people(created).await?;
        let confirm = |key: &String| self.directory_task(Tell::Confirm, "email", key, &room.organization.id);
        let tasks: Vec<_> = entered.reserved.iter().map(confirm).collect();
        tx.tell_directory(&tasks).await?;
        for outcome in &entered.outcomes {
            if let Outcome::Updated(changed) = outcome {
                tx.put_person(changed).await?;
            }
        }
        // ORG-5: administrators are invited; users are told when there is something to use.
        for person in created {
            if person.roles.iter().any(|role| role.is_customer_administrator()) {
                let by = Some(room.actor.id().clone());
                self.post_door(tx, &person.id, Purpose::Invitation, by).await?;
            }
        }
        Ok(())
    }

    /// Which addresses are somebody else's; none where one is being written just now.
    async fn taken(&self, id: &OrgId, keys: &[String], holder: &str) -> Result<Option<BTreeSet<String>>, Error> {
        let by_digest: BTreeMap<String, &String> = keys
            .iter()
            .map(|key| (self.stores.directory.digest("email", key), key))
            .collect();
        let values: Vec<&str> = keys.iter().map(String::as_str).collect();
        let mut taken = BTreeSet::new();
        for entry in self.stores.directory.find_all("email", &values).await? {
            let Some(key) = by_digest.get(&entry.digest) else {
                continue;
            };
            match self.whose(id, &entry, holder).await? {
                Whose::Nobodys => {
                    self.stores.directory.drop_entry(&entry).await?;
                }
                Whose::Others => {
                    taken.insert((*key).clone());
                }
                Whose::Unclear => return Ok(None),
            }
        }
        Ok(Some(taken))
    }

    async fn whose(&self, id: &OrgId, entry: &Entry, holder: &str) -> Result<Whose, Error> {
        let ours = entry.organization == *id;
        Ok(match entry.state {
            // Somebody who has just left; the directory hears of it in a moment.
            EntryState::Confirmed if ours => Whose::Unclear,
            EntryState::Confirmed | EntryState::Resting => Whose::Others,
            // What an earlier try of the same left behind: whoever made it cannot write any more.
            EntryState::Reserved if ours && same_work(&entry.holder, holder) => Whose::Nobodys,
            EntryState::Reserved if self.arrived(entry).await? => match ours {
                true => Whose::Unclear,
                false => Whose::Others,
            },
            EntryState::Reserved if entry.until <= self.clock.real() => Whose::Nobodys,
            EntryState::Reserved => Whose::Unclear,
        })
    }

    /// START-6: an address that is somebody else's is counted as a question about it; over the limit nobody learns any
    /// more whether one is.
    async fn barred(
        &self,
        actor: &Actor,
        fresh: &[String],
        taken: &BTreeSet<String>,
    ) -> Result<BTreeMap<String, Code>, Error> {
        let mut barred = BTreeMap::new();
        if fresh.is_empty() {
            return Ok(barred);
        }
        // Asked with what nobody has asked for yet, so that it is the limit that answers.
        let mut over = refused(self.check_lookup(actor, &self.unique()).await)?;
        for key in fresh {
            let silent = if over {
                refused(self.check_lookup(actor, key).await)?
            } else if taken.contains(key) {
                over = refused(self.count_lookup(actor, key).await)?;
                over
            } else {
                false
            };
            if silent {
                barred.insert(key.clone(), Code::TooManyRequests);
            } else if taken.contains(key) {
                barred.insert(key.clone(), Code::AddressTaken);
            }
        }
        Ok(barred)
    }

    /// START-6: of what is not written every address was asked for, also one that is nobody's.
    async fn count_asked(
        &self,
        room: &Room<'_>,
        wishes: &[Wish],
        taken: &BTreeSet<String>,
        outcomes: &mut [Outcome],
    ) -> Result<(), Error> {
        let refuses = !room.brings_up && outcomes.iter().any(|one| matches!(one, Outcome::Refused(_)));
        if !room.dry_run && !refuses {
            return Ok(());
        }
        for (wish, outcome) in wishes.iter().zip(outcomes) {
            let key = wish.key();
            let told = room.known.contains_key(&key) || taken.contains(&key) || room.barred.contains_key(&key);
            if !told && refused(self.count_lookup(room.actor, &key).await)? {
                *outcome = Outcome::Refused(vec![FieldError::new("/email", Code::TooManyRequests)]);
            }
        }
        Ok(())
    }

    /// False where somebody was quicker.
    async fn reserve_addresses(&self, id: &OrgId, keys: &[String], holder: &str) -> Result<bool, Error> {
        let until = self.lease();
        let reserve = |key| Reserve {
            kind: "email",
            value: key,
            organization: id,
            holder,
            until,
        };
        let wanted: Vec<Reserve<'_>> = keys.iter().map(|key| reserve(key.as_str())).collect();
        match self.stores.directory.reserve(&wanted).await {
            Ok(()) => Ok(true),
            Err(StoreError::Taken(_)) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// What was reserved and is not needed.
    pub(crate) async fn give_back_addresses(&self, keys: &[String], holder: &str) -> Result<(), Error> {
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        Ok(self.stores.directory.give_back("email", &keys, holder).await?)
    }
}

enum Whose {
    Nobodys,
    Others,
    /// Known in a moment.
    Unclear,
}

/// Holders of one job are told apart by what stands behind the colon.
fn same_work(one: &str, other: &str) -> bool {
    let work = |holder: &str| holder.split(':').next().unwrap_or_default().to_owned();
    work(one) == work(other)
}

fn refused(counted: Result<(), Error>) -> Result<bool, Error> {
    match counted {
        Ok(()) => Ok(false),
        Err(Error::Refused(refusal)) if refusal.code == Code::TooManyRequests => Ok(true),
        Err(error) => Err(error),
    }
}
