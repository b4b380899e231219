//! CONV-3 to 5: the contact says who he is, whose trial it is, and that this is what shall become of it.

use super::{
    Candidate, OrderView,
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
    order::{ContactRole, Difference, Holder, Holders, Order, OrderState},
    person::Role,
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
}

/// What becomes of the order, or would.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetUpView {
    /// Whether the address is that of a trial's administrator.
    pub matches: bool,
    /// The order.
    pub order: OrderView,
    /// The trial that is converted.
    pub trial: Option<TrialId>,
    /// Whose trial it is.
    pub customer: Option<CustomerCard>,
    /// What becomes of each service.
    pub difference: Option<Difference>,
    /// Without a match: what may have been meant.
    pub candidates: Vec<Candidate>,
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
        let found = self.ready(found).await?;
        let order = &found.value;
        let email = said(actor, order, wish, guard.dry_run)?;
        let meant = self.meant(actor, order, &email, wish.trial.as_ref()).await?;
        match (meant, &wish.create) {
            (Meant::Trial(_), Some(_)) => Err(Error::field("/create_new_organization", Code::ConflictingFields)),
            (Meant::Trial(record), None) if guard.dry_run => self.would_convert(order, &record, found.version).await,
            (Meant::Trial(record), None) => {
                confirmed(wish)?;
                self.convert_order(actor, found, &record, wish.accept_reduced, slot)
                    .await
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
            (Meant::Candidates(candidates), None) if guard.dry_run => Ok(SetUpView {
                matches: false,
                order: self.order_view(found).await?,
                trial: None,
                customer: None,
                difference: None,
                candidates,
            }),
            (Meant::Candidates(candidates), None) => Err(no_match(&candidates)),
        }
    }

    /// An order that can be set up now; what a crash left of it is settled first.
    async fn ready(&self, found: Versioned<Order>) -> Result<Versioned<Order>, Error> {
        if !matches!(found.value.state, OrderState::Mapping { .. }) {
            found.value.need_open()?;
            return Ok(found);
        }
        let id = found.value.id.clone();
        self.settle_mapping(found).await?;
        let again = self
            .region(id.region())?
            .read()
            .order(&id)
            .await?
            .ok_or_else(Error::not_found)?;
        again.value.need_open()?;
        Ok(again)
    }

    async fn would_convert(&self, order: &Order, record: &TrialRecord, version: i64) -> Result<SetUpView, Error> {
        let reads = self.region(record.trial.id.region())?.read();
        let difference = self.difference_of(&reads, order, record).await?;
        let order = self.order_view(Versioned {
            value: order.clone(),
            version,
        });
        Ok(SetUpView {
            matches: true,
            order: order.await?,
            trial: Some(record.trial.id.clone()),
            customer: Some(self.card(&reads, &record.trial.customer).await?),
            difference: Some(difference),
            candidates: Vec::new(),
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
        for person in reads.people_of(&trial.customer).await? {
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
        let administrates =
            |person: &&domain::person::Person| person.roles.iter().any(|role| role.is_customer_administrator());
        Ok(CustomerCard {
            id: Some(id.clone()),
            country: customer_of(&found)?.country.clone(),
            name: found.name,
            administrators: people.iter().filter(administrates).count(),
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

fn confirmed(wish: &SetUp) -> Result<(), Error> {
    match wish.customer_confirmed {
        true => Ok(()),
        false => Err(Error::field("/customer_confirmed", Code::NotConfirmed)),
    }
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
