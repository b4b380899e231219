//! EXP-4: how far the closing of an organization has come, and its tombstone.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "closing")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub customer_id: String,
    pub trial_id: String,
    pub began_at: i64,
    pub step: String,
    pub place: String,
    pub users: i32,
    pub users_moved: i32,
    pub licenses: i32,
    pub erased_at: Option<i64>,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
