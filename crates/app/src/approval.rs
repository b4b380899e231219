//! What waits for the trials team (START-2, REG-3).

use crate::{
    Actor, App, Command, Error, Guard, Page, PageRequest,
    page::{Place, instant_key, part},
    policy::{Action, allow},
    view::Outcome,
};
use domain::{ids::ApprovalId, refusal::Code, text, trial::Decision};
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
}

impl App {
    /// Approvals in a state, the oldest first.
    ///
    /// # Errors
    /// `role_required`.
    pub async fn approvals(&self, actor: &Actor, state: &str, page: &PageRequest) -> Result<Page<ApprovalView>, Error> {
        allow(actor, Action::ReadApprovals, self.clock.now())?;
        let (mut all, mut down) = (Vec::new(), Vec::new());
        for region in self.stores.regions.values() {
            match region.read().approvals(state).await {
                Ok(found) => all.extend(found),
                Err(_) => down.push(region.id().to_owned()),
            }
        }
        let place = |one: &Approval| Place(instant_key(one.requested_at), one.id.0.clone());
        let found = part(all.into_iter().map(|one| (place(&one), one)).collect(), page);
        let mut items = Vec::with_capacity(found.items.len());
        for approval in found.items {
            items.push(self.approval_view(approval).await?);
        }
        Ok(Page {
            items,
            next: found.next,
            unavailable_regions: down,
        })
    }

    async fn approval_view(&self, approval: Approval) -> Result<ApprovalView, Error> {
        let found = self
            .region(approval.customer.region())?
            .read()
            .organization(&approval.customer)
            .await?;
        let customer = found.ok_or_else(Error::not_found)?.value;
        Ok(ApprovalView {
            partner_name: self.company_name(&approval.partner).await?,
            customer_country: customer
                .customer()
                .map(|customer| customer.country.clone())
                .unwrap_or_default(),
            customer_name: customer.name,
            approval,
        })
    }

    /// Yes or no; the trial as it stands then.
    ///
    /// # Errors
    /// `role_required`, `not_found`, `already_decided`.
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
        let outcome = self
            .execute(actor, &approval.trial, &Command::Decide(decision), guard)
            .await?;
        let approval = reads.approval(id).await?.ok_or_else(Error::not_found)?;
        Ok((self.approval_view(approval).await?, outcome))
    }
}
