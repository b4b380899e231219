//! Addresses that take no email (NOTE-4).

use sea_orm_migration::prelude::*;

/// Since when, beside the person whose address it is.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut more = Table::alter();
        more.table("person")
            .add_column(ColumnDef::new("bounced_at").big_integer().null());
        manager.alter_table(more.take()).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
