//! Step-up: acts of weight ask who one is once more, unless that was proven just now. And the second half of a sign-in
//! that owes a code. All instants are of the real clock.

use crate::{
    App, Error,
    door::may_sign_in,
    session::{Begin, Proof, SignedIn},
};
use domain::{ids::PersonId, person::Person, refusal::Code};
use jiff::SignedDuration;
use store::sha256;

/// A proof holds so long.
const FRESH: SignedDuration = SignedDuration::from_mins(10);

/// By what a person can prove who it is, here and now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Provable {
    /// There is a password.
    pub password: bool,
    /// A code is owed, too.
    pub code: bool,
    /// There is a passkey.
    pub passkey: bool,
}

impl App {
    /// Whether an act of weight has to ask who one is first.
    ///
    /// # Errors
    /// `unauthorized` for a session that is over.
    pub async fn needs_proof(&self, secret: &str) -> Result<bool, Error> {
        let (session, _) = self.signed_in(secret).await?;
        Ok(self.clock.real().duration_since(session.proven_at) >= FRESH)
    }

    /// By what the person of a session can prove who it is.
    ///
    /// # Errors
    /// `unauthorized` for a session that is over.
    pub async fn provable(&self, secret: &str) -> Result<Provable, Error> {
        let (_, person) = self.signed_in(secret).await?;
        Ok(Provable {
            password: self.has_password(&person.id).await?,
            code: self.has_codes(&person.id).await?,
            passkey: self.has_passkey(&person.id).await?,
        })
    }

    /// Proves again who one is, by password and, where there is one, code. The session goes on under a new secret.
    ///
    /// # Errors
    /// `unauthorized`; `wrong_password`, `wrong_code`; `too_many_requests`.
    pub async fn prove(&self, secret: &str, password: &str, code: &str) -> Result<SignedIn, Error> {
        let (_, person) = self.signed_in(secret).await?;
        if !self.is_password(&person, password).await? {
            return Err(Error::field("/password", Code::WrongPassword));
        }
        if self.has_codes(&person.id).await? && !self.is_code(&person, code).await? {
            return Err(Error::field("/code", Code::WrongCode));
        }
        self.proven_again(secret).await
    }

    /// The session of somebody who has just proven again who he is goes on under a new secret: by whatever way.
    ///
    /// # Errors
    /// `unauthorized` for a session that is over.
    pub(crate) async fn proven_again(&self, secret: &str) -> Result<SignedIn, Error> {
        let (session, person) = self.signed_in(secret).await?;
        let mut people = vec![person];
        for other in session.people.iter().filter(|other| **other != session.person) {
            let found = self.region(other.region())?.read().person(other).await?;
            people.extend(found.map(|found| found.value));
        }
        let next = self.begin_session(&people, Begin::proven_again(&session)).await?;
        self.sign_out(secret).await?;
        Ok(next)
    }

    /// The second half of a sign-in: the code. Who has no codes set up is entered with those whose code it is.
    ///
    /// # Errors
    /// `unauthorized` where the first half is missing or too long ago; `wrong_code`; `too_many_requests`.
    pub async fn sign_in_code(&self, half: &str, code: &str, agent: Option<&str>) -> Result<SignedIn, Error> {
        let gone = || Error::code(Code::Unauthorized);
        let region = half.split_once('.').and_then(|(region, _)| self.stores.region(region));
        let region = region.filter(|_| half.len() < 200).ok_or_else(gone)?;
        let digest = sha256(half.as_bytes());
        let found = region.read().half_sign_in(&digest).await?;
        let found = found.filter(|found| found.ends_at > self.clock.real());
        let found = found.ok_or_else(gone)?;
        let people = self.still_there(&found.people).await?;
        let owing = self.confirmed_codes(&found.people).await?;
        let (mut entered, mut right) = (Vec::new(), owing.is_empty());
        for person in people {
            if owing.contains(&person.id) {
                if !self.is_code(&person, code).await? {
                    continue;
                }
                right = true;
            }
            entered.push(person);
        }
        if !right {
            return Err(Error::field("/code", Code::WrongCode));
        }
        let tx = region.begin().await?;
        if !tx.take_half_sign_in(&digest).await? {
            return Err(gone());
        }
        tx.commit().await?;
        let how = if found.how == Proof::Door.as_str() {
            Proof::Door
        } else {
            Proof::PasswordAndCode
        };
        self.begin_session(&entered, Begin::new(how, agent)).await
    }

    /// Whether somebody has come so far that a code is all that is owed.
    ///
    /// # Errors
    /// When a store does not answer.
    pub async fn owes_code(&self, half: &str) -> Result<bool, Error> {
        let region = half.split_once('.').and_then(|(region, _)| self.stores.region(region));
        let Some(region) = region.filter(|_| half.len() < 200) else {
            return Ok(false);
        };
        let found = region.read().half_sign_in(&sha256(half.as_bytes())).await?;
        Ok(found.is_some_and(|found| found.ends_at > self.clock.real()))
    }

    async fn still_there(&self, ids: &[PersonId]) -> Result<Vec<Person>, Error> {
        let mut people = Vec::new();
        for id in ids {
            let found = self.region(id.region())?.read().person(id).await?;
            let Some(person) = found.map(|found| found.value).filter(may_sign_in) else {
                continue;
            };
            if self.open_organization(&person.organization).await?.is_some() {
                people.push(person);
            }
        }
        Ok(people)
    }
}
