//! Daily figures of what customers use (USE-1), and what is gathered for a daily digest (NOTE-4): ids and dates.

use super::columns::*;
use sea_orm_migration::prelude::*;

/// One figure for each customer, service, metric and day; what waits for a person, and what was told last.
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
        manager.create_table(table(engine, "usage", &figure, &key)).await?;
        let gathered = [
            text("person_id"),
            text("trial_id"),
            text("kind"),
            text("customer_id"),
            text("ends_on"),
            big("at"),
        ];
        let key = ["person_id", "trial_id", "kind"];
        manager.create_table(table(engine, "gathered", &gathered, &key)).await?;
        let told = [text("person_id"), text("sent_on"), text("body")];
        manager
            .create_table(table(engine, "digest", &told, &["person_id"]))
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
