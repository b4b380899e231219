//! Half-filled starts, exceptions from a rest, why something was decided, and which places of an allowance arrived.

use super::columns::*;
use sea_orm_migration::prelude::*;

/// Drafts, exceptions, decisions with their reason, admissions.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let engine = manager.get_database_backend();
        let draft = [
            text("id"),
            text("author_id"),
            text_null("customer_id"),
            text("writer"),
            big("created_at"),
            big("updated_at"),
            big("version"),
            text("body"),
        ];
        let exception = [
            text("id"),
            text("customer_id"),
            text("service"),
            text_null("partner_id"),
            text("reason"),
            text("granted_by"),
            big("granted_at"),
            text_null("trial_id"),
            big_null("used_at"),
            big_null("taken_back_at"),
            big("version"),
        ];
        let admitted = [text("id"), flag("is_void"), big("at")];
        manager.create_table(table(engine, "draft", &draft, &["id"])).await?;
        manager
            .create_table(table(engine, "eligibility_exception", &exception, &["id"]))
            .await?;
        manager
            .create_table(table(engine, "admitted", &admitted, &["id"]))
            .await?;
        for (table, column) in [
            ("draft", "author_id"),
            ("draft", "customer_id"),
            ("draft", "updated_at"),
            ("eligibility_exception", "customer_id"),
            ("eligibility_exception", "trial_id"),
            ("admitted", "at"),
        ] {
            manager.create_index(index(table, &[column], false)).await?;
        }
        // SQLite adds one column at a time.
        for name in ["reason", "because"] {
            let mut more = Table::alter();
            more.table("approval").add_column(ColumnDef::new(name).text().null());
            manager.alter_table(more.take()).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
