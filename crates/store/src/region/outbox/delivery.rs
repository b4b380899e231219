//! What became of messages.

use super::{Letter, read};
use crate::{
    StoreError,
    entity::{outbox, trial},
    region::{
        Reads,
        trial::{Scope, in_sight},
    },
    time::{instant, json},
};
use domain::{
    ids::{MessageId, TrialId},
    notify::{Audience, Bounce},
};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
};

/// Which messages.
#[derive(Clone, Debug)]
pub struct DeliveryQuery {
    /// About whose trials.
    pub scope: Scope,
    /// Written to any of these.
    pub audiences: Vec<Audience>,
    /// About one trial.
    pub trial: Option<TrialId>,
    /// Of which became this.
    pub state: Option<DeliveryState>,
    /// After this instant, in microseconds, and id.
    pub after: Option<(i64, String)>,
    /// At most so many.
    pub limit: u64,
}

/// What can become of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryState {
    /// On its way.
    Pending,
    /// Taken by the other side.
    Sent,
    /// Never to be sent, whatever the reason.
    GivenUp,
    /// NOTE-4: given up because of the address.
    Bounced,
}

impl DeliveryState {
    /// All of them.
    pub const ALL: [DeliveryState; 4] = [
        DeliveryState::Pending,
        DeliveryState::Sent,
        DeliveryState::GivenUp,
        DeliveryState::Bounced,
    ];

    /// Its stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            DeliveryState::Pending => "pending",
            DeliveryState::Sent => "sent",
            DeliveryState::GivenUp => "given_up",
            DeliveryState::Bounced => "bounced",
        }
    }

    /// The state of that name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The message.
    pub letter: Letter,
    /// `pending`, `sent` or `given_up`.
    pub state: String,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was delivered, by the rules' clock.
    pub delivered_at: Option<Timestamp>,
    /// What the other side said last.
    pub error: Option<String>,
    /// NOTE-4: why the address takes no email, where that is the reason.
    pub bounced: Option<Bounce>,
}

impl Reads<'_> {
    /// What was sent about trials within somebody's sight, the oldest first.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn deliveries_page(&self, query: &DeliveryQuery) -> Result<Vec<Delivery>, StoreError> {
        let trials = trial::Entity::find().select_only().column(trial::Column::Id);
        let mut rows = outbox::Entity::find()
            .filter(outbox::Column::TrialId.in_subquery(in_sight(trials, &query.scope).into_query()));
        let mut audiences = Vec::new();
        for audience in &query.audiences {
            audiences.push(json(audience)?);
        }
        rows = rows.filter(outbox::Column::Audience.is_in(audiences));
        if let Some(trial) = &query.trial {
            rows = rows.filter(outbox::Column::TrialId.eq(trial.as_str()));
        }
        if let Some(state) = query.state {
            let given_up = DeliveryState::GivenUp.as_str();
            rows = match state {
                DeliveryState::Bounced => rows
                    .filter(outbox::Column::State.eq(given_up))
                    .filter(outbox::Column::Bounced.is_not_null()),
                DeliveryState::Pending | DeliveryState::Sent | DeliveryState::GivenUp => {
                    rows.filter(outbox::Column::State.eq(state.as_str()))
                }
            };
        }
        if let Some((created, id)) = &query.after {
            let same = Condition::all()
                .add(outbox::Column::CreatedAt.eq(*created))
                .add(outbox::Column::Id.gt(id.as_str()));
            rows = rows.filter(Condition::any().add(outbox::Column::CreatedAt.gt(*created)).add(same));
        }
        let rows = rows
            .order_by_asc(outbox::Column::CreatedAt)
            .order_by_asc(outbox::Column::Id)
            .limit(query.limit);
        rows.all(&self.on).await?.into_iter().map(delivery).collect()
    }

    /// What was sent about a trial, in order.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn deliveries(&self, trial: &TrialId) -> Result<Vec<Delivery>, StoreError> {
        let rows = outbox::Entity::find()
            .filter(outbox::Column::TrialId.eq(trial.as_str()))
            .order_by_asc(outbox::Column::CreatedAt)
            .order_by_asc(outbox::Column::Id);
        rows.all(&self.on).await?.into_iter().map(delivery).collect()
    }

    /// One message.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn delivery(&self, id: &MessageId) -> Result<Option<Delivery>, StoreError> {
        outbox::Entity::find_by_id(id.as_str())
            .one(&self.on)
            .await?
            .map(delivery)
            .transpose()
    }
}

fn delivery(row: outbox::Model) -> Result<Delivery, StoreError> {
    Ok(Delivery {
        state: row.state.clone(),
        attempts: u32::try_from(row.attempts).unwrap_or(0),
        delivered_at: row.delivered_at.map(instant).transpose()?,
        error: row.error.clone(),
        bounced: row.bounced.as_deref().and_then(Bounce::parse),
        letter: read(row)?,
    })
}
