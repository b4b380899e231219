//! What falls due and belongs to no trial. Ids and instants, nothing that names anybody.

use super::columns::*;
use sea_orm_migration::prelude::*;

/// Alarms.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let engine = manager.get_database_backend();
        let alarm = [text("kind"), text("subject"), big("at")];
        manager
            .create_table(table(engine, "alarm", &alarm, &["kind", "subject"]))
            .await?;
        manager
            .create_index(index("alarm", &["at", "kind", "subject"], false))
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
