//! What waits for the trials team (START-2, REG-3, EXT-3).

use crate::{
    Actor, App, Command, Error, Guard, Page, PageRequest,
    page::{Place, instant_key, part},
    policy::{Action, allow},
    view::Outcome,
};
use domain::{
    ids::{ApprovalId, PersonId},
    refusal::{Code, Refusal, ServiceReason},
    text,
    trial::{Decision, Subject},
};
use jiff::civil::Date;
use std::collections::BTreeMap;
use store::region::approval::Approval;

/// An approval as the trials team sees it.
#[derive(Clone, Debug)]
pub struct ApprovalView {
    /// The approval.
    pub approval: Approval,
    /// Who asks.
    pub partner_name: String,
    /// For whom.
    pub customer_name: String,
    /// ISO 3166 alpha-2.
    pub customer_country: String,
    /// Why, in the words of whoever asks.
    pub note: Option<String>,
    /// The last day on which it still helps, where there is one.
    pub due_on: Option<Date>,
    /// What the whole trial is about.
    pub services: Vec<String>,
    /// How many licences.
    pub license_quantity: u32,
    /// For how long, in days.
    pub duration_days: u32,
    /// Who decided, by name.
    pub decided_by_name: Option<String>,
}

/// Which approvals.
#[derive(Clone, Debug)]
pub struct ApprovalFilter {
    /// `pending`, `approved`, `refused`, `withdrawn`.
    pub state: String,
    /// `country`, `service` or `extension`; all where none is named.
    pub kind: Option<String>,
}

impl ApprovalFilter {
    /// What waits, of every kind.
    pub fn waiting() -> Self {
        Self {
            state: "pending".to_owned(),
            kind: None,
        }
    }
}

/// So many that were decided are shown below those that wait.
const LAST: usize = 20;

impl App {
    /// Approvals in a state, the oldest first.
    ///
    /// # Errors
    /// `role_required`.
    pub async fn approvals(
        &self,
        actor: &Actor,
        filter: &ApprovalFilter,
        page: &PageRequest,
    ) -> Result<Page<ApprovalView>, Error> {
        allow(actor, Action::ReadApprovals, self.clock.now())?;
        let (mut all, mut down) = (Vec::new(), Vec::new());
        for region in self.stores.regions.values() {
            match region.read().approvals(&filter.state, filter.kind.as_deref()).await {
                Ok(found) => all.extend(found),
                Err(_) => down.push(region.id().to_owned()),
            }
        }
        let place = |one: &Approval| Place(instant_key(one.requested_at), one.id.0.clone());
        let found = part(all.into_iter().map(|one| (place(&one), one)).collect(), page);
        Ok(Page {
            items: self.approval_views(found.items).await?,
            next: found.next,
            unavailable_regions: down,
        })
    }

    /// How many wait, by kind.
    ///
    /// # Errors
    /// `role_required`.
    pub async fn count_approvals(&self, actor: &Actor) -> Result<BTreeMap<&'static str, u64>, Error> {
        allow(actor, Action::ReadApprovals, self.clock.now())?;
        let mut counts = BTreeMap::new();
        for region in self.stores.regions.values() {
            // One that is down is named by the list.
            for (kind, many) in region.read().count_approvals("pending").await.unwrap_or_default() {
                *counts.entry(kind).or_default() += many;
            }
        }
        Ok(counts)
    }

    /// The last that were decided or fell away, of a kind, the newest first.
    ///
    /// # Errors
    /// `role_required`.
    pub async fn decided_approvals(&self, actor: &Actor, kind: Option<&str>) -> Result<Vec<ApprovalView>, Error> {
        allow(actor, Action::ReadApprovals, self.clock.now())?;
        let mut all = Vec::new();
        for region in self.stores.regions.values() {
            let last = region.read().decided_approvals(kind, LAST as u64).await;
            all.extend(last.unwrap_or_default());
        }
        all.sort_by(|one, other| other.decided_at.cmp(&one.decided_at).then(other.id.cmp(&one.id)));
        all.truncate(LAST);
        self.approval_views(all).await
    }

    async fn approval_views(&self, all: Vec<Approval>) -> Result<Vec<ApprovalView>, Error> {
        let mut views = Vec::with_capacity(all.len());
        for approval in all {
            views.push(self.approval_view(approval).await?);
        }
        Ok(views)
    }

    async fn approval_view(&self, approval: Approval) -> Result<ApprovalView, Error> {
        let reads = self.region(approval.customer.region())?.read();
        let found = reads.organization(&approval.customer).await?;
        let customer = found.ok_or_else(Error::not_found)?.value;
        let record = reads.trial(&approval.trial).await?.ok_or_else(Error::not_found)?;
        let extends = matches!(approval.subject, Subject::Extension { .. });
        let program = self.program_version(record.trial.program_version).await?;
        let decided_by_name = match &approval.decided_by {
            Some(id) => self.name_of(id).await?,
            None => None,
        };
        Ok(ApprovalView {
            partner_name: self.company_name(&approval.partner).await?,
            customer_country: customer
                .customer()
                .map(|customer| customer.country.clone())
                .unwrap_or_default(),
            customer_name: customer.name,
            note: record.texts.get("extension_reason").filter(|_| extends).cloned(),
            due_on: record
                .trial
                .term()
                .filter(|_| extends && approval.state == "pending")
                .map(|term| {
                    if program.policy.extension_in_grace {
                        term.grace_ends_on(&program)
                    } else {
                        term.ends_on
                    }
                }),
            services: record.trial.service_ids(),
            license_quantity: record.trial.license_quantity,
            duration_days: record.trial.duration_days,
            decided_by_name,
            approval,
        })
    }

    /// A person's name; none for one who has left.
    async fn name_of(&self, id: &PersonId) -> Result<Option<String>, Error> {
        let Some(region) = self.stores.region(id.region()) else {
            return Ok(None);
        };
        let found = region.read().person(id).await?;
        Ok(found.map(|found| found.value.name).filter(|name| !name.is_empty()))
    }

    /// Yes or no; the trial as it stands then.
    ///
    /// # Errors
    /// `role_required`, `not_found`, `already_decided`; `service_not_eligible`, `extension_limit`, `wrong_status` for a yes
    /// against which something stands by now: then the matter is closed as refused. `allowance_used` where the partner
    /// has no place for a trial that would come back: that may pass, and the matter stays open.
    pub async fn decide_approval(
        &self,
        actor: &Actor,
        id: &ApprovalId,
        approved: bool,
        reason: Option<&str>,
        guard: &Guard,
    ) -> Result<(ApprovalView, Outcome), Error> {
        allow(actor, Action::DecideApproval, self.clock.now())?;
        let reason = reason
            .map(|reason| text::note(reason).map_err(|code| Error::field("/reason", code)))
            .transpose()?;
        let reads = self.region(id.region())?.read();
        let approval = reads.approval(id).await?.ok_or_else(Error::not_found)?;
        let again = guard.idem.is_some();
        if approval.state != "pending" && !again {
            return Err(Error::code(Code::AlreadyDecided));
        }
        let decision = Decision {
            subject: approval.subject.clone(),
            approved,
            reason,
        };
        let before = match guard.dry_run {
            true => self.objection(actor, &approval).await?,
            false => None,
        };
        let outcome = self
            .execute(actor, &approval.trial, &Command::Decide(decision), guard)
            .await?;
        let approval = reads.approval(id).await?.ok_or_else(Error::not_found)?;
        let because = match guard.dry_run {
            true => before,
            false => approval.because.as_deref().and_then(code_of),
        };
        if let Some(code) = because.filter(|_| approved) {
            return Err(objected(code, &approval.subject).into());
        }
        Ok((self.approval_view(approval).await?, outcome))
    }

    /// What stands against a yes.
    async fn objection(&self, actor: &Actor, approval: &Approval) -> Result<Option<Code>, Error> {
        let reads = self.region(approval.trial.region())?.read();
        let loaded = self.load(&reads, &approval.trial, Some(actor)).await?;
        let trial = &loaded.record.trial;
        Ok(trial.objection(&approval.subject, &loaded.facts()?.purchased, &loaded.at()))
    }
}

fn code_of(name: &str) -> Option<Code> {
    Code::ALL.iter().copied().find(|code| code.as_str() == name)
}

fn objected(code: Code, subject: &Subject) -> Refusal {
    match subject {
        Subject::Service { id } if code == Code::ServiceNotEligible => {
            let reason = ServiceReason {
                service: id.clone(),
                reason: "owned".to_owned(),
                possible_from: None,
            };
            Refusal::services(code, vec![reason])
        }
        Subject::Service { .. } | Subject::Country | Subject::Extension { .. } => Refusal::new(code),
    }
    .with("approval_status", "refused")
}
