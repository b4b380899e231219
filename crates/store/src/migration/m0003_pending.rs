//! The directory: what was begun in a browser and is to be finished there.

use super::columns::*;
use sea_orm_migration::prelude::*;

/// Signing in by passkey and single sign-on.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let pending = table(
            manager.get_database_backend(),
            "pending",
            &[text("digest"), text("body"), big("until")],
            &["digest"],
        );
        manager.create_table(pending).await?;
        manager.create_index(index("pending", &["until"], false)).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
