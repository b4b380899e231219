//! Trials: the value, and the columns by which it is found.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "trial")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub customer_id: String,
    pub partner_id: String,
    pub created_by: String,
    pub status: String,
    pub services: String,
    pub ends_on: Option<String>,
    pub created_at: i64,
    pub customer_key: String,
    pub version: i64,
    pub body: String,
    pub texts: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
