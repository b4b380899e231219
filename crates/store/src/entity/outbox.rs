//! Messages to send, and what became of them.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub kind: String,
    pub trial_id: Option<String>,
    pub customer_id: Option<String>,
    pub person_id: String,
    pub audience: String,
    pub facts: String,
    pub line: Option<String>,
    pub link_id: Option<String>,
    pub state: String,
    pub attempts: i32,
    pub created_at: i64,
    pub due_at: i64,
    pub lease_until: i64,
    pub fence: i64,
    pub delivered_at: Option<i64>,
    pub error: Option<String>,
    pub bounced: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
