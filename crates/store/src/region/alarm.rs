//! What falls due and belongs to no trial. One of a kind for each subject: a later one takes the place of the one before.

use super::{Reads, Tx};
use crate::{
    StoreError,
    entity::alarm,
    time::{instant, micros},
};
use domain::alarm::AlarmKind;
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::OnConflict,
};

/// An alarm.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alarm {
    /// When it falls due, by the rules' clock.
    pub at: Timestamp,
    /// What.
    pub kind: AlarmKind,
    /// Of what or whom, by id.
    pub subject: String,
}

impl Reads<'_> {
    /// The alarm of a kind that is set for a subject.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn alarm(&self, kind: AlarmKind, subject: &str) -> Result<Option<Alarm>, StoreError> {
        alarm::Entity::find_by_id((kind.as_str().to_owned(), subject.to_owned()))
            .one(&self.on)
            .await?
            .map(read)
            .transpose()
    }

    /// The instant of the first alarm.
    pub(crate) async fn next_alarm(&self) -> Result<Option<Timestamp>, StoreError> {
        let first = alarm::Entity::find().order_by_asc(alarm::Column::At).limit(1);
        first.one(&self.on).await?.map(|row| instant(row.at)).transpose()
    }

    /// What has fallen due, in order.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn due_alarms(&self, until: Timestamp, limit: u64) -> Result<Vec<Alarm>, StoreError> {
        let rows = alarm::Entity::find()
            .filter(alarm::Column::At.lte(micros(until)))
            .order_by_asc(alarm::Column::At)
            .order_by_asc(alarm::Column::Kind)
            .order_by_asc(alarm::Column::Subject)
            .limit(limit);
        rows.all(&self.on).await?.into_iter().map(read).collect()
    }
}

impl Tx {
    /// Sets an alarm; one of its kind and subject that was set before is set no more.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn set_alarm(&self, alarm: &Alarm) -> Result<(), StoreError> {
        let row = alarm::ActiveModel {
            kind: Set(alarm.kind.as_str().to_owned()),
            subject: Set(alarm.subject.clone()),
            at: Set(micros(alarm.at)),
        };
        let conflict = OnConflict::columns([alarm::Column::Kind, alarm::Column::Subject])
            .update_column(alarm::Column::At)
            .to_owned();
        alarm::Entity::insert(row)
            .on_conflict(conflict)
            .exec_without_returning(&self.on)
            .await?;
        Ok(())
    }

    /// Takes an alarm that rings; false when it was taken or set anew already.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn take_alarm(&self, alarm: &Alarm) -> Result<bool, StoreError> {
        let done = alarm::Entity::delete_many()
            .filter(alarm::Column::Kind.eq(alarm.kind.as_str()))
            .filter(alarm::Column::Subject.eq(alarm.subject.as_str()))
            .filter(alarm::Column::At.eq(micros(alarm.at)))
            .exec(&self.on)
            .await?;
        Ok(done.rows_affected == 1)
    }

    /// Sets off whatever is set for a subject.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn drop_alarms(&self, subject: &str) -> Result<(), StoreError> {
        alarm::Entity::delete_many()
            .filter(alarm::Column::Subject.eq(subject))
            .exec(&self.on)
            .await?;
        Ok(())
    }
}

fn read(row: alarm::Model) -> Result<Alarm, StoreError> {
    let kind = AlarmKind::parse(&row.kind);
    Ok(Alarm {
        at: instant(row.at)?,
        kind: kind.ok_or_else(|| StoreError::Corrupt(format!("alarm '{}'", row.kind)))?,
        subject: row.subject,
    })
}
