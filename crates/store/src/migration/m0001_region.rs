//! A region: organizations, people, trials and everything about them.

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
        let ends = ends_index("trial", "partner_id", "id");
        manager.get_connection().execute_unprepared(&ends).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn tables(engine: DbBackend) -> Vec<TableCreateStatement> {
    vec![
        table(engine, "meta", &[text("key"), text("value")], &["key"]),
        table(
            engine,
            "organization",
            &[
                text("id"),
                text("kind"),
                text("name_key"),
                flag("closed"),
                big("version"),
                text("body"),
            ],
            &["id"],
        ),
        table(
            engine,
            "person",
            &[
                text("id"),
                text("organization_id"),
                text("email_key"),
                flag("administrator"),
                big("version"),
                text("body"),
            ],
            &["id"],
        ),
        table(
            engine,
            "token",
            &[
                text("digest"),
                text("person_id"),
                text("label"),
                big("created_at"),
                big_null("expires_at"),
                big_null("revoked_at"),
            ],
            &["digest"],
        ),
        table(
            engine,
            "credential",
            &[text("person_id"), text("hash"), big("changed_at")],
            &["person_id"],
        ),
        table(
            engine,
            "session",
            &[
                text("digest"),
                text("person_id"),
                text("people"),
                big("created_at"),
                big("seen_at"),
            ],
            &["digest"],
        ),
        table(
            engine,
            "relationship",
            &[
                text("customer_id"),
                text("partner_id"),
                flag("pending"),
                text("status"),
                text_null("ends_on"),
                text("services"),
                text("name_key"),
                big("version"),
                text("body"),
            ],
            &["customer_id", "partner_id"],
        ),
        table(
            engine,
            "listing",
            &[
                text("customer_id"),
                text("partner_id"),
                text("facet"),
                text("name_key"),
                text("ends_key"),
            ],
            &["customer_id", "partner_id", "facet"],
        ),
        table(
            engine,
            "assignment",
            &[text("customer_id"), text("person_id"), text("partner_id")],
            &["customer_id", "person_id"],
        ),
        table(
            engine,
            "trial",
            &[
                text("id"),
                text("customer_id"),
                text("partner_id"),
                text("created_by"),
                text("status"),
                text("services"),
                text_null("ends_on"),
                big("created_at"),
                text("customer_key"),
                big("version"),
                text("body"),
                text("texts"),
            ],
            &["id"],
        ),
        table(
            engine,
            "claim",
            &[
                text("customer_id"),
                text("service"),
                text("trial_id"),
                text("partner_id"),
            ],
            &["customer_id", "service"],
        ),
        table(
            engine,
            "milestone",
            &[
                text("trial_id"),
                text("kind"),
                big("at"),
                small("rank"),
                text("customer_id"),
                text("on_day"),
                text("state"),
                big_null("done_at"),
            ],
            &["trial_id", "kind", "at"],
        ),
        table(
            engine,
            "event",
            &[
                text("id"),
                text("chain"),
                big("seq"),
                text_null("trial_id"),
                big("at"),
                text("name"),
                text("actor"),
                text("body"),
                text("commitment"),
                text("previous"),
                text("hash"),
            ],
            &["id"],
        ),
        table(
            engine,
            "event_text",
            &[text("event_id"), text("chain"), text("nonce"), text("sealed")],
            &["event_id"],
        ),
        table(
            engine,
            "chain",
            &[text("organization_id"), big("seq"), text("hash")],
            &["organization_id"],
        ),
        table(
            engine,
            "customer_key",
            &[text("organization_id"), text("nonce"), text("sealed")],
            &["organization_id"],
        ),
        table(
            engine,
            "outbox",
            &[
                text("id"),
                text("kind"),
                text_null("trial_id"),
                text_null("customer_id"),
                text("person_id"),
                text("audience"),
                text("facts"),
                text_null("line"),
                text_null("link_id"),
                text("state"),
                small("attempts"),
                big("created_at"),
                big("due_at"),
                big("lease_until"),
                big("fence"),
                big_null("delivered_at"),
                text_null("error"),
            ],
            &["id"],
        ),
        table(
            engine,
            "consent_link",
            &[
                text("id"),
                text("trial_id"),
                text("person_id"),
                text("digest"),
                flag("superseded"),
            ],
            &["id"],
        ),
        table(
            engine,
            "approval",
            &[
                text("id"),
                text("trial_id"),
                text("customer_id"),
                text("partner_id"),
                text("subject"),
                text("state"),
                big("requested_at"),
                big_null("decided_at"),
                text_null("decided_by"),
                big("version"),
            ],
            &["id"],
        ),
        table(
            engine,
            "hold",
            &[
                text("id"),
                text("customer_id"),
                text("reason"),
                text("placed_by"),
                big("placed_at"),
                big_null("lifted_at"),
                big("version"),
            ],
            &["id"],
        ),
        table(
            engine,
            "directory_task",
            &[
                text("id"),
                text("action"),
                text("kind"),
                text("digest"),
                text("organization_id"),
                big("until"),
            ],
            &["id"],
        ),
        table(
            engine,
            "answer",
            &[text("digest"), text("body"), big("created_at")],
            &["digest"],
        ),
    ]
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        index("organization", &["kind", "closed", "name_key", "id"], false),
        index("person", &["organization_id", "email_key"], true),
        index("person", &["email_key"], false),
        index("person", &["organization_id", "administrator"], false),
        index("token", &["person_id"], false),
        index("session", &["person_id"], false),
        index("session", &["created_at"], false),
        index(
            "listing",
            &["partner_id", "facet", "name_key", "customer_id", "ends_key"],
            false,
        ),
        index(
            "listing",
            &["partner_id", "facet", "ends_key", "customer_id", "name_key"],
            false,
        ),
        index("assignment", &["person_id"], false),
        index("trial", &["customer_id"], false),
        index("trial", &["partner_id", "created_at", "id"], false),
        index("trial", &["partner_id", "customer_key", "id"], false),
        index("claim", &["trial_id"], false),
        index("milestone", &["state", "at", "rank", "trial_id"], false),
        index("event", &["chain", "seq"], true),
        index("event", &["trial_id", "seq"], false),
        index("event_text", &["chain"], false),
        index("outbox", &["state", "due_at"], false),
        index("outbox", &["trial_id"], false),
        index("outbox", &["customer_id", "state"], false),
        index("consent_link", &["digest"], true),
        index("consent_link", &["trial_id"], false),
        index("approval", &["state", "requested_at"], false),
        index("approval", &["trial_id"], false),
        index("hold", &["customer_id", "lifted_at"], false),
        index("answer", &["created_at"], false),
    ]
}
