//! EXP-4, EXP-9: organizations that are being closed, step by step, and the tombstones that stay of them.

use super::{
    Reads, Tx, Versioned,
    batch::{Rows, beyond},
    person,
};
use crate::{
    StoreError,
    entity::{closing, hold, milestone, outbox, person as people, trial},
    time::{instant, micros},
};
use domain::{
    closing::Step,
    ids::{OrgId, TrialId},
    person::Person,
    trial::{MilestoneKind, MilestoneState},
};
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _,
    sea_query::{Alias, Expr, ExprTrait as _, OnConflict, SelectStatement},
};

/// An organization that is being closed, or was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// Whose organization.
    pub customer: OrgId,
    /// The trial whose end it was.
    pub trial: TrialId,
    /// When it was decided, by the rules' clock.
    pub began_at: Timestamp,
    /// What is done next.
    pub step: Step,
    /// The address up to which a step has come; empty between steps.
    pub place: String,
    /// Who belonged to it when it was closed.
    pub users: u32,
    /// Of those, who moved to the free plan by now.
    pub users_moved: u32,
    /// Licences that were taken by now.
    pub licenses: u32,
    /// When what was personal was gone.
    pub erased_at: Option<Timestamp>,
    /// Counts up with every step.
    pub version: i64,
}

impl Reads<'_> {
    /// How far the closing of an organization has come; none of one that is open.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn closing(&self, customer: &OrgId) -> Result<Option<Closing>, StoreError> {
        let row = closing::Entity::find_by_id(customer.as_str()).one(&self.on).await?;
        row.map(read).transpose()
    }

    /// Closings that can be carried on, after an organization, in the order of their ids: those that only wait for an
    /// email or a hold are many, and not looked at one by one.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn open_closings(&self, after: &str, limit: u64) -> Result<Vec<Closing>, StoreError> {
        let open: Vec<&Step> = Step::ALL.iter().filter(|step| **step != Step::Done).collect();
        let none = still()
            .into_iter()
            .fold(Condition::all(), |all, one| all.add(Expr::exists(one).not()));
        let ready = Condition::any()
            .add(closing::Column::Step.ne(Step::Erasing.as_str()))
            .add(none);
        let rows = closing::Entity::find()
            .filter(closing::Column::Step.is_in(open.iter().map(|step| step.as_str())))
            .filter(ready)
            .filter(closing::Column::CustomerId.gt(after))
            .order_by_asc(closing::Column::CustomerId)
            .limit(limit);
        rows.all(&self.on).await?.into_iter().map(read).collect()
    }

    /// EXP-4: how many people moved to the free plan, of how many organizations: all that is known of them.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn free_plan(&self) -> Result<(u64, u64), StoreError> {
        let rows: Option<(i64, Option<i64>)> = closing::Entity::find()
            .select_only()
            .column_as(closing::Column::CustomerId.count(), "organizations")
            .column_as(Expr::col(closing::Column::UsersMoved).sum(), "people")
            .into_tuple()
            .one(&self.on)
            .await?;
        let (organizations, people) = rows.unwrap_or_default();
        let known = |count: i64| u64::try_from(count).unwrap_or_default();
        Ok((known(people.unwrap_or_default()), known(organizations)))
    }
}

impl Tx {
    /// Writes that an organization is to be closed.
    ///
    /// # Errors
    /// `Taken` where it is already.
    pub async fn begin_closing(&self, value: &Closing) -> Result<(), StoreError> {
        let row = write(value);
        let batched = |rows: &mut Rows| {
            rows.closings.push(row.clone());
            Ok(())
        };
        if self.batch(&value.customer, batched)?.is_some() {
            return Ok(());
        }
        closing::Entity::insert(row.into_active_model().reset_all())
            .exec_without_returning(&self.on)
            .await?;
        Ok(())
    }

    /// Writes how far a closing has come.
    ///
    /// # Errors
    /// `Conflict` when somebody else came further meanwhile.
    pub async fn put_closing(&self, changed: &Closing) -> Result<(), StoreError> {
        let mut row = write(changed).into_active_model().reset_all();
        row.version = sea_orm::ActiveValue::Set(changed.version + 1);
        let done = closing::Entity::update_many()
            .set(row)
            .filter(closing::Column::CustomerId.eq(changed.customer.as_str()))
            .filter(closing::Column::Version.eq(changed.version))
            .exec(&self.on)
            .await?;
        if done.rows_affected == 1 {
            Ok(())
        } else {
            Err(StoreError::Conflict)
        }
    }

    /// Writes changed people of one organization at once.
    ///
    /// # Errors
    /// `Conflict` when the version of one of them is another by now.
    pub async fn put_people(&self, changed: &[Versioned<Person>]) -> Result<(), StoreError> {
        if self.batch.is_some() {
            return Err(beyond());
        }
        let mut rows = Vec::with_capacity(changed.len());
        for one in changed {
            rows.push(person::row(&one.value, one.version)?);
        }
        let columns = [
            people::Column::Administrator,
            people::Column::Body,
            people::Column::Licenses,
            people::Column::NameKey,
        ];
        let version = || Expr::col((people::Entity, people::Column::Version));
        for part in rows.chunks(500) {
            let again = OnConflict::column(people::Column::Id)
                .update_columns(columns)
                .value(people::Column::Version, version().add(1))
                .action_and_where(version().equals((Alias::new("excluded"), people::Column::Version)))
                .to_owned();
            let written = people::Entity::insert_many(part.to_vec())
                .on_conflict(again)
                .exec_without_returning(&self.on)
                .await?;
            if written != part.len() as u64 {
                return Err(StoreError::Conflict);
            }
        }
        Ok(())
    }
}

/// EXP-9: what still has to come to an organization, or holds it: emails on their way, emails that are planned, holds.
fn still() -> [SelectStatement; 3] {
    let customer = || (closing::Entity, closing::Column::CustomerId);
    let letters = outbox::Entity::find()
        .select_only()
        .column(outbox::Column::Id)
        .filter(Expr::col((outbox::Entity, outbox::Column::CustomerId)).equals(customer()))
        .filter(outbox::Column::State.eq("pending"));
    let theirs = trial::Entity::find()
        .select_only()
        .column(trial::Column::Id)
        .filter(Expr::col((trial::Entity, trial::Column::CustomerId)).equals(customer()));
    let planned = milestone::Entity::find()
        .select_only()
        .column(milestone::Column::TrialId)
        .filter(milestone::Column::TrialId.in_subquery(theirs.into_query()))
        .filter(milestone::Column::Kind.eq(MilestoneKind::AccessEndedNotice.as_str()))
        .filter(milestone::Column::State.eq(MilestoneState::Planned.as_str()));
    let holds = hold::Entity::find()
        .select_only()
        .column(hold::Column::Id)
        .filter(Expr::col((hold::Entity, hold::Column::CustomerId)).equals(customer()))
        .filter(hold::Column::LiftedAt.is_null());
    [letters.into_query(), planned.into_query(), holds.into_query()]
}

fn write(value: &Closing) -> closing::Model {
    let count = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    closing::Model {
        customer_id: value.customer.0.clone(),
        trial_id: value.trial.0.clone(),
        began_at: micros(value.began_at),
        step: value.step.as_str().to_owned(),
        place: value.place.clone(),
        users: count(value.users),
        users_moved: count(value.users_moved),
        licenses: count(value.licenses),
        erased_at: value.erased_at.map(micros),
        version: value.version,
    }
}

fn read(row: closing::Model) -> Result<Closing, StoreError> {
    let step = Step::parse(&row.step);
    let count = |number: i32| u32::try_from(number).unwrap_or_default();
    Ok(Closing {
        customer: OrgId(row.customer_id),
        trial: TrialId(row.trial_id),
        began_at: instant(row.began_at)?,
        step: step.ok_or_else(|| StoreError::Corrupt(format!("step of a closing '{}'", row.step)))?,
        place: row.place,
        users: count(row.users),
        users_moved: count(row.users_moved),
        licenses: count(row.licenses),
        erased_at: row.erased_at.map(instant).transpose()?,
        version: row.version,
    })
}
