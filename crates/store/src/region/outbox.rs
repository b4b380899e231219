//! Messages to send: written with their cause, sent at least once under one identity (NOTE-1).

mod delivery;

pub use delivery::{Delivery, DeliveryQuery, DeliveryState};

use super::{Reads, Region, Tx};
use crate::{
    StoreError,
    entity::outbox,
    time::{instant, json, micros, parse},
};
use domain::{
    ids::{MessageId, OrgId, PersonId, TrialId},
    notify::{Audience, Bounce, Facts, MessageKind},
};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _, LockBehavior, LockType},
};

/// A message to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Its one identity.
    pub id: MessageId,
    /// What it is.
    pub kind: MessageKind,
    /// About which trial.
    pub trial: Option<TrialId>,
    /// About which customer.
    pub customer: Option<OrgId>,
    /// To whom.
    pub person: PersonId,
    /// As what.
    pub audience: Audience,
    /// What it says.
    pub facts: Facts,
    /// A person's own words.
    pub line: Option<String>,
    /// CONS-7: the link it carries.
    pub link: Option<String>,
    /// When it was caused, by the rules' clock.
    pub created_at: Timestamp,
}

/// A message in hand: nobody else sends it while the lease lasts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// The message.
    pub letter: Letter,
    /// How often it was tried before.
    pub attempts: u32,
    /// Grows with every claim; an older holder's word no longer counts.
    pub fence: i64,
}

/// How an attempt ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// Delivered, at this instant of the rules' clock.
    Sent(Timestamp),
    /// To be tried again, at this instant of the real clock.
    Later(Timestamp, String),
    /// Never.
    GivenUp(String),
    /// NOTE-4: never, because of the address.
    Bounced(Bounce, String),
}

impl Tx {
    /// Writes messages.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn post(&self, letters: &[Letter], real_now: Timestamp) -> Result<(), StoreError> {
        let mut rows = Vec::with_capacity(letters.len());
        for letter in letters {
            let row = write(letter, real_now)?;
            let batched = match &letter.customer {
                Some(customer) => self.batch(customer, |rows| {
                    rows.letters.push(row.clone());
                    Ok(())
                })?,
                None => None,
            };
            if batched.is_none() {
                rows.push(row.into_active_model().reset_all());
            }
        }
        for part in rows.chunks(500) {
            outbox::Entity::insert_many(part.to_vec())
                .exec_without_returning(&self.on)
                .await?;
        }
        Ok(())
    }

    /// EXP-9: drops a customer's personal lines, and what was said about its addresses, from messages that are done
    /// with.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn erase_lines(&self, customer: &OrgId) -> Result<(), StoreError> {
        outbox::Entity::update_many()
            .col_expr(outbox::Column::Line, Expr::value(Option::<String>::None))
            .col_expr(outbox::Column::Error, Expr::value(Option::<String>::None))
            .filter(outbox::Column::CustomerId.eq(customer.as_str()))
            .filter(outbox::Column::State.ne("pending"))
            .exec(&self.on)
            .await?;
        Ok(())
    }
}

impl Region {
    /// Takes messages in hand, the oldest first.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn claim_letters(
        &self,
        real_now: Timestamp,
        lease: SignedDuration,
        limit: u64,
    ) -> Result<Vec<Claimed>, StoreError> {
        let ready = || {
            outbox::Entity::find()
                .filter(outbox::Column::State.eq("pending"))
                .filter(outbox::Column::DueAt.lte(micros(real_now)))
                .filter(outbox::Column::LeaseUntil.lte(micros(real_now)))
        };
        // Nothing to do is the common case, and needs no writer.
        if ready().count(&self.db.read).await? == 0 {
            return Ok(Vec::new());
        }
        let tx = self.begin().await?;
        let rows = ready()
            .order_by_asc(outbox::Column::CreatedAt)
            .order_by_asc(outbox::Column::Id)
            .limit(limit)
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .all(&tx.on)
            .await?;
        let until = real_now.checked_add(lease).unwrap_or(real_now);
        outbox::Entity::update_many()
            .col_expr(outbox::Column::LeaseUntil, Expr::value(micros(until)))
            .col_expr(outbox::Column::Fence, Expr::col(outbox::Column::Fence).add(1))
            .filter(outbox::Column::Id.is_in(rows.iter().map(|row| row.id.clone())))
            .exec(&tx.on)
            .await?;
        tx.commit().await?;
        Ok(rows.into_iter().filter_map(claimed).collect())
    }

    /// Writes down how attempts ended. Those whose lease went to somebody else are left to him.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn finish_letters(&self, attempts: &[(MessageId, i64, Attempt)]) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        for (id, fence, attempt) in attempts {
            let (state, due, delivered, error) = match attempt {
                Attempt::Sent(at) => ("sent", None, Some(micros(*at)), None),
                Attempt::Later(at, why) => ("pending", Some(micros(*at)), None, Some(why.clone())),
                Attempt::GivenUp(why) | Attempt::Bounced(_, why) => ("given_up", None, None, Some(why.clone())),
            };
            let bounced = match attempt {
                Attempt::Bounced(why, _) => Some(why.as_str()),
                Attempt::Sent(_) | Attempt::Later(..) | Attempt::GivenUp(_) => None,
            };
            let mut update = outbox::Entity::update_many()
                .col_expr(outbox::Column::State, Expr::value(state))
                .col_expr(outbox::Column::Attempts, Expr::col(outbox::Column::Attempts).add(1))
                .col_expr(outbox::Column::LeaseUntil, Expr::value(0i64))
                .col_expr(outbox::Column::DeliveredAt, Expr::value(delivered))
                .col_expr(outbox::Column::Error, Expr::value(error))
                .col_expr(outbox::Column::Bounced, Expr::value(bounced))
                .filter(outbox::Column::Id.eq(id.as_str()))
                .filter(outbox::Column::Fence.eq(*fence))
                .filter(outbox::Column::State.eq("pending"));
            if let Some(due) = due {
                update = update.col_expr(outbox::Column::DueAt, Expr::value(due));
            }
            update.exec(&tx.on).await?;
        }
        tx.commit().await
    }
}

impl Reads<'_> {
    /// Messages that are neither sent nor given up and were never tried.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn untried_letters(&self) -> Result<u64, StoreError> {
        let rows = outbox::Entity::find()
            .filter(outbox::Column::State.eq("pending"))
            .filter(outbox::Column::Attempts.eq(0));
        Ok(rows.count(&self.on).await?)
    }

    /// Messages of a customer still on their way (EXP-9).
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn open_letters(&self, customer: &OrgId) -> Result<u64, StoreError> {
        let rows = outbox::Entity::find()
            .filter(outbox::Column::CustomerId.eq(customer.as_str()))
            .filter(outbox::Column::State.eq("pending"));
        Ok(rows.count(&self.on).await?)
    }
}

fn write(letter: &Letter, real_now: Timestamp) -> Result<outbox::Model, StoreError> {
    Ok(outbox::Model {
        id: letter.id.0.clone(),
        kind: letter.kind.as_str().to_owned(),
        trial_id: letter.trial.as_ref().map(|id| id.0.clone()),
        customer_id: letter.customer.as_ref().map(|id| id.0.clone()),
        person_id: letter.person.0.clone(),
        audience: json(&letter.audience)?,
        facts: json(&letter.facts)?,
        line: letter.line.clone(),
        link_id: letter.link.clone(),
        state: "pending".to_owned(),
        attempts: 0,
        created_at: micros(letter.created_at),
        due_at: micros(real_now),
        lease_until: 0,
        fence: 0,
        delivered_at: None,
        error: None,
        bounced: None,
    })
}

/// One that cannot be read does not keep the others from leaving.
fn claimed(row: outbox::Model) -> Option<Claimed> {
    let (id, attempts, fence) = (row.id.clone(), u32::try_from(row.attempts).unwrap_or(0), row.fence + 1);
    match read(row) {
        Ok(letter) => Some(Claimed {
            letter,
            attempts,
            fence,
        }),
        Err(error) => {
            tracing::error!(message = id, %error, "a message in the outbox cannot be read");
            None
        }
    }
}

fn read(row: outbox::Model) -> Result<Letter, StoreError> {
    let kind = MessageKind::parse(&row.kind);
    Ok(Letter {
        id: MessageId(row.id),
        kind: kind.ok_or_else(|| StoreError::Corrupt(format!("message kind '{}'", row.kind)))?,
        trial: row.trial_id.map(TrialId),
        customer: row.customer_id.map(OrgId),
        person: PersonId(row.person_id),
        audience: parse(&row.audience, "a message's audience")?,
        facts: parse(&row.facts, "a message's facts")?,
        line: row.line,
        link: row.link_id,
        created_at: instant(row.created_at)?,
    })
}
