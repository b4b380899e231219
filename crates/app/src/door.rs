//! Doors: links by email that open an account. They work once, and for a while of the real clock; a later one of the same
//! purpose replaces those before it. Looking through one changes nothing: mail scanners open links, too.

use crate::{
    App, Error,
    log::{self, Outcome},
    session::{Begin, Entrance, Proof},
};
use domain::{
    ids::{MessageId, PersonId},
    notify::{Audience, Facts, MessageKind},
    organization::Organization,
    person::Person,
    refusal::Code,
    text,
};
use jiff::{SignedDuration, Timestamp};
use store::{
    Region, Tx,
    region::{Versioned, door::Door, outbox::Letter},
};

/// Emails that a person is sent within an hour at most.
const PER_HOUR: u64 = 5;

/// REL-7: forgotten passwords that are looked up at once; more are not looked up.
pub(crate) const FORGOTTEN_AT_ONCE: usize = 8;

/// What a door is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Somebody gave the person an account.
    Invitation,
    /// START-11: a new customer's administrator, who comes by the welcome.
    Welcome,
    /// The person asked for a new password.
    Reset,
}

impl Purpose {
    /// The purpose's stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Purpose::Invitation => "invitation",
            Purpose::Welcome => "welcome",
            Purpose::Reset => "reset",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        [Purpose::Invitation, Purpose::Welcome, Purpose::Reset]
            .into_iter()
            .find(|purpose| purpose.as_str() == name)
    }

    /// How long such a door opens.
    fn opens_for(self) -> SignedDuration {
        match self {
            Purpose::Invitation | Purpose::Welcome => SignedDuration::from_hours(7 * 24),
            Purpose::Reset => SignedDuration::from_hours(1),
        }
    }
}

/// What stands behind a door.
#[derive(Clone, Debug)]
pub enum Behind {
    /// An account, to be opened.
    Account(Box<Account>),
    /// Somebody went through already.
    Used,
    /// A later one replaced it.
    Superseded,
    /// It was not used in time; another one can be sent.
    Expired,
}

/// The account behind a door.
#[derive(Clone, Debug)]
pub struct Account {
    /// What the door is for.
    pub purpose: Purpose,
    /// Whose account.
    pub person: Person,
    /// Where it is.
    pub organization: Organization,
}

impl App {
    /// Makes a door and writes the letter that carries it, within a transaction of the person's region. The letter of a
    /// welcome is the trial's own: see [`App::welcome_door`].
    ///
    /// # Errors
    /// `not_found` where that person is not.
    pub async fn post_door(
        &self,
        tx: &Tx,
        person: &PersonId,
        purpose: Purpose,
        actor: Option<PersonId>,
    ) -> Result<(), Error> {
        let found = tx.read().person(person).await?.ok_or_else(Error::not_found)?.value;
        let link = self.make_door(tx, person, purpose).await?;
        let now = self.clock.now();
        let letter = Letter {
            id: MessageId::new(tx.region(), &self.unique()),
            kind: match purpose {
                Purpose::Invitation | Purpose::Welcome => MessageKind::Invitation,
                Purpose::Reset => MessageKind::PasswordReset,
            },
            trial: None,
            customer: Some(found.organization),
            person: person.clone(),
            audience: Audience::Person,
            facts: Facts {
                deadline: Some(later(now, purpose.opens_for())),
                actor,
                ..Facts::default()
            },
            line: None,
            link: Some(link),
            created_at: now,
        };
        Ok(tx.post(&[letter], self.clock.real()).await?)
    }

    /// Makes a door that the caller hands over himself: for operators, where no email can reach that person. Its path.
    ///
    /// # Errors
    /// `not_found` where that person is not, or may not sign in.
    pub async fn make_link(&self, person: &PersonId) -> Result<String, Error> {
        let region = self.region(person.region())?;
        let tx = region.begin().await?;
        let found = tx.read().person(person).await?.map(|found| found.value);
        found.filter(may_sign_in).ok_or_else(Error::not_found)?;
        let link = self.make_door(&tx, person, Purpose::Invitation).await?;
        tx.commit().await?;
        Ok(format!("/door/{}.{}", region.id(), self.stores.keys.link(&link)))
    }

    /// START-11: the door of a welcome, and until when it opens; none for somebody who has signed in before. Whatever
    /// was sent to that person until now opens nothing any more.
    pub(crate) async fn welcome_door(&self, tx: &Tx, person: &PersonId) -> Result<Option<(String, Timestamp)>, Error> {
        let found = tx.read().person(person).await?;
        if found.is_none_or(|found| found.value.signed_in_at.is_some()) {
            return Ok(None);
        }
        tx.supersede_doors(person, None).await?;
        let link = self.make_door(tx, person, Purpose::Welcome).await?;
        Ok(Some((link, later(self.clock.now(), Purpose::Welcome.opens_for()))))
    }

    async fn make_door(&self, tx: &Tx, person: &PersonId, purpose: Purpose) -> Result<String, Error> {
        tx.supersede_doors(person, Some(purpose.as_str())).await?;
        let now = self.clock.real();
        let door = Door {
            id: self.unique(),
            person: person.clone(),
            purpose: purpose.as_str().to_owned(),
            superseded: false,
            created_at: now,
            ends_at: later(now, purpose.opens_for()),
            used_at: None,
        };
        tx.add_door(&door).await?;
        Ok(door.id)
    }

    /// What stands behind a door; nothing is changed.
    ///
    /// # Errors
    /// `not_found` for what never was one, and where nobody may sign in any more.
    pub async fn door(&self, secret: &str) -> Result<Behind, Error> {
        let (_, door, account) = self.found_door(secret).await?;
        if let Some(closed) = self.closed(&door) {
            return Ok(closed);
        }
        Ok(Behind::Account(Box::new(account)))
    }

    fn closed(&self, door: &Door) -> Option<Behind> {
        if door.used_at.is_some() {
            Some(Behind::Used)
        } else if door.superseded {
            Some(Behind::Superseded)
        } else if door.ends_at <= self.clock.real() {
            Some(Behind::Expired)
        } else {
            None
        }
    }

    async fn found_door(&self, secret: &str) -> Result<(&Region, Door, Account), Error> {
        let parts = secret.split_once('.').filter(|_| secret.len() < 200);
        let (region, secret) = parts.ok_or_else(Error::not_found)?;
        let region = self.region(region)?;
        let door = region.read().door(secret).await?.ok_or_else(Error::not_found)?;
        let purpose = Purpose::parse(&door.purpose).ok_or_else(Error::not_found)?;
        let found = region.read().person(&door.person).await?.map(|found| found.value);
        let person = found.filter(may_sign_in).ok_or_else(Error::not_found)?;
        let organization = self.open_organization(&person.organization).await?;
        let account = Account {
            purpose,
            organization: organization.ok_or_else(Error::not_found)?,
            person,
        };
        Ok((region, door, account))
    }

    /// Goes through a door: sets the password, ends all sessions of the person, and signs in. It works once.
    ///
    /// # Errors
    /// `not_found`; `link_superseded` for one that opens nothing any more; `company_sign_in` where a password would open
    /// nothing; wrong input.
    pub async fn open_door(
        &self,
        secret: &str,
        name: Option<&str>,
        password: &str,
        agent: Option<&str>,
    ) -> Result<Entrance, Error> {
        let way = Proof::Door.as_str();
        let found = self.found_door(secret).await;
        let (region, door, account) = log::refused(found, |outcome| log::sign_in(way, outcome, None))?;
        let closed = || {
            log::sign_in(way, Outcome::Wrong, Some(&door.person));
            Error::code(Code::LinkSuperseded)
        };
        if self.closed(&door).is_some() {
            return Err(closed());
        }
        if self.must_use_single_sign_on(&account.person).await? {
            return Err(Error::code(Code::CompanySignIn));
        }
        let named = match name {
            Some(name) if account.person.name.is_empty() => {
                Some(text::name(name).map_err(|code| Error::field("/name", code))?)
            }
            _ => None,
        };
        let hash = self.hashed(&account.person, &account.organization, password).await?;
        let now = self.clock.real();
        let tx = region.begin().await?;
        tx.lock(&account.organization.id).await?;
        if !tx.use_door(&door.id, now).await? {
            return Err(closed());
        }
        tx.supersede_doors(&door.person, None).await?;
        let found = tx.read().person(&door.person).await?.ok_or_else(Error::not_found)?;
        // START-11: the address is known to be right with the very change that lets the person in.
        let person = Person {
            name: named.unwrap_or_else(|| found.value.name.clone()),
            signed_in_at: found.value.signed_in_at.or(Some(self.clock.now())),
            ..found.value.clone()
        };
        if person != found.value {
            tx.put_person(&Versioned {
                value: person.clone(),
                version: found.version,
            })
            .await?;
        }
        tx.put_credential(&person.id, &hash, now).await?;
        tx.end_sessions(&person.id, now).await?;
        self.note_own(&tx, &person, "account_opened").await?;
        tx.commit().await?;
        self.stores
            .directory
            .forget_attempts(&person.email.to_ascii_lowercase())
            .await?;
        let people = vec![person.clone()];
        self.enter(people, Begin::new(Proof::Door, agent)).await
    }

    /// Sends another door in place of one that was not used in time, to the person's own address.
    ///
    /// # Errors
    /// `not_found`; `link_superseded` unless it ran out.
    pub async fn renew_door(&self, secret: &str) -> Result<(), Error> {
        let (region, door, account) = self.found_door(secret).await?;
        match self.closed(&door) {
            Some(Behind::Expired) => self.send_door(region, &account.person, account.purpose).await,
            _ => Err(Error::code(Code::LinkSuperseded)),
        }
    }

    /// Sends a new way in to everybody of an address who may sign in. Nobody learns whether there is anybody: the caller
    /// answers before this is done.
    ///
    /// # Errors
    /// When a store does not answer.
    pub async fn forgot(&self, email: &str) -> Result<(), Error> {
        let Ok(email) = text::email(email) else {
            return Ok(());
        };
        let Ok(_place) = self.forgetting.try_acquire() else {
            tracing::warn!("too many forgotten passwords at once");
            return Ok(());
        };
        for person in self.open_people(&email.key).await? {
            // A new password would open nothing.
            if self.must_use_single_sign_on(&person).await? {
                continue;
            }
            let region = self.region(person.id.region())?;
            self.send_door(region, &person, Purpose::Reset).await?;
        }
        Ok(())
    }

    /// Not more than [`PER_HOUR`] emails: further ones are not sent, and nobody is kept out by that.
    async fn send_door(&self, region: &Region, person: &Person, purpose: Purpose) -> Result<(), Error> {
        let tx = region.begin().await?;
        // Of many who ask at once, each sees what the one before did.
        tx.lock(&person.organization).await?;
        let hour_ago = later(self.clock.real(), SignedDuration::from_hours(-1));
        if tx.read().doors_after(&person.id, hour_ago).await? >= PER_HOUR {
            return Ok(tx.rollback().await?);
        }
        self.post_door(&tx, &person.id, purpose, None).await?;
        tx.commit().await?;
        self.rang();
        Ok(())
    }
}

/// SEC-2: whether somebody may sign in at all: not a service account, not somebody who was disabled.
pub(crate) fn may_sign_in(person: &Person) -> bool {
    person.disabled_at.is_none() && !person.service && !person.email.is_empty()
}

fn later(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.checked_add(by).unwrap_or(now)
}
