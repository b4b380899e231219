//! Where a customer calls from (SETUP-1).

use crate::{
    Actor, App, Error, Guard, Page, PageRequest, Place as At, act::check_version, idempotency::Held, page::part,
    policy::Action,
};
use domain::{
    ids::{LocationId, OrgId},
    location::{Location, LocationInput, Place},
    refusal::{Code, Refusal},
};
use serde::{Deserialize, Serialize};
use store::region::{Reads, Versioned, number::Number};

/// A company has at most so many.
const MOST: usize = 500;

/// A location as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocationView {
    /// None for one that a dry run would make.
    pub id: Option<LocationId>,
    /// What it is, and where.
    pub place: Place,
    /// How many numbers ring there.
    pub numbers: u32,
    /// Counts up with every change.
    pub version: i64,
}

fn shown(found: Versioned<Location>, numbers: &[Number]) -> LocationView {
    let here = |number: &&Number| number.location == found.value.id && number.rests_until.is_none();
    LocationView {
        numbers: u32::try_from(numbers.iter().filter(here).count()).unwrap_or(u32::MAX),
        id: Some(found.value.id),
        place: found.value.place,
        version: found.version,
    }
}

impl App {
    /// A customer's locations, the oldest first.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `forbidden` where calling is not the reader's business (ORG-4).
    pub async fn locations(&self, actor: &Actor, id: &OrgId, page: &PageRequest) -> Result<Page<LocationView>, Error> {
        let reads = self.region(id.region())?.read();
        self.calling_site(&reads, actor, id, Action::ReadSetup).await?;
        let numbers = reads.numbers(id).await?;
        let all = reads.locations(id).await?.into_iter().map(|found| {
            let place = At(found.value.id.0.clone(), String::new());
            (place, shown(found, &numbers))
        });
        Ok(part(all.collect(), page))
    }

    /// Adds a location.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `forbidden`, wrong input, `wrong_status` without calling.
    pub async fn add_location(
        &self,
        actor: &Actor,
        customer: &OrgId,
        input: &LocationInput,
        guard: &Guard,
    ) -> Result<LocationView, Error> {
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
            let place = input.place(site.country(), &site.program)?;
            if !site.has_calling() {
                return Err(Error::code(Code::WrongStatus));
            }
            if tx.read().locations(customer).await?.len() >= MOST {
                return Err(Refusal::new(Code::OutOfRange).with("max", MOST).into());
            }
            let value = Location {
                id: LocationId::new(customer.region(), &self.unique()),
                customer: customer.clone(),
                place,
                created_at: self.clock.now(),
            };
            tx.add_location(&value).await?;
            let body = serde_json::json!({"location": value.id, "country": value.place.country});
            self.note(&tx, actor, customer, "location_added", body).await?;
            let mut view = shown(Versioned { value, version: 1 }, &[]);
            if let Some(slot) = &slot {
                slot.keep(&tx, &view).await?;
            }
            if guard.dry_run {
                tx.rollback().await?;
                view.id = None;
            } else {
                tx.commit().await?;
            }
            Ok(view)
        };
        let result = run.await;
        self.settle(slot, result).await
    }

    /// Changes a location; of a dry run with the location before.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `forbidden`, wrong input, `location_in_use` for another country while numbers ring
    /// there, `version_conflict`.
    pub async fn patch_location(
        &self,
        actor: &Actor,
        customer: &OrgId,
        id: &LocationId,
        input: &LocationInput,
        guard: &Guard,
    ) -> Result<(LocationView, Option<LocationView>), Error> {
        let tx = self.region(customer.region())?.begin().await?;
        tx.lock(customer).await?;
        let site = self
            .calling_site(&tx.read(), actor, customer, Action::ManageSetup)
            .await?;
        let (found, numbers) = own(&tx.read(), customer, id).await?;
        check_version(guard, found.version)?;
        let place = input.over(&found.value.place).place(site.country(), &site.program)?;
        let before = shown(found.clone(), &numbers);
        if place == found.value.place {
            return Ok((before, None));
        }
        if place.country != found.value.place.country && before.numbers > 0 {
            return Err(Error::code(Code::LocationInUse));
        }
        let value = Location { place, ..found.value };
        let version = found.version;
        let changed = Versioned { value, version };
        tx.put_location(&changed).await?;
        let body = serde_json::json!({"location": id});
        self.note(&tx, actor, customer, "location_changed", body).await?;
        let mut view = shown(changed, &numbers);
        view.version += 1;
        if guard.dry_run {
            tx.rollback().await?;
            return Ok((view, Some(before)));
        }
        tx.commit().await?;
        Ok((view, None))
    }

    /// Removes a location at which no numbers ring.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `forbidden`, `location_in_use`, `version_conflict`.
    pub async fn drop_location(
        &self,
        actor: &Actor,
        customer: &OrgId,
        id: &LocationId,
        guard: &Guard,
    ) -> Result<(), Error> {
        let tx = self.region(customer.region())?.begin().await?;
        tx.lock(customer).await?;
        self.calling_site(&tx.read(), actor, customer, Action::ManageSetup)
            .await?;
        let (found, numbers) = own(&tx.read(), customer, id).await?;
        check_version(guard, found.version)?;
        if shown(found, &numbers).numbers > 0 {
            return Err(Error::code(Code::LocationInUse));
        }
        tx.drop_location(id).await?;
        let body = serde_json::json!({"location": id});
        self.note(&tx, actor, customer, "location_removed", body).await?;
        match guard.dry_run {
            true => tx.rollback().await?,
            false => tx.commit().await?,
        }
        Ok(())
    }
}

async fn own(
    reads: &Reads<'_>,
    customer: &OrgId,
    id: &LocationId,
) -> Result<(Versioned<Location>, Vec<Number>), Error> {
    let found = reads.location(customer, id).await?.ok_or_else(Error::not_found)?;
    Ok((found, reads.numbers(customer).await?))
}
