//! PROV-2: what is asked of the provisioner.

use super::columns::*;
use sea_orm_migration::prelude::*;

/// Orders to the provisioner.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let engine = manager.get_database_backend();
        let orders = [
            text("id"),
            text("trial_id"),
            text("customer_id"),
            text("service"),
            text("act"),
            text("state"),
            big("asked_at"),
            small("attempts"),
            small("misses"),
            small("taken"),
            big_null("called_at"),
            text_null("heard"),
            big("next_at"),
            big("late_at"),
            big("lease_until"),
            big("fence"),
            big_null("answered_at"),
            text_null("answered_by"),
            flag("by_hand"),
            text_null("reason"),
            big("version"),
        ];
        manager
            .create_table(table(engine, "provisioning", &orders, &["id"]))
            .await?;
        for columns in [
            &["trial_id", "service"][..],
            &["customer_id"],
            &["state", "next_at"],
            &["state", "asked_at", "id"],
        ] {
            manager.create_index(index("provisioning", columns, false)).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
