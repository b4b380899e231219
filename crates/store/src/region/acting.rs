//! ORG-8: for whom a session acts. It lies with the session, and is asked at each request.

use super::{Reads, Tx};
use crate::{
    StoreError,
    entity::{acting, session},
    time::micros,
};
use domain::ids::OrgId;
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QuerySelect as _, QueryTrait as _, sea_query::OnConflict,
};

impl Reads<'_> {
    /// The customer for whom a session acts.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn acting(&self, digest: &str) -> Result<Option<OrgId>, StoreError> {
        let row = acting::Entity::find_by_id(digest).one(&self.on).await?;
        Ok(row.map(|row| OrgId(row.customer_id)))
    }
}

impl Tx {
    /// A session acts for a customer from now on. What sessions left that are over goes.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn act_for(&self, digest: &str, customer: &OrgId, real_now: Timestamp) -> Result<(), StoreError> {
        let open = session::Entity::find().select_only().column(session::Column::Digest);
        acting::Entity::delete_many()
            .filter(acting::Column::Digest.not_in_subquery(open.into_query()))
            .exec(&self.on)
            .await?;
        let row = acting::Model {
            digest: digest.to_owned(),
            customer_id: customer.0.clone(),
            since: micros(real_now),
        };
        let conflict = OnConflict::column(acting::Column::Digest)
            .update_columns([acting::Column::CustomerId, acting::Column::Since])
            .to_owned();
        acting::Entity::insert(row.into_active_model().reset_all())
            .on_conflict(conflict)
            .exec_without_returning(&self.on)
            .await?;
        Ok(())
    }

    /// A session acts for itself again.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn stop_acting(&self, digest: &str) -> Result<(), StoreError> {
        acting::Entity::delete_by_id(digest).exec(&self.on).await?;
        Ok(())
    }
}
