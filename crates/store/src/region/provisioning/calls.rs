//! Calls: in one hand at a time, and what came of them.

use super::{NOT_YET, ProvisioningOrder, count, read};
use crate::{Region, StoreError, entity::provisioning, time::micros};
use domain::{ids::ProvisioningId, trial::ProvisioningOrderState};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _, LockBehavior, LockType},
};
use std::collections::BTreeSet;

/// So many more are looked at, for those whose service is in flight.
const SPARE: u64 = 64;

/// An order in hand: nobody else calls while the lease lasts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    /// The order.
    pub order: ProvisioningOrder,
    /// Grows with every claim; an older holder's word no longer counts.
    pub fence: i64,
}

/// How a call ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// It was taken; without an answer it is called again at this instant.
    Taken(Timestamp),
    /// Nobody took it, for this reason; again at this instant.
    Missed(&'static str, Timestamp),
    /// Nobody will, for this reason: it is up to people.
    GivenUp(&'static str),
}

impl Region {
    /// Takes orders in hand, the longest due first. Of one service of a customer only one is in flight at a time, so that
    /// what was asked first does not arrive last.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn claim_provisioning_orders(
        &self,
        now: Timestamp,
        lease: SignedDuration,
        limit: u64,
    ) -> Result<Vec<Called>, StoreError> {
        let ready = || {
            provisioning::Entity::find()
                .filter(provisioning::Column::State.eq(ProvisioningOrderState::Open.as_str()))
                .filter(provisioning::Column::NextAt.lte(micros(now)))
                .filter(provisioning::Column::LeaseUntil.lte(micros(now)))
        };
        // Nothing to do is the common case, and needs no writer.
        if ready().count(&self.db.read).await? == 0 {
            return Ok(Vec::new());
        }
        let tx = self.begin().await?;
        let rows = ready()
            .order_by_asc(provisioning::Column::NextAt)
            .order_by_asc(provisioning::Column::Id)
            .limit(limit.saturating_add(SPARE))
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .all(&tx.on)
            .await?;
        // After the orders themselves: who asks anew waits for whoever has the old one in hand.
        let customers: BTreeSet<&str> = rows.iter().map(|row| row.customer_id.as_str()).collect();
        let busy = provisioning::Entity::find()
            .filter(provisioning::Column::CustomerId.is_in(customers))
            .filter(provisioning::Column::LeaseUntil.gt(micros(now)));
        let busy: BTreeSet<(String, String)> = busy
            .all(&tx.on)
            .await?
            .into_iter()
            .map(|row| (row.customer_id, row.service))
            .collect();
        let free = |row: &provisioning::Model| !busy.contains(&(row.customer_id.clone(), row.service.clone()));
        let most = usize::try_from(limit).unwrap_or(usize::MAX);
        let rows: Vec<provisioning::Model> = rows.into_iter().filter(free).take(most).collect();
        let until = now.checked_add(lease).unwrap_or(now);
        provisioning::Entity::update_many()
            .col_expr(provisioning::Column::LeaseUntil, Expr::value(micros(until)))
            .col_expr(
                provisioning::Column::Fence,
                Expr::col(provisioning::Column::Fence).add(1),
            )
            .filter(provisioning::Column::Id.is_in(rows.iter().map(|row| row.id.clone())))
            .exec(&tx.on)
            .await?;
        tx.commit().await?;
        let called = |row: provisioning::Model| {
            let fence = row.fence + 1;
            read(row).map(|order| Called { order, fence })
        };
        rows.into_iter().map(called).collect()
    }

    /// Writes down how a call ended. Whoever lost its lease writes nothing; what was answered meanwhile stays answered.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn finish_provisioning_order(
        &self,
        called: &Called,
        at: Timestamp,
        heard: &Heard,
    ) -> Result<(), StoreError> {
        let (missed, taken) = (called.order.misses.saturating_add(1), called.order.taken);
        let (word, misses, taken, next) = match heard {
            Heard::Taken(next) => ("taken", 0, taken.saturating_add(1), Some(*next)),
            Heard::Missed(why, next) => (*why, missed, taken, Some(*next)),
            Heard::GivenUp(why) => (*why, missed, taken, None),
        };
        let heard = || Expr::value(Some(word.to_owned()));
        let tx = self.begin().await?;
        let ours = |id: &ProvisioningId| {
            provisioning::Entity::update_many()
                .filter(provisioning::Column::Id.eq(id.as_str()))
                .filter(provisioning::Column::Fence.eq(called.fence))
        };
        let mut open = ours(&called.order.id)
            .col_expr(provisioning::Column::Misses, Expr::value(count(misses)))
            .col_expr(provisioning::Column::Taken, Expr::value(count(taken)))
            .filter(provisioning::Column::State.eq(ProvisioningOrderState::Open.as_str()))
            .filter(provisioning::Column::Version.eq(called.order.version));
        open = match next {
            Some(next) => open.col_expr(provisioning::Column::NextAt, Expr::value(micros(next))),
            None => {
                let version = Expr::col(provisioning::Column::Version).add(1);
                open.col_expr(
                    provisioning::Column::State,
                    Expr::value(ProvisioningOrderState::Manual.as_str()),
                )
                .col_expr(provisioning::Column::Version, version)
            }
        };
        let nobody_answered = open
            .col_expr(provisioning::Column::Heard, heard())
            .exec(&tx.on)
            .await?
            .rows_affected
            == 1;
        if !nobody_answered {
            let said = provisioning::Column::Heard
                .is_null()
                .or(provisioning::Column::Heard.ne(NOT_YET));
            ours(&called.order.id)
                .col_expr(provisioning::Column::Heard, heard())
                .filter(said)
                .exec(&tx.on)
                .await?;
        }
        ours(&called.order.id)
            .col_expr(provisioning::Column::LeaseUntil, Expr::value(0i64))
            .col_expr(provisioning::Column::CalledAt, Expr::value(Some(micros(at))))
            .col_expr(
                provisioning::Column::Attempts,
                Expr::col(provisioning::Column::Attempts).add(1),
            )
            .exec(&tx.on)
            .await?;
        tx.commit().await
    }
}
