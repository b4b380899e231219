//! The trial begins, in one transaction with everything that follows at once.

use super::Start;
use crate::{
    App, Error,
    idempotency::Slot,
    load::{customer_of, zone},
    save::Save,
    view::{Around, Outcome},
};
use domain::{
    ids::{PersonId, TrialId},
    organization::Organization,
    trial::{At, Origin, Parties},
};
use store::{
    Tx,
    region::{Versioned, trial::TrialRecord},
};

impl App {
    /// The trial begins, in the transaction, with everything that follows at once.
    pub(super) async fn begin(
        &self,
        tx: &Tx,
        start: &Start<'_>,
        customer: &Versioned<Organization>,
        administrator: PersonId,
        origin: Origin,
        slot: Option<&Slot<'_>>,
    ) -> Result<Outcome, Error> {
        let zone_name = customer_of(&customer.value)?.zone.clone();
        let zone = zone(&zone_name)?;
        let now = self.clock.now();
        let parties = Parties {
            id: TrialId::new(tx.region(), &self.unique()),
            partner: start.actor.org().clone(),
            customer: customer.value.id.clone(),
            started_by: start.actor.id().clone(),
            administrator,
            zone: zone_name,
        };
        let at = At {
            now,
            zone: &zone,
            program: &start.program,
            provisioner: self.settings.provisioner,
        };
        let change = start.wish.start(parties, origin, &at);
        let by = start.actor.by();
        let save = Save {
            by: &by,
            customer,
            before: None,
            change: &change,
            program: &start.program,
            zone: &zone,
            now,
            due: None,
        };
        let record = self.save(tx, save).await?;
        if let Some(admission) = start.admission {
            self.arrive(tx, admission, &customer.value.id).await?;
        }
        if let Some(draft) = start.draft.filter(|draft| draft.region() == tx.region()) {
            tx.drop_draft(draft, start.actor.id(), None).await?;
        }
        let outcome = self.begun(tx, start, &customer.value, record).await?;
        if let Some(slot) = slot {
            slot.is_about(&customer.value.id);
            slot.keep(tx, &outcome).await?;
        }
        Ok(outcome)
    }

    async fn begun(
        &self,
        tx: &Tx,
        start: &Start<'_>,
        customer: &Organization,
        record: TrialRecord,
    ) -> Result<Outcome, Error> {
        let zone = zone(&customer_of(customer)?.zone)?;
        let around = Around {
            customer,
            program: &start.program,
            zone: &zone,
            now: self.clock.now(),
            // Nobody can have put a hold on who was not there.
            held_at: match record.trial.origin {
                Origin::New => None,
                Origin::Own | Origin::Request => self.held_at(&tx.read(), &customer.id).await?,
            },
        };
        let mut plan = None;
        if start.dry_run {
            let rows = tx.read().milestones(&record.trial.id).await?;
            plan = Some(self.plan_items(&tx.read(), &record.trial, &rows, &around).await?);
        }
        Ok(Outcome {
            trial: match record.trial.origin {
                Origin::New => self.view_of_new(record, &around).await?,
                Origin::Own | Origin::Request => self.view(record, &around).await?,
            },
            changed: true,
            before: None,
            plan,
            leaving: None,
            receipt: None,
        })
    }

    pub(super) async fn finish(&self, tx: Tx, start: &Start<'_>, mut outcome: Outcome) -> Result<Outcome, Error> {
        if start.dry_run {
            tx.rollback().await?;
            outcome.trial.id = None;
            outcome.trial.version = 0;
            if outcome.trial.trial.origin == Origin::New {
                outcome.trial.customer_id = None;
            }
            for item in outcome.plan.iter_mut().flatten() {
                // Nothing of it has happened.
                "planned".clone_into(&mut item.state);
                item.done_at = None;
            }
            return Ok(outcome);
        }
        tx.commit().await?;
        self.rang();
        Ok(outcome)
    }
}
