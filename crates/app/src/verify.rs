//! Proof that nothing was lost: the record of changes is whole, and folding it gives what is stored.

use crate::{App, Error, load::zone};
use domain::trial::{MilestoneState, Trial, TrialEvent, plan, reconcile};
use serde::Serialize;
use store::{
    Region,
    directory::EntryState,
    region::{event::Event, trial::TrialRecord},
};

/// What was checked, and what is wrong.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Rows of the record of changes.
    pub events: u64,
    /// Trials that were folded again.
    pub trials: u64,
    /// Everything that is not as it should be.
    pub flaws: Vec<String>,
}

impl App {
    /// Checks everything in every store.
    ///
    /// # Errors
    /// When a store does not answer.
    pub async fn verify(&self) -> Result<Report, Error> {
        let mut report = Report::default();
        for region in self.stores.regions.values() {
            let (events, flaws) = region.read().verify_chains().await?;
            report.events += events;
            for flaw in flaws {
                let event = flaw.event.unwrap_or("its head".to_owned());
                report
                    .flaws
                    .push(format!("record of {}: {event}: {}", flaw.organization, flaw.what));
            }
            let mut after = String::new();
            loop {
                let page = region.read().trials_after(&after, 200).await?;
                let Some(last) = page.last() else { break };
                after = last.trial.id.0.clone();
                for record in &page {
                    report.trials += 1;
                    self.verify_trial(region, record, &mut report.flaws).await?;
                }
            }
            self.verify_directory(region, &mut report.flaws).await?;
        }
        Ok(report)
    }

    async fn verify_trial(&self, region: &Region, record: &TrialRecord, flaws: &mut Vec<String>) -> Result<(), Error> {
        let trial = &record.trial;
        let reads = region.read();
        let events = reads.events_of_trial(&trial.id).await?;
        match fold(&events) {
            Some(folded) if folded == *trial => {}
            Some(_) => flaws.push(format!(
                "{}: its record folds to another state than is stored",
                trial.id
            )),
            None => flaws.push(format!("{}: its record does not begin with its start", trial.id)),
        }
        let claims = reads.claims(&trial.customer).await?;
        let held: Vec<&str> = claims
            .iter()
            .filter(|(_, id, _)| *id == trial.id)
            .map(|(service, _, _)| service.as_str())
            .collect();
        for service in trial.claimed().filter(|service| !held.contains(service)) {
            flaws.push(format!("{}: its claim of {service} is missing", trial.id));
        }
        for service in held
            .iter()
            .filter(|service| !trial.claimed().any(|one| one == **service))
        {
            flaws.push(format!("{}: it still claims {service}", trial.id));
        }
        let program = self.program_version(trial.program_version).await?;
        let rows = reads.milestones(&trial.id).await?;
        let missing = reconcile(&rows, &plan(trial, &program, &zone(&trial.zone)?), jiff::Timestamp::MIN);
        for change in missing {
            flaws.push(format!("{}: its milestones are not its plan: {change:?}", trial.id));
        }
        let ended = rows
            .iter()
            .filter(|row| row.state == MilestoneState::Planned && row.at < self.clock.now());
        let late = ended.filter(|row| !row.kind.is_irreversible()).count();
        if late > 0 {
            tracing::info!(trial = %trial.id, late, "milestones are due and not done yet");
        }
        Ok(())
    }

    /// Every address that is in a region is in the directory, and leads there.
    async fn verify_directory(&self, region: &Region, flaws: &mut Vec<String>) -> Result<(), Error> {
        for customer in region.read().organizations_of_kind("customer").await? {
            if customer.customer().is_some_and(|facts| facts.closed_on.is_some()) {
                continue;
            }
            for person in region.read().people_of(&customer.id).await? {
                let entry = self
                    .stores
                    .directory
                    .find("email", &person.email.to_ascii_lowercase())
                    .await?;
                let right = entry
                    .as_ref()
                    .is_some_and(|e| e.organization == customer.id && e.state != EntryState::Resting);
                if !right {
                    flaws.push(format!("{}: its address is not in the directory", person.id));
                }
            }
        }
        Ok(())
    }
}

fn fold(events: &[Event]) -> Option<Trial> {
    let mut all: Vec<TrialEvent> = Vec::new();
    for event in events {
        let part: Vec<TrialEvent> = serde_json::from_value(event.body.clone()).ok()?;
        all.extend(part);
    }
    Trial::fold(&all)
}
