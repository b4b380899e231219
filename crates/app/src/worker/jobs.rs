//! SETUP-3: jobs go on row by row, whoever stops in between: what is written of a batch is written at once, with how far
//! the job is. A server that has lost a job to another one writes nothing any more.

use crate::{
    Actor, App, Error,
    actor::Acting,
    policy::Action,
    token::Scopes,
    user::{Entered, Outcome, Wish, short},
};
use domain::{
    ids::PersonId,
    organization::{AccessLevel, Organization},
    person::{Person, Role},
    refusal::{Code, FieldError},
};
use jiff::{SignedDuration, Timestamp};
use std::sync::atomic::Ordering;
use store::{
    Region, StoreError, Tx,
    region::{
        event::By,
        job::{FAILED, Job, JobRow, PENDING},
    },
};

/// Rows in one transaction, at most.
const BATCH: u64 = 200;
/// Batches before another job has its turn.
const TURN: usize = 5;
/// How long a job stays with a server that says nothing.
const LEASE: SignedDuration = SignedDuration::from_secs(10);

/// Days for which a job is kept after its end.
const KEPT_DAYS: i64 = 30;

/// How a batch ended.
enum Step {
    More,
    Over,
    /// An address is just being written elsewhere.
    Later,
}

impl App {
    /// Goes on with one job of each region; whether any went on. A region whose job does not holds up no other.
    ///
    /// # Errors
    /// When none went on, and a store does not answer; what was not done is done later.
    pub async fn work_jobs(&self) -> Result<bool, Error> {
        let (mut any, mut stopped) = (false, None);
        for region in self.stores.regions.values() {
            let claimed = region.claim_job(&self.boot, self.clock.real(), LEASE).await;
            match claimed {
                Ok(None) => {}
                Ok(Some(job)) => match self.take_turn(region, &job).await {
                    Ok(()) => any = true,
                    Err(error) => {
                        tracing::warn!(region = region.id(), job = %job.id, %error, "a job stopped");
                        stopped = Some(error);
                    }
                },
                Err(error) => tracing::warn!(region = region.id(), %error, "no job can be had"),
            }
        }
        match stopped {
            Some(error) if !any => Err(error),
            _ => Ok(any),
        }
    }

    /// What is over for 30 days, one after the other; not while time cannot be trusted.
    pub(super) async fn forget_jobs(&self) -> Result<(), Error> {
        if self.fuse.load(Ordering::SeqCst) {
            return Ok(());
        }
        let kept = SignedDuration::from_hours(24 * KEPT_DAYS);
        let before = self.clock.real().checked_sub(kept).unwrap_or(Timestamp::MIN);
        for region in self.stores.regions.values() {
            while region.forget_job(before).await? {}
        }
        Ok(())
    }

    async fn take_turn(&self, region: &Region, job: &Job) -> Result<(), Error> {
        for _ in 0..TURN {
            match self.work_batch(region, job).await {
                Ok(Step::More) => {}
                Ok(Step::Over) => return Ok(()),
                Ok(Step::Later) => crate::directory::pause().await,
                // Another server has it by now, or somebody changed what was read: the next turn reads anew.
                Err(Error::Store(StoreError::Conflict | StoreError::Taken(_))) => return Ok(()),
                Err(Error::Internal(error) | Error::Store(StoreError::Corrupt(error))) => {
                    tracing::error!(job = %job.id, error, "a job cannot go on");
                    let tx = region.begin().await?;
                    let (code, now) = (Code::Internal.as_str(), self.clock.real());
                    tx.fail_rest(job, code, now).await?;
                    tx.commit().await?;
                    return Ok(());
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    async fn work_batch(&self, region: &Region, job: &Job) -> Result<Step, Error> {
        let _moment = self.moment().await;
        let tx = region.begin().await?;
        tx.lock(&job.customer).await?;
        let now = self.clock.real();
        let rows = tx.read().job_rows(&job.id, Some(PENDING), 0, BATCH).await?;
        if rows.is_empty() {
            tx.finish_rows(job, &[], now, Some(now)).await?;
            tx.commit().await?;
            return Ok(Step::Over);
        }
        let by: By = serde_json::from_str(&job.by).map_err(|error| Error::Internal(error.to_string()))?;
        let author = self.author(job, &by).await?;
        let organization = match &author {
            Some(author) => self.customer_of_job(&tx, author, job).await?,
            None => Err(Code::Forbidden),
        };
        let (author, organization) = match (author, organization) {
            (Some(author), Ok(organization)) => (author, organization),
            (_, Err(code)) => return self.give_up(tx, job, &by, code, now).await,
            (None, Ok(_)) => return self.give_up(tx, job, &by, Code::Forbidden, now).await,
        };
        let holder = format!("{}:{}", job.id, job.fence);
        let Some(entered) = self.enter_rows(&tx, &author, &organization, &rows, &holder).await? else {
            return Ok(Step::Later);
        };
        let reserved = entered.1.clone();
        let written = self.write_rows(tx, job, &by, entered.0).await;
        // After any other error nobody knows whether it was written: then the reclaimer finds out.
        if matches!(written, Err(Error::Store(StoreError::Conflict))) {
            self.give_back_addresses(&reserved, &holder).await?;
        }
        written?;
        self.rang();
        Ok(Step::More)
    }

    /// Whose word the job goes by: the author's, as far as it still counts.
    async fn author(&self, job: &Job, by: &By) -> Result<Option<Actor>, Error> {
        let reads = self.region(job.author.region())?.read();
        let Some(found) = reads.person(&job.author).await? else {
            return Ok(None);
        };
        let person = found.value;
        if person.disabled_at.is_some() {
            return Ok(None);
        }
        let home = self.organization(&person.organization).await?.value;
        let actor = Actor {
            language: person.language.clone(),
            person,
            organization: home,
            via: "worker",
            request: by.request.clone(),
            from: None,
            scopes: Scopes::all(),
            acting: None,
        };
        if by.on_behalf_of.is_none() {
            return Ok(Some(actor));
        }
        // ORG-8: asked for while acting for the customer.
        if !self.may_act_for(&actor, &job.customer).await? {
            return Ok(None);
        }
        let inside = self.organization(&job.customer).await?.value;
        Ok(Some(Actor {
            person: Person {
                roles: vec![Role::FullAdministrator],
                ..actor.person
            },
            acting: Some(Box::new(Acting {
                home: actor.organization,
                level: AccessLevel::FullAdministrator,
            })),
            organization: inside,
            ..actor
        }))
    }

    /// The customer, if it is still there and the author may still change its users.
    async fn customer_of_job(&self, tx: &Tx, author: &Actor, job: &Job) -> Result<Result<Organization, Code>, Error> {
        let found = tx.read().organization(&job.customer).await?;
        let closed = |found: &store::region::Versioned<Organization>| {
            found
                .value
                .customer()
                .is_none_or(|customer| customer.closed_on.is_some())
        };
        if found.as_ref().is_none_or(closed) {
            return Ok(Err(Code::CustomerClosed));
        }
        let may = self
            .customer_with_users(&tx.read(), author, &job.customer, Action::ManageLicenses)
            .await;
        match may {
            Ok(organization) => Ok(Ok(organization)),
            Err(Error::Refused(_)) => Ok(Err(Code::Forbidden)),
            Err(error) => Err(error),
        }
    }

    async fn give_up(&self, tx: Tx, job: &Job, by: &By, code: Code, now: Timestamp) -> Result<Step, Error> {
        tx.fail_rest(job, code.as_str(), now).await?;
        let body = serde_json::json!({"job": job.id, "reason": code.as_str()});
        self.note_by(&tx, by, &job.customer, "user_import_stopped", body)
            .await?;
        tx.commit().await?;
        Ok(Step::Over)
    }

    /// What the rows came to, and which addresses were reserved for that.
    async fn enter_rows(
        &self,
        tx: &Tx,
        author: &Actor,
        organization: &Organization,
        rows: &[JobRow],
        holder: &str,
    ) -> Result<Option<(Vec<(JobRow, Outcome)>, Vec<String>)>, Error> {
        let mut wishes = Vec::with_capacity(rows.len());
        for row in rows {
            let given = row.input.as_deref().unwrap_or_default();
            let wish: Wish = serde_json::from_str(given).map_err(|error| Error::Internal(error.to_string()))?;
            wishes.push(wish);
        }
        let mut room = self.room(&tx.read(), author, organization, &wishes).await?;
        let entered = self.enter_users(tx, &mut room, &wishes, holder).await?;
        Ok(entered.map(|Entered { outcomes, reserved }| (rows.iter().cloned().zip(outcomes).collect(), reserved)))
    }

    async fn write_rows(&self, tx: Tx, job: &Job, by: &By, done: Vec<(JobRow, Outcome)>) -> Result<(), Error> {
        let (mut created, mut updated) = (Vec::<PersonId>::new(), Vec::<PersonId>::new());
        let mut given = std::collections::BTreeMap::<String, u32>::new();
        let mut rows = Vec::with_capacity(done.len());
        for (row, outcome) in done {
            match &outcome {
                Outcome::Created(person) => {
                    created.push(person.id.clone());
                    for service in &person.licenses {
                        *given.entry(service.clone()).or_default() += 1;
                    }
                }
                Outcome::Updated(changed) => updated.push(changed.value.id.clone()),
                Outcome::Unchanged(_) | Outcome::Refused(_) => {}
            }
            rows.push(finished(row, outcome));
        }
        let until = self.clock.real().checked_add(LEASE).unwrap_or(Timestamp::MAX);
        tx.finish_rows(job, &rows, until, None).await?;
        if !created.is_empty() || !updated.is_empty() {
            let body = serde_json::json!({"job": job.id, "people": created, "changed": updated, "licenses": given});
            self.note_by(&tx, by, &job.customer, "users_imported", body).await?;
        }
        Ok(tx.commit().await?)
    }
}

/// A row as it came out; what was given is forgotten.
fn finished(row: JobRow, outcome: Outcome) -> JobRow {
    let (status, subject, fault): (&str, Option<PersonId>, Option<FieldError>) = match outcome {
        Outcome::Created(person) => ("created", Some(person.id), None),
        Outcome::Updated(changed) => ("updated", Some(changed.value.id), None),
        Outcome::Unchanged(id) => ("unchanged", Some(id), None),
        Outcome::Refused(faults) => (FAILED, None, faults.into_iter().next()),
    };
    JobRow {
        number: row.number,
        status: status.to_owned(),
        code: fault.as_ref().map(|fault| fault.code.as_str().to_owned()),
        details: fault.map(|fault| short(&fault.values)).unwrap_or_default(),
        subject: subject.map(|id| id.0),
        input: None,
    }
}
