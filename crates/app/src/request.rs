//! Trial requests as their customer meets them (CONS).

use crate::{
    Actor, App, Command, Error, Guard, Page, PageRequest, Place,
    load::zone,
    policy::{Action, allow},
    view::Outcome,
};
use domain::{
    ids::{OrgId, RequestId, TrialId},
    person::Role,
    refusal::Code,
    trial::{ConsentGiven, Origin, Status, Wording},
};
use jiff::Timestamp;
use store::region::trial::TrialRecord;

/// CONS-8: the version of the words that an administrator agrees to.
pub const WORDING: u32 = 1;

/// A request.
#[derive(Clone, Debug)]
pub struct RequestView {
    /// Its id.
    pub id: RequestId,
    /// The trial behind it.
    pub trial_id: TrialId,
    /// Who asks.
    pub partner_id: OrgId,
    /// Who asks, by name.
    pub partner_name: String,
    /// For what, with quantities.
    pub services: Vec<String>,
    /// How many licences.
    pub license_quantity: u32,
    /// For how long, in days.
    pub duration_days: u32,
    /// Since when.
    pub requested_at: Timestamp,
    /// CONS-2.
    pub expires_at: Option<Timestamp>,
    /// The trial's.
    pub status: Status,
    /// The trial's version.
    pub version: i64,
}

impl App {
    /// The requests that came to this person's organization, the newest first.
    ///
    /// # Errors
    /// `role_required`.
    pub async fn requests(
        &self,
        actor: &Actor,
        statuses: &[String],
        page: &PageRequest,
    ) -> Result<Page<RequestView>, Error> {
        allow(actor, Action::ReadRequest, self.clock.now())?;
        let mut items = Vec::new();
        if actor.is_customer() {
            let records = self.region(actor.org().region())?.read().trials_of(actor.org()).await?;
            let asked = |record: &TrialRecord| record.trial.origin == Origin::Request;
            let after = page.after.as_ref().map(|place| place.1.as_str());
            let older = |record: &TrialRecord| after.is_none_or(|after| record.trial.id.as_str() < after);
            for record in records
                .into_iter()
                .rev()
                .filter(|record| asked(record) && older(record))
            {
                if !statuses.is_empty() && !statuses.iter().any(|status| status == record.trial.status().as_str()) {
                    continue;
                }
                items.push(self.request_view(record).await?);
            }
        }
        let more = items.len() > page.limit;
        items.truncate(page.limit);
        let place = |view: &RequestView| Place(String::new(), view.trial_id.0.clone());
        let next = items.last().filter(|_| more).map(place);
        Ok(Page {
            items,
            next,
            unavailable_regions: Vec::new(),
        })
    }

    /// One of them.
    ///
    /// # Errors
    /// `not_found`, `role_required`.
    pub async fn request(&self, actor: &Actor, id: &RequestId) -> Result<RequestView, Error> {
        let trial = self.request_trial(actor, id).await?;
        self.request_view(trial).await
    }

    async fn request_trial(&self, actor: &Actor, id: &RequestId) -> Result<TrialRecord, Error> {
        let trial = id.trial();
        let record = self
            .region(trial.region())?
            .read()
            .trial(&trial)
            .await?
            .ok_or_else(Error::not_found)?;
        if !actor.is_customer() || record.trial.customer != *actor.org() || record.trial.origin != Origin::Request {
            return Err(Error::not_found());
        }
        allow(actor, Action::ReadRequest, self.clock.now())?;
        Ok(record)
    }

    /// CONS-7: what a link leads to; opening it changes nothing.
    ///
    /// # Errors
    /// `not_found`, `link_superseded`.
    pub async fn request_by_link(&self, actor: &Actor, secret: &str) -> Result<RequestView, Error> {
        let id = self.check_link(actor, secret).await?;
        self.request(actor, &id).await
    }

    async fn check_link(&self, actor: &Actor, secret: &str) -> Result<RequestId, Error> {
        if !actor.is_customer() || secret.len() > 200 {
            return Err(Error::not_found());
        }
        let reads = self.region(actor.org().region())?.read();
        let link = reads.link(secret).await?.ok_or_else(Error::not_found)?;
        let trial = reads.trial(&link.trial).await?.ok_or_else(Error::not_found)?;
        if trial.trial.customer != *actor.org() {
            return Err(Error::not_found());
        }
        if link.superseded {
            return Err(Error::code(Code::LinkSuperseded));
        }
        Ok(link.trial.request())
    }

    /// CONS-3: yes.
    ///
    /// # Errors
    /// `not_full_administrator`, `already_decided`, `consent_expired`, `link_superseded`, `services_changed`.
    pub async fn accept_request(
        &self,
        actor: &Actor,
        id: &RequestId,
        grant_full_admin: bool,
        accept_reduced: bool,
        link: Option<&str>,
        guard: &Guard,
    ) -> Result<Outcome, Error> {
        self.may_decide(actor, id, link).await?;
        let given = ConsentGiven {
            by: actor.id().clone(),
            grant_full_admin,
            accept_reduced,
            wording: Wording {
                version: WORDING,
                language: actor.language.clone(),
            },
            from: actor.from.clone(),
        };
        self.execute(actor, &id.trial(), &Command::Accept(given), guard).await
    }

    /// CONS-5: no.
    ///
    /// # Errors
    /// `not_full_administrator`, `already_decided`, `consent_expired`, `link_superseded`.
    pub async fn decline_request(
        &self,
        actor: &Actor,
        id: &RequestId,
        reason: Option<String>,
        link: Option<&str>,
        guard: &Guard,
    ) -> Result<Outcome, Error> {
        self.may_decide(actor, id, link).await?;
        self.execute(actor, &id.trial(), &Command::Decline(reason), guard).await
    }

    /// CONS-2: only a full administrator decides, also when the link reached someone else.
    ///
    /// # Errors
    /// `not_full_administrator`, `not_found`, `link_superseded`.
    pub async fn may_decide(&self, actor: &Actor, id: &RequestId, link: Option<&str>) -> Result<(), Error> {
        self.request_trial(actor, id).await?;
        if !actor.has(Role::FullAdministrator) {
            return Err(Error::code(Code::NotFullAdministrator));
        }
        if let Some(link) = link
            && self.check_link(actor, link).await? != *id
        {
            return Err(Error::not_found());
        }
        Ok(())
    }

    async fn request_view(&self, record: TrialRecord) -> Result<RequestView, Error> {
        let trial = record.trial;
        let program = self.program_version(trial.program_version).await?;
        let deadline = trial
            .created_at
            .checked_add(jiff::SignedDuration::from_hours(
                24 * i64::from(program.policy.consent_days),
            ))
            .ok();
        Ok(RequestView {
            id: trial.id.request(),
            partner_name: self.company_name(&trial.partner).await?,
            services: trial.service_ids(),
            license_quantity: trial.license_quantity,
            duration_days: trial.duration_days,
            requested_at: trial.created_at,
            expires_at: deadline,
            status: trial.status(),
            trial_id: trial.id,
            partner_id: trial.partner,
            version: record.version,
        })
    }
}

/// PROV-1: what was sent to confirm the details.
#[derive(Clone, Debug, Default)]
pub struct DetailsInput {
    /// START-5.
    pub meetings: Option<domain::trial::MeetingsInput>,
    /// DEV-1.
    pub devices: Option<domain::trial::DevicesInput>,
    /// TIME-1.
    pub time_zone: Option<String>,
}

impl App {
    /// PROV-1: the partner confirms, changes or completes the details.
    ///
    /// # Errors
    /// Wrong input, `wrong_status`, `site_name_taken`.
    pub async fn confirm_details(
        &self,
        actor: &Actor,
        id: &TrialId,
        input: &DetailsInput,
        guard: &Guard,
    ) -> Result<Outcome, Error> {
        let loaded = self.loaded_for(actor, id, Action::ManageTrial).await?;
        let (mut errors, is_zone) = (Vec::new(), crate::load::is_zone);
        if input.time_zone.as_deref().is_some_and(|zone| !is_zone(zone)) {
            errors.push(domain::refusal::FieldError::new("/time_zone", Code::InvalidTimeZone));
        }
        let default_zone = input.time_zone.as_deref().unwrap_or(&loaded.record.trial.zone);
        let meetings = input.meetings.as_ref().and_then(|meetings| {
            // The site's name may be known already.
            let known = loaded.record.texts.get("site").cloned();
            let merged = domain::trial::MeetingsInput {
                site: meetings.site.clone().or(known),
                time_zone: meetings.time_zone.clone(),
            };
            let block = domain::trial::meetings_block(&merged, Some(default_zone), &is_zone, &mut errors);
            block.map(|(site, meetings)| (meetings, site))
        });
        let devices = input
            .devices
            .as_ref()
            .and_then(|devices| domain::trial::devices_block(devices, &loaded.program, &mut errors));
        if !errors.is_empty() {
            return Err(errors.into());
        }
        zone(default_zone)?;
        let details = domain::trial::Details {
            zone: input.time_zone.clone(),
            meetings,
            devices,
        };
        self.execute(actor, id, &Command::ConfirmDetails(details), guard).await
    }
}
