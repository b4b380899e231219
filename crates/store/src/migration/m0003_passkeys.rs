//! Passkeys, and single sign-on through an organization's own provider.

use super::columns::*;
use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// Signing in by passkey and single sign-on.
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
            "passkey",
            &[
                text("id"),
                text("credential_id"),
                text("person_id"),
                text("handle"),
                text("label"),
                text("body"),
                big("created_at"),
                big_null("used_at"),
                big_null("refused_at"),
                big("version"),
            ],
            &["id"],
        ),
        table(
            engine,
            "single_sign_on",
            &[
                text("organization_id"),
                text("issuer"),
                text("client_id"),
                text("nonce"),
                text("sealed"),
                text("domains"),
                flag("passwords"),
                big("version"),
            ],
            &["organization_id"],
        ),
        table(
            engine,
            "identity",
            &[
                text("organization_id"),
                text("issuer"),
                text("subject"),
                text("person_id"),
                big("created_at"),
            ],
            &["organization_id", "issuer", "subject"],
        ),
    ]
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        index("passkey", &["credential_id"], true),
        index("passkey", &["person_id"], false),
        index("identity", &["person_id", "issuer"], true),
    ]
}
