//! The directory: places of a partner's allowance that are being taken (ELIG-5). Ids and instants, nothing that names anybody.

use super::columns::*;
use sea_orm_migration::prelude::*;

/// Allowances.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let engine = manager.get_database_backend();
        let allowance = [text("partner_id"), big("version")];
        let admission = [
            text("id"),
            text("partner_id"),
            text("region"),
            flag("of_month"),
            text("holder"),
            big("until"),
        ];
        manager
            .create_table(table(engine, "allowance", &allowance, &["partner_id"]))
            .await?;
        manager
            .create_table(table(engine, "admission", &admission, &["id"]))
            .await?;
        manager.create_index(index("admission", &["partner_id"], false)).await?;
        manager.create_index(index("admission", &["until"], false)).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
