//! Work in the background, row by row; and by what a customer's users are found and their licences counted.

use super::columns::*;
use domain::{person::Person, text::fold};
use sea_orm_migration::{
    prelude::*,
    sea_orm::{DbBackend, Statement},
};

/// Jobs, their rows, licences of people.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// People who are written at a time.
const AT_ONCE: i64 = 500;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in tables(manager.get_database_backend()) {
            manager.create_table(table).await?;
        }
        for index in [
            index("job", &["customer_id"], false),
            index("job", &["status", "touched_at"], false),
            index("job_row", &["job_id", "status", "number"], false),
        ] {
            manager.create_index(index).await?;
        }
        for column in ["licenses", "name_key"] {
            let add = format!("ALTER TABLE \"person\" ADD COLUMN \"{column}\" text NOT NULL DEFAULT ''");
            manager.get_connection().execute_unprepared(&add).await?;
        }
        let licenses = index("person", &["organization_id", "licenses"], false);
        manager.create_index(licenses).await?;
        fill(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn tables(engine: DbBackend) -> [TableCreateStatement; 2] {
    let job = [
        text("id"),
        text("kind"),
        text("customer_id"),
        text("author_id"),
        text("author"),
        text("status"),
        big("total"),
        big("succeeded"),
        big("failed"),
        big("created_at"),
        big_null("finished_at"),
        text("holder"),
        big("lease_until"),
        big("fence"),
        big("touched_at"),
    ];
    let row = [
        text("job_id"),
        big("number"),
        text("status"),
        text_null("code"),
        text_null("details"),
        text_null("subject_id"),
        text_null("input"),
    ];
    [
        table(engine, "job", &job, &["id"]),
        table(engine, "job_row", &row, &["job_id", "number"]),
    ]
}

/// Those who are there already are counted and found like those who come.
async fn fill(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let (on, engine) = (manager.get_connection(), manager.get_database_backend());
    let mark = |number: usize| match engine {
        DbBackend::Postgres => format!("${number}"),
        _ => "?".to_owned(),
    };
    let read = format!(
        "SELECT \"id\", \"body\" FROM \"person\" WHERE \"id\" > {} ORDER BY \"id\" LIMIT {AT_ONCE}",
        mark(1)
    );
    let write = format!(
        "UPDATE \"person\" SET \"licenses\" = {}, \"name_key\" = {} WHERE \"id\" = {}",
        mark(1),
        mark(2),
        mark(3)
    );
    let mut after = String::new();
    loop {
        let part = on
            .query_all_raw(Statement::from_sql_and_values(engine, &read, [after.clone().into()]))
            .await?;
        if part.is_empty() {
            return Ok(());
        }
        for row in part {
            let (id, body): (String, String) = (row.try_get("", "id")?, row.try_get("", "body")?);
            let person: Person = serde_json::from_str(&body).map_err(|error| DbErr::Custom(error.to_string()))?;
            let key = crate::region::license_key(&person.licenses);
            let values = [key.into(), fold(&person.name).into(), id.clone().into()];
            on.execute_raw(Statement::from_sql_and_values(engine, &write, values))
                .await?;
            after = id;
        }
    }
}
