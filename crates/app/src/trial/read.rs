//! One trial, its plan, and what its removal would take (EXP-9).

use crate::{
    Actor, App, Error,
    load::Loaded,
    policy::{Action, authorize},
    view::{Around, PlanItem, TrialView},
};
use domain::{
    ids::{HoldId, TrialId},
    trial::{MilestoneKind, MilestoneState},
};
use jiff::{Timestamp, civil::Date};

/// EXP-9: what would go, and when.
#[derive(Clone, Debug)]
pub struct Removal {
    /// When; none when nothing is planned.
    pub at: Option<Timestamp>,
    /// The customer's civil day of that.
    pub on: Option<Date>,
    /// `planned`, `due`, `held`, `done`, `none`.
    pub state: String,
    /// Whether the whole organization closes.
    pub organization_closes: bool,
    /// People who lose access.
    pub users: u32,
    /// Of those, how many are administrators.
    pub administrators: u32,
    /// Services, by id, with their licences.
    pub services: Vec<(String, u32)>,
    /// The meetings site.
    pub site: Option<String>,
    /// When its phone numbers are released.
    pub numbers_released_at: Option<Timestamp>,
    /// What holds it back.
    pub holds: Vec<(HoldId, Timestamp)>,
}

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

    /// EXP-9: what the end of this trial would take.
    ///
    /// # Errors
    /// As for reading it.
    pub async fn removal(&self, actor: &Actor, id: &TrialId) -> Result<Removal, Error> {
        let loaded = self.loaded_for(actor, id, Action::ReadTrial).await?;
        let reads = self.region(id.region())?.read();
        let trial = &loaded.record.trial;
        let plan = self.trial_plan(actor, id).await?;
        let of = |kind| plan.iter().rfind(|item| item.kind == kind && item.at.is_some());
        let removed = of(MilestoneKind::Removed);
        let done = removed.is_some_and(|item| item.state == MilestoneState::Done.as_str());
        let closes = !self.surroundings(&loaded, 0).await?.other_services;
        // ORG-9: how many they are is not told before the customer has accepted.
        let people = if closes && !done && trial.is_known() {
            reads.people_of(&trial.customer).await?
        } else {
            Vec::new()
        };
        let administrators = people
            .iter()
            .filter(|person| person.roles.iter().any(|role| role.is_customer_administrator()));
        Ok(Removal {
            at: removed.and_then(|item| item.at),
            on: removed.and_then(|item| item.on),
            state: removed.map_or("none".to_owned(), |item| item.state.clone()),
            organization_closes: closes,
            administrators: u32::try_from(administrators.count()).unwrap_or(u32::MAX),
            users: u32::try_from(people.len()).unwrap_or(u32::MAX),
            services: trial
                .services
                .iter()
                .map(|service| (service.id.clone(), service.quantity))
                .collect(),
            site: loaded.record.texts.get("site").cloned(),
            numbers_released_at: of(MilestoneKind::NumbersReleased).and_then(|item| item.at),
            holds: reads
                .holds_on(&trial.customer)
                .await?
                .into_iter()
                .map(|hold| (hold.id, hold.placed_at))
                .collect(),
        })
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
