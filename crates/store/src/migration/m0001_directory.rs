//! The directory: digests, nothing that names anybody.

use super::columns::*;
use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// The first schema.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in tables(manager.get_database_backend()) {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn tables(engine: DbBackend) -> Vec<TableCreateStatement> {
    vec![
        table(
            engine,
            "entry",
            &[
                text("kind"),
                text("digest"),
                text("region"),
                text("reference"),
                text("state"),
                text("holder"),
                big("until"),
            ],
            &["kind", "digest"],
        ),
        table(
            engine,
            "idempotency",
            &[
                text("digest"),
                text("body_digest"),
                text("region"),
                text("owner"),
                big("lease_until"),
                big("created_at"),
            ],
            &["digest"],
        ),
        table(
            engine,
            "program",
            &[big("version"), text("id"), text("body"), big("published_at")],
            &["version"],
        ),
        table(
            engine,
            "lookup",
            &[
                text("id"),
                text("person_id"),
                text("partner_id"),
                text("digest"),
                big("at"),
            ],
            &["id"],
        ),
        table(
            engine,
            "attempt",
            &[text("digest"), small("count"), big("at")],
            &["digest"],
        ),
        table(engine, "setting", &[text("key"), text("value")], &["key"]),
    ]
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        index("entry", &["reference"], false),
        index("entry", &["state", "until"], false),
        index("attempt", &["at"], false),
        index("idempotency", &["created_at"], false),
        index("lookup", &["person_id", "at"], false),
        index("lookup", &["partner_id", "at"], false),
    ]
}
