//! The mailbox of demo and test servers: it stands for the outside world, and nothing in it is erased.

use crate::{
    StoreError,
    connect::Db,
    entity::mail,
    time::{instant, json, micros, parse},
};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::OnConflict,
};

/// The mailbox.
#[derive(Clone, Debug)]
pub struct Mailbox {
    db: Db,
}

/// An email as one recipient got it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Grows with every email.
    pub id: i64,
    /// One identity, however often it is delivered.
    pub message_id: String,
    /// The address.
    pub to: String,
    /// Its kind.
    pub kind: String,
    /// About which trial.
    pub trial_id: Option<String>,
    /// BCP 47.
    pub language: String,
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML.
    pub html: String,
    /// Links in it.
    pub links: Vec<String>,
    /// By the rules' clock.
    pub sent_at: Timestamp,
}

/// Which emails.
#[derive(Clone, Debug, Default)]
pub struct MailQuery {
    /// To whom.
    pub to: Option<String>,
    /// Of which kind.
    pub kind: Option<String>,
    /// About which trial.
    pub trial_id: Option<String>,
    /// After this id.
    pub after: Option<i64>,
    /// At most so many.
    pub limit: u64,
}

impl Mailbox {
    pub(crate) fn new(db: Db) -> Self {
        Self { db }
    }

    /// Delivers emails; one that was delivered already is not there twice.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn deliver(&self, mails: &[Mail]) -> Result<(), StoreError> {
        let mut rows = Vec::with_capacity(mails.len());
        for value in mails {
            rows.push(mail::ActiveModel {
                id: NotSet,
                message_id: Set(value.message_id.clone()),
                to: Set(value.to.clone()),
                to_key: Set(value.to.to_lowercase()),
                kind: Set(value.kind.clone()),
                trial_id: Set(value.trial_id.clone()),
                language: Set(value.language.clone()),
                subject: Set(value.subject.clone()),
                text: Set(value.text.clone()),
                html: Set(value.html.clone()),
                links: Set(json(&value.links)?),
                sent_at: Set(micros(value.sent_at)),
            });
        }
        for part in rows.chunks(200) {
            let again = OnConflict::columns([mail::Column::MessageId, mail::Column::ToKey])
                .do_nothing()
                .to_owned();
            mail::Entity::insert_many(part.to_vec())
                .on_conflict(again)
                .exec_without_returning(&self.db.write)
                .await?;
        }
        Ok(())
    }

    /// Emails in the order of their arrival.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn list(&self, query: &MailQuery) -> Result<Vec<Mail>, StoreError> {
        let mut rows = mail::Entity::find();
        if let Some(to) = &query.to {
            rows = rows.filter(mail::Column::ToKey.eq(to.to_lowercase()));
        }
        if let Some(kind) = &query.kind {
            rows = rows.filter(mail::Column::Kind.eq(kind.as_str()));
        }
        if let Some(trial) = &query.trial_id {
            rows = rows.filter(mail::Column::TrialId.eq(trial.as_str()));
        }
        if let Some(after) = query.after {
            rows = rows.filter(mail::Column::Id.gt(after));
        }
        let rows = rows
            .order_by_asc(mail::Column::Id)
            .limit(query.limit)
            .all(&self.db.read)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// The latest emails, the newest first; to one address only, where one is given, and older than an id.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn newest(&self, to: Option<&str>, before: Option<i64>, limit: u64) -> Result<Vec<Mail>, StoreError> {
        let mut rows = mail::Entity::find();
        if let Some(to) = to {
            rows = rows.filter(mail::Column::ToKey.eq(to.to_lowercase()));
        }
        if let Some(before) = before {
            rows = rows.filter(mail::Column::Id.lt(before));
        }
        let rows = rows
            .order_by_desc(mail::Column::Id)
            .limit(limit)
            .all(&self.db.read)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// One email.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn mail(&self, id: i64) -> Result<Option<Mail>, StoreError> {
        mail::Entity::find_by_id(id)
            .one(&self.db.read)
            .await?
            .map(read)
            .transpose()
    }

    pub(crate) async fn close(self) {
        self.db.close().await;
    }
}

fn read(row: mail::Model) -> Result<Mail, StoreError> {
    Ok(Mail {
        id: row.id,
        message_id: row.message_id,
        to: row.to,
        kind: row.kind,
        trial_id: row.trial_id,
        language: row.language,
        subject: row.subject,
        text: row.text,
        html: row.html,
        links: parse(&row.links, "an email's links")?,
        sent_at: instant(row.sent_at)?,
    })
}
