//! PROV-2: what is asked of an external provisioner: written with its cause, asked at least once under one identity,
//! and settled by an answer or by hand. All instants are of the real clock.

mod calls;

pub use calls::{Called, Heard};

use super::{Reads, Tx, batch::Rows};
use crate::{
    StoreError,
    entity::provisioning,
    time::{instant, micros},
};
use domain::{
    ids::{OrgId, PersonId, ProvisioningId, TrialId},
    trial::{Act, ProvisioningOrderState},
};
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, EntityTrait as _, IntoActiveModel as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Calls in a row that nobody took: then somebody should look.
const MISSES: i32 = 3;

/// What was heard last, where that was the answer that it takes longer.
pub const NOT_YET: &str = "not_yet";

/// States in which something later puts an end to an order.
const UNSETTLED: [ProvisioningOrderState; 3] = [
    ProvisioningOrderState::Open,
    ProvisioningOrderState::Manual,
    ProvisioningOrderState::Failed,
];

/// One thing asked for one service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProvisioningOrder {
    /// The same at every attempt.
    pub id: ProvisioningId,
    /// For which trial.
    pub trial: TrialId,
    /// For whom.
    pub customer: OrgId,
    /// By the program's id.
    pub service: String,
    /// What is asked.
    pub act: Act,
    /// Where it stands.
    pub state: ProvisioningOrderState,
    /// Since when.
    pub asked_at: Timestamp,
    /// How often it was called.
    pub attempts: u32,
    /// How many of the last calls nobody took.
    pub misses: u32,
    /// How many calls were taken since it was asked, asked again, or put off.
    pub taken: u32,
    /// When it was called last.
    pub called_at: Option<Timestamp>,
    /// What came of that: a word of ours, never of the other side.
    pub heard: Option<String>,
    /// When it is called next, while it is open.
    pub next_at: Timestamp,
    /// When an answer is overdue.
    pub late_at: Timestamp,
    /// When it was settled.
    pub answered_at: Option<Timestamp>,
    /// By whom.
    pub answered_by: Option<PersonId>,
    /// Whether that was a person, and not the provisioner.
    pub by_hand: bool,
    /// The provisioner's words; erased with the customer.
    pub reason: Option<String>,
    /// Counts up with every answer.
    pub version: i64,
}

impl ProvisioningOrder {
    /// LIST-4: whether somebody should look at it.
    pub fn is_stuck(&self, now: Timestamp) -> bool {
        let unheard = i32::try_from(self.misses).unwrap_or(i32::MAX) >= MISSES;
        match self.state {
            ProvisioningOrderState::Manual => true,
            ProvisioningOrderState::Open => unheard || self.late_at <= now,
            ProvisioningOrderState::Done | ProvisioningOrderState::Failed | ProvisioningOrderState::Void => false,
        }
    }
}

/// Which orders, the oldest first.
#[derive(Clone, Debug, Default)]
pub struct ProvisioningOrderQuery {
    /// In one state.
    pub state: Option<ProvisioningOrderState>,
    /// Those that are stuck at this instant, or those that are not.
    pub stuck: Option<(bool, Timestamp)>,
    /// After this instant, in microseconds, and id.
    pub after: Option<(i64, String)>,
    /// At most so many.
    pub limit: u64,
}

impl ProvisioningOrderQuery {
    fn condition(&self) -> Condition {
        let mut all = Condition::all();
        if let Some(state) = self.state {
            all = all.add(provisioning::Column::State.eq(state.as_str()));
        }
        if let Some((stuck, now)) = self.stuck {
            let overdue = provisioning::Column::LateAt
                .lte(micros(now))
                .or(provisioning::Column::Misses.gte(MISSES));
            let open = provisioning::Column::State
                .eq(ProvisioningOrderState::Open.as_str())
                .and(overdue);
            let manual = provisioning::Column::State.eq(ProvisioningOrderState::Manual.as_str());
            let looked_at = manual.or(open);
            all = all.add(if stuck { looked_at } else { looked_at.not() });
        }
        if let Some((at, id)) = &self.after {
            let same = provisioning::Column::AskedAt
                .eq(*at)
                .and(provisioning::Column::Id.gt(id.as_str()));
            all = all.add(provisioning::Column::AskedAt.gt(*at).or(same));
        }
        all
    }
}

impl Reads<'_> {
    /// An order.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn provisioning_order(&self, id: &ProvisioningId) -> Result<Option<ProvisioningOrder>, StoreError> {
        let row = provisioning::Entity::find_by_id(id.as_str()).one(&self.on).await?;
        row.map(read).transpose()
    }

    /// Some orders, the oldest first.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn provisioning_orders(
        &self,
        query: &ProvisioningOrderQuery,
    ) -> Result<Vec<ProvisioningOrder>, StoreError> {
        let rows = provisioning::Entity::find()
            .filter(query.condition())
            .order_by_asc(provisioning::Column::AskedAt)
            .order_by_asc(provisioning::Column::Id)
            .limit(query.limit);
        rows.all(&self.on).await?.into_iter().map(read).collect()
    }

    /// How many there are.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn count_provisioning_orders(&self, query: &ProvisioningOrderQuery) -> Result<u64, StoreError> {
        let rows = provisioning::Entity::find().filter(query.condition());
        Ok(rows.count(&self.on).await?)
    }

    /// What was asked for a trial, the oldest first.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn provisioning_orders_of(&self, trial: &TrialId) -> Result<Vec<ProvisioningOrder>, StoreError> {
        let rows = provisioning::Entity::find()
            .filter(provisioning::Column::TrialId.eq(trial.as_str()))
            .order_by_asc(provisioning::Column::AskedAt)
            .order_by_asc(provisioning::Column::Id);
        rows.all(&self.on).await?.into_iter().map(read).collect()
    }

    /// Which of a customer's trials wait for people.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn trials_by_hand(&self, customer: &OrgId) -> Result<Vec<TrialId>, StoreError> {
        let rows = provisioning::Entity::find()
            .filter(provisioning::Column::CustomerId.eq(customer.as_str()))
            .filter(provisioning::Column::State.eq(ProvisioningOrderState::Manual.as_str()))
            .filter(provisioning::Column::Act.eq(Act::Provision.as_str()));
        let rows = rows.all(&self.on).await?;
        Ok(rows.into_iter().map(|row| TrialId(row.trial_id)).collect())
    }
}

impl Tx {
    /// Asks for something; what was asked for the same service of the same trial before, and is not settled, is no
    /// longer wanted. Nor is that a service be taken away, or paused, that the customer gets by another trial now.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn ask(&self, customer: &OrgId, orders: &[ProvisioningOrder]) -> Result<(), StoreError> {
        let models: Vec<provisioning::Model> = orders.iter().map(write).collect();
        let batched = |rows: &mut Rows| {
            rows.provisioning_orders.extend(models.iter().cloned());
            Ok(())
        };
        if self.batch(customer, batched)?.is_some() || models.is_empty() {
            return Ok(());
        }
        self.void_provisioning_orders(&models).await?;
        let rows = models.into_iter().map(|row| row.into_active_model().reset_all());
        provisioning::Entity::insert_many(rows)
            .exec_without_returning(&self.on)
            .await?;
        Ok(())
    }

    /// What these make void; those in flight keep their lease until it is known how the call ended.
    pub(super) async fn void_provisioning_orders(&self, new: &[provisioning::Model]) -> Result<(), StoreError> {
        let mut by_service: BTreeMap<&str, (Vec<&str>, Vec<&str>)> = BTreeMap::new();
        for row in new {
            let of = by_service.entry(&row.service).or_default();
            of.0.push(&row.trial_id);
            if [Act::Provision, Act::Resume]
                .map(Act::as_str)
                .contains(&row.act.as_str())
            {
                of.1.push(&row.customer_id);
            }
        }
        let ending = [Act::Withdraw, Act::Suspend].map(Act::as_str);
        for (service, (trials, begun)) in by_service {
            let elsewhere = provisioning::Column::CustomerId
                .is_in(begun)
                .and(provisioning::Column::Act.is_in(ending));
            provisioning::Entity::update_many()
                .col_expr(
                    provisioning::Column::State,
                    Expr::value(ProvisioningOrderState::Void.as_str()),
                )
                .col_expr(
                    provisioning::Column::Version,
                    Expr::col(provisioning::Column::Version).add(1),
                )
                .filter(provisioning::Column::TrialId.is_in(trials).or(elsewhere))
                .filter(provisioning::Column::Service.eq(service))
                .filter(provisioning::Column::State.is_in(UNSETTLED.map(ProvisioningOrderState::as_str)))
                .exec(&self.on)
                .await?;
        }
        Ok(())
    }

    /// Writes what an answer made of one: everything but what calls write, of which an answer may say that it takes longer.
    ///
    /// # Errors
    /// `Conflict` when it was answered meanwhile.
    pub async fn put_provisioning_order(&self, value: &ProvisioningOrder) -> Result<(), StoreError> {
        let at = value.answered_at.map(micros);
        let by = value.answered_by.as_ref().map(|id| id.0.clone());
        let mut row = provisioning::Entity::update_many();
        if let Some(heard) = value.heard.as_deref().filter(|heard| *heard == NOT_YET) {
            row = row.col_expr(provisioning::Column::Heard, Expr::value(heard));
        }
        let done = row
            .col_expr(provisioning::Column::State, Expr::value(value.state.as_str()))
            .col_expr(provisioning::Column::Misses, Expr::value(count(value.misses)))
            .col_expr(provisioning::Column::Taken, Expr::value(count(value.taken)))
            .col_expr(provisioning::Column::NextAt, Expr::value(micros(value.next_at)))
            .col_expr(provisioning::Column::LateAt, Expr::value(micros(value.late_at)))
            .col_expr(provisioning::Column::AnsweredAt, Expr::value(at))
            .col_expr(provisioning::Column::AnsweredBy, Expr::value(by))
            .col_expr(provisioning::Column::ByHand, Expr::value(value.by_hand))
            .col_expr(provisioning::Column::Reason, Expr::value(value.reason.clone()))
            .col_expr(provisioning::Column::Version, Expr::value(value.version + 1))
            .filter(provisioning::Column::Id.eq(value.id.as_str()))
            .filter(provisioning::Column::Version.eq(value.version))
            .exec(&self.on)
            .await?;
        if done.rows_affected == 1 {
            Ok(())
        } else {
            Err(StoreError::Conflict)
        }
    }

    /// EXP-9: drops what the provisioner said about a customer.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn erase_provisioning(&self, customer: &OrgId) -> Result<(), StoreError> {
        provisioning::Entity::update_many()
            .col_expr(provisioning::Column::Reason, Expr::value(Option::<String>::None))
            .filter(provisioning::Column::CustomerId.eq(customer.as_str()))
            .exec(&self.on)
            .await?;
        Ok(())
    }
}

fn count(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

fn write(order: &ProvisioningOrder) -> provisioning::Model {
    provisioning::Model {
        id: order.id.0.clone(),
        trial_id: order.trial.0.clone(),
        customer_id: order.customer.0.clone(),
        service: order.service.clone(),
        act: order.act.as_str().to_owned(),
        state: order.state.as_str().to_owned(),
        asked_at: micros(order.asked_at),
        attempts: count(order.attempts),
        misses: count(order.misses),
        taken: count(order.taken),
        called_at: order.called_at.map(micros),
        heard: order.heard.clone(),
        next_at: micros(order.next_at),
        late_at: micros(order.late_at),
        lease_until: 0,
        fence: 0,
        answered_at: order.answered_at.map(micros),
        answered_by: order.answered_by.as_ref().map(|id| id.0.clone()),
        by_hand: order.by_hand,
        reason: order.reason.clone(),
        version: order.version,
    }
}

fn read(row: provisioning::Model) -> Result<ProvisioningOrder, StoreError> {
    let wrong = |what: &str, name: &str| StoreError::Corrupt(format!("an order's {what} '{name}'"));
    Ok(ProvisioningOrder {
        act: Act::parse(&row.act).ok_or_else(|| wrong("act", &row.act))?,
        state: ProvisioningOrderState::parse(&row.state).ok_or_else(|| wrong("state", &row.state))?,
        id: ProvisioningId(row.id),
        trial: TrialId(row.trial_id),
        customer: OrgId(row.customer_id),
        service: row.service,
        asked_at: instant(row.asked_at)?,
        attempts: u32::try_from(row.attempts).unwrap_or(0),
        misses: u32::try_from(row.misses).unwrap_or(0),
        taken: u32::try_from(row.taken).unwrap_or(0),
        called_at: row.called_at.map(instant).transpose()?,
        heard: row.heard,
        next_at: instant(row.next_at)?,
        late_at: instant(row.late_at)?,
        answered_at: row.answered_at.map(instant).transpose()?,
        answered_by: row.answered_by.map(PersonId),
        by_hand: row.by_hand,
        reason: row.reason,
        version: row.version,
    })
}
