//! CONS-8: a customer lowers, raises or withdraws what a partner may do.

use crate::{
    Actor, App, Error, Guard,
    policy::{Action, Tie, authorize},
};
use domain::{
    ids::{MessageId, OrgId},
    notify::{Audience, Facts, MessageKind},
    organization::AccessLevel,
    refusal::{Code, Refusal},
    trial::{CancelledBy, Status},
};
use store::{
    Tx,
    region::{outbox::Letter, relationship::Line},
};

/// What the customer decides.
#[derive(Clone, Debug)]
pub struct AccessChange {
    /// None withdraws it.
    pub level: Option<AccessLevel>,
    /// Whether the partner's running trials are cancelled with it.
    pub cancel_trials: bool,
}

impl App {
    /// A full administrator changes a partner's access; it acts on the next request. The level that stands then.
    ///
    /// # Errors
    /// `not_full_administrator`, `not_found`, `version_conflict`.
    pub async fn change_access(
        &self,
        actor: &Actor,
        customer: &OrgId,
        partner: &OrgId,
        change: &AccessChange,
        guard: &Guard,
    ) -> Result<(Option<AccessLevel>, i64), Error> {
        let tie = Tie {
            customer,
            partner: None,
            level: None,
            looks_after: false,
            granted: false,
        };
        if !actor.is_customer() {
            let reads = self.region(customer.region())?.read();
            self.own_line(&reads, actor, customer, Action::ChangeAccess).await?;
        }
        authorize(actor, Action::ChangeAccess, &tie, self.clock.now())?;
        let _moment = self.moment().await;
        let tx = self.region(customer.region())?.begin().await?;
        tx.lock(customer).await?;
        let line = tx
            .read()
            .relationship(customer, partner)
            .await?
            .filter(|line| !line.pending)
            .ok_or_else(Error::not_found)?;
        let seen = tx.read().record_length(customer).await? + 1;
        if let Some(known) = &guard.if_match
            && !known.contains(&seen)
        {
            return Err(Refusal::new(Code::VersionConflict).with("version", seen).into());
        }
        if change.level == Some(line.relationship.level) && !change.cancel_trials {
            return Ok((change.level, seen));
        }
        self.tell_partner(&tx, actor, &line, change).await?;
        if change.cancel_trials {
            self.cancel_all(&tx, actor, customer, partner).await?;
        }
        match change.level {
            Some(level) => {
                // Cancelling may have moved the line on.
                let now = tx.read().relationship(customer, partner).await?.unwrap_or(line);
                let mut now = Line {
                    version: now.version + 1,
                    ..now
                };
                now.relationship.level = level;
                tx.put_relationship(&now).await?;
            }
            None => tx.end_relationship(customer, partner).await?,
        }
        let body =
            serde_json::json!({"partner": partner, "level": change.level, "cancel_trials": change.cancel_trials});
        self.note(&tx, actor, customer, "access_changed", body).await?;
        let version = tx.read().record_length(customer).await? + 1;
        if guard.dry_run {
            tx.rollback().await?;
        } else {
            tx.commit().await?;
            self.rang();
        }
        Ok((change.level, version))
    }

    async fn cancel_all(&self, tx: &Tx, actor: &Actor, customer: &OrgId, partner: &OrgId) -> Result<(), Error> {
        for record in tx.read().trials_of(customer).await? {
            let open = record.trial.status().is_open() && record.trial.status() != Status::PendingConsent;
            if record.trial.partner != *partner || !open {
                continue;
            }
            let loaded = self.load(&tx.read(), &record.trial.id, None).await?;
            let empty = loaded.left_empty()?;
            let change = loaded
                .record
                .trial
                .cancel(CancelledBy::Customer, None, empty, &loaded.at())?;
            self.save_loaded(tx, &actor.by(), &loaded, &change, None).await?;
        }
        Ok(())
    }

    async fn tell_partner(&self, tx: &Tx, actor: &Actor, line: &Line, change: &AccessChange) -> Result<(), Error> {
        let (customer, partner) = (&line.relationship.customer, &line.relationship.partner);
        let assigned = tx.read().assigned(customer, partner).await?;
        let nobody = domain::ids::PersonId(String::new());
        let outcome = match change.level {
            Some(AccessLevel::FullAdministrator) => "full",
            Some(AccessLevel::ProvisioningAdministrator) => "provisioning",
            None => "withdrawn",
        };
        let facts = Facts {
            outcome: Some(outcome.to_owned()),
            actor: Some(actor.id().clone()),
            ..Facts::default()
        };
        let people = self
            .partner_administrators(&tx.read(), partner, &nobody, &assigned)
            .await?;
        let letters: Vec<Letter> = people
            .into_iter()
            .map(|person| Letter {
                id: MessageId::new(tx.region(), &self.unique()),
                kind: MessageKind::AccessChanged,
                trial: None,
                customer: Some(customer.clone()),
                person,
                audience: Audience::PartnerAdministrators,
                facts: facts.clone(),
                line: None,
                link: None,
                created_at: self.clock.now(),
            })
            .collect();
        if !letters.is_empty() {
            tx.post(&letters, self.clock.real()).await?;
        }
        Ok(())
    }
}
