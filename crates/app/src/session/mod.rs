//! SEC-2: signing in with a password, and who a session stands for. All instants are of the real clock.

mod begin;
mod company;

pub(crate) use begin::Begin;
pub use begin::{Entrance, Proof, SignedIn};
pub use company::Company;

use crate::{
    Actor, App, Error,
    door::may_sign_in,
    log::{self, Outcome},
    password::{self, Room},
    token::Scopes,
};
use domain::{
    ids::{OrgId, PersonId},
    organization::Organization,
    person::Person,
    refusal::{Code, Refusal},
    text,
};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;
use store::{Region, region::Session, sha256};

/// A session ends when it was not used for so long.
const IDLE: SignedDuration = SignedDuration::from_mins(30);
/// However much it is used, it ends after so long.
const LONGEST: SignedDuration = SignedDuration::from_hours(12);
/// Its use is written down so often at most.
const SEEN: SignedDuration = SignedDuration::from_secs(60);
/// Attempts older than this are no row any more.
const ROW: SignedDuration = SignedDuration::from_hours(24);
impl App {
    /// Signs in with an address and a password. An address that nobody has behaves, and takes as long, as a known one.
    ///
    /// # Errors
    /// `unauthorized`; `too_many_requests` from the 10th wrong password in a row, with the seconds to wait.
    pub async fn sign_in(&self, email: &str, given: &str, agent: Option<&str>) -> Result<Entrance, Error> {
        let wrong = || Error::code(Code::Unauthorized);
        let way = Proof::Password.as_str();
        let Ok(email) = text::email(email) else {
            log::sign_in(way, Outcome::Wrong, None);
            return Err(wrong());
        };
        let key = email.key;
        let (room, now) = (self.hashing.room()?, self.clock.real());
        if let Some(wait) = self.stores.directory.attempt(&key, now).await? {
            log::sign_in(way, Outcome::Throttled, None);
            return Err(Refusal::new(Code::TooManyRequests).with("retry_after", wait).into());
        }
        let people = self.proven(&room, &key, given).await?;
        if people.is_empty() {
            return Err(wrong());
        }
        self.stores.directory.forget_attempts(&key).await?;
        self.stores.directory.forget_attempts_before(earlier(now, ROW)).await?;
        self.enter(people, Begin::new(Proof::Password, agent)).await
    }

    /// Everybody who has that address and that password, in an organization that is still open.
    async fn proven(&self, room: &Room<'_>, key: &str, given: &str) -> Result<Vec<Person>, Error> {
        let people = self.open_people(key).await?;
        let known: Vec<PersonId> = people.iter().map(|person| person.id.clone()).collect();
        let mut hashes: Vec<(PersonId, String)> = Vec::new();
        for region in self.stores.regions.values() {
            let here = people.iter().filter(|person| person.id.region() == region.id());
            let ids: Vec<PersonId> = here.map(|person| person.id.clone()).collect();
            hashes.extend(region.read().credentials(&ids).await?);
        }
        let distinct: BTreeSet<String> = hashes.iter().map(|(_, hash)| hash.clone()).collect();
        let mut right = BTreeSet::new();
        if distinct.is_empty() {
            password::verify(room, given, None).await?;
        }
        for hash in distinct {
            if password::verify(room, given, Some(hash.clone())).await? {
                right.insert(hash);
            }
        }
        for (person, hash) in hashes.iter().filter(|(_, hash)| right.contains(hash)) {
            if password::is_outdated(hash) {
                self.rehash(room, person, given, hash).await?;
            }
        }
        let is_proven = |person: &Person| hashes.iter().any(|(id, hash)| *id == person.id && right.contains(hash));
        let mut proven = Vec::new();
        for person in people.into_iter().filter(is_proven) {
            if !self.must_use_single_sign_on(&person).await? {
                proven.push(person);
            }
        }
        if proven.is_empty() {
            told_wrong(&known);
        }
        Ok(proven)
    }

    /// A person who may sign in, in an organization that is still open.
    pub(crate) async fn may_enter(&self, region: &Region, id: &PersonId) -> Result<Option<Person>, Error> {
        let found = region.read().person(id).await?.map(|found| found.value);
        let Some(person) = found.filter(may_sign_in) else {
            return Ok(None);
        };
        let open = self.open_organization(&person.organization).await?;
        Ok(open.map(|_| person))
    }

    /// Everybody of an address who may sign in, in an organization that is still open.
    pub(crate) async fn open_people(&self, key: &str) -> Result<Vec<Person>, Error> {
        let mut open = Vec::new();
        for person in self.find_people(key).await? {
            if may_sign_in(&person) && self.open_organization(&person.organization).await?.is_some() {
                open.push(person);
            }
        }
        Ok(open)
    }

    pub(crate) async fn open_organization(&self, id: &OrgId) -> Result<Option<Organization>, Error> {
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
        let actor = Actor {
            person,
            organization,
            via: "console",
            request: None,
            from: None,
            scopes: Scopes::all(),
            language,
            acting: None,
        };
        Ok(Some(self.for_whom(actor, secret).await?))
    }

    pub(crate) async fn session(&self, secret: &str) -> Result<Option<(Session, Person)>, Error> {
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
        if is_over(&session, now) {
            region.end_session(&session.digest).await?;
            return Ok(None);
        }
        // On every request: somebody who was disabled is out at once, on every server.
        let person = reads.person(&session.person).await?.map(|found| found.value);
        Ok(person.filter(may_sign_in).map(|person| (session, person)))
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
    pub async fn sign_in_demo(&self, email: &str, agent: Option<&str>) -> Result<SignedIn, Error> {
        if !self.settings().test_clock {
            return Err(Error::not_found());
        }
        let key = text::email(email).map_err(|_| Error::not_found())?.key;
        let people = self.open_people(&key).await?;
        if people.is_empty() {
            return Err(Error::not_found());
        }
        self.begin_session(&people, Begin::new(Proof::Demo, agent)).await
    }
}

/// One line for each whose address it is, and one where it is nobody's.
fn told_wrong(known: &[PersonId]) {
    let way = Proof::Password.as_str();
    for person in known {
        log::sign_in(way, Outcome::Wrong, Some(person));
    }
    if known.is_empty() {
        log::sign_in(way, Outcome::Wrong, None);
    }
}

/// SEC-2a.
pub(crate) fn is_over(session: &Session, now: Timestamp) -> bool {
    now.duration_since(session.seen_at) >= IDLE || now.duration_since(session.created_at) >= LONGEST
}

pub(crate) fn earlier(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.checked_sub(by).unwrap_or(Timestamp::MIN)
}
