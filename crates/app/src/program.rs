//! The program: read, checked, published (PROG-1).

use crate::{
    Actor, App, Error,
    policy::{Action, allow},
};
use domain::{
    program::{Finding, Program, Used},
    refusal::{Code, FieldError, Refusal},
    trial::Status,
};
use std::{collections::BTreeSet, sync::Arc};

impl App {
    pub(crate) async fn load_programs(&self) -> Result<(), Error> {
        let programs = self.stores.directory.programs().await?;
        if let Ok(mut known) = self.programs.write() {
            known.extend(programs.into_iter().map(|program| (program.version, Arc::new(program))));
        }
        Ok(())
    }

    /// The version under which new trials start.
    ///
    /// # Errors
    /// When none was published yet.
    pub fn program(&self) -> Result<Arc<Program>, Error> {
        let known = self
            .programs
            .read()
            .map_err(|error| Error::Internal(error.to_string()))?;
        known
            .last_key_value()
            .map(|(_, program)| program.clone())
            .ok_or(Error::Internal("no program is published".to_owned()))
    }

    /// The fewest days of grace of any version.
    pub(crate) fn shortest_grace(&self) -> u32 {
        let known = self.programs.read().ok();
        let days = known.and_then(|known| known.values().map(|program| program.policy.grace_days).min());
        days.unwrap_or_default()
    }

    /// The most days for which a request waits under any version.
    pub(crate) fn longest_consent(&self) -> u32 {
        let known = self.programs.read().ok();
        let days = known.and_then(|known| known.values().map(|program| program.policy.consent_days).max());
        days.unwrap_or_default()
    }

    /// PROG-1: the version that a trial keeps.
    pub(crate) async fn program_version(&self, version: u32) -> Result<Arc<Program>, Error> {
        for attempt in 0..2 {
            let known = self
                .programs
                .read()
                .map_err(|error| Error::Internal(error.to_string()))?
                .get(&version)
                .cloned();
            if let Some(program) = known {
                return Ok(program);
            }
            if attempt == 0 {
                // Another process may have published it.
                self.load_programs().await?;
            }
        }
        Err(Error::Internal(format!("program version {version} is missing")))
    }

    /// The current program, for anybody who is signed in.
    ///
    /// # Errors
    /// `not_certified`.
    pub async fn read_program(&self, actor: &Actor) -> Result<Arc<Program>, Error> {
        allow(actor, Action::ReadProgram, self.clock.now())?;
        self.program()
    }

    /// PROG-1: publishes a version that is in order and takes nothing away from running trials.
    ///
    /// # Errors
    /// `program_invalid` with every finding.
    pub async fn publish_program(&self, actor: &Actor, program: Program, dry_run: bool) -> Result<Arc<Program>, Error> {
        allow(actor, Action::PublishProgram, self.clock.now())?;
        self.load_programs().await?;
        let current = self.program()?;
        self.check_program(&program, &current).await?;
        if !dry_run {
            match self.publish(&program).await {
                // Somebody published that version meanwhile: what is there now is the one that it must follow.
                Err(error) if error.is_race() => {
                    self.load_programs().await?;
                    self.check_program(&program, &*self.program()?).await?;
                    return Err(error);
                }
                result => result?,
            }
        }
        Ok(Arc::new(program))
    }

    async fn check_program(&self, program: &Program, current: &Program) -> Result<(), Error> {
        let mut findings = program.check();
        findings.extend(program.conflicts(current, &self.used(current).await?));
        // REG-2: what is stored there needs a store.
        for (index, region) in program.regions.iter().enumerate() {
            if self.stores.region(&region.id).is_none() {
                findings.push(Finding {
                    line: None,
                    column: None,
                    path: format!("/regions/{index}/id"),
                    problem: format!("region `{}` has no store on this server", region.id),
                    mend: "have the operator configure one first, or leave the region out".to_owned(),
                });
            }
        }
        if findings.is_empty() {
            Ok(())
        } else {
            Err(invalid(&findings))
        }
    }

    /// Publishes without asking who: the first version, by the operator.
    ///
    /// # Errors
    /// `Taken` when that version is there already.
    pub async fn publish(&self, program: &Program) -> Result<(), Error> {
        self.stores.directory.publish(program, self.clock.now()).await?;
        self.load_programs().await
    }

    /// What running trials and customers rest on.
    async fn used(&self, current: &Program) -> Result<Used, Error> {
        let mut used = Used {
            services: BTreeSet::new(),
            regions: self.stores.regions.keys().cloned().collect(),
            countries: BTreeSet::new(),
            highest_version: current.version,
        };
        for region in self.stores.regions.values() {
            let mut after = String::new();
            loop {
                let page = region.read().trials_after(&after, 500).await?;
                let Some(last) = page.last() else { break };
                after = last.trial.id.0.clone();
                for record in page
                    .iter()
                    .filter(|record| record.trial.status().is_open() || record.trial.status() == Status::Cancelled)
                {
                    used.services.extend(record.trial.service_ids());
                }
            }
            for customer in region.read().organizations_of_kind("customer").await? {
                used.countries.extend(
                    customer
                        .customer()
                        .filter(|c| c.closed_on.is_none())
                        .map(|c| c.country.clone()),
                );
            }
        }
        Ok(used)
    }
}

fn invalid(findings: &[Finding]) -> Error {
    let error = |finding: &Finding| {
        FieldError::new(finding.path.clone(), Code::ProgramInvalid)
            .with("value", format!("{}; {}", finding.problem, finding.mend))
    };
    Refusal {
        errors: findings.iter().map(error).collect(),
        ..Refusal::new(Code::ProgramInvalid)
    }
    .into()
}
