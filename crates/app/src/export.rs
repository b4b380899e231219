//! Everything kept about a customer, to take away.

use crate::{
    Actor, App, Error, PageRequest,
    audit::RecordFilter,
    policy::{self, Action, Tie, authorize},
};
use domain::{
    ids::{OrgId, TrialId},
    person::Person,
};
use serde_json::{Value, json};
use store::region::{
    Reads,
    asked::Of,
    job::JobRow,
    number::{Number, NumberOrder},
    outbox::DeliveryQuery,
    trial::{Scope, TrialRecord},
};

/// Rows that are read at a time.
const AT_ONCE: usize = 500;

impl App {
    /// Everything kept about a customer: for itself all of it, for a partner with full access what concerns the two.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `forbidden` for a partner without full access.
    pub async fn export_customer(&self, actor: &Actor, id: &OrgId) -> Result<Value, Error> {
        policy::certified(actor, self.clock.now())?;
        let region = self.region(id.region())?;
        let reads = region.read();
        self.nearby(&reads, actor, id).await?;
        let found = reads.organization(id).await?.ok_or_else(Error::not_found)?;
        if found.value.customer().is_none_or(|facts| facts.closed_on.is_some()) {
            return Err(Error::not_found());
        }
        let mine = match actor.is_partner() {
            true => reads.relationship(id, actor.org()).await?.filter(|line| !line.pending),
            false => None,
        };
        let tie = Tie {
            customer: id,
            partner: mine.as_ref().map(|line| &line.relationship.partner),
            level: mine.as_ref().map(|line| line.relationship.level),
            looks_after: actor.is_partner() && reads.is_assigned(id, actor.id()).await?,
            granted: false,
        };
        authorize(actor, Action::ExportCustomer, &tie, self.clock.now())?;
        let own = |partner: &OrgId| !actor.is_partner() || partner == actor.org();
        let records = reads.trials_of(id).await?;
        let records: Vec<&TrialRecord> = records.iter().filter(|one| own(&one.trial.partner)).collect();
        let mut trials = Vec::with_capacity(records.len());
        for record in &records {
            let rows = reads.milestones(&record.trial.id).await?;
            trials.push(json!({
                "trial": record.trial,
                "texts": record.texts,
                "milestones": rows.iter().map(milestone).collect::<Vec<Value>>(),
            }));
        }
        let windows = match actor.is_partner() {
            true => Some(self.usage_windows(&reads, id, actor.org()).await?),
            false => None,
        };
        let lines = reads.relationships(id).await?;
        let lines = lines.iter().filter(|line| own(&line.relationship.partner));
        let partners: Vec<Value> = lines
            .map(|line| {
                let mut shown = serde_json::to_value(&line.relationship).unwrap_or_default();
                // ORG-10: tags are the partner's own.
                if !actor.is_partner()
                    && let Some(shown) = shown.as_object_mut()
                {
                    shown.remove("tags");
                }
                shown
            })
            .collect();
        Ok(json!({
            "exported_at": self.clock.now(),
            "organization": found.value,
            "people": reads.people_of(id).await?.iter().map(person).collect::<Vec<Value>>(),
            "partners": partners,
            "trials": trials,
            "set_up": self.setup_kept(&reads, id).await?,
            "access_requests": self.asked_about(actor, id).await?,
            "usage": self.whole_usage(&reads, id, windows).await?,
            "jobs": self.jobs_about(actor, &reads, id).await?,
            "emails": self.emails_about(actor, id, &records).await?,
            "record": self.record_about(actor, id).await?,
        }))
    }

    async fn setup_kept(&self, reads: &Reads<'_>, id: &OrgId) -> Result<Value, Error> {
        let places = reads.locations(id).await?;
        let numbers = reads.numbers(id).await?;
        let orders = reads.number_orders(id).await?;
        let number = |one: &Number| json!({"number": one.number, "location": one.location, "added_at": one.added_at, "rests_until": one.rests_until});
        let order = |one: &NumberOrder| json!({"id": one.id, "trial": one.trial, "location": one.location, "provider": one.provider, "quantity": one.quantity, "ordered_at": one.at});
        Ok(json!({
            "entered": reads.setup(id).await?.value,
            "locations": places.into_iter().map(|found| found.value).collect::<Vec<_>>(),
            "numbers": numbers.iter().map(number).collect::<Vec<_>>(),
            "number_orders": orders.iter().map(order).collect::<Vec<_>>(),
        }))
    }

    /// The customer's own and its partners' work in the background; for a partner what its own people asked for.
    async fn jobs_about(&self, actor: &Actor, reads: &Reads<'_>, id: &OrgId) -> Result<Vec<Value>, Error> {
        let mut jobs = reads.jobs_about(id).await?;
        if actor.is_partner() {
            let team = self.region(actor.org().region())?.read().people_of(actor.org()).await?;
            jobs.retain(|job| team.iter().any(|one| one.id == job.author));
        }
        let mut all = Vec::with_capacity(jobs.len());
        for job in jobs {
            let (mut rows, mut after) = (Vec::new(), 0);
            loop {
                let part = reads.job_rows(&job.id, None, after, AT_ONCE as u64).await?;
                let Some(last) = part.last() else { break };
                after = last.number;
                rows.extend(part.iter().map(job_row));
            }
            all.push(json!({
                "id": job.id, "kind": job.kind, "by": job.author, "status": job.status, "total": job.total,
                "succeeded": job.succeeded, "failed": job.failed, "created_at": job.created_at,
                "finished_at": job.finished_at, "rows": rows,
            }));
        }
        Ok(all)
    }

    async fn asked_about(&self, actor: &Actor, id: &OrgId) -> Result<Vec<Value>, Error> {
        let reads = self.region(id.region())?.read();
        let all = reads
            .asked_of::<domain::access_request::AccessRequest>(Of::Customer(id))
            .await?;
        let own = |partner: &OrgId| !actor.is_partner() || partner == actor.org();
        Ok(all
            .iter()
            .filter(|one| own(&one.value.partner))
            .map(|one| serde_json::to_value(&one.value).unwrap_or_default())
            .collect())
    }

    async fn emails_about(&self, actor: &Actor, id: &OrgId, own: &[&TrialRecord]) -> Result<Vec<Value>, Error> {
        let mut query = DeliveryQuery {
            scope: Scope::Customer(id.clone()),
            audiences: crate::notification::audiences(actor),
            trial: None,
            state: None,
            after: None,
            limit: AT_ONCE as u64,
        };
        let (mut emails, reads) = (Vec::new(), self.region(id.region())?.read());
        loop {
            let part = reads.deliveries_page(&query).await?;
            let Some(last) = part.last() else { break };
            query.after = Some((last.letter.created_at.as_microsecond(), last.letter.id.0.clone()));
            let is_own = |trial: &TrialId| own.iter().any(|record| record.trial.id == *trial);
            let of = part
                .iter()
                .filter(|one| !actor.is_partner() || one.letter.trial.as_ref().is_some_and(is_own));
            emails.extend(of.map(|one| {
                json!({
                    "id": one.letter.id, "kind": one.letter.kind, "trial": one.letter.trial, "person": one.letter.person,
                    "created_at": one.letter.created_at, "line": one.letter.line,
                })
            }));
            if part.len() < AT_ONCE {
                break;
            }
        }
        Ok(emails)
    }

    async fn record_about(&self, actor: &Actor, id: &OrgId) -> Result<Vec<Value>, Error> {
        let filter = RecordFilter {
            organization: Some(id.clone()),
            trial: None,
        };
        let mut page = PageRequest {
            after: None,
            limit: AT_ONCE,
        };
        let mut entries = Vec::new();
        loop {
            let part = self.record(actor, &filter, &page).await?;
            entries.extend(part.items.into_iter().map(|entry| {
                json!({
                    "id": entry.id, "at": entry.at, "name": entry.name, "trial": entry.trial, "by": entry.person,
                    "company": entry.company, "on_behalf_of": entry.on_behalf_of, "via": entry.via,
                    "from": entry.from, "reason": entry.reason, "details": entry.details,
                })
            }));
            match part.next {
                Some(next) => page.after = Some(next),
                None => return Ok(entries),
            }
        }
    }
}

/// NOTE-4: with what is known of the address.
fn person(person: &Person) -> Value {
    let mut shown = serde_json::to_value(person).unwrap_or_default();
    if let (Some(shown), Some(at)) = (shown.as_object_mut(), person.bounced_at) {
        shown.insert("bounced_at".to_owned(), json!(at));
    }
    shown
}

/// What was given is there until the row is done.
fn job_row(row: &JobRow) -> Value {
    let given = row
        .input
        .as_deref()
        .and_then(|text| serde_json::from_str::<Value>(text).ok());
    json!({
        "row": row.number, "status": row.status, "code": row.code, "details": row.details, "id": row.subject,
        "given": given,
    })
}

fn milestone(row: &domain::trial::Row) -> Value {
    json!({"kind": row.kind, "at": row.at, "state": row.state.as_str()})
}
