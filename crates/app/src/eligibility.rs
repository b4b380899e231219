//! ELIG, asked for alone.

use crate::{
    Actor, App, Error, exception,
    load::zone,
    lookup::email_at,
    policy::{Action, Tie, allow, authorize},
};
use domain::{
    allowance::Taking,
    eligibility::{Standing, Verdict, standing, verdict},
    ids::OrgId,
    program::Program,
    refusal::{Code, FieldError},
    time::civil_day,
    trial::Trial,
};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use store::StoreError;

/// The answer for one service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Eligible {
    /// The service's id.
    pub service: String,
    /// Whether a trial can be started now or asked for.
    pub eligible: bool,
    /// Why not, or what it waits for.
    pub reason: Option<String>,
    /// From when it could be.
    pub possible_from: Option<jiff::civil::Date>,
}

impl App {
    /// ELIG: per service, with a reason. Without a relationship the only reason is `unavailable`.
    ///
    /// # Errors
    /// `role_required`, wrong input, `not_found`, `too_many_requests`.
    pub async fn eligibility(
        &self,
        actor: &Actor,
        customer: Option<&str>,
        admin_email: Option<&str>,
        services: Option<&[String]>,
    ) -> Result<Vec<Eligible>, Error> {
        allow(actor, Action::AskEligibility, self.clock.now())?;
        let program = self.program()?;
        let mut errors = Vec::new();
        let all: Vec<String> = program.services.iter().map(|service| service.id.clone()).collect();
        let services = services.map_or(all, <[String]>::to_vec);
        for (index, id) in services
            .iter()
            .enumerate()
            .filter(|(_, id)| program.service(id).is_none())
        {
            errors.push(FieldError::new(format!("/services/{index}"), Code::UnknownService).with("value", id));
        }
        if customer.is_some() == admin_email.is_some() {
            let code = if customer.is_some() {
                Code::ConflictingFields
            } else {
                Code::Required
            };
            errors.push(FieldError::new("/admin_email", code));
        }
        if !errors.is_empty() {
            return Err(errors.into());
        }
        let (found, related) = match customer {
            // ORG-7
            Some(id) if id == actor.org().as_str() => return Err(Error::field("/customer_id", Code::OwnOrganization)),
            Some(id) => (Some(self.own_customer(actor, id, "/customer_id").await?), true),
            None => {
                let email = email_at("/admin_email", admin_email)?;
                self.refuse_colleague(actor, &email.key, "/admin_email").await?;
                self.count_lookup(actor, &email.key).await?;
                let owner = self.owner_of("email", &email.key, "").await?;
                let related = match &owner {
                    Some(owner) => {
                        let line = self
                            .region(owner.region())?
                            .read()
                            .relationship(owner, actor.org())
                            .await?;
                        line.is_some_and(|line| !line.pending)
                    }
                    None => true,
                };
                (owner, related)
            }
        };
        let (standing, zone) = match &found {
            Some(id) => self.standing_of(id, actor.org(), &program).await?,
            None => (Standing::default(), TimeZone::UTC),
        };
        let today = civil_day(self.clock.now(), &zone);
        let full = self.full(actor).await?;
        let answer = |id: &String| {
            let told = told(verdict(id, actor.org(), &standing, today, &program), related);
            match &full {
                Some(from) if told.eligible => Eligible {
                    eligible: false,
                    reason: Some(Code::AllowanceUsed.as_str().to_owned()),
                    possible_from: *from,
                    ..told
                },
                _ => told,
            }
        };
        Ok(services.iter().map(answer).collect())
    }

    /// ELIG-5: from when a partner whose allowance is used can start again; none where there is a place.
    async fn full(&self, actor: &Actor) -> Result<Option<Option<jiff::civil::Date>>, Error> {
        match self.check_room(&actor.organization, Taking::Start).await {
            Ok(()) => Ok(None),
            Err(Error::Refused(refusal)) if refusal.code == Code::AllowanceUsed => {
                let from = refusal.extra.get("possible_from").and_then(|day| day.as_str());
                Ok(Some(from.and_then(|day| day.parse().ok())))
            }
            // A region that is down leaves it open: the start itself asks again.
            Err(Error::Store(StoreError::Unavailable(_))) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// A customer of the partner's that this person sees.
    pub(crate) async fn own_customer(&self, actor: &Actor, id: &str, pointer: &str) -> Result<OrgId, Error> {
        let id = OrgId::parse(id).ok_or_else(|| Error::field(pointer, Code::InvalidId))?;
        let reads = self.region(id.region())?.read();
        let line = reads
            .relationship(&id, actor.org())
            .await?
            .filter(|line| !line.pending)
            .ok_or_else(Error::not_found)?;
        let looks_after = reads.is_assigned(&id, actor.id()).await?;
        let tie = Tie {
            customer: &id,
            partner: Some(actor.org()),
            level: Some(line.relationship.level),
            looks_after,
            granted: false,
        };
        authorize(actor, Action::ManageCustomer, &tie, self.clock.now())?;
        Ok(id)
    }

    /// What an organization has bought, tries and has tried.
    async fn standing_of(&self, id: &OrgId, partner: &OrgId, program: &Program) -> Result<(Standing, TimeZone), Error> {
        let reads = self.region(id.region())?.read();
        let organization = reads.organization(id).await?.ok_or_else(Error::not_found)?.value;
        let customer = organization.customer().ok_or_else(Error::not_found)?;
        let trials: Vec<Trial> = reads
            .trials_of(id)
            .await?
            .into_iter()
            .map(|record| record.trial)
            .collect();
        let zone = zone(&customer.zone)?;
        let standing = Standing {
            lifted: exception::services(&self.lifted(&reads, id, partner, program).await?),
            ..standing(&customer.purchased, &trials, &zone)
        };
        Ok((standing, zone))
    }
}

fn told(verdict: Verdict, related: bool) -> Eligible {
    let blocked = verdict.reason.is_some_and(domain::eligibility::Reason::blocks);
    let hidden = blocked && !related;
    Eligible {
        service: verdict.service,
        eligible: !blocked,
        reason: verdict
            .reason
            .map(|reason| if hidden { "unavailable" } else { reason.as_str() }.to_owned()),
        possible_from: verdict.possible_from.filter(|_| !hidden),
    }
}
