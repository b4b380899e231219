//! SEC-2: signing in with a password, and who a session stands for. All instants are of the real clock.

use crate::{Actor, App, Error, password};
use domain::{
    ids::{OrgId, PersonId},
    organization::Organization,
    person::Person,
    refusal::{Code, Refusal},
    text,
};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;
use store::{
    region::{Session, Versioned},
    sha256,
};

/// A session ends when it was not used for so long.
const IDLE: SignedDuration = SignedDuration::from_mins(30);
/// However much it is used, it ends after so long.
const LONGEST: SignedDuration = SignedDuration::from_hours(12);
/// Its use is written down so often at most.
const SEEN: SignedDuration = SignedDuration::from_secs(60);
/// Attempts older than this are no row any more.
const ROW: SignedDuration = SignedDuration::from_hours(24);

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
    /// Signs in with an address and a password. An address that nobody has behaves, and takes as long, as a known one.
    ///
    /// # Errors
    /// `unauthorized`; `too_many_requests` from the 10th wrong password in a row, with the seconds to wait.
    pub async fn sign_in(&self, email: &str, given: &str) -> Result<SignedIn, Error> {
        let wrong = || Error::code(Code::Unauthorized);
        let key = text::email(email).map_err(|_| wrong())?.key;
        let now = self.clock.real();
        if let Some(wait) = self.stores.directory.attempt(&key, now).await? {
            return Err(Refusal::new(Code::TooManyRequests).with("retry_after", wait).into());
        }
        let people = self.proven(&key, given).await?;
        let first = people.first().ok_or_else(wrong)?.clone();
        self.stores.directory.forget_attempts(&key).await?;
        self.stores.directory.forget_attempts_before(earlier(now, ROW)).await?;
        self.begin_session(&first, people.iter().map(|person| person.id.clone()).collect())
            .await
    }

    /// Everybody who has that address and that password, in an organization that is still open.
    async fn proven(&self, key: &str, given: &str) -> Result<Vec<Person>, Error> {
        let people = self.open_people(key).await?;
        let mut hashes: Vec<(PersonId, String)> = Vec::new();
        for region in self.stores.regions.values() {
            let here = people.iter().filter(|person| person.id.region() == region.id());
            let ids: Vec<PersonId> = here.map(|person| person.id.clone()).collect();
            hashes.extend(region.read().credentials(&ids).await?);
        }
        let distinct: BTreeSet<String> = hashes.iter().map(|(_, hash)| hash.clone()).collect();
        let mut right = BTreeSet::new();
        if distinct.is_empty() {
            password::verify(&self.hashing, given, None).await?;
        }
        for hash in distinct {
            if password::verify(&self.hashing, given, Some(hash.clone())).await? {
                right.insert(hash);
            }
        }
        let proven = |person: &Person| hashes.iter().any(|(id, hash)| *id == person.id && right.contains(hash));
        Ok(people.into_iter().filter(proven).collect())
    }

    async fn open_people(&self, key: &str) -> Result<Vec<Person>, Error> {
        let mut open = Vec::new();
        for person in self.find_people(key).await? {
            if self.open_organization(&person.organization).await?.is_some() {
                open.push(person);
            }
        }
        Ok(open)
    }

    async fn open_organization(&self, id: &OrgId) -> Result<Option<Organization>, Error> {
        let found = self
            .region(id.region())?
            .read()
            .organization(id)
            .await?
            .map(|found| found.value);
        Ok(found.filter(|organization| {
            organization
                .customer()
                .is_none_or(|customer| customer.closed_on.is_none())
        }))
    }

    async fn begin_session(&self, person: &Person, people: Vec<PersonId>) -> Result<SignedIn, Error> {
        let region = self.region(person.id.region())?;
        let now = self.clock.real();
        let secret = format!("{}.{}", person.id.region(), self.secret());
        let several = people.len() > 1;
        let session = Session {
            digest: sha256(secret.as_bytes()),
            person: person.id.clone(),
            people,
            created_at: now,
            seen_at: now,
        };
        let tx = region.begin().await?;
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
        Ok(SignedIn {
            secret,
            person: person.clone(),
            several,
        })
    }

    /// Who a session stands for; none for what is no session, or one that is over. Roles and organization are read
    /// anew each time, so that a change acts at once.
    ///
    /// # Errors
    /// When a store does not answer.
    pub async fn actor_of_session(&self, secret: &str) -> Result<Option<Actor>, Error> {
        let Some((session, person)) = self.session(secret).await? else {
            return Ok(None);
        };
        let Some(organization) = self.open_organization(&person.organization).await? else {
            return Ok(None);
        };
        let now = self.clock.real();
        if now.duration_since(session.seen_at) >= SEEN {
            self.region(person.id.region())?
                .see_session(&session.digest, now)
                .await?;
        }
        let language = person.language.clone();
        Ok(Some(Actor {
            person,
            organization,
            via: "console",
            request: None,
            from: None,
            language,
        }))
    }

    async fn session(&self, secret: &str) -> Result<Option<(Session, Person)>, Error> {
        let region = secret
            .split_once('.')
            .and_then(|(region, _)| self.stores.region(region));
        let Some(region) = region.filter(|_| secret.len() < 200) else {
            return Ok(None);
        };
        let reads = region.read();
        let Some(session) = reads.session(&sha256(secret.as_bytes())).await? else {
            return Ok(None);
        };
        let now = self.clock.real();
        let over = now.duration_since(session.seen_at) >= IDLE || now.duration_since(session.created_at) >= LONGEST;
        if over {
            region.end_session(&session.digest).await?;
            return Ok(None);
        }
        Ok(reads.person(&session.person).await?.map(|found| (session, found.value)))
    }

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
            let Some(person) = found else { continue };
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
        let found = self
            .region(person.region())?
            .read()
            .person(person)
            .await?
            .ok_or_else(Error::not_found)?;
        let next = self.begin_session(&found.value, session.people).await?;
        self.sign_out(secret).await?;
        Ok(next)
    }

    /// Ends a session at once.
    ///
    /// # Errors
    /// When a store does not answer.
    pub async fn sign_out(&self, secret: &str) -> Result<(), Error> {
        let Some((region, _)) = secret.split_once('.') else {
            return Ok(());
        };
        match self.stores.region(region) {
            Some(region) => Ok(region.end_session(&sha256(secret.as_bytes())).await?),
            None => Ok(()),
        }
    }

    /// Signs in as anybody, without a password: for demos, where everybody tries every part.
    ///
    /// # Errors
    /// `not_found` on a server without a test clock, or for nobody.
    pub async fn sign_in_demo(&self, email: &str) -> Result<SignedIn, Error> {
        if !self.settings().test_clock {
            return Err(Error::not_found());
        }
        let key = text::email(email).map_err(|_| Error::not_found())?.key;
        let people = self.open_people(&key).await?;
        let first = people.first().ok_or_else(Error::not_found)?.clone();
        self.begin_session(&first, people.into_iter().map(|person| person.id).collect())
            .await
    }

    /// Sets a person's password; all sessions of that person end.
    ///
    /// # Errors
    /// `not_found`; `empty` or `too_long` for what is no password.
    pub async fn set_password(&self, person: &PersonId, given: &str) -> Result<(), Error> {
        let region = self.region(person.region())?;
        region.read().person(person).await?.ok_or_else(Error::not_found)?;
        let mut salt = [0u8; password::SALT];
        (self.random)(&mut salt);
        let hash = password::hash(&self.hashing, given, salt).await?;
        let tx = region.begin().await?;
        tx.put_credential(person, &hash, self.clock.real()).await?;
        tx.end_sessions(person).await?;
        Ok(tx.commit().await?)
    }

    /// Whether a person has a password.
    ///
    /// # Errors
    /// When a store does not answer.
    pub async fn has_password(&self, person: &PersonId) -> Result<bool, Error> {
        let known = self
            .region(person.region())?
            .read()
            .credentials(std::slice::from_ref(person))
            .await?;
        Ok(!known.is_empty())
    }
}

fn earlier(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.checked_sub(by).unwrap_or(Timestamp::MIN)
}
