//! Why an address takes no email (NOTE-4).

use sea_orm_migration::prelude::*;

/// In a word, beside the message that came back.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut more = Table::alter();
        more.table("outbox").add_column(ColumnDef::new("bounced").text().null());
        manager.alter_table(more.take()).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
