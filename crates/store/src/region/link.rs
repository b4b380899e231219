//! CONS-7: links to a request; each recipient has one of his own, stored as a digest.

use super::{Reads, Tx};
use crate::{StoreError, entity::consent_link, keys::sha256};
use domain::ids::{PersonId, TrialId};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, sea_query::Expr};

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// To which request.
    pub trial: TrialId,
    /// For whom it was made.
    pub person: PersonId,
    /// Whether a later one replaced it.
    pub superseded: bool,
}

impl Reads<'_> {
    /// The link behind its secret.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn link(&self, secret: &str) -> Result<Option<Link>, StoreError> {
        let row = consent_link::Entity::find()
            .filter(consent_link::Column::Digest.eq(sha256(secret.as_bytes())))
            .one(&self.on)
            .await?;
        Ok(row.map(|row| Link {
            trial: TrialId(row.trial_id),
            person: PersonId(row.person_id),
            superseded: row.superseded,
        }))
    }
}

impl Tx {
    /// Replaces a request's older links (CONS-7).
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn supersede_links(&self, trial: &TrialId) -> Result<(), StoreError> {
        consent_link::Entity::update_many()
            .col_expr(consent_link::Column::Superseded, Expr::value(true))
            .filter(consent_link::Column::TrialId.eq(trial.as_str()))
            .exec(&self.on)
            .await?;
        Ok(())
    }

    /// Writes a link; its secret is made again from its id when it is sent.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn add_link(&self, id: &str, trial: &TrialId, person: &PersonId) -> Result<(), StoreError> {
        let row = consent_link::ActiveModel {
            id: Set(id.to_owned()),
            trial_id: Set(trial.0.clone()),
            person_id: Set(person.0.clone()),
            digest: Set(sha256(self.keys.link(id).as_bytes())),
            superseded: Set(false),
        };
        consent_link::Entity::insert(row)
            .exec_without_returning(&self.on)
            .await?;
        Ok(())
    }
}
