//! How a session begins, by whatever one has proven who one is.

use super::{LONGEST, earlier};
use crate::{
    App, Error,
    device::device,
    door::may_sign_in,
    log::{self, Outcome},
};
use domain::{ids::PersonId, person::Person, refusal::Code};
use jiff::SignedDuration;
use store::{
    region::{HalfSignIn, Session, Versioned},
    sha256,
};

/// A code can be given so long after the password.
const HALF: SignedDuration = SignedDuration::from_mins(10);

/// By what somebody has proven who he is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// A password.
    Password,
    /// A password and a one-time code.
    PasswordAndCode,
    /// A passkey.
    Passkey,
    /// The organization's own provider.
    SingleSignOn,
    /// A link by email.
    Door,
    /// Nothing: a demo.
    Demo,
}

impl Proof {
    /// Its stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Proof::Password => "password",
            Proof::PasswordAndCode => "password_and_code",
            Proof::Passkey => "passkey",
            Proof::SingleSignOn => "single_sign_on",
            Proof::Door => "door",
            Proof::Demo => "demo",
        }
    }
}

/// How a session begins.
#[derive(Clone, Debug)]
pub(crate) struct Begin<'a> {
    /// By what one has proven who one is.
    how: &'a str,
    /// What the browser says about itself.
    agent: Option<&'a str>,
    /// The session that it goes on from.
    from: Option<&'a Session>,
    /// Whether one has proven it just now.
    anew: bool,
}

impl<'a> Begin<'a> {
    /// Somebody has just proven who he is.
    pub(crate) fn new(how: Proof, agent: Option<&'a str>) -> Self {
        Self {
            how: how.as_str(),
            agent,
            from: None,
            anew: true,
        }
    }

    /// A session goes on under a new secret; it does not last longer by that.
    pub(crate) fn going_on(from: &'a Session) -> Self {
        Self {
            how: &from.how,
            agent: None,
            from: Some(from),
            anew: false,
        }
    }

    /// The same, and one has just proven again who one is.
    pub(crate) fn proven_again(from: &'a Session) -> Self {
        Self {
            anew: true,
            ..Self::going_on(from)
        }
    }

    fn told(&self, person: &PersonId) {
        match self.from {
            None => log::sign_in(self.how, Outcome::Success, Some(person)),
            Some(_) if self.anew => log::proof(self.how, Outcome::Success, Some(person)),
            Some(_) => {}
        }
    }
}

/// How far somebody has come.
#[derive(Clone, Debug)]
pub enum Entrance {
    /// Signed in.
    In(Box<SignedIn>),
    /// A one-time code is still owed; what the browser keeps until then.
    Code(String),
}

/// Somebody has signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// What the browser keeps; it is shown once and kept as a digest.
    pub secret: String,
    /// Who.
    pub person: Person,
    /// Whether the same sign-in opens other companies, too.
    pub several: bool,
}

impl App {
    /// Signs in, or asks for a code first: whoever of these people has set codes up is not entered without one.
    pub(crate) async fn enter(&self, people: Vec<Person>, begin: Begin<'_>) -> Result<Entrance, Error> {
        let ids: Vec<PersonId> = people.iter().map(|person| person.id.clone()).collect();
        if self.confirmed_codes(&ids).await?.is_empty() {
            let signed_in = self.begin_session(&people, begin).await?;
            return Ok(Entrance::In(Box::new(signed_in)));
        }
        let first = ids.first().ok_or_else(|| Error::code(Code::Unauthorized))?;
        let region = self.region(first.region())?;
        let (now, secret) = (self.clock.real(), format!("{}.{}", first.region(), self.secret()));
        let half = HalfSignIn {
            digest: sha256(secret.as_bytes()),
            people: ids,
            how: begin.how.to_owned(),
            ends_at: now.checked_add(HALF).unwrap_or(now),
        };
        let tx = region.begin().await?;
        tx.add_half_sign_in(&half, now).await?;
        tx.commit().await?;
        log::sign_in(begin.how, Outcome::CodeOwed, half.people.first());
        Ok(Entrance::Code(secret))
    }

    /// Begins a session under a new secret: of the first of these people, all of whom the same sign-in proved. Whether
    /// they may sign in is asked here once more; whether a code is owed is the caller's to ask ([`App::enter`]).
    ///
    /// # Errors
    /// `unauthorized` for somebody who may not.
    pub(crate) async fn begin_session(&self, people: &[Person], begin: Begin<'_>) -> Result<SignedIn, Error> {
        let unauthorized = || Error::code(Code::Unauthorized);
        let person = people
            .first()
            .filter(|person| may_sign_in(person))
            .ok_or_else(unauthorized)?;
        let region = self.region(person.id.region())?;
        let now = self.clock.real();
        let secret = format!("{}.{}", person.id.region(), self.secret());
        let several = people.len() > 1;
        let (browser, platform) = device(begin.agent);
        let session = Session {
            digest: sha256(secret.as_bytes()),
            id: self.unique(),
            person: person.id.clone(),
            people: people.iter().map(|person| person.id.clone()).collect(),
            how: begin.how.to_owned(),
            browser: begin.from.map_or(browser, |from| &from.browser).to_owned(),
            platform: begin.from.map_or(platform, |from| &from.platform).to_owned(),
            created_at: begin.from.map_or(now, |from| from.created_at),
            proven_at: begin.from.filter(|_| !begin.anew).map_or(now, |from| from.proven_at),
            seen_at: now,
        };
        let tx = region.begin().await?;
        if person.signed_in_at.is_none() {
            // Who writes many people at once holds their organization.
            tx.lock(&person.organization).await?;
        }
        tx.add_session(&session, earlier(now, LONGEST)).await?;
        // START-11: from now on the address is known to be right.
        if let Some(found) = tx
            .read()
            .person(&person.id)
            .await?
            .filter(|found| found.value.signed_in_at.is_none())
        {
            let value = Person {
                signed_in_at: Some(self.clock.now()),
                ..found.value
            };
            tx.put_person(&Versioned {
                value,
                version: found.version,
            })
            .await?;
        }
        tx.commit().await?;
        begin.told(&person.id);
        Ok(SignedIn {
            secret,
            person: person.clone(),
            several,
        })
    }
}
