//! What is asked about the ends of trials is found without reading everything.

use super::columns::*;
use sea_orm_migration::prelude::*;

/// Ends by their instant (EXP-9); answers by whom they are about.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for index in [
            index("milestone", &["kind", "state", "at", "trial_id"], false),
            index("answer", &["customer_id"], false),
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
