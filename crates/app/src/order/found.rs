//! CONV-4: a new organization, by a separate choice that says what it is; never by the way.

use super::{CustomerCard, NewOrganization, SetUpView};
use crate::{
    Actor, App, Error,
    door::Purpose,
    idempotency::Slot,
    load::{is_zone, zone},
};
use domain::{
    ids::{OrgId, PersonId},
    order::{Mapped, Order, OrderState},
    organization::{AccessLevel, Customer, Kind, Organization, Purchase, Relationship},
    person::{Person, Role},
    program::Program,
    refusal::{Code, FieldError},
    text::Email,
    time::civil_day,
    trial::{CustomerInput, StartInput, Target, check_customer, listing},
};
use jiff::Timestamp;
use store::{
    StoreError, Tx,
    directory::Reserve,
    region::{Versioned, directory_task::Action as Tell, relationship::Line},
};

/// What is to come to be.
struct Founding {
    organization: Organization,
    person: Person,
    email: Email,
}

impl App {
    pub(super) async fn found_customer(
        &self,
        actor: &Actor,
        found: Versioned<Order>,
        (create, email): (&NewOrganization, &str),
        dry_run: bool,
        slot: Option<&Slot<'_>>,
    ) -> Result<SetUpView, Error> {
        if !actor.is_partner() {
            // Whoever administrates a company has one.
            return Err(Error::field("/create_new_organization", Code::ContactRole));
        }
        let program = self.program()?;
        let target = checked(create, email, &program)?;
        let Target::Form { email, country, .. } = &target else {
            return Err(Error::Internal("a new customer without a form".to_owned()));
        };
        self.refuse_colleague(actor, &email.key, "/trial_admin_email").await?;
        let holder = slot.map_or_else(|| self.unique(), |slot| slot.holder().to_owned());
        let region = program
            .country(country)
            .map(|country| country.region.clone())
            .unwrap_or_default();
        let id = match &found.value.given_up {
            // What a crash left is carried on.
            Some(to) if to.trial.is_none() && to.customer.region() == region => to.customer.clone(),
            _ => OrgId::new(&region, &self.unique()),
        };
        if let Some(owner) = self.owner_of("email", &email.key, &holder).await?
            && owner != id
        {
            return Err(Error::field("/trial_admin_email", Code::AddressTaken));
        }
        let founding = self.founding(&target, &found.value, &id)?;
        if dry_run {
            let order = found.value.clone();
            let view = self.founded_view(actor, &founding, order, found.version).await?;
            let customer = view.customer.map(|card| CustomerCard { id: None, ..card });
            return Ok(SetUpView { customer, ..view });
        }
        self.found_now(actor, found, &founding, &holder, slot).await
    }

    async fn found_now(
        &self,
        actor: &Actor,
        found: Versioned<Order>,
        founding: &Founding,
        holder: &str,
        slot: Option<&Slot<'_>>,
    ) -> Result<SetUpView, Error> {
        let id = &founding.organization.id;
        if let Some(slot) = slot {
            slot.route(id.region()).await?;
            slot.is_about(id);
        }
        let to = Mapped {
            customer: id.clone(),
            trial: None,
        };
        let found = self.put_mapping(found, &to).await?;
        let result = self.write_founding(actor, &found, founding, holder, slot).await;
        self.follow(&found.value, &to).await;
        result
    }

    async fn write_founding(
        &self,
        actor: &Actor,
        found: &Versioned<Order>,
        founding: &Founding,
        holder: &str,
        slot: Option<&Slot<'_>>,
    ) -> Result<SetUpView, Error> {
        let order = &found.value;
        let (organization, email) = (&founding.organization, &founding.email);
        let wanted = Reserve {
            kind: "email",
            value: &email.key,
            organization: &organization.id,
            holder,
            until: self.lease(),
        };
        match self.stores.directory.reserve(&[wanted]).await {
            Err(StoreError::Taken(_)) => return Err(Error::field("/trial_admin_email", Code::AddressTaken)),
            other => other?,
        }
        let tx = self.region(organization.id.region())?.begin().await?;
        match self.write_founded(&tx, actor, found, founding, slot).await {
            Ok(view) => {
                self.still_mine(order).await?;
                tx.commit().await?;
                self.rang();
                Ok(view)
            }
            Err(error) => {
                tx.rollback().await?;
                self.stores
                    .directory
                    .release("email", &email.key, &organization.id)
                    .await?;
                Err(error)
            }
        }
    }

    async fn write_founded(
        &self,
        tx: &Tx,
        actor: &Actor,
        found: &Versioned<Order>,
        founding: &Founding,
        slot: Option<&Slot<'_>>,
    ) -> Result<SetUpView, Error> {
        let order = &found.value;
        let (organization, person) = (&founding.organization, &founding.person);
        tx.add_organization(organization).await?;
        tx.add_people(std::slice::from_ref(person)).await?;
        let confirm = self.directory_task(Tell::Confirm, "email", &founding.email.key, &organization.id);
        tx.tell_directory(&[confirm]).await?;
        self.tie_founded(tx, actor, order, organization).await?;
        let body = serde_json::json!({"order": order.id, "partner": order.partner});
        self.note(tx, actor, &organization.id, "organization_founded", body)
            .await?;
        self.post_door(tx, &person.id, Purpose::Welcome, Some(actor.id().clone()))
            .await?;
        let to = Mapped {
            customer: organization.id.clone(),
            trial: None,
        };
        let mapped = order.mapped(to, organization.created_at);
        let view = self.founded_view(actor, founding, mapped, found.version + 1).await?;
        if let Some(slot) = slot {
            slot.keep(tx, &view).await?;
        }
        Ok(view)
    }

    /// ORG-4: as for a new customer's trial, the partner gets full access.
    async fn tie_founded(
        &self,
        tx: &Tx,
        actor: &Actor,
        order: &Order,
        organization: &Organization,
    ) -> Result<(), Error> {
        let (status, ends_on) = listing(&[], true);
        let line = Line {
            relationship: Relationship {
                customer: organization.id.clone(),
                partner: order.partner.clone(),
                level: AccessLevel::FullAdministrator,
                since: self.clock.now(),
                tags: Vec::new(),
                assigned: Vec::new(),
            },
            pending: false,
            status,
            ends_on,
            services: Vec::new(),
            name_key: domain::text::fold(&organization.name),
            version: 1,
        };
        tx.put_relationship(&line).await?;
        if actor.org() == &order.partner {
            tx.assign(&organization.id, &order.partner, actor.id()).await?;
        }
        Ok(())
    }

    fn founding(&self, target: &Target, order: &Order, id: &OrgId) -> Result<Founding, Error> {
        let Target::Form {
            name,
            email,
            vertical,
            country,
            zone: zone_name,
            language,
            ..
        } = target
        else {
            return Err(Error::Internal("a new customer without a form".to_owned()));
        };
        let now = self.clock.now();
        let since = civil_day(now, &zone(zone_name)?);
        let bought = |(service, quantity): &(String, u32)| Purchase {
            service: service.clone(),
            quantity: *quantity,
            partner: Some(order.partner.clone()),
            since,
        };
        let facts = Customer {
            country: country.clone(),
            zone: zone_name.clone(),
            language: language.clone(),
            vertical: vertical.clone(),
            purchased: order.services.iter().map(bought).collect(),
            orders: vec![(order.id.clone(), now)],
            closed_on: None,
        };
        let person = PersonId::new(id.region(), &self.unique());
        Ok(Founding {
            person: first_administrator(person, id, email, &facts, now),
            organization: Organization {
                id: id.clone(),
                name: name.clone(),
                kind: Kind::Customer(facts),
                created_at: now,
            },
            email: email.clone(),
        })
    }

    async fn founded_view(
        &self,
        actor: &Actor,
        founding: &Founding,
        order: Order,
        version: i64,
    ) -> Result<SetUpView, Error> {
        let organization = &founding.organization;
        let country = organization.customer().map(|facts| facts.country.clone());
        let shown = Order {
            state: OrderState::Open,
            ..order.clone()
        };
        let mut view = self.order_view(actor, Versioned { value: shown, version }).await?;
        view.order = order;
        Ok(SetUpView {
            matches: false,
            order: view,
            trial: None,
            customer: Some(CustomerCard {
                id: Some(organization.id.clone()),
                name: organization.name.clone(),
                country: country.unwrap_or_default(),
                administrators: 1,
                people: Vec::new(),
                numbers: 0,
            }),
            difference: None,
            seen: None,
            candidates: Vec::new(),
            unavailable_regions: Vec::new(),
        })
    }
}

fn first_administrator(id: PersonId, organization: &OrgId, email: &Email, facts: &Customer, now: Timestamp) -> Person {
    Person {
        id,
        organization: organization.clone(),
        email: email.address.clone(),
        name: String::new(),
        language: facts.language.clone(),
        zone: facts.zone.clone(),
        roles: vec![Role::FullAdministrator],
        licenses: Vec::new(),
        signed_in_at: None,
        disabled_at: None,
        theme: String::new(),
        digest: false,
        bounced_at: None,
        service: false,
        created_at: now,
    }
}

/// The form, checked as for a trial's new customer; what is wrong is said where this body has it.
fn checked(create: &NewOrganization, email: &str, program: &Program) -> Result<Target, Error> {
    let input = StartInput {
        customer: Some(CustomerInput {
            id: None,
            admin_email: Some(email.to_owned()),
            expect: None,
            ..create.0.clone()
        }),
        ..StartInput::default()
    };
    let target = check_customer(&input, program, &is_zone);
    let target = target.map_err(|errors| {
        let moved = |error: FieldError| FieldError {
            pointer: match error.pointer.strip_prefix("/customer/") {
                Some("admin_email") => "/trial_admin_email".to_owned(),
                Some(field) => format!("/create_new_organization/{field}"),
                None => error.pointer.clone(),
            },
            ..error
        };
        Error::from(errors.into_iter().map(moved).collect::<Vec<_>>())
    })?;
    match &target {
        // REG-3: nobody decides about a country in passing.
        Target::Form { review: true, .. } => Err(Error::field(
            "/create_new_organization/country",
            Code::RestrictedCountry,
        )),
        Target::Form { .. } | Target::Own(_) => Ok(target),
    }
}
