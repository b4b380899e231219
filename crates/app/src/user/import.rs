//! SETUP-3: users from a file. What is wrong with the file is told before anything happens; what is wrong with a row is
//! that row's own affair.

use super::{NewUser, Outcome, Wish};
use crate::{
    Actor, App, Error, Guard,
    idempotency::Held,
    job::{JobView, RowView},
    people::within_reach,
    policy::Action,
};
use domain::{
    csv::{self, Form},
    ids::{JobId, OrgId},
    organization::Organization,
    refusal::{Code, FieldError, Refusal},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use store::region::job::{FAILED, Job, JobRow, PENDING};

/// Rows of a file, at most.
pub const ROWS: usize = 20_000;
/// The columns that a file may have; the first one it must have.
pub const COLUMNS: [&str; 6] = ["email", "name", "language", "time_zone", "roles", "licenses"];
/// The kind of such a job.
pub const IMPORT: &str = "user_import";

/// Imports of a customer that may be under way at once.
const OPEN: u64 = 5;
/// Faults that a preview shows.
const SHOWN: usize = 20;
const FORM: Form = Form {
    columns: &COLUMNS,
    rows: ROWS,
};

/// What an import would do, as far as that can be told without asking whose addresses they are.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Preview {
    /// Rows.
    pub total: u64,
    /// People who would be new.
    pub created: u64,
    /// People who would be changed.
    pub updated: u64,
    /// People who are just so already.
    pub unchanged: u64,
    /// Rows that would fail.
    pub failed: u64,
    /// The first of those.
    pub faults: Vec<RowView>,
}

type Checked = Result<Wish, Vec<FieldError>>;

impl App {
    /// Starts the import of a file.
    ///
    /// # Errors
    /// `invalid_input` with line and column for a file that is none; `not_found`, `role_required`, `forbidden`;
    /// `too_many_requests` while too many are under way.
    pub async fn import_users(&self, actor: &Actor, id: &OrgId, file: &[u8], guard: &Guard) -> Result<JobView, Error> {
        let region = self.region(id.region())?;
        let organization = self
            .customer_with_users(&region.read(), actor, id, Action::ManageLicenses)
            .await?;
        let slot = match self.hold_key_of(actor, guard.idem.as_ref(), id).await? {
            Held::Again(answer) => return *answer,
            Held::Fresh(slot) => slot,
        };
        if let Some(slot) = &slot {
            slot.is_about(id);
        }
        let run = async {
            let checked = checked(actor, &organization, file)?;
            let (job, rows) = self.job_of(actor, id, &checked)?;
            let tx = region.begin().await?;
            tx.lock(id).await?;
            if tx.read().open_jobs(id).await? >= OPEN {
                return Err(Refusal::new(Code::TooManyRequests).with("retry_after", 30).into());
            }
            tx.add_job(&job, &rows).await?;
            let body = serde_json::json!({"job": job.id, "rows": job.total});
            self.note(&tx, actor, id, "user_import_started", body).await?;
            let view = JobView::of(job);
            if let Some(slot) = &slot {
                slot.keep(&tx, &view).await?;
            }
            tx.commit().await?;
            self.jobs.notify_one();
            Ok(view)
        };
        let result = run.await;
        self.settle(slot, result).await
    }

    /// What the import of a file would do; nothing is written. Whether an address is somebody else's is not told: that
    /// is asked, and counted, when it is done (START-6).
    ///
    /// # Errors
    /// As for the import itself.
    pub async fn preview_users(&self, actor: &Actor, id: &OrgId, file: &[u8]) -> Result<Preview, Error> {
        let reads = self.region(id.region())?.read();
        let organization = self
            .customer_with_users(&reads, actor, id, Action::ManageLicenses)
            .await?;
        let checked = checked(actor, &organization, file)?;
        let wishes: Vec<Wish> = checked.iter().filter_map(|row| row.as_ref().ok().cloned()).collect();
        let mut room = self.room(&reads, actor, &organization, &wishes).await?;
        let mut outcomes = room.decide(self, &wishes).into_iter();
        let mut preview = Preview {
            total: checked.len() as u64,
            created: 0,
            updated: 0,
            unchanged: 0,
            failed: 0,
            faults: Vec::new(),
        };
        for (index, row) in checked.into_iter().enumerate() {
            let outcome = match row {
                Ok(_) => outcomes.next(),
                Err(faults) => Some(Outcome::Refused(faults)),
            };
            match outcome {
                Some(Outcome::Created(_)) => preview.created += 1,
                Some(Outcome::Updated(_)) => preview.updated += 1,
                Some(Outcome::Unchanged(_)) | None => preview.unchanged += 1,
                Some(Outcome::Refused(faults)) => {
                    preview.failed += 1;
                    if preview.faults.len() < SHOWN {
                        preview.faults.push(RowView::of(failed_row(index, &faults)));
                    }
                }
            }
        }
        Ok(preview)
    }

    fn job_of(&self, actor: &Actor, id: &OrgId, checked: &[Checked]) -> Result<(Job, Vec<JobRow>), Error> {
        let mut rows = Vec::with_capacity(checked.len());
        for (index, row) in checked.iter().enumerate() {
            rows.push(match row {
                Ok(wish) => JobRow {
                    number: index as u64 + 1,
                    status: PENDING.to_owned(),
                    code: None,
                    details: Vec::new(),
                    subject: None,
                    input: Some(text(wish)?),
                },
                Err(faults) => failed_row(index, faults),
            });
        }
        let job = Job {
            id: JobId::new(id.region(), &self.unique()),
            kind: IMPORT.to_owned(),
            customer: id.clone(),
            author: actor.id().clone(),
            by: text(&actor.by())?,
            status: "queued".to_owned(),
            total: rows.len() as u64,
            succeeded: 0,
            failed: rows.iter().filter(|row| row.status == FAILED).count() as u64,
            created_at: self.clock.real(),
            finished_at: None,
            fence: 0,
        };
        Ok((job, rows))
    }
}

/// A row that failed, with its first fault.
pub(crate) fn failed_row(index: usize, faults: &[FieldError]) -> JobRow {
    let first = faults.first();
    JobRow {
        number: index as u64 + 1,
        status: FAILED.to_owned(),
        code: first.map(|fault| fault.code.as_str().to_owned()),
        details: first.map(|fault| short(&fault.values)).unwrap_or_default(),
        subject: None,
        input: None,
    }
}

/// Values as they are kept with a row: enough of them to find the place.
pub(crate) fn short(values: &[(String, String)]) -> Vec<(String, String)> {
    let cut = |text: &String| text.chars().take(60).collect();
    values.iter().map(|(name, value)| (name.clone(), cut(value))).collect()
}

/// The rows of a file, each checked as far as that takes nothing else.
fn checked(actor: &Actor, organization: &Organization, file: &[u8]) -> Result<Vec<Checked>, Refusal> {
    let mut seen = BTreeSet::new();
    let row = |row: csv::Row| {
        let wish = Wish::checked(&organization.kind, &given(row.fields))?;
        if !seen.insert(wish.key()) {
            return Err(vec![FieldError::new("/email", Code::DuplicateAddress)]);
        }
        match within_reach(actor, organization, &wish.roles) {
            Ok(()) => Ok(wish),
            Err(Error::Refused(refusal)) => Err(vec![FieldError::new("/roles", refusal.code)]),
            Err(_) => Err(vec![FieldError::new("/roles", Code::Internal)]),
        }
    };
    Ok(csv::read(file, &FORM)?.into_iter().map(row).collect())
}

/// A row in the order of the columns; an empty cell gives nothing.
fn given(fields: Vec<String>) -> NewUser {
    let mut fields = fields
        .into_iter()
        .map(|field| Some(field).filter(|field| !field.trim().is_empty()));
    let mut next = || fields.next().flatten();
    let list = |field: Option<String>| {
        field.map(|all| {
            let words = all.split(';').map(str::trim).filter(|word| !word.is_empty());
            words.map(str::to_owned).collect::<Vec<String>>()
        })
    };
    NewUser {
        email: next(),
        name: next(),
        language: next(),
        time_zone: next(),
        roles: list(next()),
        licenses: list(next()),
    }
}

fn text<T: Serialize>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| Error::Internal(error.to_string()))
}
