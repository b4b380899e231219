//! What the outside world received.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = true)]
    pub id: i64,
    pub message_id: String,
    pub to: String,
    pub to_key: String,
    pub kind: String,
    pub trial_id: Option<String>,
    pub language: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub links: String,
    pub sent_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
