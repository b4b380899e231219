//! The mailbox of demo and test servers.

use super::columns::*;
use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// The first schema.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in tables(manager.get_database_backend()) {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn tables(engine: DbBackend) -> Vec<TableCreateStatement> {
    vec![table(
        engine,
        "mail",
        &[
            counter("id"),
            text("message_id"),
            text("to"),
            text("to_key"),
            text("kind"),
            text_null("trial_id"),
            text("language"),
            text("subject"),
            text("text"),
            text("html"),
            text("links"),
            big("sent_at"),
        ],
        &[],
    )]
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        index("mail", &["to_key", "id"], false),
        index("mail", &["trial_id", "id"], false),
        index("mail", &["message_id", "to_key"], true),
    ]
}
