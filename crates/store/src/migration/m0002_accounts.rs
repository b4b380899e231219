//! Accounts: what a session was proven by, one-time codes, tokens with scopes.

use super::columns::*;
use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// What came with the account page.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Sessions last half a day: whoever is signed in signs in again.
        manager.drop_table(Table::drop().table("session").take()).await?;
        for table in tables(manager.get_database_backend()) {
            manager.create_table(table).await?;
        }
        for index in [
            index("session", &["person_id"], false),
            index("session", &["created_at"], false),
            index("half_sign_in", &["ends_at"], false),
            index("recovery_code", &["person_id"], false),
        ] {
            manager.create_index(index).await?;
        }
        for statement in TOKENS {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Tokens made until now may do everything, and are called by the beginning of their digest.
const TOKENS: [&str; 4] = [
    "ALTER TABLE \"token\" ADD COLUMN \"id\" text NOT NULL DEFAULT ''",
    "ALTER TABLE \"token\" ADD COLUMN \"scopes\" text NOT NULL DEFAULT 'all'",
    "ALTER TABLE \"token\" ADD COLUMN \"used_on\" text",
    "UPDATE \"token\" SET \"id\" = substr(\"digest\", 1, 32)",
];

fn tables(engine: DbBackend) -> Vec<TableCreateStatement> {
    vec![
        table(
            engine,
            "session",
            &[
                text("digest"),
                text("id"),
                text("person_id"),
                text("people"),
                text("how"),
                text("browser"),
                text("platform"),
                big("created_at"),
                big("proven_at"),
                big("seen_at"),
            ],
            &["digest"],
        ),
        table(engine, "sign_out", &[text("person_id"), big("at")], &["person_id"]),
        table(
            engine,
            "one_time_code",
            &[
                text("person_id"),
                text("nonce"),
                text("sealed"),
                big_null("confirmed_at"),
                big("last_step"),
            ],
            &["person_id"],
        ),
        table(
            engine,
            "recovery_code",
            &[text("digest"), text("person_id"), big_null("used_at")],
            &["digest"],
        ),
        table(
            engine,
            "half_sign_in",
            &[text("digest"), text("people"), text("how"), big("ends_at")],
            &["digest"],
        ),
    ]
}
