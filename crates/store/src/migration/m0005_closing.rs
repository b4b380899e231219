//! Closing an organization in steps (EXP-4, EXP-9).

use super::columns::*;
use sea_orm_migration::prelude::*;

/// How far closings have come; whom an answer is about, so that it can be erased with him.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Whom an answer is about.
const ABOUT: &str = "ALTER TABLE \"answer\" ADD COLUMN \"customer_id\" text";
/// What was closed before, and not erased yet, is carried on like the rest.
const BEGUN: &str = r#"INSERT INTO "closing"
    ("customer_id", "trial_id", "began_at", "step", "place", "users", "users_moved", "licenses", "version")
    SELECT one."id", ended."trial_id", ended."done_at", 'users', '',
        (SELECT COUNT(*) FROM "person" WHERE "organization_id" = one."id"), 0, 0, 1
    FROM "organization" one
    JOIN "milestone" ended ON ended."customer_id" = one."id" AND ended."kind" = 'removed' AND ended."state" = 'done'
    WHERE one."closed" AND one."name_key" <> ''
        AND NOT EXISTS (SELECT 1 FROM "milestone" later WHERE later."customer_id" = one."id"
            AND later."kind" = 'removed' AND later."state" = 'done'
            AND (later."done_at" > ended."done_at"
                OR later."done_at" = ended."done_at" AND later."trial_id" > ended."trial_id"))"#;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let engine = manager.get_database_backend();
        let closing = [
            text("customer_id"),
            text("trial_id"),
            big("began_at"),
            text("step"),
            text("place"),
            small("users"),
            small("users_moved"),
            small("licenses"),
            big_null("erased_at"),
            big("version"),
        ];
        manager
            .create_table(table(engine, "closing", &closing, &["customer_id"]))
            .await?;
        manager
            .create_index(index("closing", &["step", "customer_id"], false))
            .await?;
        for statement in [ABOUT, BEGUN] {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
