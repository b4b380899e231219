//! What people ask of other companies, and for whom a session acts.

use super::columns::*;
use sea_orm_migration::prelude::*;

/// Requests for access, customers on their way to another partner, sessions that act for a customer.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let engine = manager.get_database_backend();
        let asked = [
            text("id"),
            text("kind"),
            text("customer_id"),
            text("partner_id"),
            text_null("from_id"),
            big("requested_at"),
            big("version"),
            text("body"),
        ];
        let acting = [text("digest"), text("customer_id"), big("since")];
        manager.create_table(table(engine, "asked", &asked, &["id"])).await?;
        manager
            .create_table(table(engine, "acting", &acting, &["digest"]))
            .await?;
        for column in ["customer_id", "partner_id", "from_id"] {
            manager.create_index(index("asked", &["kind", column], false)).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
