//! Doors: links by email that open accounts.

use super::columns::*;
use sea_orm_migration::prelude::*;

/// What came with invitations.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            text("id"),
            text("person_id"),
            text("purpose"),
            text("digest"),
            flag("superseded"),
            big("created_at"),
            big("ends_at"),
            big_null("used_at"),
        ];
        let engine = manager.get_database_backend();
        manager.create_table(table(engine, "door", &columns, &["id"])).await?;
        manager.create_index(index("door", &["digest"], true)).await?;
        manager
            .create_index(index("door", &["person_id", "created_at"], false))
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
