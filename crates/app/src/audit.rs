//! AUD-1: the record of changes, for those whom it concerns.

use crate::{
    Actor, App, Error, Page, PageRequest,
    page::Place,
    policy::{self, Action},
};
use domain::{
    ids::{EventId, OrgId, PersonId, TrialId},
    trial::TrialEvent,
};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use store::region::{
    Reads,
    event::{Event, FROM},
};

/// Whose record.
#[derive(Clone, Debug, Default)]
pub struct RecordFilter {
    /// None is the caller's own organization's.
    pub organization: Option<OrgId>,
    /// What happened to one trial only.
    pub trial: Option<TrialId>,
}

/// One change, as it is read.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its id.
    pub id: EventId,
    /// Its place in its organization's record; only for those who read all of it.
    pub seq: Option<i64>,
    /// When, by the rules' clock.
    pub at: Timestamp,
    /// What happened, in short.
    pub name: String,
    /// In whose record.
    pub organization: OrgId,
    /// About which trial.
    pub trial: Option<TrialId>,
    /// Who did it, and how that person is called now; none for time.
    pub person: Option<(PersonId, String)>,
    /// The person's own company.
    pub company: Option<(OrgId, String)>,
    /// ORG-8: for whom the person acted.
    pub on_behalf_of: Option<(OrgId, String)>,
    /// `api`, `console`, `worker`, `command_line`.
    pub via: String,
    /// The request's id.
    pub request: Option<String>,
    /// The address from which it came; none once it is erased.
    pub from: Option<String>,
    /// Why, in somebody's words; none once they are erased.
    pub reason: Option<String>,
    /// What happened.
    pub details: Value,
}

/// What stands above the columns of a record that is taken away.
pub const COLUMNS: [&str; 12] = [
    "seq",
    "at",
    "what",
    "trial",
    "person",
    "company",
    "on_behalf_of",
    "via",
    "request",
    "from",
    "reason",
    "details",
];

impl Entry {
    /// The same as a row under `COLUMNS`.
    pub fn row(self) -> [String; 12] {
        let name = |named: Option<(OrgId, String)>| named.map(|(_, name)| name).unwrap_or_default();
        [
            self.seq.map(|seq| seq.to_string()).unwrap_or_default(),
            self.at.to_string(),
            self.name,
            self.trial.map(|id| id.0).unwrap_or_default(),
            self.person.map(|(_, name)| name).unwrap_or_default(),
            name(self.company),
            name(self.on_behalf_of),
            self.via,
            self.request.unwrap_or_default(),
            self.from.unwrap_or_default(),
            self.reason.unwrap_or_default(),
            self.details.to_string(),
        ]
    }
}

/// Rows of a file at most.
const MOST: usize = 50_000;

/// What a partner notes for itself about a customer: nobody else reads it (ORG-10).
const OWN_NOTES: [&str; 2] = ["customer_changed", "customer_handed_over"];

impl App {
    /// A part of a record, the newest first.
    ///
    /// # Errors
    /// `not_found` for an organization or trial that is not the caller's to see, `role_required`.
    pub async fn record(&self, actor: &Actor, filter: &RecordFilter, page: &PageRequest) -> Result<Page<Entry>, Error> {
        let (id, trial) = self.record_of(actor, filter).await?;
        let reads = self.region(id.region())?.read();
        let own_trials = self.own_trials(actor, &reads, &id).await?;
        let mut before = page.after.as_ref().map(|place| place.0.parse().unwrap_or(0));
        let mut found = Vec::new();
        let limit = page.limit as u64 + 1;
        // What does not concern the reader is passed over, so that pages stay full.
        loop {
            let part = reads.record_page(&id, trial.as_ref(), before, limit).await?;
            let last = part.len() < page.limit + 1;
            before = part.last().map(|event| event.seq);
            found.extend(part.into_iter().filter(|event| concerns(actor, event, &own_trials)));
            if last || found.len() > page.limit {
                break;
            }
        }
        let more = found.len() > page.limit;
        found.truncate(page.limit);
        let next = found.last().filter(|_| more);
        let next = next.map(|event| Place(event.seq.to_string(), event.id.0.clone()));
        let whole = actor.is_vendor() || id == actor.home().id;
        Ok(Page {
            items: self.entries(&reads, &id, found, whole).await?,
            next,
            unavailable_regions: Vec::new(),
        })
    }

    /// A record to take away, the newest first; of a very long one the newest part.
    ///
    /// # Errors
    /// As for reading it.
    pub async fn whole_record(&self, actor: &Actor, filter: &RecordFilter) -> Result<Vec<Entry>, Error> {
        let mut page = PageRequest {
            after: None,
            limit: 500,
        };
        let mut entries = Vec::new();
        loop {
            let found = self.record(actor, filter, &page).await?;
            entries.extend(found.items);
            page.after = found.next;
            if page.after.is_none() || entries.len() >= MOST {
                return Ok(entries);
            }
        }
    }

    /// Whose record is read, if this person may.
    async fn record_of(&self, actor: &Actor, filter: &RecordFilter) -> Result<(OrgId, Option<TrialId>), Error> {
        let now = self.clock.now();
        policy::certified(actor, now)?;
        if let Some(trial) = &filter.trial {
            let loaded = self.loaded_for(actor, trial, Action::ReadRecord).await?;
            let customer = loaded.record.trial.customer;
            return match filter.organization.as_ref().is_none_or(|id| *id == customer) {
                true => Ok((customer, Some(trial.clone()))),
                false => Err(Error::not_found()),
            };
        }
        let id = filter.organization.clone().unwrap_or_else(|| actor.org().clone());
        if id == *actor.org() {
            policy::allow(actor, Action::ReadOwnRecord, now)?;
            return Ok((id, None));
        }
        if actor.is_vendor() {
            self.organization(&id).await?;
            policy::allow(actor, Action::ReadRecord, now)?;
            return Ok((id, None));
        }
        let reads = self.region(id.region())?.read();
        let line = self.own_line(&reads, actor, &id, Action::ReadRecord).await?;
        // ORG-9: nothing of it before the customer has agreed.
        match line.pending {
            true => Err(Error::not_found()),
            false => Ok((id, None)),
        }
    }

    /// ORG-9: a partner reads of its own trials only, and of one that it took (ORG-11) from the place on where it did.
    async fn own_trials(&self, actor: &Actor, reads: &Reads<'_>, id: &OrgId) -> Result<BTreeMap<TrialId, i64>, Error> {
        if !actor.is_partner() || id == actor.org() {
            return Ok(BTreeMap::new());
        }
        let all = reads.trials_of(id).await?.into_iter().map(|record| record.trial);
        let mine = all.filter(|trial| trial.partner == *actor.org());
        let mut own: BTreeMap<TrialId, i64> = mine.map(|trial| (trial.id, 0)).collect();
        for event in reads.events_named(id, "partner_changed").await? {
            if let Some(since) = event.trial.as_ref().and_then(|trial| own.get_mut(trial)) {
                *since = (*since).max(event.seq);
            }
        }
        Ok(own)
    }

    async fn entries(
        &self,
        reads: &Reads<'_>,
        id: &OrgId,
        found: Vec<Event>,
        whole: bool,
    ) -> Result<Vec<Entry>, Error> {
        let ids: Vec<EventId> = found.iter().map(|event| event.id.clone()).collect();
        let mut words = reads.words_of(id, &ids).await?;
        let mut people: BTreeMap<PersonId, String> = BTreeMap::new();
        let mut entries = Vec::with_capacity(found.len());
        for event in found {
            let mut words = words.remove(&event.id).unwrap_or_default();
            if let Some(person) = &event.by.person
                && !people.contains_key(person)
            {
                people.insert(person.clone(), self.person_name(person).await?);
            }
            let person = event.by.person.map(|id| {
                let name = people.get(&id).cloned().unwrap_or_default();
                (id, name)
            });
            entries.push(Entry {
                person,
                company: self.called(event.by.organization).await?,
                on_behalf_of: self.called(event.by.on_behalf_of).await?,
                from: words.remove(FROM),
                reason: words.into_iter().find(|(key, _)| is_reason(key)).map(|(_, text)| text),
                details: told(event.body),
                id: event.id,
                seq: whole.then_some(event.seq),
                at: event.at,
                name: event.name,
                organization: event.organization,
                trial: event.trial,
                via: event.by.via,
                request: event.by.request,
            });
        }
        Ok(entries)
    }

    async fn called(&self, id: Option<OrgId>) -> Result<Option<(OrgId, String)>, Error> {
        let Some(id) = id else { return Ok(None) };
        let Some(region) = self.stores.region(id.region()) else {
            return Ok(Some((id, String::new())));
        };
        let name = match self.company_name(&id).await? {
            name if name.is_empty() => region.read().organization(&id).await?.map(|found| found.value.name),
            name => Some(name),
        };
        Ok(Some((id, name.unwrap_or_default())))
    }
}

/// AUD-1: whether an entry is the reader's to read. The vendor reads everything; a customer its own record; a partner
/// what its people did and what happened to its trials and its access.
fn concerns(actor: &Actor, event: &Event, own_trials: &BTreeMap<TrialId, i64>) -> bool {
    let by_own = event.by.organization.as_ref() == Some(&actor.home().id);
    if actor.is_vendor() {
        return true;
    }
    if event.organization == *actor.org() {
        return by_own || !OWN_NOTES.contains(&event.name.as_str());
    }
    let about = event.body.get("partner").and_then(Value::as_str) == Some(actor.org().as_str());
    match &event.trial {
        Some(trial) => by_own || own_trials.get(trial).is_some_and(|since| event.seq >= *since),
        None => by_own || about,
    }
}

/// What is told of an event: all but the whole trial with which one began.
fn told(body: Value) -> Value {
    let Ok(events) = serde_json::from_value::<Vec<TrialEvent>>(body.clone()) else {
        return body;
    };
    let one = |event: &TrialEvent| match event {
        TrialEvent::Started { trial } => json!({
            "type": "started",
            "services": trial.service_ids(),
            "license_quantity": trial.license_quantity,
            "duration_days": trial.duration_days,
        }),
        other => serde_json::to_value(other).unwrap_or_default(),
    };
    Value::Array(events.iter().map(one).collect())
}

/// Words that say why; those about devices stand before the id of what they are about.
fn is_reason(key: &str) -> bool {
    let what = key.split_once(':').map_or(key, |(what, _)| what);
    what.ends_with("reason") || key != what && matches!(what, "note" | "decision")
}
