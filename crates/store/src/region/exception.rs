//! ELIG-4: rests and limits that the trials team has lifted, each for one trial.

use super::{Reads, Tx};
use crate::{
    StoreError,
    entity::eligibility_exception as exception,
    time::{instant, micros},
};
use domain::ids::{ExceptionId, OrgId, PersonId, TrialId};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    sea_query::{Expr, ExprTrait as _},
};

/// One exception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// Its id.
    pub id: ExceptionId,
    /// For whom.
    pub customer: OrgId,
    /// What may be tried once more.
    pub service: String,
    /// By whom; any partner where none is named.
    pub partner: Option<OrgId>,
    /// Why; the vendor's words.
    pub reason: String,
    /// Who granted it.
    pub granted_by: PersonId,
    /// When.
    pub granted_at: Timestamp,
    /// The trial that used it up.
    pub trial: Option<TrialId>,
    /// When it was used.
    pub used_at: Option<Timestamp>,
    /// When it was taken back.
    pub taken_back_at: Option<Timestamp>,
    /// Counts up with every change.
    pub version: i64,
}

impl Reads<'_> {
    /// An exception.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn exception(&self, id: &ExceptionId) -> Result<Option<Exception>, StoreError> {
        let found = exception::Entity::find_by_id(id.as_str()).one(&self.on).await?;
        found.map(read).transpose()
    }

    /// All that were granted for a customer, the oldest first.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn exceptions_of(&self, customer: &OrgId) -> Result<Vec<Exception>, StoreError> {
        let rows = exception::Entity::find()
            .filter(exception::Column::CustomerId.eq(customer.as_str()))
            .order_by_asc(exception::Column::GrantedAt)
            .order_by_asc(exception::Column::Id);
        rows.all(&self.on).await?.into_iter().map(read).collect()
    }

    /// Those that a partner can still use with a customer: its own before anybody's, the oldest first.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn open_exceptions(&self, customer: &OrgId, partner: &OrgId) -> Result<Vec<Exception>, StoreError> {
        let theirs = Condition::any()
            .add(exception::Column::PartnerId.eq(partner.as_str()))
            .add(exception::Column::PartnerId.is_null());
        let rows = exception::Entity::find()
            .filter(exception::Column::CustomerId.eq(customer.as_str()))
            .filter(exception::Column::UsedAt.is_null())
            .filter(exception::Column::TakenBackAt.is_null())
            .filter(theirs)
            .order_by_asc(exception::Column::PartnerId.is_null())
            .order_by_asc(exception::Column::GrantedAt)
            .order_by_asc(exception::Column::Id);
        rows.all(&self.on).await?.into_iter().map(read).collect()
    }
}

impl Tx {
    /// Grants one.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn add_exception(&self, value: &Exception) -> Result<(), StoreError> {
        let row = exception::ActiveModel {
            id: Set(value.id.0.clone()),
            customer_id: Set(value.customer.0.clone()),
            service: Set(value.service.clone()),
            partner_id: Set(value.partner.as_ref().map(|id| id.0.clone())),
            reason: Set(value.reason.clone()),
            granted_by: Set(value.granted_by.0.clone()),
            granted_at: Set(micros(value.granted_at)),
            trial_id: Set(None),
            used_at: Set(None),
            taken_back_at: Set(None),
            version: Set(1),
        };
        exception::Entity::insert(row).exec_without_returning(&self.on).await?;
        Ok(())
    }

    /// Uses one up.
    ///
    /// # Errors
    /// `Conflict` when it was used or taken back meanwhile.
    pub async fn use_exception(&self, value: &Exception, trial: &TrialId, at: Timestamp) -> Result<(), StoreError> {
        let set = exception::Entity::update_many()
            .col_expr(exception::Column::TrialId, Expr::value(trial.as_str()))
            .col_expr(exception::Column::UsedAt, Expr::value(micros(at)));
        self.change_exception(set, value).await
    }

    /// Takes an unused one back.
    ///
    /// # Errors
    /// `Conflict` when it was used or taken back meanwhile.
    pub async fn take_back_exception(&self, value: &Exception, at: Timestamp) -> Result<(), StoreError> {
        let set = exception::Entity::update_many().col_expr(exception::Column::TakenBackAt, Expr::value(micros(at)));
        self.change_exception(set, value).await
    }

    async fn change_exception(
        &self,
        set: sea_orm::UpdateMany<exception::Entity>,
        value: &Exception,
    ) -> Result<(), StoreError> {
        let done = set
            .col_expr(exception::Column::Version, Expr::col(exception::Column::Version).add(1))
            .filter(exception::Column::Id.eq(value.id.as_str()))
            .filter(exception::Column::Version.eq(value.version))
            .filter(exception::Column::UsedAt.is_null())
            .filter(exception::Column::TakenBackAt.is_null())
            .exec(&self.on)
            .await?;
        if done.rows_affected == 1 {
            Ok(())
        } else {
            Err(StoreError::Conflict)
        }
    }

    /// Gives back what a trial used that never ran: for these services, or for all.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn give_back_exceptions(&self, trial: &TrialId, services: Option<&[String]>) -> Result<(), StoreError> {
        let mut used = exception::Entity::update_many()
            .col_expr(exception::Column::TrialId, Expr::value(None::<String>))
            .col_expr(exception::Column::UsedAt, Expr::value(None::<i64>))
            .col_expr(exception::Column::Version, Expr::col(exception::Column::Version).add(1))
            .filter(exception::Column::TrialId.eq(trial.as_str()));
        if let Some(services) = services {
            used = used.filter(exception::Column::Service.is_in(services.iter().map(String::as_str)));
        }
        used.exec(&self.on).await?;
        Ok(())
    }

    /// Takes away why anything was granted about a customer (EXP-9).
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn erase_exceptions(&self, customer: &OrgId) -> Result<(), StoreError> {
        exception::Entity::update_many()
            .col_expr(exception::Column::Reason, Expr::value(""))
            .filter(exception::Column::CustomerId.eq(customer.as_str()))
            .exec(&self.on)
            .await?;
        Ok(())
    }
}

fn read(row: exception::Model) -> Result<Exception, StoreError> {
    Ok(Exception {
        id: ExceptionId(row.id),
        customer: OrgId(row.customer_id),
        service: row.service,
        partner: row.partner_id.map(OrgId),
        reason: row.reason,
        granted_by: PersonId(row.granted_by),
        granted_at: instant(row.granted_at)?,
        trial: row.trial_id.map(TrialId),
        used_at: row.used_at.map(instant).transpose()?,
        taken_back_at: row.taken_back_at.map(instant).transpose()?,
        version: row.version,
    })
}
