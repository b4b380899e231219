//! One address in several companies: which of them one acts in.

use super::{Begin, SignedIn};
use crate::{App, Error, door::may_sign_in};
use domain::{
    ids::{OrgId, PersonId},
    refusal::Code,
};
use store::region::Session;

/// A company that a sign-in opens.
#[derive(Clone, Debug)]
pub struct Company {
    /// The person there.
    pub person: PersonId,
    /// The company.
    pub organization: OrgId,
    /// Its name.
    pub name: String,
    /// Whether it is the one in which one acts now.
    pub current: bool,
}

impl App {
    /// The companies that a session opens.
    ///
    /// # Errors
    /// `unauthorized` for one that is over.
    pub async fn companies(&self, secret: &str) -> Result<Vec<Company>, Error> {
        let (session, _) = self
            .session(secret)
            .await?
            .ok_or_else(|| Error::code(Code::Unauthorized))?;
        let mut companies = Vec::new();
        for id in &session.people {
            let found = self
                .region(id.region())?
                .read()
                .person(id)
                .await?
                .map(|found| found.value);
            let Some(person) = found.filter(may_sign_in) else {
                continue;
            };
            if let Some(organization) = self.open_organization(&person.organization).await? {
                let (name, organization) = (organization.name, organization.id);
                companies.push(Company {
                    current: *id == session.person,
                    person: id.clone(),
                    organization,
                    name,
                });
            }
        }
        companies.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(companies)
    }

    /// Goes on in another company that the same sign-in proved, under a new secret.
    ///
    /// # Errors
    /// `unauthorized` for a session that is over, `not_found` for anybody else.
    pub async fn change_company(&self, secret: &str, person: &PersonId) -> Result<SignedIn, Error> {
        let (session, _) = self
            .session(secret)
            .await?
            .ok_or_else(|| Error::code(Code::Unauthorized))?;
        if !session.people.contains(person) {
            return Err(Error::not_found());
        }
        let reads = self.region(person.region())?.read();
        let found = reads.person(person).await?.ok_or_else(Error::not_found)?.value;
        if self.open_organization(&found.organization).await?.is_none() {
            return Err(Error::not_found());
        }
        // What ended all sessions of that person, such as another password, ended this way in, too.
        let signed_out = reads.signed_out_at(person).await?;
        if signed_out.is_some_and(|at| at > session.created_at) {
            return Err(Error::code(Code::Unauthorized));
        }
        // What let one in elsewhere may not be enough there.
        if session.how.starts_with("password") && self.must_use_single_sign_on(&found).await? {
            return Err(Error::code(Code::Unauthorized));
        }
        // Nor does what was proven there since then count here.
        let session = Session {
            proven_at: if *person == session.person {
                session.proven_at
            } else {
                session.created_at
            },
            ..session
        };
        let mut people = vec![found];
        for other in session.people.iter().filter(|other| *other != person) {
            let other = self.region(other.region())?.read().person(other).await?;
            people.extend(other.map(|found| found.value));
        }
        let next = self.begin_session(&people, Begin::going_on(&session)).await?;
        self.sign_out(secret).await?;
        Ok(next)
    }
}
