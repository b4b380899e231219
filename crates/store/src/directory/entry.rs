//! Which organization an address belongs to, which site names are taken (START-5, START-6).

use super::Directory;
use crate::{
    StoreError,
    entity::{admission, entry},
    region::directory_task::{Action, DirectoryTask},
    time::{instant, micros},
};
use domain::ids::OrgId;
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, sea_query::Expr,
};

/// How sure an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryState {
    /// Somebody is about to write it in its region.
    Reserved,
    /// It is in its region.
    Confirmed,
    /// START-5: free again from an instant of the rules' clock.
    Resting,
}

/// What the directory knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// `email`, `site` or `domain`.
    pub kind: String,
    /// The keyed digest.
    pub digest: String,
    /// Where it leads.
    pub region: String,
    /// Whose it is.
    pub organization: OrgId,
    /// How sure.
    pub state: EntryState,
    /// Who reserved it.
    pub holder: String,
    /// Reserved: until when, real time. Resting: until when, by the rules' clock.
    pub until: Timestamp,
}

/// What is to be reserved.
#[derive(Clone, Debug)]
pub struct Reserve<'a> {
    /// `email`, `site` or `domain`.
    pub kind: &'static str,
    /// The value; only its digest is written.
    pub value: &'a str,
    /// For whom.
    pub organization: &'a OrgId,
    /// Who reserves.
    pub holder: &'a str,
    /// Real time; then somebody else may take it when it never came to its region.
    pub until: Timestamp,
}

impl Directory {
    /// The digest under which a value is found.
    pub fn digest(&self, kind: &str, value: &str) -> String {
        self.keys.digest(kind, value)
    }

    /// What is known of a value.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn find(&self, kind: &str, value: &str) -> Result<Option<Entry>, StoreError> {
        let key = (kind.to_owned(), self.keys.digest(kind, value));
        entry::Entity::find_by_id(key)
            .one(&self.db.read)
            .await?
            .map(read)
            .transpose()
    }

    /// Reserves all or nothing, in one commit.
    ///
    /// # Errors
    /// `Taken` when one of them is somebody's, or rests.
    pub async fn reserve(&self, wanted: &[Reserve<'_>]) -> Result<(), StoreError> {
        if wanted.is_empty() {
            return Ok(());
        }
        let digests = wanted.iter().map(|one| self.keys.digest(one.kind, one.value));
        let mut wanted: Vec<_> = wanted.iter().zip(digests).collect();
        // All reserve in one order, so that two who want the same never wait for each other.
        wanted.sort_by(|left, right| (left.0.kind, &left.1).cmp(&(right.0.kind, &right.1)));
        let rows = wanted.into_iter().map(|(one, digest)| entry::ActiveModel {
            kind: Set(one.kind.to_owned()),
            digest: Set(digest),
            region: Set(one.organization.region().to_owned()),
            reference: Set(one.organization.0.clone()),
            state: Set("reserved".to_owned()),
            holder: Set(one.holder.to_owned()),
            until: Set(micros(one.until)),
        });
        let rows: Vec<entry::ActiveModel> = rows.collect();
        let tx = self.db.begin().await?;
        for part in rows.chunks(500) {
            entry::Entity::insert_many(part.to_vec())
                .exec_without_returning(&tx)
                .await?;
        }
        Ok(tx.commit().await?)
    }

    /// What is known of several values of one kind, each with its digest; what nobody knows is left out.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn find_all(&self, kind: &str, values: &[&str]) -> Result<Vec<Entry>, StoreError> {
        let mut found = Vec::new();
        for part in values.chunks(500) {
            let digests = part.iter().map(|value| self.keys.digest(kind, value));
            let rows = entry::Entity::find()
                .filter(entry::Column::Kind.eq(kind))
                .filter(entry::Column::Digest.is_in(digests));
            for row in rows.all(&self.db.read).await? {
                found.push(read(row)?);
            }
        }
        Ok(found)
    }

    /// Gives back what a holder reserved and did not need after all; what came to its region stays.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn give_back(&self, kind: &str, values: &[&str], holder: &str) -> Result<(), StoreError> {
        for part in values.chunks(500) {
            let digests = part.iter().map(|value| self.keys.digest(kind, value));
            entry::Entity::delete_many()
                .filter(entry::Column::Kind.eq(kind))
                .filter(entry::Column::Digest.is_in(digests))
                .filter(entry::Column::Holder.eq(holder))
                .filter(entry::Column::State.eq("reserved"))
                .exec(&self.db.write)
                .await?;
        }
        Ok(())
    }

    /// Gives back what was reserved and is not needed after all.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn release(&self, kind: &str, value: &str, organization: &OrgId) -> Result<(), StoreError> {
        entry::Entity::delete_many()
            .filter(entry::Column::Kind.eq(kind))
            .filter(entry::Column::Digest.eq(self.keys.digest(kind, value)))
            .filter(entry::Column::Reference.eq(organization.as_str()))
            .exec(&self.db.write)
            .await?;
        Ok(())
    }

    /// Carries out what regions ask for, in one commit; doing it twice does no harm.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn carry_out(&self, tasks: &[DirectoryTask]) -> Result<(), StoreError> {
        let tx = self.db.begin().await?;
        for task in tasks {
            let mine = Condition::all().add(entry::Column::Reference.eq(task.organization.as_str()));
            let one = mine
                .clone()
                .add(entry::Column::Kind.eq(task.kind.as_str()))
                .add(entry::Column::Digest.eq(task.digest.as_str()));
            match task.action {
                Action::Confirm => {
                    let update = entry::Entity::update_many().col_expr(entry::Column::State, Expr::value("confirmed"));
                    update
                        .filter(one)
                        .filter(entry::Column::State.eq("reserved"))
                        .exec(&tx)
                        .await?;
                }
                Action::Rest(until) => {
                    let update = entry::Entity::update_many()
                        .col_expr(entry::Column::State, Expr::value("resting"))
                        .col_expr(entry::Column::Until, Expr::value(micros(until)));
                    update.filter(one).exec(&tx).await?;
                }
                Action::Release => {
                    entry::Entity::delete_many().filter(one).exec(&tx).await?;
                }
                Action::ForgetAll => {
                    entry::Entity::delete_many()
                        .filter(mine)
                        .filter(entry::Column::Kind.is_in(["email", "domain"]))
                        .exec(&tx)
                        .await?;
                }
                Action::Admitted => {
                    admission::Entity::delete_by_id(task.digest.as_str()).exec(&tx).await?;
                }
            }
        }
        Ok(tx.commit().await?)
    }

    /// Drops one entry if it still is as it was read.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn drop_entry(&self, seen: &Entry) -> Result<bool, StoreError> {
        Ok(self.drop_entries(std::slice::from_ref(seen)).await? == 1)
    }

    /// Drops those entries that still are as they were read; how many.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn drop_entries(&self, seen: &[Entry]) -> Result<u64, StoreError> {
        let mut dropped = 0;
        for part in seen.chunks(100) {
            let any = part.iter().fold(Condition::any(), |any, one| any.add(unchanged(one)));
            let gone = entry::Entity::delete_many().filter(any).exec(&self.db.write).await?;
            dropped += gone.rows_affected;
        }
        Ok(dropped)
    }

    /// Writes what a region holds for certain, all or nothing: for the first people, and when the directory is built
    /// again.
    ///
    /// # Errors
    /// `Taken`.
    pub async fn enter(&self, kind: &'static str, values: &[&str], organization: &OrgId) -> Result<(), StoreError> {
        let rows = values.iter().map(|value| entry::ActiveModel {
            kind: Set(kind.to_owned()),
            digest: Set(self.keys.digest(kind, value)),
            region: Set(organization.region().to_owned()),
            reference: Set(organization.0.clone()),
            state: Set("confirmed".to_owned()),
            holder: Set(String::new()),
            until: Set(0),
        });
        let rows: Vec<_> = rows.collect();
        if rows.is_empty() {
            return Ok(());
        }
        let tx = self.db.begin().await?;
        for part in rows.chunks(500) {
            entry::Entity::insert_many(part.to_vec())
                .exec_without_returning(&tx)
                .await?;
        }
        Ok(tx.commit().await?)
    }

    /// Reservations and rests that are over.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn stale(&self, real_now: Timestamp, now: Timestamp, limit: u64) -> Result<Vec<Entry>, StoreError> {
        let over = |state: &str, at: Timestamp| {
            Condition::all()
                .add(entry::Column::State.eq(state))
                .add(entry::Column::Until.lte(micros(at)))
        };
        let rows = entry::Entity::find()
            .filter(
                Condition::any()
                    .add(over("reserved", real_now))
                    .add(over("resting", now)),
            )
            .order_by_asc(entry::Column::Until)
            .limit(limit);
        rows.all(&self.db.read).await?.into_iter().map(read).collect()
    }
}

/// An entry that still is as it was read.
fn unchanged(seen: &Entry) -> Condition {
    Condition::all()
        .add(entry::Column::Kind.eq(seen.kind.as_str()))
        .add(entry::Column::Digest.eq(seen.digest.as_str()))
        .add(entry::Column::Reference.eq(seen.organization.as_str()))
        .add(entry::Column::State.eq(state_name(seen.state)))
        .add(entry::Column::Holder.eq(seen.holder.as_str()))
        .add(entry::Column::Until.eq(micros(seen.until)))
}

fn state_name(state: EntryState) -> &'static str {
    match state {
        EntryState::Reserved => "reserved",
        EntryState::Confirmed => "confirmed",
        EntryState::Resting => "resting",
    }
}

fn read(row: entry::Model) -> Result<Entry, StoreError> {
    let states = [EntryState::Reserved, EntryState::Confirmed, EntryState::Resting];
    let state = states.into_iter().find(|state| state_name(*state) == row.state);
    Ok(Entry {
        kind: row.kind,
        digest: row.digest,
        region: row.region,
        organization: OrgId(row.reference),
        state: state.ok_or_else(|| StoreError::Corrupt(format!("directory state '{}'", row.state)))?,
        holder: row.holder,
        until: instant(row.until)?,
    })
}
