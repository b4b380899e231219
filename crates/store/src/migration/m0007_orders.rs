//! Orders, and conversions that a distributor has in hand (CONV).

use super::columns::*;
use sea_orm_migration::prelude::*;

/// Orders by whom they concern.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let engine = manager.get_database_backend();
        let order = [
            text("id"),
            text_null("trial_id"),
            text_null("customer_id"),
            text("partner_id"),
            text("ordered_by"),
            text("contact_id"),
            text("state"),
            flag("mapping"),
            big("placed_at"),
            big("version"),
            text("body"),
        ];
        let conversion = [
            text("trial_id"),
            text("customer_id"),
            text("partner_id"),
            text("distributor_id"),
            big("handed_at"),
        ];
        manager
            .create_table(table(engine, "purchase_order", &order, &["id"]))
            .await?;
        manager
            .create_table(table(engine, "conversion", &conversion, &["trial_id"]))
            .await?;
        for index in [
            index("purchase_order", &["state", "placed_at", "id"], false),
            index("purchase_order", &["partner_id", "placed_at", "id"], false),
            index("purchase_order", &["ordered_by", "placed_at", "id"], false),
            index("purchase_order", &["contact_id", "placed_at", "id"], false),
            index("purchase_order", &["trial_id"], false),
            index("purchase_order", &["mapping", "id"], false),
            index("conversion", &["distributor_id", "handed_at"], false),
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
