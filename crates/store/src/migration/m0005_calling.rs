//! First-time set-up, and what calling has: locations, numbers, orders of numbers.

use super::columns::*;
use sea_orm_migration::prelude::*;

/// What was entered while setting up, where a customer calls from, and by which numbers.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let engine = manager.get_database_backend();
        let setup = [text("customer_id"), big("version"), text("body")];
        let location = [text("id"), text("customer_id"), big("version"), text("body")];
        let number = [
            text("id"),
            text("customer_id"),
            text("location_id"),
            text("number"),
            text_null("order_id"),
            big("added_at"),
            big_null("rests_until"),
        ];
        let order = [
            text("id"),
            text("customer_id"),
            text("trial_id"),
            text("location_id"),
            text("provider"),
            small("quantity"),
            big("ordered_at"),
        ];
        for (name, columns, key) in [
            ("setup", setup.as_slice(), "customer_id"),
            ("location", location.as_slice(), "id"),
            ("number", number.as_slice(), "id"),
            ("number_order", order.as_slice(), "id"),
        ] {
            manager.create_table(table(engine, name, columns, &[key])).await?;
        }
        for table in ["location", "number", "number_order"] {
            manager.create_index(index(table, &["customer_id"], false)).await?;
        }
        manager.create_index(index("number", &["number"], true)).await?;
        manager.create_index(index("number", &["rests_until"], false)).await?;
        manager.create_index(index("number_order", &["trial_id"], false)).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
