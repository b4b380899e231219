//! EXP-4 and 9: closings are carried on in steps, each a transaction of its own. A kill at any write leaves every step
//! either done or untouched, and whoever comes next goes on from there; two servers take no step twice, because each
//! holds the organization while it does.

use crate::{App, Error};
use domain::{
    closing::{Step, move_to_free_plan},
    ids::{EventId, OrgId, PersonId},
};
use std::{collections::BTreeMap, sync::atomic::Ordering};
use store::{
    Region, Tx,
    region::{
        closing::Closing,
        event::{By, NewEvent},
    },
};

/// People in one transaction, at most.
const PEOPLE: usize = 500;
/// Organizations in one transaction, at most.
const CUSTOMERS: u64 = 50;

/// What one transaction did.
#[derive(Default)]
struct Carried {
    /// Of which more is to be done right away.
    left: Vec<OrgId>,
    /// How many are over.
    over: usize,
}

impl App {
    /// Carries on what is being closed, as far as it can be now; how many organizations are erased.
    ///
    /// # Errors
    /// When no store answers; a region that is down does not stop the others.
    pub async fn carry_closings(&self) -> Result<usize, Error> {
        let mut over = 0;
        for region in self.stores.regions.values() {
            match self.carry_region(region).await {
                Ok(erased) => over += erased,
                Err(error) => tracing::warn!(region = region.id(), %error, "closing stopped"),
            }
        }
        Ok(over)
    }

    async fn carry_region(&self, region: &Region) -> Result<usize, Error> {
        let (mut after, mut over) = (String::new(), 0);
        loop {
            let open = region.read().open_closings(&after, CUSTOMERS).await?;
            let Some(last) = open.last() else { break };
            after = last.customer.0.clone();
            let held = self.fuse.load(Ordering::SeqCst);
            let ready = |one: &Closing| one.step != Step::Erasing || !held;
            let mut left: Vec<OrgId> = open.into_iter().filter(ready).map(|one| one.customer).collect();
            while !left.is_empty() {
                match self.carry_some(region, &left).await {
                    Ok(carried) => (left, over) = (carried.left, over + carried.over),
                    Err(error) => {
                        tracing::warn!(region = region.id(), %error, "closings are carried on one by one");
                        over += self.carry_apart(region, &left).await;
                        break;
                    }
                }
            }
        }
        if over > 0 {
            region.scrub().await?;
        }
        Ok(over)
    }

    /// One that cannot be carried on does not keep the others.
    async fn carry_apart(&self, region: &Region, customers: &[OrgId]) -> usize {
        let mut over = 0;
        for id in customers {
            let mut left = vec![id.clone()];
            while !left.is_empty() {
                match self.carry_some(region, &left).await {
                    Ok(carried) => (left, over) = (carried.left, over + carried.over),
                    Err(error) => {
                        tracing::error!(customer = %id, %error, "a closing waits for the next beat");
                        break;
                    }
                }
            }
        }
        over
    }

    async fn carry_some(&self, region: &Region, customers: &[OrgId]) -> Result<Carried, Error> {
        let tx = region.begin().await?;
        let (mut carried, mut room) = (Carried::default(), PEOPLE);
        for id in customers {
            if room == 0 {
                carried.left.push(id.clone());
                continue;
            }
            tx.lock(id).await?;
            let Some(before) = tx.read().closing(id).await? else {
                continue;
            };
            let mut closing = before.clone();
            if self.carry_one(&tx, &mut closing, &mut room).await? {
                carried.left.push(id.clone());
            }
            if closing != before {
                tx.put_closing(&closing).await?;
                carried.over += usize::from(closing.step == Step::Done);
            }
        }
        tx.commit().await?;
        Ok(carried)
    }

    /// As many steps as there is room for; whether there is more to be done right away.
    async fn carry_one(&self, tx: &Tx, closing: &mut Closing, room: &mut usize) -> Result<bool, Error> {
        loop {
            let over = match closing.step {
                Step::Users => self.move_some(tx, closing, room).await?,
                Step::Configuration => self.drop_configuration(tx, closing).await?,
                Step::Erasing => {
                    // EXP-9: just before acting everything is checked again.
                    if self.is_kept(&tx.read(), &closing.customer).await? {
                        return Ok(false);
                    }
                    self.erase_some(tx, closing, room).await?
                }
                Step::Done => return Ok(false),
            };
            if !over {
                return Ok(true);
            }
            closing.step = closing.step.next();
            closing.place.clear();
        }
    }

    /// EXP-4: users lose access, licences and roles, and move to the free plan: what remains of them is a count.
    async fn move_some(&self, tx: &Tx, closing: &mut Closing, room: &mut usize) -> Result<bool, Error> {
        let page = tx
            .read()
            .members_page(&closing.customer, None, Some(&closing.place), *room as u64)
            .await?;
        let all_seen = seen(page.len(), room);
        if let Some((place, _)) = page.last() {
            closing.place.clone_from(place);
        }
        let mut people = Vec::with_capacity(page.len());
        for (_, mut person) in page {
            closing.licenses += move_to_free_plan(&mut person.value);
            closing.users_moved += 1;
            people.push(person);
        }
        if !people.is_empty() {
            tx.put_people(&people).await?;
            let ids: Vec<PersonId> = people.into_iter().map(|person| person.value.id).collect();
            tx.lock_out(&ids).await?;
        }
        if all_seen {
            let counts = serde_json::json!({"users": closing.users_moved, "licenses": closing.licenses});
            self.record_step(tx, closing, "users_moved", counts).await?;
        }
        Ok(all_seen)
    }

    /// EXP-4: how the organization was set up is gone: the way in by its own company sign-in, and whatever a table of the
    /// set-up holds.
    async fn drop_configuration(&self, tx: &Tx, closing: &Closing) -> Result<bool, Error> {
        tx.drop_single_sign_on(&closing.customer).await?;
        Ok(true)
    }

    /// EXP-9: people first, because they may be many, then everything else at once.
    async fn erase_some(&self, tx: &Tx, closing: &mut Closing, room: &mut usize) -> Result<bool, Error> {
        let page = tx.read().people_page(&closing.customer, None, *room as u64).await?;
        let all_seen = seen(page.len(), room);
        let ids: Vec<PersonId> = page.into_iter().map(|(_, person)| person.id).collect();
        if !ids.is_empty() {
            tx.erase_some(&ids).await?;
        }
        if all_seen {
            self.erase_one(tx, &closing.customer).await?;
            closing.erased_at = Some(self.clock.now());
            let counts = serde_json::json!({"users": closing.users_moved});
            self.record_step(tx, closing, "organization_erased", counts).await?;
        }
        Ok(all_seen)
    }

    async fn record_step(&self, tx: &Tx, closing: &Closing, name: &str, body: serde_json::Value) -> Result<(), Error> {
        let by = By {
            via: "worker".to_owned(),
            ..By::default()
        };
        let event = NewEvent {
            id: EventId::new(tx.region(), &self.unique()),
            organization: &closing.customer,
            trial: None,
            at: self.clock.now(),
            name,
            by: &by,
            body,
            words: &BTreeMap::new(),
        };
        Ok(tx.record(event).await?)
    }
}

/// Whether these were all, and not as many as there was room for.
fn seen(count: usize, room: &mut usize) -> bool {
    let all = count < *room;
    *room -= count;
    all
}
