//! ORG-1, ORG-6: the vendor's partners: tier, distributor, certification until a date, allowance.

use crate::{
    Actor, App, Error, Guard, Page, PageRequest,
    door::Purpose,
    idempotency::Held,
    page::{Place, part},
    policy::{self, Action},
};
use domain::{
    ids::{OrgId, PersonId},
    organization::{Allowance, Kind, Organization, Partner},
    person::{Person, Role},
    refusal::{Code, FieldError, Refusal},
    text,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::region::Versioned;

/// A partner as the vendor, and the partner itself, see it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PartnerView {
    /// Its id; none for one that a dry run would make.
    pub id: Option<OrgId>,
    /// Its name.
    pub name: String,
    /// Where its data lies.
    pub region: String,
    /// 1 or 2.
    pub tier: u8,
    /// From whom a tier 2 partner buys.
    pub distributor: Option<(OrgId, String)>,
    /// Whether it can enter the partner hub now.
    pub certified: bool,
    /// The first instant at which it can no more.
    pub certified_until: Option<Timestamp>,
    /// ELIG-5.
    pub allowance: Allowance,
    /// Since when.
    pub created_at: Timestamp,
    /// Counts up with every change.
    pub version: i64,
}

/// A partner to come.
#[derive(Clone, Debug, Default)]
pub struct NewPartner {
    /// Its name.
    pub name: Option<String>,
    /// Where its people's data lies.
    pub region: Option<String>,
    /// Its standing.
    pub standing: Standing,
    /// Its first sales full administrator.
    pub admin_email: Option<String>,
    /// That person's name.
    pub admin_name: Option<String>,
    /// That person's language.
    pub language: Option<String>,
    /// That person's zone.
    pub time_zone: Option<String>,
}

/// What the vendor decides about a partner; what is not given stays.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// 1 or 2.
    pub tier: Option<i64>,
    /// None takes it away.
    pub distributor_id: Option<Option<String>>,
    /// None ends the certification.
    pub certified_until: Option<Option<Timestamp>>,
    /// ELIG-5; none is no limit.
    pub trials_per_month: Option<Option<u32>>,
    /// ELIG-5; none is no limit.
    pub active_trials: Option<Option<u32>>,
}

impl App {
    /// All partners, by name.
    ///
    /// # Errors
    /// `role_required`.
    pub async fn partners(&self, actor: &Actor, page: &PageRequest) -> Result<Page<PartnerView>, Error> {
        policy::allow(actor, Action::ReadPartners, self.clock.now())?;
        let (mut all, mut down) = (Vec::new(), Vec::new());
        for region in self.stores.regions.values() {
            match region.read().organizations_of_kind("partner").await {
                Ok(found) => all.extend(found),
                Err(_) => down.push(region.id().to_owned()),
            }
        }
        let place = |one: &Organization| Place(text::fold(&one.name), one.id.0.clone());
        let found = part(all.into_iter().map(|one| (place(&one), one)).collect(), page);
        let mut items = Vec::with_capacity(found.items.len());
        for organization in found.items {
            let known = self.organization(&organization.id).await?;
            items.push(self.partner_view(known).await?);
        }
        Ok(Page {
            items,
            next: found.next,
            unavailable_regions: down,
        })
    }

    /// One partner: any for the vendor, oneself for a partner's people.
    ///
    /// # Errors
    /// `not_found`, `role_required`.
    pub async fn partner(&self, actor: &Actor, id: &OrgId) -> Result<PartnerView, Error> {
        policy::certified(actor, self.clock.now())?;
        match (actor.is_vendor(), id == actor.org()) {
            (true, _) => policy::allow(actor, Action::ReadPartners, self.clock.now())?,
            (false, true) => {}
            (false, false) => return Err(Error::not_found()),
        }
        let found = self.organization(id).await?;
        if found.value.partner().is_none() {
            return Err(Error::not_found());
        }
        self.partner_view(found).await
    }

    /// Takes up a partner, with its first administrator, who is invited.
    ///
    /// # Errors
    /// `role_required`, wrong input.
    pub async fn add_partner(&self, actor: &Actor, wish: &NewPartner, guard: &Guard) -> Result<PartnerView, Error> {
        policy::allow(actor, Action::ManagePartners, self.clock.now())?;
        let (organization, person) = self.new_partner(actor, wish).await?;
        let region = self.region(organization.id.region())?;
        let slot = match self.hold_key(actor, guard.idem.as_ref(), region.id()).await? {
            Held::Again(answer) => return *answer,
            Held::Fresh(slot) => slot,
        };
        let run = async {
            let tx = region.begin().await?;
            tx.add_organization(&organization).await?;
            tx.add_people(std::slice::from_ref(&person)).await?;
            let body = serde_json::json!({"partner": organization.partner(), "person": person.id});
            self.note(&tx, actor, &organization.id, "partner_added", body).await?;
            let found = Versioned {
                value: organization.clone(),
                version: 1,
            };
            let view = self.partner_view(found).await?;
            if guard.dry_run {
                tx.rollback().await?;
                return Ok(PartnerView { id: None, ..view });
            }
            self.post_door(&tx, &person.id, Purpose::Invitation, Some(actor.id().clone()))
                .await?;
            if let Some(slot) = &slot {
                slot.keep(&tx, &view).await?;
            }
            tx.commit().await?;
            self.rang();
            Ok(view)
        };
        let result = run.await;
        self.settle(slot, result).await
    }

    async fn new_partner(&self, actor: &Actor, wish: &NewPartner) -> Result<(Organization, Person), Error> {
        let mut errors: Vec<FieldError> = Vec::new();
        let mut keep = |error: Error| match error {
            Error::Refused(refusal) => {
                errors.extend(refusal.errors);
                None::<String>
            }
            _ => None,
        };
        let name = match wish.name.as_deref() {
            None => keep(Error::field("/name", Code::Required)),
            Some(name) => match text::name(name) {
                Ok(name) => Some(name),
                Err(code) => keep(Error::field("/name", code)),
            },
        };
        let region = match wish.region.as_deref() {
            None => keep(Error::field("/region", Code::Required)),
            Some(id) if self.stores.region(id).is_some() => Some(id.to_owned()),
            Some(_) => {
                let all: Vec<&str> = self.stores.regions.values().map(store::Region::id).collect();
                let error = FieldError::new("/region", Code::UnknownValue).with("allowed", all.join(", "));
                keep(Refusal::input(vec![error]).into())
            }
        };
        let email = match crate::lookup::email_at("/admin_email", wish.admin_email.as_deref()) {
            Ok(email) => Some(email.address),
            Err(error) => keep(error),
        };
        let fresh = Partner {
            tier: 1,
            distributor: None,
            certified_until: None,
            allowance: Allowance::default(),
        };
        let standing = match self.decided(&fresh, &wish.standing, None).await {
            Ok(standing) => Some(standing),
            Err(error @ Error::Refused(_)) => {
                keep(error);
                None
            }
            // A store that does not answer is no fault of the form.
            Err(error) => return Err(error),
        };
        let (Some(name), Some(region), Some(email), Some(standing)) = (name, region, email, standing) else {
            return Err(errors.into());
        };
        let organization = Organization {
            id: OrgId::new(&region, &self.unique()),
            name,
            kind: Kind::Partner(standing),
            created_at: self.clock.now(),
        };
        let own = &actor.person;
        let person = Person {
            id: PersonId::new(&region, &self.unique()),
            organization: organization.id.clone(),
            email,
            name: match wish.admin_name.as_deref() {
                Some(name) => text::name(name).map_err(|code| Error::field("/admin_name", code))?,
                None => String::new(),
            },
            language: crate::people::language_of(wish.language.as_deref())?.unwrap_or_else(|| own.language.clone()),
            zone: crate::people::zone_of(wish.time_zone.as_deref())?.unwrap_or_else(|| own.zone.clone()),
            roles: vec![Role::SalesFullAdministrator],
            licenses: Vec::new(),
            signed_in_at: None,
            disabled_at: None,
            theme: String::new(),
            digest: false,
            bounced_at: None,
            service: false,
            created_at: self.clock.now(),
        };
        Ok((organization, person))
    }

    /// Changes a partner's standing; of a dry run with the partner before. It acts on the next request.
    ///
    /// # Errors
    /// `role_required`, `not_found`, wrong input, `version_conflict`.
    pub async fn patch_partner(
        &self,
        actor: &Actor,
        id: &OrgId,
        wish: &Standing,
        guard: &Guard,
    ) -> Result<(PartnerView, Option<PartnerView>), Error> {
        policy::certified(actor, self.clock.now())?;
        if !actor.is_vendor() && id != actor.org() {
            return Err(Error::not_found());
        }
        policy::allow(actor, Action::ManagePartners, self.clock.now())?;
        let tx = self.region(id.region())?.begin().await?;
        tx.lock(id).await?;
        let before = tx.read().organization(id).await?.ok_or_else(Error::not_found)?;
        let Some(partner) = before.value.partner() else {
            return Err(Error::not_found());
        };
        if let Some(known) = &guard.if_match
            && !known.contains(&before.version)
        {
            return Err(Refusal::new(Code::VersionConflict)
                .with("version", before.version)
                .into());
        }
        let standing = self.decided(partner, wish, Some(id)).await?;
        if standing == *partner {
            return Ok((self.partner_view(before).await?, None));
        }
        let mut after = before.clone();
        let body = serde_json::json!({"partner": standing});
        after.value.kind = Kind::Partner(standing);
        tx.put_organization(&after).await?;
        self.note(&tx, actor, id, "partner_changed", body).await?;
        after.version += 1;
        let view = self.partner_view(after).await?;
        if guard.dry_run {
            tx.rollback().await?;
            return Ok((view, Some(self.partner_view(before).await?)));
        }
        tx.commit().await?;
        Ok((view, None))
    }

    /// A partner's standing with what is to change; all faults at once.
    async fn decided(&self, before: &Partner, wish: &Standing, id: Option<&OrgId>) -> Result<Partner, Error> {
        let mut after = before.clone();
        let mut errors = Vec::new();
        match wish.tier {
            None => {}
            Some(1) => after.tier = 1,
            Some(2) => after.tier = 2,
            Some(_) => errors.push(FieldError::new("/tier", Code::UnknownValue).with("allowed", "1, 2")),
        }
        match &wish.distributor_id {
            None => {}
            Some(None) => after.distributor = None,
            Some(Some(given)) => match self.distributor(given, id).await? {
                Some(found) => after.distributor = Some(found),
                None => errors.push(FieldError::new("/distributor_id", Code::InvalidId).with("value", given)),
            },
        }
        // A tier 1 partner buys from the vendor; a tier 2 partner from a distributor.
        match (after.tier, &after.distributor, wish.distributor_id.is_some()) {
            (1, Some(_), true) => errors.push(FieldError::new("/distributor_id", Code::ConflictingFields)),
            (1, Some(_), false) => after.distributor = None,
            (2, None, _) if errors.is_empty() => errors.push(FieldError::new("/distributor_id", Code::Required)),
            _ => {}
        }
        if let (2, Some(id)) = (after.tier, id)
            && before.tier == 1
            && self.distributes(id).await?
        {
            errors.push(FieldError::new("/tier", Code::ConflictingFields));
        }
        after.certified_until = wish.certified_until.unwrap_or(before.certified_until);
        after.allowance.trials_per_month = wish.trials_per_month.unwrap_or(before.allowance.trials_per_month);
        after.allowance.active_trials = wish.active_trials.unwrap_or(before.allowance.active_trials);
        if errors.is_empty() {
            Ok(after)
        } else {
            Err(errors.into())
        }
    }

    async fn distributor(&self, given: &str, id: Option<&OrgId>) -> Result<Option<OrgId>, Error> {
        let Some(wanted) = OrgId::parse(given).filter(|wanted| Some(wanted) != id) else {
            return Ok(None);
        };
        let Some(region) = self.stores.region(wanted.region()) else {
            return Ok(None);
        };
        let found = region.read().organization(&wanted).await?;
        let fits = |organization: &Organization| organization.partner().is_some_and(|partner| partner.tier == 1);
        Ok(found.filter(|found| fits(&found.value)).map(|_| wanted))
    }

    async fn distributes(&self, id: &OrgId) -> Result<bool, Error> {
        for region in self.stores.regions.values() {
            let partners = region.read().organizations_of_kind("partner").await?;
            let buys = |one: &Organization| one.partner().is_some_and(|one| one.distributor.as_ref() == Some(id));
            if partners.iter().any(buys) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    pub(crate) async fn organization(&self, id: &OrgId) -> Result<Versioned<Organization>, Error> {
        let found = self.region(id.region())?.read().organization(id).await?;
        found.ok_or_else(Error::not_found)
    }

    async fn partner_view(&self, found: Versioned<Organization>) -> Result<PartnerView, Error> {
        let partner = found.value.partner().ok_or_else(Error::not_found)?;
        let distributor = match &partner.distributor {
            Some(id) => Some((id.clone(), self.company_name(id).await?)),
            None => None,
        };
        Ok(PartnerView {
            name: found.value.name.clone(),
            region: found.value.id.region().to_owned(),
            tier: partner.tier,
            distributor,
            certified: partner.is_certified(self.clock.now()),
            certified_until: partner.certified_until,
            allowance: partner.allowance,
            created_at: found.value.created_at,
            version: found.version,
            id: Some(found.value.id),
        })
    }
}
