//! NOTE-4: reminders that wait where their trials are, and what was told last where the reader is. Ids and dates only.

use super::{Reads, Tx, batch::beyond};
use crate::{
    StoreError,
    entity::{digest, gathered},
    time::{instant, json, micros, parse},
};
use domain::{
    digest::Gathered,
    ids::{OrgId, PersonId, TrialId},
    notify::MessageKind,
};
use jiff::civil::Date;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    sea_query::{Expr, OnConflict},
};

/// What a person was told last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The reader's civil day.
    pub on: Date,
    /// What it said, as far as it may still wait somewhere.
    pub lines: Vec<Gathered>,
}

impl Reads<'_> {
    /// What waits for a person in this region, by its end.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn gathered(&self, person: &PersonId) -> Result<Vec<Gathered>, StoreError> {
        let rows = gathered::Entity::find()
            .filter(gathered::Column::PersonId.eq(person.as_str()))
            .order_by_asc(gathered::Column::EndsOn)
            .order_by_asc(gathered::Column::TrialId)
            .order_by_asc(gathered::Column::Kind);
        rows.all(&self.on).await?.into_iter().map(read).collect()
    }

    /// What a person of this region was told last.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn told_last(&self, person: &PersonId) -> Result<Option<Told>, StoreError> {
        let row = digest::Entity::find_by_id(person.as_str()).one(&self.on).await?;
        let told = |row: digest::Model| {
            let day = row.sent_on.parse();
            Ok(Told {
                on: day.map_err(|_| StoreError::Corrupt(format!("the day of a digest: {}", row.sent_on)))?,
                lines: parse(&row.body, "a digest")?,
            })
        };
        row.map(told).transpose()
    }
}

impl Tx {
    /// Keeps a reminder for later; a later one of its kind about the trial takes its place.
    ///
    /// # Errors
    /// `Database` within a batch: it goes the ordinary way.
    pub async fn gather(&self, person: &PersonId, line: &Gathered) -> Result<(), StoreError> {
        if self.batch.is_some() {
            return Err(beyond());
        }
        let row = gathered::ActiveModel {
            person_id: Set(person.0.clone()),
            trial_id: Set(line.trial.0.clone()),
            kind: Set(line.kind.as_str().to_owned()),
            customer_id: Set(line.customer.0.clone()),
            ends_on: Set(line.ends_on.to_string()),
            at: Set(micros(line.at)),
        };
        let key = [
            gathered::Column::PersonId,
            gathered::Column::TrialId,
            gathered::Column::Kind,
        ];
        let put = OnConflict::columns(key)
            .update_columns([gathered::Column::EndsOn, gathered::Column::At])
            .to_owned();
        let insert = gathered::Entity::insert(row).on_conflict(put);
        insert.exec_without_returning(&self.on).await?;
        Ok(())
    }

    /// Takes away what was told, and nothing that was gathered since.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn drop_gathered(&self, person: &PersonId, lines: &[Gathered]) -> Result<(), StoreError> {
        for line in lines {
            gathered::Entity::delete_many()
                .filter(gathered::Column::PersonId.eq(person.as_str()))
                .filter(gathered::Column::TrialId.eq(line.trial.as_str()))
                .filter(gathered::Column::Kind.eq(line.kind.as_str()))
                .filter(gathered::Column::At.eq(micros(line.at)))
                .exec(&self.on)
                .await?;
        }
        Ok(())
    }

    /// Writes down that a person is told today.
    ///
    /// # Errors
    /// `Conflict` or `Taken` when somebody else has written it meanwhile.
    pub async fn tell_today(
        &self,
        person: &PersonId,
        before: Option<&Told>,
        from_now: &Told,
    ) -> Result<(), StoreError> {
        let (today, body) = (from_now.on, json(&from_now.lines)?);
        let Some(before) = before else {
            let row = digest::ActiveModel {
                person_id: Set(person.0.clone()),
                sent_on: Set(today.to_string()),
                body: Set(body),
            };
            digest::Entity::insert(row).exec_without_returning(&self.on).await?;
            return Ok(());
        };
        let done = digest::Entity::update_many()
            .col_expr(digest::Column::SentOn, Expr::value(today.to_string()))
            .col_expr(digest::Column::Body, Expr::value(body))
            .filter(digest::Column::PersonId.eq(person.as_str()))
            .filter(digest::Column::SentOn.eq(before.on.to_string()))
            .exec(&self.on)
            .await?;
        match done.rows_affected {
            1 => Ok(()),
            _ => Err(StoreError::Conflict),
        }
    }
}

fn read(row: gathered::Model) -> Result<Gathered, StoreError> {
    let corrupt = |what: &str| StoreError::Corrupt(format!("a gathered reminder: {what}"));
    Ok(Gathered {
        ends_on: row.ends_on.parse().map_err(|_| corrupt(&row.ends_on))?,
        trial: TrialId(row.trial_id),
        customer: OrgId(row.customer_id),
        kind: MessageKind::parse(&row.kind).ok_or_else(|| corrupt(&row.kind))?,
        at: instant(row.at)?,
    })
}
