//! What lists and look-ups find devices by (DEV); what they are stands in their trial, and this follows from it.

use super::{
    Reads, Tx,
    page::{Page, page},
    trial::{Scope, in_sight, like, sought},
};
use crate::{
    StoreError,
    entity::{device_extension, device_serial, shipment, shipment_line, trial},
    time::micros,
};
use domain::{
    ids::{DeviceExtensionId, OrgId, ShipmentId, TrialId},
    serial,
};
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _, Select, Value, sea_query::Expr,
};
use std::collections::BTreeMap;

/// What is written about one shipment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShipmentEntry {
    /// Its id.
    pub id: ShipmentId,
    /// By the names of `GET /shipments`.
    pub status: &'static str,
    /// `planned`, `open` or `complete`; empty before it was shipped.
    pub return_status: &'static str,
    /// The demo order number.
    pub order_number: Option<String>,
    /// When it was asked for.
    pub requested_at: Timestamp,
    /// DEV-6: after this instant it is overdue.
    pub due_at: Option<Timestamp>,
    /// DEV-2: the types that it takes.
    pub types: Vec<String>,
    /// DEV-4: the serials that are out.
    pub serials: Vec<String>,
    /// EXT-4: requests to keep it longer: state and when.
    pub extensions: Vec<(DeviceExtensionId, &'static str, Timestamp)>,
}

/// Where one is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<T> {
    /// Its id.
    pub id: T,
    /// In which trial.
    pub trial: TrialId,
    /// The key by which the list is sorted, in microseconds.
    pub key: i64,
}

/// Which returns (DEV-6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Returns {
    /// Every one that was opened.
    All,
    /// Open, and not due yet at that instant.
    Open(Timestamp),
    /// Due before that instant, and not back.
    Overdue(Timestamp),
    /// Due until an instant, the second one, and not yet at the first.
    DueSoon(Timestamp, Timestamp),
    /// Everything is back.
    Complete,
}

/// Which shipments.
#[derive(Clone, Debug)]
pub struct ShipmentQuery {
    /// Whose.
    pub scope: Scope,
    /// Any of these; all when empty.
    pub statuses: Vec<String>,
    /// As returns, sorted by the day on which they are due.
    pub returns: Option<Returns>,
    /// Of one customer.
    pub customer: Option<OrgId>,
    /// Of one trial.
    pub trial: Option<TrialId>,
    /// Part of the customer's name, an id, an order number, or a serial that is out.
    pub q: Option<String>,
    /// After this key and id.
    pub after: Option<(i64, String)>,
    /// At most so many.
    pub limit: u64,
}

/// Which requests to keep devices longer.
#[derive(Clone, Debug)]
pub struct ExtensionQuery {
    /// Whose.
    pub scope: Scope,
    /// In this state; all when none.
    pub state: Option<String>,
    /// Of one trial.
    pub trial: Option<TrialId>,
    /// Of one customer.
    pub customer: Option<OrgId>,
    /// After this key and id.
    pub after: Option<(i64, String)>,
    /// At most so many.
    pub limit: u64,
}

impl Reads<'_> {
    /// A page of shipments, the oldest request first; of returns, the one that is due first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn shipments(&self, query: &ShipmentQuery) -> Result<Vec<Found<ShipmentId>>, StoreError> {
        let key = match query.returns {
            Some(_) => shipment::Column::DueAt,
            None => shipment::Column::RequestedAt,
        };
        let place = Page {
            descending: false,
            after: query.after.as_ref().map(|(at, id)| (Value::from(*at), id.as_str())),
            limit: query.limit,
        };
        let rows = page(filtered(query), Expr::col(key), shipment::Column::Id, place);
        let found = |row: shipment::Model| Found {
            key: if query.returns.is_some() {
                row.due_at.unwrap_or(0)
            } else {
                row.requested_at
            },
            id: ShipmentId(row.id),
            trial: TrialId(row.trial_id),
        };
        Ok(rows.all(&self.on).await?.into_iter().map(found).collect())
    }

    /// A page of requests to keep devices longer, the oldest first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn device_extensions(&self, query: &ExtensionQuery) -> Result<Vec<Found<DeviceExtensionId>>, StoreError> {
        let mut rows = device_extension::Entity::find();
        if let Some(trials) = seen(&query.scope, query.customer.as_ref(), None) {
            rows = rows.filter(device_extension::Column::TrialId.in_subquery(trials.into_query()));
        }
        if let Some(state) = &query.state {
            rows = rows.filter(device_extension::Column::State.eq(state.as_str()));
        }
        if let Some(trial) = &query.trial {
            rows = rows.filter(device_extension::Column::TrialId.eq(trial.as_str()));
        }
        let place = Page {
            descending: false,
            after: query.after.as_ref().map(|(at, id)| (Value::from(*at), id.as_str())),
            limit: query.limit,
        };
        let key = Expr::col(device_extension::Column::AskedAt);
        let rows = page(rows, key, device_extension::Column::Id, place);
        let found = |row: device_extension::Model| Found {
            key: row.asked_at,
            id: DeviceExtensionId(row.id),
            trial: TrialId(row.trial_id),
        };
        Ok(rows.all(&self.on).await?.into_iter().map(found).collect())
    }

    /// The trial to which a shipment belongs.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn trial_of_shipment(&self, id: &ShipmentId) -> Result<Option<TrialId>, StoreError> {
        let found = shipment::Entity::find_by_id(id.as_str()).one(&self.on).await?;
        Ok(found.map(|row| TrialId(row.trial_id)))
    }

    /// The trial to which a request to keep devices longer belongs.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn trial_of_device_extension(&self, id: &DeviceExtensionId) -> Result<Option<TrialId>, StoreError> {
        let found = device_extension::Entity::find_by_id(id.as_str()).one(&self.on).await?;
        Ok(found.map(|row| TrialId(row.trial_id)))
    }

    /// Of these serials, those that are out, and with which shipment.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn serials_out(
        &self,
        serials: impl IntoIterator<Item = &String>,
    ) -> Result<BTreeMap<String, ShipmentId>, StoreError> {
        let wanted: Vec<&str> = serials.into_iter().map(String::as_str).collect();
        let mut out = BTreeMap::new();
        for part in wanted.chunks(1_000) {
            let rows = device_serial::Entity::find().filter(device_serial::Column::Serial.is_in(part.iter().copied()));
            let rows = rows.all(&self.on).await?.into_iter();
            out.extend(rows.map(|row| (row.serial, ShipmentId(row.shipment_id))));
        }
        Ok(out)
    }

    /// DEV-9: the shipments under a demo order number, the oldest first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn shipments_by_order(&self, number: &str) -> Result<Vec<(ShipmentId, TrialId)>, StoreError> {
        let rows = shipment::Entity::find()
            .filter(shipment::Column::OrderNumber.eq(number))
            .order_by_asc(shipment::Column::RequestedAt)
            .order_by_asc(shipment::Column::Id)
            .limit(100)
            .all(&self.on)
            .await?;
        let found = |row: shipment::Model| (ShipmentId(row.id), TrialId(row.trial_id));
        Ok(rows.into_iter().map(found).collect())
    }
}

impl Tx {
    /// Writes what follows from a trial's devices.
    ///
    /// # Errors
    /// `Taken` when a type of the trial or a serial is in another shipment by now.
    pub async fn put_shipments(
        &self,
        (trial, customer): (&TrialId, &OrgId),
        entries: &[ShipmentEntry],
    ) -> Result<(), StoreError> {
        self.clear_shipments(trial).await?;
        let (mut rows, mut lines, mut serials, mut extensions) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for one in entries {
            let (id, trial_id) = (one.id.0.clone(), trial.0.clone());
            lines.extend(one.types.iter().map(|device_type| shipment_line::Model {
                trial_id: trial_id.clone(),
                device_type: device_type.clone(),
                shipment_id: id.clone(),
            }));
            serials.extend(one.serials.iter().map(|serial| device_serial::Model {
                serial: serial.clone(),
                shipment_id: id.clone(),
                trial_id: trial_id.clone(),
            }));
            extensions.extend(one.extensions.iter().map(|(ext, state, at)| device_extension::Model {
                id: ext.0.clone(),
                shipment_id: id.clone(),
                trial_id: trial_id.clone(),
                state: (*state).to_owned(),
                asked_at: micros(*at),
            }));
            rows.push(shipment::Model {
                id,
                trial_id,
                customer_id: customer.0.clone(),
                status: one.status.to_owned(),
                return_status: one.return_status.to_owned(),
                order_number: one.order_number.clone(),
                requested_at: micros(one.requested_at),
                due_at: one.due_at.map(micros),
            });
        }
        // In one order, so that two who want the same never wait for each other.
        serials.sort_by(|one, other| one.serial.cmp(&other.serial));
        self.insert_shipments(rows, lines, serials, extensions).await
    }

    async fn clear_shipments(&self, trial: &TrialId) -> Result<(), StoreError> {
        let id = trial.as_str();
        shipment::Entity::delete_many()
            .filter(shipment::Column::TrialId.eq(id))
            .exec(&self.on)
            .await?;
        shipment_line::Entity::delete_many()
            .filter(shipment_line::Column::TrialId.eq(id))
            .exec(&self.on)
            .await?;
        device_serial::Entity::delete_many()
            .filter(device_serial::Column::TrialId.eq(id))
            .exec(&self.on)
            .await?;
        device_extension::Entity::delete_many()
            .filter(device_extension::Column::TrialId.eq(id))
            .exec(&self.on)
            .await?;
        Ok(())
    }

    async fn insert_shipments(
        &self,
        rows: Vec<shipment::Model>,
        lines: Vec<shipment_line::Model>,
        serials: Vec<device_serial::Model>,
        extensions: Vec<device_extension::Model>,
    ) -> Result<(), StoreError> {
        if !rows.is_empty() {
            let rows = rows.into_iter().map(|row| row.into_active_model().reset_all());
            shipment::Entity::insert_many(rows)
                .exec_without_returning(&self.on)
                .await?;
        }
        if !lines.is_empty() {
            let rows = lines.into_iter().map(|row| row.into_active_model().reset_all());
            shipment_line::Entity::insert_many(rows)
                .exec_without_returning(&self.on)
                .await?;
        }
        for part in serials.chunks(1_000) {
            let rows = part.iter().map(|row| row.clone().into_active_model().reset_all());
            device_serial::Entity::insert_many(rows)
                .exec_without_returning(&self.on)
                .await?;
        }
        if !extensions.is_empty() {
            let rows = extensions.into_iter().map(|row| row.into_active_model().reset_all());
            device_extension::Entity::insert_many(rows)
                .exec_without_returning(&self.on)
                .await?;
        }
        Ok(())
    }
}

/// The trials within somebody's sight, of one customer or with part of a name; none where all are meant.
fn seen(scope: &Scope, customer: Option<&OrgId>, q: Option<&str>) -> Option<Select<trial::Entity>> {
    if matches!(scope, Scope::All) && customer.is_none() && q.is_none() {
        return None;
    }
    let mut rows = in_sight(trial::Entity::find().select_only().column(trial::Column::Id), scope);
    if let Some(customer) = customer {
        rows = rows.filter(trial::Column::CustomerId.eq(customer.as_str()));
    }
    if let Some(q) = q {
        let named = Condition::any()
            .add(like(trial::Column::CustomerKey, q))
            .add(trial::Column::Id.eq(q));
        rows = rows.filter(named);
    }
    Some(rows)
}

fn filtered(query: &ShipmentQuery) -> Select<shipment::Entity> {
    let mut rows = shipment::Entity::find();
    if let Some(trials) = seen(&query.scope, query.customer.as_ref(), None) {
        rows = rows.filter(shipment::Column::TrialId.in_subquery(trials.into_query()));
    }
    if !query.statuses.is_empty() {
        rows = rows.filter(shipment::Column::Status.is_in(query.statuses.iter().map(String::as_str)));
    }
    if let Some(returns) = query.returns {
        rows = rows.filter(returned(returns));
    }
    if let Some(trial) = &query.trial {
        rows = rows.filter(shipment::Column::TrialId.eq(trial.as_str()));
    }
    if let Some(q) = &query.q {
        rows = rows.filter(found(q));
    }
    rows
}

fn returned(returns: Returns) -> Condition {
    let out = shipment::Column::ReturnStatus.is_in(["open", "planned"]);
    let due = shipment::Column::DueAt;
    match returns {
        Returns::All => Condition::all().add(shipment::Column::ReturnStatus.is_in(["open", "complete"])),
        Returns::Open(now) => Condition::all()
            .add(shipment::Column::ReturnStatus.eq("open"))
            .add(due.gt(micros(now))),
        Returns::Overdue(now) => Condition::all().add(out).add(due.lte(micros(now))),
        Returns::DueSoon(now, until) => Condition::all()
            .add(out)
            .add(due.gt(micros(now)))
            .add(due.lte(micros(until))),
        Returns::Complete => Condition::all().add(shipment::Column::ReturnStatus.eq("complete")),
    }
}

fn found(typed: &str) -> Condition {
    let key = sought(typed);
    let mut any = Condition::any().add(shipment::Column::Id.eq(key.as_str()));
    // A return shares its tail with its shipment, and its number is that tail's end (DEV-7).
    if let Some(tail) = key.strip_prefix("return_") {
        any = any.add(shipment::Column::Id.eq(format!("ship_{tail}")));
    }
    if let Some(end) = rma_end(&key) {
        any = any.add(shipment::Column::Id.like(format!("%{end}")));
    }
    if let Some(trials) = seen(&Scope::All, None, Some(&key)) {
        any = any.add(shipment::Column::TrialId.in_subquery(trials.into_query()));
    }
    if let Ok(number) = serial::order_number(typed) {
        any = any.add(shipment::Column::OrderNumber.eq(number));
    }
    if let Ok(serial) = serial::serial(typed) {
        let of = device_serial::Entity::find()
            .select_only()
            .column(device_serial::Column::ShipmentId)
            .filter(device_serial::Column::Serial.eq(serial));
        any = any.add(shipment::Column::Id.in_subquery(of.into_query()));
    }
    any
}

/// The end of an id that a return's number shows: `RMA-` and ten characters.
fn rma_end(key: &str) -> Option<&str> {
    let end = key.strip_prefix("rma")?.trim_start_matches(['-', ' ']);
    let plain = end.len() == 10 && end.bytes().all(|byte| byte.is_ascii_alphanumeric());
    plain.then_some(end)
}
