//! Who asks: a person of an organization, by a token.

use crate::{
    App, Error, log,
    token::{Scopes, day_of},
};
use domain::{
    ids::{OrgId, PersonId},
    organization::{AccessLevel, Kind, Organization},
    person::{Person, Role},
    refusal::Code,
};
use jiff::Timestamp;
use store::{
    region::{Token, event::By},
    sha256,
};

/// Who asks.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The person.
    pub person: Person,
    /// The person's organization.
    pub organization: Organization,
    /// By which way: `api`, `console`, `command_line`.
    pub via: &'static str,
    /// The request's id.
    pub request: Option<String>,
    /// The address from which it came; personal.
    pub from: Option<String>,
    /// What may be done by that way.
    pub scopes: Scopes,
    /// BCP 47: the language in which the person reads this answer.
    pub language: String,
    /// ORG-8: set while the person acts for a customer. Then `organization` is the customer, and the roles are those
    /// that the access level gives there.
    pub acting: Option<Box<Acting>>,
}

/// ORG-8: who acts for a customer, and how far.
#[derive(Clone, Debug)]
pub struct Acting {
    /// The person's own organization.
    pub home: Organization,
    /// ORG-4.
    pub level: AccessLevel,
}

impl Actor {
    /// The person's id.
    pub fn id(&self) -> &PersonId {
        &self.person.id
    }

    /// The organization to which the person belongs, also while acting for another.
    pub fn home(&self) -> &Organization {
        self.acting.as_ref().map_or(&self.organization, |acting| &acting.home)
    }

    /// The organization's id.
    pub fn org(&self) -> &OrgId {
        &self.organization.id
    }

    /// Whether the person has a role.
    pub fn has(&self, role: Role) -> bool {
        self.person.has(role)
    }

    /// Whether the person belongs to the vendor.
    pub fn is_vendor(&self) -> bool {
        matches!(self.organization.kind, Kind::Vendor)
    }

    /// Whether the person belongs to a partner.
    pub fn is_partner(&self) -> bool {
        matches!(self.organization.kind, Kind::Partner(_))
    }

    /// Whether the person belongs to a customer.
    pub fn is_customer(&self) -> bool {
        matches!(self.organization.kind, Kind::Customer(_))
    }

    /// As the record of changes names it.
    pub fn by(&self) -> By {
        By {
            person: Some(self.person.id.clone()),
            organization: Some(self.home().id.clone()),
            on_behalf_of: self.acting.as_ref().map(|_| self.organization.id.clone()),
            via: self.via.to_owned(),
            request: self.request.clone(),
            from: self.from.clone(),
        }
    }
}

/// What stands in front of every token, before its region.
pub(crate) const PREFIX: &str = "ft";

impl App {
    /// Who a bearer token stands for.
    ///
    /// # Errors
    /// `unauthorized` for anything that is not a token in force.
    pub async fn authenticate(&self, token: &str) -> Result<(Person, Organization, Scopes), Error> {
        log::refused(self.bearer(token).await, log::token)
    }

    async fn bearer(&self, token: &str) -> Result<(Person, Organization, Scopes), Error> {
        let unauthorized = || Error::code(Code::Unauthorized);
        let region = token
            .strip_prefix(PREFIX)
            .and_then(|rest| rest.strip_prefix('_'))
            .and_then(|rest| rest.split_once('_'));
        let (region, _) = region.filter(|_| token.len() < 200).ok_or_else(unauthorized)?;
        let region = self.stores.region(region).ok_or_else(unauthorized)?;
        let (reads, digest) = (region.read(), sha256(token.as_bytes()));
        let bearer = reads.bearer(&digest, self.clock.real()).await?;
        let bearer = bearer.ok_or_else(unauthorized)?;
        let closed = bearer.organization.customer().is_some_and(|it| it.closed_on.is_some());
        if closed || bearer.person.disabled_at.is_some() {
            return Err(unauthorized());
        }
        let today = day_of(self.clock.real());
        if bearer.used_on != Some(today) {
            region.see_token(&digest, today).await?;
        }
        Ok((bearer.person, bearer.organization, Scopes::parse(&bearer.scopes)))
    }

    /// Makes a token for a person that may do everything: at the command line. It is shown once and kept as a digest.
    ///
    /// # Errors
    /// When there is no such person.
    pub async fn issue_token(
        &self,
        person: &PersonId,
        label: &str,
        expires_at: Option<Timestamp>,
    ) -> Result<String, Error> {
        let region = self.region(person.region())?;
        if region.read().person(person).await?.is_none() {
            return Err(Error::not_found());
        }
        let token = format!("{PREFIX}_{}_{}", person.region(), self.secret());
        let kept = Token {
            digest: sha256(token.as_bytes()),
            id: self.unique(),
            person: person.clone(),
            label: label.to_owned(),
            created_at: self.clock.real(),
            expires_at,
            scopes: Scopes::all().names().join(" "),
            used_on: None,
        };
        let tx = region.begin().await?;
        tx.add_token(&kept).await?;
        tx.commit().await?;
        Ok(token)
    }

    /// The store of a region; one that is not there holds nothing.
    pub(crate) fn region(&self, id: &str) -> Result<&store::Region, Error> {
        self.stores.region(id).ok_or_else(Error::not_found)
    }
}
