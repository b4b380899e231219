//! ORG-8: a partner's person enters a customer's control hub and acts there on its behalf. For whom a session acts is
//! asked at each request, and whether it still may.

use crate::{
    Actor, App, Error,
    actor::Acting,
    policy::{self, Action, Tie, authorize},
};
use domain::{
    ids::OrgId,
    organization::AccessLevel,
    person::{Person, Role},
    refusal::Code,
};
use store::sha256;

impl App {
    /// Enters a customer's control hub: from now on the session acts there.
    ///
    /// # Errors
    /// `not_found`, `role_required`; `forbidden` without full access, and for a help desk that was not granted it.
    pub async fn enter_customer(&self, actor: &Actor, secret: &str, customer: &OrgId) -> Result<(), Error> {
        if actor.acting.is_some() {
            return Err(Error::code(Code::Forbidden));
        }
        self.may_act(actor, customer).await?;
        let inside = self.inside(actor.clone(), customer).await?;
        let home = self.region(actor.id().region())?.begin().await?;
        home.act_for(&sha256(secret.as_bytes()), customer, self.clock.real())
            .await?;
        home.commit().await?;
        self.record_acting(&inside, "customer_entered").await
    }

    /// Whether this person may enter: for those who offer the way in.
    ///
    /// # Errors
    /// When a store does not answer.
    pub async fn may_act_for(&self, actor: &Actor, customer: &OrgId) -> Result<bool, Error> {
        match self.may_act(actor, customer).await {
            Ok(()) => Ok(actor.acting.is_none()),
            Err(Error::Refused(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Leaves it again.
    ///
    /// # Errors
    /// When a store does not answer.
    pub async fn leave_customer(&self, actor: &Actor, secret: &str) -> Result<(), Error> {
        let home = self.region(actor.id().region())?.begin().await?;
        home.stop_acting(&sha256(secret.as_bytes())).await?;
        home.commit().await?;
        match actor.acting {
            Some(_) => self.record_acting(actor, "customer_left").await,
            None => Ok(()),
        }
    }

    async fn record_acting(&self, inside: &Actor, name: &str) -> Result<(), Error> {
        let tx = self.region(inside.org().region())?.begin().await?;
        tx.lock(inside.org()).await?;
        let body = serde_json::json!({"partner": inside.home().id});
        self.note(&tx, inside, inside.org(), name, body).await?;
        Ok(tx.commit().await?)
    }

    async fn may_act(&self, actor: &Actor, customer: &OrgId) -> Result<(), Error> {
        policy::certified(actor, self.clock.now())?;
        let reads = self.region(customer.region())?.read();
        let line = reads.relationship(customer, actor.org()).await?;
        let line = line.filter(|line| !line.pending);
        let tie = Tie {
            customer,
            partner: line.as_ref().map(|line| &line.relationship.partner),
            level: line.as_ref().map(|line| line.relationship.level),
            looks_after: reads.is_assigned(customer, actor.id()).await?,
            granted: actor.has(Role::HelpDesk) && self.is_granted(actor.id(), customer).await?,
        };
        authorize(actor, Action::ActFor, &tie, self.clock.now())
    }

    /// The actor of a session, for the customer if it acts for one and still may; access that was withdrawn, or is
    /// over, puts the session back where it belongs.
    pub(crate) async fn for_whom(&self, actor: Actor, secret: &str) -> Result<Actor, Error> {
        if !actor.is_partner() {
            return Ok(actor);
        }
        let (home, digest) = (self.region(actor.id().region())?, sha256(secret.as_bytes()));
        let Some(customer) = home.read().acting(&digest).await? else {
            return Ok(actor);
        };
        match self.may_act(&actor, &customer).await {
            Ok(()) => self.inside(actor, &customer).await,
            Err(Error::Refused(_)) => {
                let tx = home.begin().await?;
                tx.stop_acting(&digest).await?;
                tx.commit().await?;
                Ok(actor)
            }
            Err(error) => Err(error),
        }
    }

    async fn inside(&self, actor: Actor, customer: &OrgId) -> Result<Actor, Error> {
        let organization = self.organization(customer).await?.value;
        let acting = Acting {
            home: actor.organization,
            level: AccessLevel::FullAdministrator,
        };
        Ok(Actor {
            person: Person {
                roles: vec![Role::FullAdministrator],
                ..actor.person
            },
            organization,
            acting: Some(Box::new(acting)),
            ..actor
        })
    }
}
