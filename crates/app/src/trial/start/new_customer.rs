//! START-1: a customer that nobody knows yet.

use super::Start;
use crate::{
    App, Error,
    directory::{pause, taken},
    idempotency::Slot,
    load::customer_of,
    view::Outcome,
};
use domain::{
    ids::{OrgId, PersonId},
    organization::{Customer, Kind, Organization},
    person::{Person, Role},
    text::Email,
    trial::{Origin, Target, validate_existing},
};
use jiff::Timestamp;
use store::{
    StoreError,
    directory::Reserve,
    region::{Versioned, directory_task::Action as Tell},
};

impl App {
    pub(super) async fn start_new(
        &self,
        start: &Start<'_>,
        region: &str,
        slot: Option<&Slot<'_>>,
    ) -> Result<Outcome, Error> {
        validate_existing(start.wish, Origin::New, &start.program)?;
        let store = self
            .stores
            .region(region)
            .ok_or_else(|| StoreError::Unavailable(format!("no store for {region}")))?;
        let id = OrgId::new(region, &self.unique());
        let (organization, email) = company(&start.wish.target, id.clone(), self.clock.now())?;
        let person = PersonId::new(region, &self.unique());
        let person = administrator(person, &organization, &email.address, self.clock.now())?;
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
        match site {
            Some(site) if start.dry_run => return self.check_site(site).await,
            Some(site) => self.clear_site(site).await?,
            None if start.dry_run => return Ok(()),
            None => {}
        }
        let until = self.lease();
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
                // Whose it is now decides: the address is looked at again, a site is somebody's. Who takes it at this
                // moment may share a commit that is still to come, and cannot be seen yet.
                let directory = &self.stores.directory;
                let address = directory.find("email", email).await?;
                if let (None, Some(name)) = (&address, site)
                    && directory.find("site", name).await?.is_some()
                {
                    return Err(taken(name));
                }
                if address.is_none() {
                    pause().await;
                }
                Err(StoreError::Taken(what).into())
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
}

/// The organization as the form describes it, and its administrator's address.
fn company(target: &Target, id: OrgId, now: Timestamp) -> Result<(Organization, &Email), Error> {
    let Target::Form {
        name,
        email,
        vertical,
        country,
        zone,
        language,
        ..
    } = target
    else {
        return Err(Error::Internal("a new customer without a form".to_owned()));
    };
    let facts = Customer {
        country: country.clone(),
        zone: zone.clone(),
        language: language.clone(),
        vertical: vertical.clone(),
        purchased: Vec::new(),
        orders: Vec::new(),
        closed_on: None,
    };
    let organization = Organization {
        id,
        name: name.clone(),
        kind: Kind::Customer(facts),
        created_at: now,
    };
    Ok((organization, email))
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
        disabled_at: None,
        theme: String::new(),
        digest: false,
        bounced_at: None,
        service: false,
        created_at: now,
    })
}
