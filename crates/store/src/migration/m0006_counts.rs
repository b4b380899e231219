//! What is counted and listed often is found by an index: a partner's running trials (ELIG-5), approvals decided last.

use super::columns::*;
use sea_orm_migration::prelude::*;

/// Two indexes.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let running = index("trial", &["partner_id", "status", "created_at"], false);
        manager.create_index(running).await?;
        manager
            .create_index(index("approval", &["decided_at", "id"], false))
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
