//! Orders: the value, and the columns by which it is found.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "purchase_order")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub trial_id: Option<String>,
    pub customer_id: Option<String>,
    pub partner_id: String,
    pub ordered_by: String,
    pub contact_id: String,
    pub state: String,
    pub mapping: bool,
    pub placed_at: i64,
    pub version: i64,
    pub body: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
