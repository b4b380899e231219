//! DEV-9: devices found again: by their demo order number, or without it.

use super::ShipmentView;
use crate::{
    Actor, App, Error,
    policy::{Action, Tie, allow, sees},
};
use domain::{
    ids::{OrgId, ShipmentId, TrialId},
    refusal::{Code, FieldError},
    serial::{order_number, serial},
    text,
};
use std::collections::BTreeSet;

/// What is known about devices.
#[derive(Clone, Debug, Default)]
pub struct LookedUp {
    /// The demo order number.
    pub order: Option<String>,
    /// The customer's organization.
    pub org_id: Option<String>,
    /// The address of an administrator there.
    pub admin_email: Option<String>,
    /// The serials of all of its devices.
    pub serials: Vec<String>,
}

/// Devices that were found.
#[derive(Clone, Debug)]
pub struct Found {
    /// The demo order number, where all have the same.
    pub order_number: Option<String>,
    /// The shipments.
    pub shipments: Vec<ShipmentView>,
}

/// As many serials are read.
const MOST: usize = 200;

impl App {
    /// DEV-9: found by the order number alone; or by the organization with the address of one of its administrators, or
    /// with the serials of all devices that it has. Counted like START-6.
    ///
    /// # Errors
    /// `role_required`, wrong input, `too_many_requests`; `not_found` for what is not there, not seen, or not all of it.
    pub async fn look_up_devices(&self, actor: &Actor, wish: &LookedUp) -> Result<Found, Error> {
        allow(actor, Action::LookUpDevices, self.clock.now())?;
        let ids = match (&wish.order, &wish.org_id) {
            (Some(order), None) if wish.admin_email.is_none() && wish.serials.is_empty() => {
                let number = order_number(order).map_err(|code| Error::field("/query/order", code))?;
                self.count_lookup(actor, &number).await?;
                self.by_order(actor, &number).await?
            }
            (None, Some(org)) => self.by_organization(actor, org, wish).await?,
            (Some(_), _) => return Err(Error::field("/query/order", Code::ConflictingFields)),
            (None, None) => return Err(vec![FieldError::new("/query/order", Code::Required)].into()),
        };
        if ids.is_empty() {
            return Err(Error::not_found());
        }
        let views = self.trial_views(ids.iter().map(|(_, trial)| trial)).await?;
        let mut shipments = Vec::new();
        for (id, trial) in &ids {
            let Some(view) = views.get(trial) else { continue };
            let shown = self.devices_in(view).await?;
            shipments.extend(view.trial.shipment(id).map(|one| shown.shipment(one).for_reader(actor)));
        }
        let numbers: BTreeSet<&str> = shipments
            .iter()
            .filter_map(|one| one.shipment.loan().map(|loan| loan.order_number.as_str()))
            .collect();
        let only = numbers
            .first()
            .filter(|_| numbers.len() == 1)
            .map(|number| (*number).to_owned());
        Ok(Found {
            order_number: only,
            shipments,
        })
    }

    async fn by_order(&self, actor: &Actor, number: &str) -> Result<Vec<(ShipmentId, TrialId)>, Error> {
        let mut ids = Vec::new();
        for region in self.stores.regions.values() {
            for (id, trial) in region.read().shipments_by_order(number).await? {
                if self.sees_trial(actor, &trial).await? {
                    ids.push((id, trial));
                }
            }
        }
        Ok(ids)
    }

    async fn sees_trial(&self, actor: &Actor, id: &TrialId) -> Result<bool, Error> {
        let reads = self.region(id.region())?.read();
        let Some(record) = reads.trial(id).await? else {
            return Ok(false);
        };
        let looks_after =
            record.trial.started_by == *actor.id() || reads.is_assigned(&record.trial.customer, actor.id()).await?;
        let tie = Tie {
            customer: &record.trial.customer,
            partner: Some(&record.trial.partner),
            level: None,
            looks_after,
            granted: false,
        };
        sees(actor, &tie)
    }

    async fn by_organization(
        &self,
        actor: &Actor,
        org: &str,
        wish: &LookedUp,
    ) -> Result<Vec<(ShipmentId, TrialId)>, Error> {
        let known = (wish.admin_email.as_deref(), wish.serials.as_slice());
        let (email, serials) = match known {
            (Some(email), []) => {
                let email = text::email(email).map_err(|code| Error::field("/query/admin_email", code))?;
                (Some(email.key), BTreeSet::new())
            }
            (None, [_, ..]) => (None, read_serials(&wish.serials)?),
            (Some(_), _) => return Err(Error::field("/query/serial", Code::ConflictingFields)),
            (None, []) => return Err(vec![FieldError::new("/query/admin_email", Code::Required)].into()),
        };
        let asked = email.clone().unwrap_or_else(|| org.to_owned());
        self.count_lookup(actor, &asked).await?;
        let customer = OrgId::parse(org).ok_or_else(Error::not_found)?;
        let reads = self.region(customer.region())?.read();
        let mut ids = Vec::new();
        let mut out = BTreeSet::new();
        for record in reads.trials_of(&customer).await? {
            let trial = &record.trial;
            // Another partner's devices neither prove anything nor stand in the way.
            if !self.sees_trial(actor, &trial.id).await? {
                continue;
            }
            for (shipment, loan) in trial.shipments.iter().filter_map(|one| Some((one, one.loan()?))) {
                let missing: Vec<String> = loan.missing().map(|device| device.serial.clone()).collect();
                // By serials what is out is found; by the administrator all that was ever lent.
                if email.is_some() || !missing.is_empty() {
                    ids.push((shipment.id.clone(), trial.id.clone()));
                }
                out.extend(missing);
            }
        }
        let proven = match &email {
            Some(key) => {
                let administrators = reads.administrators_of(&customer).await?;
                let is = |person: &domain::person::Person| text::email(&person.email).is_ok_and(|one| one.key == *key);
                administrators.iter().any(is)
            }
            None => serials == out,
        };
        Ok(if proven { ids } else { Vec::new() })
    }
}

fn read_serials(given: &[String]) -> Result<BTreeSet<String>, Error> {
    if given.len() > MOST {
        let error = FieldError::new("/query/serial", Code::TooMany).with("max", MOST);
        return Err(vec![error].into());
    }
    let read = |one: &String| serial(one).map_err(|code| Error::field("/query/serial", code));
    given.iter().map(read).collect()
}
