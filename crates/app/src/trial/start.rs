//! Starting a trial (START), and its dry run, which is the same but for the last step.

use crate::{
    Actor, App, Error, Guard,
    act::ATTEMPTS,
    directory::taken,
    idempotency::{Held, Slot},
    load::{customer_of, is_zone, zone},
    policy::{Action, allow},
    save::Save,
    view::{Around, Outcome},
};
use domain::{
    eligibility,
    ids::{OrgId, PersonId, TrialId},
    organization::{Customer, Kind, Organization},
    person::{Person, Role},
    program::Program,
    refusal::{Code, FieldError, Refusal},
    trial::{AddedBy, At, Origin, Parties, StartInput, Target, Wish, validate, validate_existing},
};
use jiff::Timestamp;
use std::sync::Arc;
use store::{
    StoreError, Tx,
    directory::Reserve,
    region::{Versioned, directory_task::Action as Tell},
};

/// For whom a start turns out to be.
enum Whom {
    /// Nobody has that address: a new customer, in that region.
    New { region: String },
    /// An own customer (START-7).
    Own(OrgId),
    /// An organization without relationship (START-6).
    Stranger(OrgId),
}

impl Whom {
    fn region(&self) -> &str {
        match self {
            Whom::New { region } => region,
            Whom::Own(id) | Whom::Stranger(id) => id.region(),
        }
    }
}

struct Start<'a> {
    actor: &'a Actor,
    wish: &'a Wish,
    program: Arc<Program>,
    holder: &'a str,
    dry_run: bool,
}

impl App {
    /// START: all faults of the form at once, without starting anything.
    ///
    /// # Errors
    /// `role_required`, `not_certified`; what is wrong comes as the value.
    pub fn check_start(&self, actor: &Actor, input: &StartInput) -> Result<Vec<FieldError>, Error> {
        allow(actor, Action::StartTrial, self.clock.now())?;
        Ok(validate(input, &*self.program()?, &is_zone).err().unwrap_or_default())
    }

    /// START: starts a trial for a new or an own customer, asks an existing one.
    ///
    /// # Errors
    /// What the rules refuse; nothing has happened then.
    pub async fn start_trial(&self, actor: &Actor, input: &StartInput, guard: &Guard) -> Result<Outcome, Error> {
        allow(actor, Action::StartTrial, self.clock.now())?;
        let program = self.program()?;
        let fresh = self.unique();
        let checked = validate(input, &program, &is_zone);
        let whom = match &checked {
            Ok(wish) => self.whom(actor, wish, &program, "").await,
            Err(_) => Ok(Whom::New {
                region: actor.id().region().to_owned(),
            }),
        };
        // Before anything is known the key belongs to the person's own region.
        let region = whom.as_ref().map_or(actor.id().region(), Whom::region).to_owned();
        let idem = if guard.dry_run { None } else { guard.idem.as_ref() };
        let slot = match self.hold_key(actor, idem, &region).await? {
            Held::Again(answer) => return *answer,
            Held::Fresh(slot) => slot,
        };
        let holder = slot.as_ref().map_or(fresh, |slot| slot.holder().to_owned());
        let result = match checked {
            Ok(wish) => {
                let start = Start {
                    actor,
                    wish: &wish,
                    program,
                    holder: &holder,
                    dry_run: guard.dry_run,
                };
                self.start_counted(&start, slot.as_ref()).await
            }
            Err(errors) => Err(errors.into()),
        };
        self.settle(slot, &region, result).await
    }

    /// START-6: whatever tells what an address belongs to without finishing a start is counted.
    async fn start_counted(&self, start: &Start<'_>, slot: Option<&Slot<'_>>) -> Result<Outcome, Error> {
        let Target::Form { email, .. } = &start.wish.target else {
            return self.start_retried(start, slot).await;
        };
        self.check_lookup(start.actor, &email.key).await?;
        if start.dry_run {
            self.count_lookup(start.actor, &email.key).await?;
        }
        let result = self.start_retried(start, slot).await;
        let told = match &result {
            Ok(outcome) => outcome.trial.trial.origin == Origin::Request,
            Err(Error::Refused(_)) => true,
            Err(Error::Store(_) | Error::Internal(_)) => false,
        };
        if told && !start.dry_run {
            self.count_lookup(start.actor, &email.key).await?;
        }
        result
    }

    async fn start_retried(&self, start: &Start<'_>, slot: Option<&Slot<'_>>) -> Result<Outcome, Error> {
        let _moment = self.moment().await;
        let mut attempt = 0;
        loop {
            attempt += 1;
            let whom = self.whom(start.actor, start.wish, &start.program, start.holder).await?;
            let result = match &whom {
                Whom::New { region } => self.start_new(start, region, slot).await,
                Whom::Own(id) => self.start_existing(start, id, Origin::Own, slot).await,
                Whom::Stranger(id) => self.start_existing(start, id, Origin::Request, slot).await,
            };
            match result {
                Err(error) if error.is_race() && attempt < ATTEMPTS => {}
                result => return result,
            }
        }
    }

    async fn whom(&self, actor: &Actor, wish: &Wish, program: &Program, holder: &str) -> Result<Whom, Error> {
        let (email, country, expect) = match &wish.target {
            // ORG-7
            Target::Own(id) if id == actor.org() => return Err(Error::field("/customer/id", Code::OwnOrganization)),
            Target::Own(id) => return Ok(Whom::Own(self.own_customer(actor, id.as_str(), "/customer/id").await?)),
            Target::Form {
                email, country, expect, ..
            } => (email, country, expect.as_deref()),
        };
        self.refuse_colleague(actor, &email.key, "/customer/admin_email")
            .await?;
        let owner = self.owner_of("email", &email.key, holder).await?;
        let mismatch = match expect {
            Some("new") => owner.is_some(),
            Some(_) => owner.is_none(),
            None => false,
        };
        if mismatch {
            return Err(Error::code(Code::CustomerMismatch));
        }
        let Some(owner) = owner else {
            let region = program
                .country(country)
                .map(|country| country.region.clone())
                .unwrap_or_default();
            return Ok(Whom::New { region });
        };
        let line = self
            .region(owner.region())?
            .read()
            .relationship(&owner, actor.org())
            .await?;
        match line {
            Some(line) if !line.pending => Ok(Whom::Own(
                self.own_customer(actor, owner.as_str(), "/customer/admin_email")
                    .await?,
            )),
            Some(_) | None => Ok(Whom::Stranger(owner)),
        }
    }

    async fn start_new(&self, start: &Start<'_>, region: &str, slot: Option<&Slot<'_>>) -> Result<Outcome, Error> {
        validate_existing(start.wish, Origin::New, &start.program)?;
        let Target::Form {
            name,
            email,
            vertical,
            country,
            zone: zone_name,
            language,
            ..
        } = &start.wish.target
        else {
            return Err(Error::Internal("a new customer without a form".to_owned()));
        };
        let now = self.clock.now();
        let store = self
            .stores
            .region(region)
            .ok_or_else(|| StoreError::Unavailable(format!("no store for {region}")))?;
        let id = OrgId::new(region, &self.unique());
        let facts = Customer {
            country: country.clone(),
            zone: zone_name.clone(),
            language: language.clone(),
            vertical: vertical.clone(),
            purchased: Vec::new(),
            closed_on: None,
        };
        let organization = Organization {
            id: id.clone(),
            name: name.clone(),
            kind: Kind::Customer(facts),
            created_at: now,
        };
        let person = administrator(
            PersonId::new(region, &self.unique()),
            &organization,
            &email.address,
            now,
        )?;
        let site = start.wish.site.as_ref().map(|(site, _)| site.as_str());
        self.reserve_new(start, &id, &email.key, site).await?;
        let tx = store.begin().await?;
        let written = async {
            tx.add_organization(&organization).await?;
            tx.add_people(std::slice::from_ref(&person)).await?;
            let mut tell = vec![self.directory_task(Tell::Confirm, "email", &email.key, &id)];
            tell.extend(site.map(|site| self.directory_task(Tell::Confirm, "site", site, &id)));
            tx.tell_directory(&tell).await?;
            let customer = Versioned {
                value: organization.clone(),
                version: 1,
            };
            self.begin(&tx, start, &customer, person.id.clone(), Origin::New, slot)
                .await
        };
        match written.await {
            Ok(outcome) => self.finish(tx, start, outcome).await,
            Err(error) => {
                tx.rollback().await?;
                self.give_back(start, &id, &email.key, site).await?;
                Err(error)
            }
        }
    }

    async fn reserve_new(&self, start: &Start<'_>, id: &OrgId, email: &str, site: Option<&str>) -> Result<(), Error> {
        if let Some(site) = site {
            self.check_site(site).await?;
        }
        if start.dry_run {
            return Ok(());
        }
        let until = self.lease();
        if let Some(site) = site {
            // Its rest may be over, or its holder dead.
            if let Some(entry) = self.stores.directory.find("site", site).await? {
                self.stores.directory.drop_entry(&entry).await?;
            }
        }
        let mut wanted = vec![Reserve {
            kind: "email",
            value: email,
            organization: id,
            holder: start.holder,
            until,
        }];
        wanted.extend(site.map(|value| Reserve {
            kind: "site",
            value,
            organization: id,
            holder: start.holder,
            until,
        }));
        match self.stores.directory.reserve(&wanted).await {
            Err(StoreError::Taken(what)) => {
                // Whose it is now decides: the address is looked at again, a site is somebody's.
                let free = self.stores.directory.find("email", email).await?.is_none();
                Err(if free {
                    taken(site.unwrap_or_default())
                } else {
                    StoreError::Taken(what).into()
                })
            }
            other => Ok(other?),
        }
    }

    async fn give_back(&self, start: &Start<'_>, id: &OrgId, email: &str, site: Option<&str>) -> Result<(), Error> {
        if start.dry_run {
            return Ok(());
        }
        self.stores.directory.release("email", email, id).await?;
        if let Some(site) = site {
            self.stores.directory.release("site", site, id).await?;
        }
        Ok(())
    }

    async fn start_existing(
        &self,
        start: &Start<'_>,
        id: &OrgId,
        origin: Origin,
        slot: Option<&Slot<'_>>,
    ) -> Result<Outcome, Error> {
        validate_existing(start.wish, origin, &start.program)?;
        if let Some(slot) = slot {
            slot.route(id.region()).await?;
        }
        let site = start.wish.site.as_ref().map(|(site, _)| site.as_str());
        if let Some(site) = site {
            self.check_site(site).await?;
        }
        let tx = self.region(id.region())?.begin().await?;
        tx.lock(id).await?;
        let customer = tx.read().organization(id).await?.ok_or_else(Error::not_found)?;
        let facts = customer_of(&customer.value)?;
        if facts.closed_on.is_some() {
            return Err(StoreError::Conflict.into());
        }
        // START-2: what is required and was bought is there already; it need not be tried.
        let met = |service: &domain::trial::TrialService| {
            service.added_by == AddedBy::Requirement
                && eligibility::is_owned(&service.id, &facts.purchased, &start.program)
        };
        let mut wish = start.wish.clone();
        wish.services.retain(|service| !met(service));
        let start = &Start {
            wish: &wish,
            program: start.program.clone(),
            ..*start
        };
        self.check_eligible(&tx, start, id, facts, origin).await?;
        let administrator = match &start.wish.target {
            Target::Form { email, .. } => tx
                .read()
                .person_by_email(id, &email.key)
                .await?
                .map(|found| found.value.id),
            Target::Own(_) => None,
        };
        let administrator = match administrator {
            Some(person) => person,
            None => first_administrator(&tx, id).await?,
        };
        let outcome = self.begin(&tx, start, &customer, administrator, origin, slot).await?;
        // A request takes no site: its details are confirmed after consent (PROV-1).
        if let (Some(site), Origin::Own, false) = (site, origin, start.dry_run) {
            self.take_site(site, id, outcome.trial.trial.id.as_str()).await?;
            tx.tell_directory(&[self.directory_task(Tell::Confirm, "site", site, id)])
                .await?;
        }
        self.finish(tx, start, outcome).await
    }

    /// ELIG-1 to 4. To a stranger the only reason is that there is one.
    async fn check_eligible(
        &self,
        tx: &Tx,
        start: &Start<'_>,
        id: &OrgId,
        facts: &Customer,
        origin: Origin,
    ) -> Result<(), Error> {
        let zone = zone(&facts.zone)?;
        let trials: Vec<_> = tx
            .read()
            .trials_of(id)
            .await?
            .into_iter()
            .map(|record| record.trial)
            .collect();
        let standing = eligibility::standing(&facts.purchased, &trials, &zone);
        let today = domain::time::civil_day(self.clock.now(), &zone);
        let wanted: Vec<String> = start.wish.services.iter().map(|service| service.id.clone()).collect();
        let mut refused = eligibility::refused(&wanted, start.actor.org(), &standing, today, &start.program);
        if origin == Origin::Request {
            let asked = |service: &str| {
                trials.iter().any(|trial| {
                    trial.partner == *start.actor.org()
                        && trial.status() == domain::trial::Status::PendingConsent
                        && trial.services.iter().any(|one| one.id == service)
                })
            };
            for reason in &mut refused {
                "unavailable".clone_into(&mut reason.reason);
                reason.possible_from = None;
            }
            // One's own open request is no secret, and asking twice is no second request.
            for service in wanted.iter().filter(|id| asked(id)) {
                let reason = "tried_by_you".to_owned();
                refused.retain(|one| one.service != *service);
                refused.push(domain::refusal::ServiceReason {
                    service: service.clone(),
                    reason,
                    possible_from: None,
                });
            }
        }
        if refused.is_empty() {
            Ok(())
        } else {
            Err(Refusal::services(Code::ServiceNotEligible, refused).into())
        }
    }

    /// The trial begins, in the transaction, with everything that follows at once.
    async fn begin(
        &self,
        tx: &Tx,
        start: &Start<'_>,
        customer: &Versioned<Organization>,
        administrator: PersonId,
        origin: Origin,
        slot: Option<&Slot<'_>>,
    ) -> Result<Outcome, Error> {
        let zone_name = customer_of(&customer.value)?.zone.clone();
        let zone = zone(&zone_name)?;
        let now = self.clock.now();
        let parties = Parties {
            id: TrialId::new(tx.region(), &self.unique()),
            partner: start.actor.org().clone(),
            customer: customer.value.id.clone(),
            started_by: start.actor.id().clone(),
            administrator,
            zone: zone_name,
        };
        let at = At {
            now,
            zone: &zone,
            program: &start.program,
            provisioner: self.settings.provisioner,
        };
        let change = start.wish.start(parties, origin, &at);
        let by = start.actor.by();
        let save = Save {
            by: &by,
            customer,
            before: None,
            change: &change,
            program: &start.program,
            zone: &zone,
            now,
            due: None,
        };
        let record = self.save(tx, save).await?;
        let held_at = if origin == Origin::New {
            None
        } else {
            self.held_at(&tx.read(), &record.trial.customer).await?
        };
        let around = Around {
            customer: &customer.value,
            program: &start.program,
            zone: &zone,
            now,
            held_at,
        };
        let plan = if start.dry_run {
            let rows = tx.read().milestones(&record.trial.id).await?;
            Some(self.plan_items(&tx.read(), &record.trial, &rows, &around).await?)
        } else {
            None
        };
        let trial = self.view(record, &around).await?;
        let outcome = Outcome {
            trial,
            changed: true,
            before: None,
            plan,
        };
        if let Some(slot) = slot {
            slot.keep(tx, &outcome).await?;
        }
        Ok(outcome)
    }

    async fn finish(&self, tx: Tx, start: &Start<'_>, mut outcome: Outcome) -> Result<Outcome, Error> {
        if start.dry_run {
            tx.rollback().await?;
            outcome.trial.id = None;
            outcome.trial.version = 0;
            if outcome.trial.trial.origin == Origin::New {
                outcome.trial.customer_id = None;
            }
            for item in outcome.plan.iter_mut().flatten() {
                // Nothing of it has happened.
                "planned".clone_into(&mut item.state);
                item.done_at = None;
            }
            return Ok(outcome);
        }
        tx.commit().await?;
        self.rang();
        Ok(outcome)
    }
}

fn administrator(id: PersonId, organization: &Organization, email: &str, now: Timestamp) -> Result<Person, Error> {
    let facts = customer_of(organization)?;
    Ok(Person {
        id,
        organization: organization.id.clone(),
        email: email.to_owned(),
        name: String::new(),
        language: facts.language.clone(),
        zone: facts.zone.clone(),
        roles: vec![Role::FullAdministrator],
        licenses: Vec::new(),
        signed_in_at: None,
        created_at: now,
    })
}

async fn first_administrator(tx: &Tx, id: &OrgId) -> Result<PersonId, Error> {
    let people = tx.read().administrators_of(id).await?;
    let full = people.iter().find(|person| person.has(Role::FullAdministrator));
    let found = full.or(people.first()).map(|person| person.id.clone());
    found.ok_or_else(|| Error::Internal(format!("{id} has no administrator")))
}
