//! PROV-2: what the provisioner is asked.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "provisioning")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub trial_id: String,
    pub customer_id: String,
    pub service: String,
    pub act: String,
    pub state: String,
    pub asked_at: i64,
    pub attempts: i32,
    pub misses: i32,
    pub taken: i32,
    pub called_at: Option<i64>,
    pub heard: Option<String>,
    pub next_at: i64,
    pub late_at: i64,
    pub lease_until: i64,
    pub fence: i64,
    pub answered_at: Option<i64>,
    pub answered_by: Option<String>,
    pub by_hand: bool,
    pub reason: Option<String>,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
