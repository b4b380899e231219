//! PROV-2: what an external provisioner is asked, what it answers, and what people do in its place.

mod answer;

pub use answer::{ProvisioningOrderAnswer, ProvisioningOrderOutcome};

use crate::{
    Actor, App, Error, Page, PageRequest,
    page::{Place, merge},
    policy::{Action, allow},
    save::Save,
};
use domain::{
    ids::{OrgId, ProvisioningId, TrialId},
    trial::{Provisioner, Provisioning, ProvisioningOrderState, ServiceState, Trial, asked, number_told, sparing},
};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{
    Tx,
    region::provisioning::{ProvisioningOrder, ProvisioningOrderQuery},
};

/// How long a provisioner may take to answer, unless the operator says otherwise.
pub const ANSWER_WITHIN: SignedDuration = SignedDuration::from_hours(24);

/// The trial's text that holds what the provisioner said about services that failed: a map by service.
pub(crate) const REASONS: &str = "provisioning_reasons";

/// An order as the vendor sees it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProvisioningOrderView {
    /// The order.
    pub order: ProvisioningOrder,
    /// Whether somebody should look at it.
    pub stuck: bool,
    /// Empty once erased.
    pub customer_name: String,
    /// ISO 3166 alpha-2.
    pub customer_country: String,
    /// Who runs the trial.
    pub partner: OrgId,
    /// The partner's name.
    pub partner_name: String,
    /// Licences of the service that the customer has in all, by trials and orders.
    pub quantity: Option<u32>,
}

/// Which orders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProvisioningOrderFilter {
    /// In one state.
    pub state: Option<ProvisioningOrderState>,
    /// Only those at which somebody should look, or only the others.
    pub stuck: Option<bool>,
}

impl App {
    /// Orders to the provisioner, the oldest first.
    ///
    /// # Errors
    /// `role_required`.
    pub async fn provisioning_orders(
        &self,
        actor: &Actor,
        filter: ProvisioningOrderFilter,
        page: &PageRequest,
    ) -> Result<Page<ProvisioningOrderView>, Error> {
        allow(actor, Action::ReadProvisioning, self.clock.now())?;
        let after = page.after.as_ref();
        let query = ProvisioningOrderQuery {
            state: filter.state,
            stuck: filter.stuck.map(|stuck| (stuck, self.clock.real())),
            after: after.map(|place| (place.0.parse().unwrap_or(i64::MIN), place.1.clone())),
            limit: page.limit as u64 + 1,
        };
        let place = |one: &ProvisioningOrder| Place(one.asked_at.as_microsecond().to_string(), one.id.0.clone());
        let (mut parts, mut unavailable_regions) = (Vec::new(), Vec::new());
        for region in self.stores.regions.values() {
            match region.read().provisioning_orders(&query).await {
                Ok(found) => parts.push(found.into_iter().map(|one| (place(&one), one)).collect()),
                Err(_) => unavailable_regions.push(region.id().to_owned()),
            }
        }
        let (found, more) = merge(parts, page.limit, false, true);
        let next = found.last().filter(|_| more).map(|(place, _)| place.clone());
        let mut items = Vec::with_capacity(found.len());
        for (_, order) in found {
            items.push(self.provisioning_order_view(order).await?);
        }
        Ok(Page {
            items,
            next,
            unavailable_regions,
        })
    }

    /// How many fit, in the regions that answer.
    ///
    /// # Errors
    /// `role_required`.
    pub async fn count_provisioning_orders(
        &self,
        actor: &Actor,
        filter: ProvisioningOrderFilter,
    ) -> Result<u64, Error> {
        allow(actor, Action::ReadProvisioning, self.clock.now())?;
        let query = ProvisioningOrderQuery {
            state: filter.state,
            stuck: filter.stuck.map(|stuck| (stuck, self.clock.real())),
            ..ProvisioningOrderQuery::default()
        };
        let mut all = 0;
        for region in self.stores.regions.values() {
            all += region.read().count_provisioning_orders(&query).await.unwrap_or(0);
        }
        Ok(all)
    }

    /// One order.
    ///
    /// # Errors
    /// `role_required`, `not_found`.
    pub async fn provisioning_order(&self, actor: &Actor, id: &ProvisioningId) -> Result<ProvisioningOrderView, Error> {
        allow(actor, Action::ReadProvisioning, self.clock.now())?;
        let found = self.region(id.region())?.read().provisioning_order(id).await?;
        self.provisioning_order_view(found.ok_or_else(Error::not_found)?).await
    }

    async fn provisioning_order_view(&self, order: ProvisioningOrder) -> Result<ProvisioningOrderView, Error> {
        let reads = self.region(order.customer.region())?.read();
        let customer = reads.organization(&order.customer).await?;
        let customer = customer.ok_or_else(Error::not_found)?.value;
        let trials = reads.trials_of(&order.customer).await?;
        let trials: Vec<&Trial> = trials.iter().map(|record| &record.trial).collect();
        let trial = trials.iter().find(|trial| trial.id == order.trial);
        let trial = (*trial.ok_or_else(Error::not_found)?).clone();
        let bought = customer.customer().map_or(&[][..], |facts| &facts.purchased);
        let program = self.program_version(trial.program_version).await?;
        Ok(ProvisioningOrderView {
            stuck: order.is_stuck(self.clock.real()),
            quantity: number_told(&order.service, &order.trial, bought, &trials, &program),
            partner_name: self.company_name(&trial.partner).await?,
            partner: trial.partner,
            customer_country: customer
                .customer()
                .map(|facts| facts.country.clone())
                .unwrap_or_default(),
            customer_name: customer.name,
            order,
        })
    }

    /// What a change asks of an external provisioner goes with the change.
    pub(crate) async fn sync_provisioning(&self, tx: &Tx, save: &Save<'_>, trial: &Trial) -> Result<(), Error> {
        if self.settings.provisioner != Provisioner::External {
            return Ok(());
        }
        let now = self.clock.real();
        let late_at = now.checked_add(self.settings.answer_within).unwrap_or(now);
        let before = save.before.map(|record| &record.trial);
        let order = |(act, service)| ProvisioningOrder {
            id: ProvisioningId::new(tx.region(), &self.unique()),
            trial: trial.id.clone(),
            customer: trial.customer.clone(),
            service,
            act,
            state: ProvisioningOrderState::Open,
            asked_at: now,
            attempts: 0,
            misses: 0,
            taken: 0,
            called_at: None,
            heard: None,
            next_at: now,
            late_at,
            answered_at: None,
            answered_by: None,
            by_hand: false,
            reason: None,
            version: 1,
        };
        let asked = asked(before, &save.change.events);
        if asked.is_empty() {
            return Ok(());
        }
        // PROV-2: what the customer has by something else as well stays.
        let all = tx.read().trials_of(&trial.customer).await?;
        let others: Vec<&Trial> = all
            .iter()
            .map(|one| &one.trial)
            .filter(|one| one.id != trial.id)
            .collect();
        let bought = save.customer.value.customer().map_or(&[][..], |facts| &facts.purchased);
        let asked = sparing(asked, bought, &others, save.program);
        let orders: Vec<ProvisioningOrder> = asked.into_iter().map(order).collect();
        if orders.is_empty() {
            return Ok(());
        }
        Ok(tx.ask(&trial.customer, &orders).await?)
    }

    /// How a trial's provisioning stands.
    pub(crate) async fn provisioning_of(&self, trial: &Trial) -> Result<Option<Provisioning>, Error> {
        let by_hand = self.by_hand(&trial.customer, std::slice::from_ref(trial)).await?;
        Ok(trial.provisioning(by_hand.contains(&trial.id)))
    }

    /// How all of a customer's stands: as the most pressing of them.
    pub(crate) async fn provisioning_of_all(
        &self,
        customer: &OrgId,
        trials: &[Trial],
    ) -> Result<Option<Provisioning>, Error> {
        let by_hand = self.by_hand(customer, trials).await?;
        let each = trials.iter().map(|one| one.provisioning(by_hand.contains(&one.id)));
        Ok(each.flatten().max())
    }

    /// Trials of which something is up to people; asked only where that can be.
    async fn by_hand(&self, customer: &OrgId, trials: &[Trial]) -> Result<Vec<TrialId>, Error> {
        let open = |trial: &Trial| trial.provisioning(false) == Some(Provisioning::Provisioning);
        if self.settings.provisioner != Provisioner::External || !trials.iter().any(open) {
            return Ok(Vec::new());
        }
        Ok(self.region(customer.region())?.read().trials_by_hand(customer).await?)
    }
}

/// Why services of a trial could not be set up, in the provisioner's words: only of those of which that is still so.
pub fn reasons_shown(trial: &Trial, texts: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let failed = |id: &String| {
        let mut all = trial.services.iter();
        all.any(|service| service.id == *id && service.state == ServiceState::Failed)
    };
    let mut kept = reasons(texts);
    kept.retain(|id, _| failed(id));
    kept
}

/// What the provisioner said about services that failed.
fn reasons(texts: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let kept = texts.get(REASONS).and_then(|text| serde_json::from_str(text).ok());
    kept.unwrap_or_default()
}
