//! One trial, and its plan.

use crate::{
    Actor, App, Error,
    load::Loaded,
    policy::{Action, authorize},
    view::{Around, PlanItem, TrialView},
};
use domain::ids::TrialId;
use jiff::Timestamp;

impl App {
    pub(crate) async fn loaded_for(&self, actor: &Actor, id: &TrialId, action: Action) -> Result<Loaded, Error> {
        let loaded = self.load(&self.region(id.region())?.read(), id, Some(actor)).await?;
        authorize(actor, action, &loaded.tie(), loaded.now)?;
        Ok(loaded)
    }

    /// A trial that this person sees.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `not_certified`.
    pub async fn trial(&self, actor: &Actor, id: &TrialId) -> Result<TrialView, Error> {
        let loaded = self.loaded_for(actor, id, Action::ReadTrial).await?;
        let held_at = self
            .held_at(&self.region(id.region())?.read(), &loaded.record.trial.customer)
            .await?;
        let record = loaded.record.clone();
        self.view(record, &around(&loaded, held_at)).await
    }

    /// Past and future of a trial.
    ///
    /// # Errors
    /// As for reading it.
    pub async fn trial_plan(&self, actor: &Actor, id: &TrialId) -> Result<Vec<PlanItem>, Error> {
        let loaded = self.loaded_for(actor, id, Action::ReadTrial).await?;
        let reads = self.region(id.region())?.read();
        let rows = reads.milestones(id).await?;
        let held_at = self.held_at(&reads, &loaded.record.trial.customer).await?;
        self.plan_items(&reads, &loaded.record.trial, &rows, &around(&loaded, held_at))
            .await
    }
}

fn around(loaded: &Loaded, held_at: Option<Timestamp>) -> Around<'_> {
    Around {
        customer: &loaded.customer.value,
        program: &loaded.program,
        zone: &loaded.zone,
        now: loaded.now,
        held_at,
    }
}
