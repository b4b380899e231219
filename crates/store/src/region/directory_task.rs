//! What the directory is still to be told: written with its cause, carried out later and in batches.

use super::{Region, Tx, batch::Rows};
use crate::{
    StoreError,
    entity::directory_task,
    time::{instant, micros},
};
use domain::ids::OrgId;
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

/// What is to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// It arrived in its region.
    Confirm,
    /// It is free again after an instant (START-5).
    Rest(Timestamp),
    /// It is free.
    Release,
    /// EXP-4: all addresses and domains of the organization are free.
    ForgetAll,
    /// ELIG-5: a place of an allowance arrived; the digest is its id.
    Admitted,
}

/// One thing to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectoryTask {
    /// Its id.
    pub id: String,
    /// What to do.
    pub action: Action,
    /// `email`, `site` or `domain`.
    pub kind: String,
    /// The keyed digest; empty where all are meant.
    pub digest: String,
    /// Whose.
    pub organization: OrgId,
}

impl Tx {
    /// Writes tasks.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn tell_directory(&self, tasks: &[DirectoryTask]) -> Result<(), StoreError> {
        let mut rows = Vec::new();
        for task in tasks {
            let row = write(task);
            let batched = |rows: &mut Rows| {
                rows.tasks.push(row.clone());
                Ok(())
            };
            if self.batch(&task.organization, batched)?.is_none() {
                rows.push(row.into_active_model().reset_all());
            }
        }
        for part in rows.chunks(500) {
            directory_task::Entity::insert_many(part.to_vec())
                .exec_without_returning(&self.on)
                .await?;
        }
        Ok(())
    }
}

impl Region {
    /// Tasks to carry out, the oldest first.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn directory_tasks(&self, limit: u64) -> Result<Vec<DirectoryTask>, StoreError> {
        let rows = directory_task::Entity::find()
            .order_by_asc(directory_task::Column::Id)
            .limit(limit);
        rows.all(&self.db.read).await?.into_iter().map(read).collect()
    }

    /// Whether the directory is still to be told that this arrived.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn is_to_confirm(&self, kind: &str, digest: &str, organization: &OrgId) -> Result<bool, StoreError> {
        let waiting = directory_task::Entity::find()
            .filter(directory_task::Column::Action.eq("confirm"))
            .filter(directory_task::Column::Kind.eq(kind))
            .filter(directory_task::Column::Digest.eq(digest))
            .filter(directory_task::Column::OrganizationId.eq(organization.as_str()));
        Ok(waiting.count(&self.db.read).await? > 0)
    }

    /// Forgets tasks that were carried out.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn drop_directory_tasks(&self, ids: &[String]) -> Result<(), StoreError> {
        let done = directory_task::Entity::delete_many().filter(directory_task::Column::Id.is_in(ids.to_vec()));
        done.exec(&self.db.write).await?;
        Ok(())
    }
}

fn write(task: &DirectoryTask) -> directory_task::Model {
    let (action, until) = match task.action {
        Action::Confirm => ("confirm", 0),
        Action::Rest(until) => ("rest", micros(until)),
        Action::Release => ("release", 0),
        Action::ForgetAll => ("forget_all", 0),
        Action::Admitted => ("admitted", 0),
    };
    directory_task::Model {
        id: task.id.clone(),
        action: action.to_owned(),
        kind: task.kind.clone(),
        digest: task.digest.clone(),
        organization_id: task.organization.0.clone(),
        until,
    }
}

fn read(row: directory_task::Model) -> Result<DirectoryTask, StoreError> {
    let action = match row.action.as_str() {
        "confirm" => Action::Confirm,
        "rest" => Action::Rest(instant(row.until)?),
        "release" => Action::Release,
        "forget_all" => Action::ForgetAll,
        "admitted" => Action::Admitted,
        other => return Err(StoreError::Corrupt(format!("directory task '{other}'"))),
    };
    Ok(DirectoryTask {
        id: row.id,
        action,
        kind: row.kind,
        digest: row.digest,
        organization: OrgId(row.organization_id),
    })
}
