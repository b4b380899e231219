//! Ordering phone numbers from the provider that is connected (SETUP-2).

use super::{
    Site,
    number::{NumberView, Wanted},
};
use crate::{Actor, App, Error, Guard, Page, PageRequest, Place, idempotency::Held, page::part, policy::Action};
use domain::{
    ids::{LocationId, NumberOrderId, OrgId, TrialId},
    location::Location,
    refusal::{Code, FieldError, Refusal},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::region::{
    Reads,
    number::{Number, NumberOrder},
};

/// A provider is asked so often for each number, before it is believed to have no more.
const DRAWS: u32 = 50;

/// An order as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberOrderView {
    /// None for one that a dry run would make.
    pub id: Option<NumberOrderId>,
    /// Where the numbers ring.
    pub location: LocationId,
    /// The trial on whose limit it counts.
    pub trial: TrialId,
    /// By the program's id.
    pub provider: String,
    /// How many.
    pub quantity: u32,
    /// When.
    pub ordered_at: Timestamp,
    /// What came; those that were taken away since are not among them.
    pub numbers: Vec<NumberView>,
}

fn shown(order: NumberOrder, numbers: Vec<NumberView>) -> NumberOrderView {
    NumberOrderView {
        id: Some(order.id),
        location: order.location,
        trial: order.trial,
        provider: order.provider,
        quantity: order.quantity,
        ordered_at: order.at,
        numbers,
    }
}

impl App {
    /// A customer's orders, the oldest first.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `forbidden` where calling is not the reader's business (ORG-4).
    pub async fn number_orders(
        &self,
        actor: &Actor,
        id: &OrgId,
        page: &PageRequest,
    ) -> Result<Page<NumberOrderView>, Error> {
        let reads = self.region(id.region())?.read();
        self.calling_site(&reads, actor, id, Action::ReadSetup).await?;
        let numbers = reads.numbers(id).await?;
        let all = reads.number_orders(id).await?.into_iter().map(|order| {
            let came = |number: &&Number| number.order.as_ref() == Some(&order.id) && number.rests_until.is_none();
            let came = numbers.iter().filter(came).cloned().map(super::number::shown).collect();
            (Place(order.id.0.clone(), String::new()), shown(order, came))
        });
        Ok(part(all.collect(), page))
    }

    /// Orders numbers: at most so many in a trial.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `forbidden` without full access, wrong input, `wrong_status` while calling runs
    /// under no trial, `provider_required`, `provider_elsewhere`, `number_limit`.
    pub async fn order_numbers(
        &self,
        actor: &Actor,
        customer: &OrgId,
        location: Option<&str>,
        quantity: Option<i64>,
        guard: &Guard,
    ) -> Result<NumberOrderView, Error> {
        let region = self.region(customer.region())?;
        self.site(&region.read(), actor, customer, Action::OrderNumbers).await?;
        let slot = match self.hold_key_of(actor, guard.idem.as_ref(), customer).await? {
            Held::Again(answer) => return *answer,
            Held::Fresh(slot) => slot,
        };
        let run = async {
            let _moment = self.moment().await;
            let tx = region.begin().await?;
            tx.lock(customer).await?;
            let site = self.site(&tx.read(), actor, customer, Action::OrderNumbers).await?;
            let (order, place) = self.decided_order(&tx.read(), &site, location, quantity).await?;
            let holder = self.unique();
            let holder = slot.as_ref().map_or(holder.as_str(), |slot| slot.holder());
            let known = tx.read().numbers(customer).await?;
            let wanted = self.draw(&order, &place, &known, holder, guard.dry_run).await?;
            let new = Wanted {
                customer,
                location: &place.id,
                order: Some(order.id.clone()),
                known: &known,
                holder,
            };
            let written = async {
                tx.add_number_order(&order).await?;
                let numbers = self.write_numbers(&tx, &new, &wanted).await?;
                let body = serde_json::json!({
                    "order": order.id, "location": place.id, "provider": order.provider, "count": numbers.len(),
                });
                self.note(&tx, actor, customer, "numbers_ordered", body).await?;
                let mut view = shown(order.clone(), numbers);
                if let Some(slot) = &slot {
                    slot.keep(&tx, &view).await?;
                }
                if guard.dry_run {
                    // Which numbers will come nobody knows before.
                    view.id = None;
                    view.numbers = Vec::new();
                }
                Ok::<_, Error>(view)
            };
            self.finish_numbers(written.await, tx, &new, &wanted, guard.dry_run)
                .await
        };
        let result = run.await;
        self.settle(slot, result).await
    }

    async fn decided_order(
        &self,
        reads: &Reads<'_>,
        site: &Site,
        location: Option<&str>,
        quantity: Option<i64>,
    ) -> Result<(NumberOrder, Location), Error> {
        let customer = &site.customer.value.id;
        let mut errors = Vec::new();
        let place = self.location_of(reads, site, location, &mut errors).await?;
        let quantity = match quantity {
            None => {
                errors.push(FieldError::new("/quantity", Code::Required));
                None
            }
            Some(given) => {
                let checked = u32::try_from(given).ok().filter(|given| *given > 0);
                if checked.is_none() {
                    errors.push(FieldError::new("/quantity", Code::OutOfRange).with("min", 1));
                }
                checked
            }
        };
        let (Some(place), Some(quantity)) = (place, quantity) else {
            return Err(errors.into());
        };
        let Some((trial, program)) = site.calling_trial() else {
            return Err(Error::code(Code::WrongStatus));
        };
        let provider = reads.setup(customer).await?.value.provider;
        let provider = provider.ok_or_else(|| Error::code(Code::ProviderRequired))?;
        let serves = site
            .program
            .number_providers(&place.place.country)
            .any(|one| one.id == provider);
        if !serves {
            return Err(Error::code(Code::ProviderElsewhere));
        }
        let limit = program.policy.new_numbers_limit;
        let left = limit.saturating_sub(reads.ordered_numbers(&trial.id).await?);
        if quantity > left {
            let refusal = Refusal::new(Code::NumberLimit).with("max", limit).with("left", left);
            return Err(refusal.into());
        }
        let order = NumberOrder {
            id: NumberOrderId::new(customer.region(), &self.unique()),
            customer: customer.clone(),
            trial: trial.id.clone(),
            location: place.id.clone(),
            provider,
            quantity,
            at: self.clock.now(),
        };
        Ok((order, place))
    }

    /// Asks the provider until it has given as many as were ordered and nobody else has; they are reserved then.
    async fn draw(
        &self,
        order: &NumberOrder,
        place: &Location,
        known: &[Number],
        holder: &str,
        dry_run: bool,
    ) -> Result<Vec<(usize, String)>, Error> {
        let country = place.place.country.as_str();
        let mut found: Vec<(usize, String)> = Vec::new();
        for _ in 0..order.quantity.saturating_mul(DRAWS) {
            if found.len() as u64 >= u64::from(order.quantity) {
                break;
            }
            let Some(number) = self.numbers.offer(&order.provider, country, self.draw_number()) else {
                continue;
            };
            let ours = known.iter().any(|known| known.number == number) || found.iter().any(|(_, one)| *one == number);
            if ours {
                continue;
            }
            let one = std::slice::from_ref(&number);
            let taken = match dry_run {
                true => self.taken_numbers(one, &order.customer).await,
                false => self.take_numbers(one, &order.customer, holder).await,
            };
            match taken {
                Ok(taken) if taken.is_empty() => found.push((found.len(), number)),
                Ok(_) => {}
                Err(error) => {
                    self.give_drawn_back(&found, holder, dry_run).await?;
                    return Err(error);
                }
            }
        }
        if (found.len() as u64) < u64::from(order.quantity) {
            self.give_drawn_back(&found, holder, dry_run).await?;
            return Err(Error::code(Code::ProviderFailed));
        }
        Ok(found)
    }

    async fn give_drawn_back(&self, found: &[(usize, String)], holder: &str, dry_run: bool) -> Result<(), Error> {
        let numbers: Vec<String> = found.iter().map(|(_, number)| number.clone()).collect();
        match dry_run {
            true => Ok(()),
            false => self.give_numbers_back(&numbers, holder).await,
        }
    }

    fn draw_number(&self) -> u64 {
        let mut octets = [0u8; 8];
        (self.random)(&mut octets);
        u64::from_be_bytes(octets)
    }
}
