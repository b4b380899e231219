//! CONV-3 to 5: the contact says who he is, whose trial it is, and that this is what shall become of it.

use super::{
    Candidate, OrderView,
    alike::Alike,
    matching::{Meant, no_match},
};
use crate::{
    Actor, App, Error, Guard,
    idempotency::{Held, Slot},
    load::customer_of,
    policy::Action,
};
use domain::{
    ids::{OrderId, OrgId, TrialId},
    order::{ContactRole, Difference, Holder, Holders, Order},
    person::{Person, Role},
    refusal::{Code, FieldError},
    trial::CustomerInput,
};
use serde::{Deserialize, Serialize};
use store::region::{Reads, Versioned, trial::TrialRecord};

/// What the contact says; nothing of it is trusted.
#[derive(Clone, Debug, Default)]
pub struct SetUp {
    /// CONV-3: as whom.
    pub role: Option<ContactRole>,
    /// The address of the trial's customer administrator.
    pub trial_admin_email: Option<String>,
    /// One of several trials with that administrator.
    pub trial: Option<TrialId>,
    /// That the customer's information is right.
    pub customer_confirmed: bool,
    /// CONV-5: that those who were named lose what was named.
    pub accept_reduced: bool,
    /// CONV-5: which loss that was, as a dry run or a refusal named it.
    pub seen: Option<String>,
    /// CONV-4: instead of any trial.
    pub create: Option<NewOrganization>,
}

/// CONV-4: a customer that is to come to be; its administrator's address stands beside.
#[derive(Clone, Debug, Default)]
pub struct NewOrganization(pub CustomerInput);

/// The customer's information to verify.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerCard {
    /// Which; none for one that a dry run would make.
    pub id: Option<OrgId>,
    /// Its name.
    pub name: String,
    /// ISO 3166 alpha-2.
    pub country: String,
    /// How many people administrate it.
    pub administrators: usize,
    /// Who they are: name and address.
    #[serde(default)]
    pub people: Vec<(String, String)>,
    /// EXP-5: of its phone numbers, how many would go with what is not bought.
    #[serde(default)]
    pub numbers: u32,
}

/// What becomes of the order, or would.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetUpView {
    /// Whether the address is that of a trial's administrator, or of a customer that tries nothing.
    pub matches: bool,
    /// The order.
    pub order: OrderView,
    /// The trial that is converted.
    pub trial: Option<TrialId>,
    /// Whose trial it is.
    pub customer: Option<CustomerCard>,
    /// What becomes of each service.
    pub difference: Option<Difference>,
    /// CONV-5: what a yes to the surplus says that it saw.
    #[serde(default)]
    pub seen: Option<String>,
    /// Without a match: what may have been meant.
    pub candidates: Vec<Candidate>,
    /// Where nobody could look for that.
    #[serde(default)]
    pub unavailable_regions: Vec<String>,
}

impl App {
    /// CONV-3 to 5: maps an order. A dry run answers what would become of it, or which trials may have been meant.
    ///
    /// # Errors
    /// `not_found`, `forbidden` for anybody but the contact; `wrong_status`; wrong input; `no_exact_match`;
    /// `quantity_below_assigned` with services and names; `trial_not_convertible`.
    pub async fn set_up_order(
        &self,
        actor: &Actor,
        id: &OrderId,
        wish: &SetUp,
        guard: &Guard,
    ) -> Result<SetUpView, Error> {
        let found = self.seen_order(actor, id, Action::SetUpOrder).await?;
        if found.value.contact.person != *actor.id() {
            return Err(Error::code(Code::Forbidden));
        }
        // A key is looked up before the state: what was answered once is answered again.
        let region = id.region();
        let slot = match self.hold_key(actor, guard.idem.as_ref(), region).await? {
            Held::Again(answer) => return *answer,
            Held::Fresh(slot) => slot,
        };
        let result = self.set_up(actor, found, wish, guard, slot.as_ref()).await;
        self.settle(slot, result).await
    }

    async fn set_up(
        &self,
        actor: &Actor,
        found: Versioned<Order>,
        wish: &SetUp,
        guard: &Guard,
        slot: Option<&Slot<'_>>,
    ) -> Result<SetUpView, Error> {
        crate::act::check_version(guard, found.version)?;
        let found = self.settled(found).await?;
        found
            .value
            .need_open_at(self.clock.now(), &crate::load::zone(&found.value.zone)?)?;
        let order = &found.value;
        let email = said(actor, order, wish, guard.dry_run)?;
        let meant = self.meant(actor, order, &email, wish.trial.as_ref()).await?;
        match (meant, &wish.create) {
            (Meant::Trial(_) | Meant::Customer(_), Some(_)) => {
                Err(Error::field("/create_new_organization", Code::ConflictingFields))
            }
            (Meant::Customer(customer), None) => self.buy_more(actor, found, customer, wish, guard, slot).await,
            (Meant::Trial(record), None) if guard.dry_run => {
                self.would_convert(actor, order, &record, found.version).await
            }
            (Meant::Trial(record), None) => {
                confirmed(wish)?;
                self.convert_order(actor, found, &record, wish, slot).await
            }
            (Meant::Candidates(_), Some(_)) if order.trial.is_some() => {
                Err(Error::field("/create_new_organization", Code::ConflictingFields))
            }
            (Meant::Candidates(_), Some(create)) => {
                if !guard.dry_run {
                    confirmed(wish)?;
                }
                self.found_customer(actor, found, (create, &email), guard.dry_run, slot)
                    .await
            }
            (Meant::Candidates(alike), None) if guard.dry_run => self.unmatched(actor, found, alike).await,
            (Meant::Candidates(alike), None) => Err(no_match(alike)),
        }
    }

    async fn unmatched(&self, actor: &Actor, found: Versioned<Order>, alike: Alike) -> Result<SetUpView, Error> {
        Ok(SetUpView {
            matches: false,
            order: self.order_view(actor, found).await?,
            trial: None,
            customer: None,
            difference: None,
            seen: None,
            candidates: alike.candidates,
            unavailable_regions: alike.unavailable_regions,
        })
    }

    /// An open order; what a crash left of it is settled first.
    pub(super) async fn settled(&self, found: Versioned<Order>) -> Result<Versioned<Order>, Error> {
        let id = found.value.id.clone();
        if let Some(to) = found.value.given_up.as_ref().filter(|_| found.value.is_open())
            && let Some(at) = self.happened(&id, to).await?
        {
            self.put_mapped(&id, to, at).await?;
        } else if found.value.mapping_token().is_none() {
            found.value.need_open()?;
            return Ok(found);
        } else if !self.settle_mapping(found).await? {
            // Somebody is at it.
            return Err(Error::Busy);
        }
        let again = self
            .region(id.region())?
            .read()
            .order(&id)
            .await?
            .ok_or_else(Error::not_found)?;
        again.value.need_open()?;
        Ok(again)
    }

    async fn would_convert(
        &self,
        actor: &Actor,
        order: &Order,
        record: &TrialRecord,
        version: i64,
    ) -> Result<SetUpView, Error> {
        let reads = self.region(record.trial.id.region())?.read();
        let mut difference = self.difference_of(&reads, order, record).await?;
        let mut seen = self.seen_of(&record.trial.id, &difference);
        let mut card = self.card(&reads, &record.trial.customer).await?;
        card.numbers = self.numbers_left(&reads, order, record).await?;
        if is_other_partner(actor, order) {
            // CONV-1: quantities, counts and the customer's name, nothing else.
            (difference, seen) = (difference.unnamed(), None);
            card = CustomerCard {
                id: None,
                name: card.name,
                country: String::new(),
                administrators: 0,
                people: Vec::new(),
                numbers: 0,
            };
        }
        let found = Versioned {
            value: order.clone(),
            version,
        };
        let order = self.order_view(actor, found);
        Ok(SetUpView {
            matches: true,
            order: order.await?,
            trial: Some(record.trial.id.clone()),
            customer: Some(card),
            difference: Some(difference),
            seen,
            candidates: Vec::new(),
            unavailable_regions: Vec::new(),
        })
    }

    /// CONV-5: what the order makes of the trial, by who has which licence now.
    pub(super) async fn difference_of(
        &self,
        reads: &Reads<'_>,
        order: &Order,
        record: &TrialRecord,
    ) -> Result<Difference, Error> {
        let trial = &record.trial;
        let customer = reads
            .organization(&trial.customer)
            .await?
            .ok_or_else(Error::not_found)?;
        let facts = customer_of(&customer.value)?;
        let program = self.program_version(trial.program_version).await?;
        let mut holders = Holders::new();
        let mut people = reads.people_of(&trial.customer).await?;
        // CONV-5: whoever may not sign in any more loses his first; nobody knows who got his last.
        people.sort_by_key(|person| person.disabled_at.is_some());
        for person in people {
            let name = if person.name.is_empty() {
                person.email
            } else {
                person.name
            };
            for service in person.licenses {
                holders.entry(service).or_default().push(Holder {
                    person: person.id.clone(),
                    name: name.clone(),
                });
            }
        }
        let owned = |service: &str| facts.owns(service, &program);
        Ok(domain::order::difference(trial, &order.services, owned, &holders))
    }

    pub(super) async fn card(&self, reads: &Reads<'_>, id: &OrgId) -> Result<CustomerCard, Error> {
        let found = reads.organization(id).await?.ok_or_else(Error::not_found)?.value;
        let people = reads.administrators_of(id).await?;
        let administrates = |person: &Person| person.roles.iter().any(|role| role.is_customer_administrator());
        let people = people.into_iter().filter(administrates);
        let people: Vec<(String, String)> = people.map(|person| (person.name, person.email)).collect();
        Ok(CustomerCard {
            id: Some(id.clone()),
            country: customer_of(&found)?.country.clone(),
            name: found.name,
            administrators: people.len(),
            people,
            numbers: 0,
        })
    }
}

/// What was said, as far as it can be wrong by itself; all at once. The address, as it was typed.
fn said(actor: &Actor, order: &Order, wish: &SetUp, dry_run: bool) -> Result<String, Error> {
    let mut errors = Vec::new();
    match wish.role {
        None => errors.push(FieldError::new("/as", Code::Required)),
        Some(role) if !is_true(actor, order, role) => errors.push(FieldError::new("/as", Code::ContactRole)),
        Some(_) => {}
    }
    let email = wish.trial_admin_email.as_deref().map(str::trim).unwrap_or_default();
    if email.is_empty() {
        errors.push(FieldError::new("/trial_admin_email", Code::Required));
    }
    if errors.is_empty() {
        return Ok(email.to_owned());
    }
    if !wish.customer_confirmed && !dry_run {
        errors.push(FieldError::new("/customer_confirmed", Code::NotConfirmed));
    }
    Err(errors.into())
}

pub(super) fn confirmed(wish: &SetUp) -> Result<(), Error> {
    match wish.customer_confirmed {
        true => Ok(()),
        false => Err(Error::field("/customer_confirmed", Code::NotConfirmed)),
    }
}

/// CONV-1: whether a partner has it in hand whose customer it is not.
pub(super) fn is_other_partner(actor: &Actor, order: &Order) -> bool {
    actor.is_partner() && *actor.org() != order.partner
}

/// CONV-3: whether somebody is what he says that he is.
fn is_true(actor: &Actor, order: &Order, role: ContactRole) -> bool {
    match role {
        ContactRole::PartnerAdministrator => {
            let company = order.partner == *actor.org() || order.ordered_by == *actor.org();
            actor.is_partner() && company && actor.person.roles.iter().any(|role| role.is_sales())
        }
        ContactRole::CustomerAdministrator => {
            let own = order.customer.as_ref().is_none_or(|customer| customer == actor.org());
            actor.is_customer() && own && actor.has(Role::FullAdministrator)
        }
    }
}
