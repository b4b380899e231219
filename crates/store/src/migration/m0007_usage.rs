//! Daily figures of what customers use (USE-1).

use super::columns::*;
use sea_orm_migration::prelude::*;

/// One figure for each customer, service, metric and day.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let engine = manager.get_database_backend();
        let figure = [
            text("customer_id"),
            text("service"),
            text("metric"),
            text("day"),
            big("value"),
            big("reported_at"),
        ];
        let key = ["customer_id", "service", "metric", "day"];
        manager.create_table(table(engine, "usage", &figure, &key)).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
