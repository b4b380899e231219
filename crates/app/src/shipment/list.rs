//! Lists of devices: shipments, returns, requests to keep them longer; each within the reader's sight.

use super::{DeviceExtensionView, ReturnView, ShipmentView};
use crate::{
    Actor, App, Error, Page, PageRequest,
    page::{Place, merge},
    policy::{Action, allow, certified},
    trial::scope,
    view::TrialView,
};
use domain::ids::{DeviceExtensionId, OrgId, ReturnId, ShipmentId, TrialId};
use std::collections::BTreeMap;
use store::{
    Region,
    region::shipment::{ExtensionQuery, Found, Returns, ShipmentQuery},
};

/// Which shipments.
#[derive(Clone, Debug, Default)]
pub struct ShipmentFilter {
    /// Any of these; all when empty.
    pub statuses: Vec<String>,
    /// Of one customer.
    pub customer: Option<OrgId>,
    /// Of one trial.
    pub trial: Option<TrialId>,
    /// Part of the customer's name, an id, an order number, or a serial that is out.
    pub q: Option<String>,
}

/// Which returns.
#[derive(Clone, Debug, Default)]
pub struct ReturnFilter {
    /// `open`, `overdue` or `complete`; all when none.
    pub status: Option<String>,
    /// Of one customer.
    pub customer: Option<OrgId>,
    /// Of one trial.
    pub trial: Option<TrialId>,
    /// As for shipments.
    pub q: Option<String>,
}

/// Which requests to keep devices longer.
#[derive(Clone, Debug, Default)]
pub struct ExtensionFilter {
    /// `pending`, `approved`, `refused` or `withdrawn`; all when none.
    pub state: Option<String>,
    /// Of one customer.
    pub customer: Option<OrgId>,
    /// Of one trial.
    pub trial: Option<TrialId>,
}

/// What was found of a page, and where it was not looked.
struct Part<T> {
    found: Vec<Found<T>>,
    next: Option<Place>,
    down: Vec<String>,
}

impl App {
    /// Shipments, the oldest request first.
    ///
    /// # Errors
    /// `role_required`, `not_certified`.
    pub async fn shipments(
        &self,
        actor: &Actor,
        filter: &ShipmentFilter,
        page: &PageRequest,
    ) -> Result<Page<ShipmentView>, Error> {
        allow(actor, Action::ReadShipments, self.clock.now())?;
        let query = query(actor, page, filter.clone(), None);
        let part = self.found_shipments(&query, page).await?;
        self.shipment_page(actor, part).await
    }

    /// Returns, the one that is due first in front.
    ///
    /// # Errors
    /// `role_required`, `not_certified`.
    pub async fn returns(
        &self,
        actor: &Actor,
        filter: &ReturnFilter,
        page: &PageRequest,
    ) -> Result<Page<ReturnView>, Error> {
        allow(actor, Action::ReadShipments, self.clock.now())?;
        let now = self.clock.now();
        let returns = match filter.status.as_deref() {
            Some("open") => Returns::Open(now),
            Some("overdue") => Returns::Overdue(now),
            Some("complete") => Returns::Complete,
            _ => Returns::All,
        };
        let found = self.returns_of(actor, returns, filter, page).await?;
        Ok(Page {
            items: found.items.into_iter().filter_map(|view| view.returned).collect(),
            next: found.next,
            unavailable_regions: found.unavailable_regions,
        })
    }

    pub(super) async fn returns_of(
        &self,
        actor: &Actor,
        returns: Returns,
        filter: &ReturnFilter,
        page: &PageRequest,
    ) -> Result<Page<ShipmentView>, Error> {
        let ReturnFilter { customer, trial, q, .. } = filter.clone();
        let filter = ShipmentFilter {
            statuses: Vec::new(),
            customer,
            trial,
            q,
        };
        let query = query(actor, page, filter, Some(returns));
        let part = self.found_shipments(&query, page).await?;
        self.shipment_page(actor, part).await
    }

    async fn found_shipments(&self, query: &ShipmentQuery, page: &PageRequest) -> Result<Part<ShipmentId>, Error> {
        let mut parts = Vec::new();
        let mut down = Vec::new();
        for region in self.regions_of(query.customer.as_ref(), query.trial.as_ref()) {
            match region.read().shipments(query).await {
                Ok(found) => parts.push(found),
                Err(_) => down.push(region.id().to_owned()),
            }
        }
        Ok(merged(parts, page, down, |id| id.0.clone()))
    }

    /// Requests to keep devices longer, the oldest first.
    ///
    /// # Errors
    /// `role_required`, `not_certified`.
    pub async fn device_extensions(
        &self,
        actor: &Actor,
        filter: &ExtensionFilter,
        page: &PageRequest,
    ) -> Result<Page<DeviceExtensionView>, Error> {
        allow(actor, Action::ReadShipments, self.clock.now())?;
        let query = ExtensionQuery {
            scope: scope(actor),
            state: filter.state.clone(),
            trial: filter.trial.clone(),
            customer: filter.customer.clone(),
            after: after(page),
            limit: page.limit as u64 + 1,
        };
        let (mut parts, mut down) = (Vec::new(), Vec::new());
        for region in self.regions_of(filter.customer.as_ref(), filter.trial.as_ref()) {
            match region.read().device_extensions(&query).await {
                Ok(found) => parts.push(found),
                Err(_) => down.push(region.id().to_owned()),
            }
        }
        let part = merged(parts, page, down, |id: &DeviceExtensionId| id.0.clone());
        let views = self.trial_views(part.found.iter().map(|one| &one.trial)).await?;
        let mut items = Vec::new();
        for one in &part.found {
            let Some(view) = views.get(&one.trial) else { continue };
            let shown = self.devices_in(view).await?;
            items.extend(shown.extension(&one.id).map(|one| one.for_reader(actor)));
        }
        Ok(Page {
            items,
            next: part.next,
            unavailable_regions: part.down,
        })
    }

    fn regions_of(&self, customer: Option<&OrgId>, trial: Option<&TrialId>) -> impl Iterator<Item = &Region> {
        let only = customer
            .map(OrgId::region)
            .or(trial.map(TrialId::region))
            .map(str::to_owned);
        let all = self.stores.regions.values();
        all.filter(move |region| only.as_deref().is_none_or(|id| region.id() == id))
    }

    async fn shipment_page(&self, actor: &Actor, part: Part<ShipmentId>) -> Result<Page<ShipmentView>, Error> {
        let views = self.trial_views(part.found.iter().map(|one| &one.trial)).await?;
        let mut items = Vec::new();
        for one in &part.found {
            let Some(view) = views.get(&one.trial) else { continue };
            let shown = self.devices_in(view).await?;
            let found = view.trial.shipment(&one.id);
            items.extend(found.map(|shipment| shown.shipment(shipment).for_reader(actor)));
        }
        Ok(Page {
            items,
            next: part.next,
            unavailable_regions: part.down,
        })
    }

    pub(super) async fn trial_views(
        &self,
        trials: impl Iterator<Item = &TrialId> + Send,
    ) -> Result<BTreeMap<TrialId, TrialView>, Error> {
        let (mut records, mut seen) = (Vec::new(), std::collections::BTreeSet::new());
        for id in trials {
            if seen.insert(id.clone())
                && let Some(record) = self.region(id.region())?.read().trial(id).await?
            {
                records.push(record);
            }
        }
        let views = self.views(records).await?.into_iter();
        Ok(views.map(|view| (view.trial.id.clone(), view)).collect())
    }

    /// A shipment that this person sees.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `not_certified`.
    pub async fn shipment(&self, actor: &Actor, id: &ShipmentId) -> Result<ShipmentView, Error> {
        certified(actor, self.clock.now())?;
        let view = self.trial_read(actor, &self.trial_of(id).await?).await?;
        let shown = self.devices_in(&view).await?;
        let found = view.trial.shipment(id).ok_or_else(Error::not_found)?;
        Ok(shown.shipment(found).for_reader(actor))
    }

    /// A return that this person sees.
    ///
    /// # Errors
    /// `not_found` also before anything was shipped, `role_required`, `not_certified`.
    pub async fn device_return(&self, actor: &Actor, id: &ReturnId) -> Result<ReturnView, Error> {
        let view = self.shipment(actor, &id.shipment()).await?;
        view.returned.ok_or_else(Error::not_found)
    }

    /// A request to keep devices longer that this person sees.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `not_certified`.
    pub async fn device_extension(&self, actor: &Actor, id: &DeviceExtensionId) -> Result<DeviceExtensionView, Error> {
        certified(actor, self.clock.now())?;
        let found = self.region(id.region())?.read().trial_of_device_extension(id).await?;
        let view = self.trial_read(actor, &found.ok_or_else(Error::not_found)?).await?;
        let shown = self.devices_in(&view).await?;
        let found = shown.extension(id).ok_or_else(Error::not_found)?;
        Ok(found.for_reader(actor))
    }

    async fn trial_read(&self, actor: &Actor, id: &TrialId) -> Result<TrialView, Error> {
        let loaded = self.loaded_for(actor, id, Action::ReadShipments).await?;
        let views = self.views(vec![loaded.record]).await?;
        views.into_iter().next().ok_or_else(Error::not_found)
    }
}

fn query(actor: &Actor, page: &PageRequest, filter: ShipmentFilter, returns: Option<Returns>) -> ShipmentQuery {
    ShipmentQuery {
        scope: scope(actor),
        statuses: filter.statuses,
        returns,
        customer: filter.customer,
        trial: filter.trial,
        q: filter.q,
        after: after(page),
        limit: page.limit as u64 + 1,
    }
}

fn after(page: &PageRequest) -> Option<(i64, String)> {
    let Place(key, id) = page.after.as_ref()?;
    Some((key.parse().unwrap_or(i64::MAX), id.clone()))
}

fn merged<T>(parts: Vec<Vec<Found<T>>>, page: &PageRequest, down: Vec<String>, name: impl Fn(&T) -> String) -> Part<T> {
    let placed = |one: Found<T>| (Place(format!("{:020}", one.key), name(&one.id)), one);
    let parts = parts
        .into_iter()
        .map(|part| part.into_iter().map(placed).collect())
        .collect();
    let (found, more) = merge(parts, page.limit, false, true);
    Part {
        next: found.last().filter(|_| more).map(|(place, _)| place.clone()),
        found: found.into_iter().map(|(_, one)| one).collect(),
        down,
    }
}
