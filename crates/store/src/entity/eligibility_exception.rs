//! ELIG-4: a rest or limit that the trials team has lifted once.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "eligibility_exception")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub customer_id: String,
    pub service: String,
    pub partner_id: Option<String>,
    pub reason: String,
    pub granted_by: String,
    pub granted_at: i64,
    pub trial_id: Option<String>,
    pub used_at: Option<i64>,
    pub taken_back_at: Option<i64>,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
