//! Phone numbers that somebody enters (SETUP-2).

use super::{Site, take::taken};
use crate::{
    Actor, App, Error, Guard, Page, PageRequest, Place, act::check_version, idempotency::Held, load::zone, page::part,
    policy::Action,
};
use domain::{
    ids::{LocationId, NumberId, NumberOrderId, OrgId},
    location::Location,
    number::of_country,
    refusal::{Code, FieldError, Refusal},
    time::{civil_day, end_of, plus_days},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{
    StoreError, Tx,
    region::{Reads, directory_task::Action as Tell, number::Number},
};

/// So many can be entered at once.
const AT_ONCE: usize = 500;
/// A company has at most so many.
const MOST: usize = 10_000;

/// A number as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberView {
    /// None for one that a dry run would make.
    pub id: Option<NumberId>,
    /// In E.164.
    pub number: String,
    /// Where it rings.
    pub location: LocationId,
    /// Whether it came by an order.
    pub ordered: bool,
    /// Since when.
    pub added_at: Timestamp,
    /// EXP-5: taken away, it is nobody else's before this instant.
    pub rests_until: Option<Timestamp>,
}

pub(super) fn shown(number: Number) -> NumberView {
    NumberView {
        id: Some(number.id),
        number: number.number,
        location: number.location,
        ordered: number.order.is_some(),
        added_at: number.added_at,
        rests_until: number.rests_until,
    }
}

impl App {
    /// A customer's numbers, in their order; those that rest say until when.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `forbidden` where calling is not the reader's business (ORG-4).
    pub async fn numbers(&self, actor: &Actor, id: &OrgId, page: &PageRequest) -> Result<Page<NumberView>, Error> {
        let reads = self.region(id.region())?.read();
        self.calling_site(&reads, actor, id, Action::ReadSetup).await?;
        let all = reads.numbers(id).await?.into_iter();
        let all = all.map(|number| (Place(number.number.clone(), number.id.0.clone()), shown(number)));
        Ok(part(all.collect(), page))
    }

    /// Enters numbers of a location: all or none, and everything that is wrong at once.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `forbidden`, wrong input, `number_taken`, `wrong_status` while calling does not run.
    pub async fn add_numbers(
        &self,
        actor: &Actor,
        customer: &OrgId,
        location: Option<&str>,
        numbers: &[String],
        guard: &Guard,
    ) -> Result<Vec<NumberView>, Error> {
        let region = self.region(customer.region())?;
        self.calling_site(&region.read(), actor, customer, Action::ManageSetup)
            .await?;
        let slot = match self.hold_key_of(actor, guard.idem.as_ref(), customer).await? {
            Held::Again(answer) => return *answer,
            Held::Fresh(slot) => slot,
        };
        let run = async {
            let _moment = self.moment().await;
            let tx = region.begin().await?;
            tx.lock(customer).await?;
            let site = self
                .calling_site(&tx.read(), actor, customer, Action::ManageSetup)
                .await?;
            let place = self.place_of(&tx.read(), &site, location, numbers).await?;
            let known = tx.read().numbers(customer).await?;
            let (wanted, errors) = checked(numbers, &place, &known);
            self.refuse(&wanted, errors, customer, &known).await?;
            if !site.runs_calling() {
                return Err(Error::code(Code::WrongStatus));
            }
            if known.len() + wanted.len() > MOST {
                return Err(Refusal::new(Code::OutOfRange).with("max", MOST).into());
            }
            let holder = self.unique();
            let holder = slot.as_ref().map_or(holder.as_str(), |slot| slot.holder());
            let new = Wanted {
                customer,
                location: &place.id,
                order: None,
                known: &known,
                holder,
            };
            if !guard.dry_run {
                self.reserve_wanted(&wanted, &new).await?;
            }
            let written = async {
                let written = self.write_numbers(&tx, &new, &wanted).await?;
                let body = serde_json::json!({"location": place.id, "count": written.len()});
                self.note(&tx, actor, customer, "numbers_added", body).await?;
                if let Some(slot) = &slot {
                    slot.keep(&tx, &written).await?;
                }
                Ok::<_, Error>(written)
            };
            self.finish_numbers(written.await, tx, &new, &wanted, guard.dry_run)
                .await
        };
        let result = run.await;
        self.settle(slot, result).await
    }

    async fn place_of(
        &self,
        reads: &Reads<'_>,
        site: &Site,
        location: Option<&str>,
        numbers: &[String],
    ) -> Result<Location, Error> {
        let mut errors = Vec::new();
        let found = self.location_of(reads, site, location, &mut errors).await?;
        if numbers.is_empty() {
            errors.push(FieldError::new("/numbers", Code::Empty));
        }
        if numbers.len() > AT_ONCE {
            errors.push(
                FieldError::new("/numbers", Code::OutOfRange)
                    .with("min", 1)
                    .with("max", AT_ONCE),
            );
        }
        match found {
            Some(found) if errors.is_empty() => Ok(found),
            _ => Err(errors.into()),
        }
    }

    pub(super) async fn location_of(
        &self,
        reads: &Reads<'_>,
        site: &Site,
        given: Option<&str>,
        errors: &mut Vec<FieldError>,
    ) -> Result<Option<Location>, Error> {
        let Some(given) = given else {
            errors.push(FieldError::new("/location_id", Code::Required));
            return Ok(None);
        };
        let found = match LocationId::parse(given) {
            Some(id) => reads.location(&site.customer.value.id, &id).await?,
            None => None,
        };
        if found.is_none() {
            errors.push(FieldError::new("/location_id", Code::InvalidId));
        }
        Ok(found.map(|found| found.value))
    }

    /// All faults at once: what is no number, and what is somebody's.
    async fn refuse(
        &self,
        wanted: &[(usize, String)],
        mut errors: Vec<FieldError>,
        id: &OrgId,
        known: &[Number],
    ) -> Result<(), Error> {
        // What rests with the customer itself may come back.
        let rests = |number: &String| known.iter().any(|known| known.number == *number);
        let fresh: Vec<&(usize, String)> = wanted.iter().filter(|(_, number)| !rests(number)).collect();
        let numbers: Vec<String> = fresh.iter().map(|(_, number)| number.clone()).collect();
        let others = self.taken_numbers(&numbers, id).await?;
        let others = others.iter().filter_map(|at| fresh.get(*at));
        let others = others.map(|(index, number)| (format!("/numbers/{index}"), number.clone()));
        if errors.is_empty() {
            let others: Vec<(String, String)> = others.collect();
            return match others.is_empty() {
                true => Ok(()),
                false => Err(taken(others.into_iter())),
            };
        }
        errors
            .extend(others.map(|(pointer, number)| FieldError::new(pointer, Code::NumberTaken).with("value", number)));
        errors.sort_by_key(|error| error.pointer.rsplit('/').next().and_then(|at| at.parse::<usize>().ok()));
        Err(errors.into())
    }

    /// Those that rest with the customer itself are its own already.
    async fn reserve_wanted(&self, wanted: &[(usize, String)], new: &Wanted<'_>) -> Result<(), Error> {
        let fresh = new.fresh(wanted);
        let numbers: Vec<String> = fresh.iter().map(|(_, number)| number.clone()).collect();
        let others = self.take_numbers(&numbers, new.customer, new.holder).await?;
        let others = others.iter().filter_map(|at| fresh.get(*at));
        let others: Vec<(String, String)> = others
            .map(|(index, number)| (format!("/numbers/{index}"), number.clone()))
            .collect();
        match others.is_empty() {
            true => Ok(()),
            false => Err(taken(others.into_iter())),
        }
    }

    /// Writes numbers, and tells the directory that they arrived.
    pub(super) async fn write_numbers(
        &self,
        tx: &Tx,
        new: &Wanted<'_>,
        wanted: &[(usize, String)],
    ) -> Result<Vec<NumberView>, Error> {
        let (mut rows, mut views) = (Vec::new(), Vec::new());
        for (_, number) in wanted {
            if let Some(old) = new.known.iter().find(|known| known.number == *number) {
                tx.rest_number(&old.id, new.location, None).await?;
                views.push(shown(Number {
                    location: new.location.clone(),
                    rests_until: None,
                    ..old.clone()
                }));
                continue;
            }
            rows.push(Number {
                id: NumberId::new(tx.region(), &self.unique()),
                customer: new.customer.clone(),
                location: new.location.clone(),
                number: number.clone(),
                order: new.order.clone(),
                added_at: self.clock.now(),
                rests_until: None,
            });
        }
        tx.add_numbers(&rows).await?;
        let tell = rows
            .iter()
            .map(|row| self.number_task(Tell::Confirm, &row.number, new.customer));
        tx.tell_directory(&tell.collect::<Vec<_>>()).await?;
        views.extend(rows.into_iter().map(shown));
        views.sort_by(|one, other| one.number.cmp(&other.number));
        Ok(views)
    }

    /// Ends a transaction that took numbers: what did not come to its region is given back.
    pub(super) async fn finish_numbers<T>(
        &self,
        written: Result<T, Error>,
        tx: Tx,
        new: &Wanted<'_>,
        wanted: &[(usize, String)],
        dry_run: bool,
    ) -> Result<T, Error> {
        match written {
            Ok(views) if dry_run => {
                tx.rollback().await?;
                Ok(views)
            }
            Ok(views) => {
                tx.commit().await?;
                self.rang();
                Ok(views)
            }
            Err(error) => {
                tx.rollback().await?;
                let fresh = new.fresh(wanted).into_iter().map(|(_, number)| number);
                let fresh: Vec<String> = fresh.collect();
                if !dry_run {
                    self.give_numbers_back(&fresh, new.holder).await?;
                }
                match error {
                    Error::Store(StoreError::Taken(_)) => Err(Error::code(Code::NumberTaken)),
                    other => Err(other),
                }
            }
        }
    }

    /// Takes a number away. It rests as long as after a trial, and comes back to nobody else before (EXP-5).
    ///
    /// # Errors
    /// `not_found`, `role_required`, `forbidden`, `version_conflict`.
    pub async fn drop_number(
        &self,
        actor: &Actor,
        customer: &OrgId,
        id: &NumberId,
        guard: &Guard,
    ) -> Result<(), Error> {
        let _moment = self.moment().await;
        let tx = self.region(customer.region())?.begin().await?;
        tx.lock(customer).await?;
        let site = self
            .calling_site(&tx.read(), actor, customer, Action::ManageSetup)
            .await?;
        let all = tx.read().numbers(customer).await?;
        let mut own = all.into_iter().filter(|number| number.rests_until.is_none());
        let found = own.find(|number| number.id == *id).ok_or_else(Error::not_found)?;
        check_version(guard, 1)?;
        if !site.is_whole() && !site.runs_calling() {
            return Err(Error::code(Code::WrongStatus));
        }
        let zone = zone(&site.customer.value.customer().ok_or_else(Error::not_found)?.zone)?;
        let days = i64::from(site.program.policy.number_rest_days);
        let until = end_of(plus_days(civil_day(self.clock.now(), &zone), days), &zone);
        tx.rest_number(id, &found.location, Some(until)).await?;
        let body = serde_json::json!({"number": id, "rests_until": until});
        self.note(&tx, actor, customer, "number_removed", body).await?;
        match guard.dry_run {
            true => tx.rollback().await?,
            false => tx.commit().await?,
        }
        Ok(())
    }
}

/// What numbers are to become.
pub(super) struct Wanted<'a> {
    pub(super) customer: &'a OrgId,
    pub(super) location: &'a LocationId,
    pub(super) order: Option<NumberOrderId>,
    pub(super) known: &'a [Number],
    /// Who reserves them.
    pub(super) holder: &'a str,
}

impl Wanted<'_> {
    /// Those that the customer does not have, not even at rest.
    fn fresh(&self, wanted: &[(usize, String)]) -> Vec<(usize, String)> {
        let is_new = |number: &String| !self.known.iter().any(|known| known.number == *number);
        wanted.iter().filter(|(_, number)| is_new(number)).cloned().collect()
    }
}

/// What was typed as numbers of the location's country, each once, with its place; and what is wrong.
fn checked(given: &[String], place: &Location, known: &[Number]) -> (Vec<(usize, String)>, Vec<FieldError>) {
    let (mut wanted, mut errors) = (Vec::<(usize, String)>::new(), Vec::new());
    for (index, one) in given.iter().enumerate() {
        let mut fault = |code: Code| {
            let shown: String = one.chars().take(40).collect();
            errors.push(
                FieldError::new(format!("/numbers/{index}"), code)
                    .with("value", shown)
                    .with("max", 15),
            );
        };
        match of_country(one, &place.place.country) {
            Err(code) => fault(code),
            Ok(number) => {
                let has = known
                    .iter()
                    .any(|known| known.number == number && known.rests_until.is_none());
                match has || wanted.iter().any(|(_, other)| *other == number) {
                    true => fault(Code::DuplicateNumber),
                    false => wanted.push((index, number)),
                }
            }
        }
    }
    (wanted, errors)
}
