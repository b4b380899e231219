//! EXP-9: the vendor holds a customer back from removal, with a reason.

use crate::{
    Actor, App, Error, Guard, Page, PageRequest,
    idempotency::Held,
    page::{Place, instant_key, part},
    policy::{Action, allow},
};
use domain::{
    closing::Step,
    ids::{HoldId, OrgId},
    refusal::{Code, Refusal},
    text,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::region::hold::Hold;

/// A hold as the vendor sees it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HoldView {
    /// Its id.
    pub id: HoldId,
    /// On whom.
    pub customer_id: OrgId,
    /// Why.
    pub reason: String,
    /// By whom.
    pub placed_by: String,
    /// When.
    pub placed_at: Timestamp,
    /// When it ended.
    pub lifted_at: Option<Timestamp>,
    /// Counts up with every change.
    pub version: i64,
}

impl App {
    /// All holds, those in force first.
    ///
    /// # Errors
    /// `role_required`.
    pub async fn holds(&self, actor: &Actor, page: &PageRequest) -> Result<Page<HoldView>, Error> {
        allow(actor, Action::ReadHolds, self.clock.now())?;
        let (mut all, mut down) = (Vec::new(), Vec::new());
        for region in self.stores.regions.values() {
            match region.read().holds().await {
                Ok(found) => all.extend(found.into_iter().map(shown)),
                Err(_) => down.push(region.id().to_owned()),
            }
        }
        let place = |hold: &HoldView| {
            let rank = if hold.lifted_at.is_some() { "1" } else { "0" };
            Place(rank.to_owned() + &instant_key(hold.placed_at), hold.id.0.clone())
        };
        let all = all.into_iter().map(|hold| (place(&hold), hold)).collect();
        Ok(Page {
            unavailable_regions: down,
            ..part(all, page)
        })
    }

    /// Places a hold on a customer.
    ///
    /// # Errors
    /// `role_required`, `not_found`, wrong input.
    pub async fn place_hold(
        &self,
        actor: &Actor,
        customer: Option<&str>,
        reason: Option<&str>,
        guard: &Guard,
    ) -> Result<HoldView, Error> {
        allow(actor, Action::ManageHolds, self.clock.now())?;
        let customer = customer.ok_or_else(|| Error::field("/customer_id", Code::Required))?;
        let customer = OrgId::parse(customer).ok_or_else(|| Error::field("/customer_id", Code::InvalidId))?;
        let reason = reason.ok_or_else(|| Error::field("/reason", Code::Required))?;
        let reason = text::note(reason).map_err(|code| Error::field("/reason", code))?;
        let region = self.region(customer.region())?;
        let slot = match self.hold_key_of(actor, guard.idem.as_ref(), &customer).await? {
            Held::Again(answer) => return *answer,
            Held::Fresh(slot) => slot,
        };
        let run = async {
            let tx = region.begin().await?;
            tx.lock(&customer).await?;
            let found = tx
                .read()
                .organization(&customer)
                .await?
                .ok_or_else(Error::not_found)?
                .value;
            // What is gone cannot be held. Of what is being closed the rest can: nothing more of it is erased.
            let closing = tx.read().closing(&customer).await?;
            let is_left = |closed: bool| !closed || closing.is_some_and(|one| one.step != Step::Done);
            if found.customer().is_none_or(|facts| !is_left(facts.closed_on.is_some())) {
                return Err(Error::not_found());
            }
            let hold = Hold {
                id: HoldId::new(customer.region(), &self.unique()),
                customer: customer.clone(),
                reason,
                placed_by: actor.id().clone(),
                placed_at: self.clock.now(),
                lifted_at: None,
                version: 1,
            };
            tx.add_hold(&hold).await?;
            self.note(
                &tx,
                actor,
                &customer,
                "hold_placed",
                serde_json::json!({"hold": hold.id}),
            )
            .await?;
            let view = shown(hold);
            if let Some(slot) = &slot {
                slot.keep(&tx, &view).await?;
            }
            if guard.dry_run {
                tx.rollback().await?;
            } else {
                tx.commit().await?;
            }
            Ok(view)
        };
        let result = run.await;
        self.settle(slot, result).await
    }

    /// Lifts a hold: what it held back runs now.
    ///
    /// # Errors
    /// `role_required`, `not_found`, `already_decided`, `version_conflict`.
    pub async fn lift_hold(&self, actor: &Actor, id: &HoldId, guard: &Guard) -> Result<HoldView, Error> {
        allow(actor, Action::ManageHolds, self.clock.now())?;
        let tx = self.region(id.region())?.begin().await?;
        let hold = tx.read().hold(id).await?.ok_or_else(Error::not_found)?;
        tx.lock(&hold.customer).await?;
        if hold.lifted_at.is_some() {
            return Err(Error::code(Code::AlreadyDecided));
        }
        if let Some(known) = &guard.if_match
            && !known.contains(&hold.version)
        {
            return Err(Refusal::new(Code::VersionConflict).with("version", hold.version).into());
        }
        let now = self.clock.now();
        tx.lift_hold(&hold, now).await?;
        self.note(
            &tx,
            actor,
            &hold.customer,
            "hold_lifted",
            serde_json::json!({"hold": hold.id}),
        )
        .await?;
        if guard.dry_run {
            tx.rollback().await?;
        } else {
            tx.commit().await?;
            self.rang();
        }
        Ok(shown(Hold {
            lifted_at: Some(now),
            version: hold.version + 1,
            ..hold
        }))
    }
}

fn shown(hold: Hold) -> HoldView {
    HoldView {
        id: hold.id,
        customer_id: hold.customer,
        reason: hold.reason,
        placed_by: hold.placed_by.0,
        placed_at: hold.placed_at,
        lifted_at: hold.lifted_at,
        version: hold.version,
    }
}
