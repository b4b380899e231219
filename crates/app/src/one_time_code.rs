//! One-time codes from a person's device (RFC 6238), and recovery codes for the day on which it is lost. What they are
//! made from is sealed in the store; none is accepted twice. All instants are of the real clock.

use crate::{
    App, Error,
    log::{self, Outcome},
};
use data_encoding::BASE32_NOPAD;
use domain::{ids::PersonId, person::Person, refusal::Code};
use qrcode::{QrCode, render::svg};
use store::region::{event::By, one_time_code::OneTimeCode};
use totp_rs::{Builder, Totp};

/// Octets that are shared with the device.
const SHARED: usize = 20;
/// Recovery codes.
const SPARE: usize = 10;

/// What the device needs to know.
#[derive(Clone, Debug)]
pub struct SetUp {
    /// To be typed where no picture can be read, in groups of four.
    pub key: String,
    /// The same as a picture: a data URI of an SVG.
    pub picture: String,
}

impl App {
    /// Begins to set codes up, or goes on with it: the same key until it is confirmed.
    ///
    /// # Errors
    /// `unauthorized`, also where the last proof is too long ago; `already_decided` where codes are in use: they are removed first.
    pub async fn set_up_code(&self, secret: &str, issuer: &str) -> Result<SetUp, Error> {
        let person = self.proven_person(secret).await?;
        let region = self.region(person.id.region())?;
        let tx = region.begin().await?;
        let known = tx.read().one_time_codes(std::slice::from_ref(&person.id)).await?;
        let shared = match known.into_iter().next() {
            Some(known) if known.confirmed_at.is_some() => return Err(Error::code(Code::AlreadyDecided)),
            Some(known) => known.secret,
            None => {
                let mut shared = vec![0u8; SHARED];
                (self.random)(&mut shared);
                let fresh = OneTimeCode {
                    person: person.id.clone(),
                    secret: shared.clone(),
                    confirmed_at: None,
                    last_step: 0,
                };
                tx.put_one_time_code(&fresh).await?;
                shared
            }
        };
        tx.commit().await?;
        let url = address(&shared, issuer, &person.email)?;
        Ok(SetUp {
            key: grouped(&BASE32_NOPAD.encode(&shared)),
            picture: picture(&url)?,
        })
    }

    /// The device's first code: from now on one is owed at every sign-in. Sessions elsewhere end. The recovery codes,
    /// shown once.
    ///
    /// # Errors
    /// `unauthorized`; `already_decided`; `wrong_code`; `too_many_requests`.
    pub async fn confirm_code(&self, secret: &str, code: &str) -> Result<Vec<String>, Error> {
        let (session, person) = self.signed_in(secret).await?;
        self.guess(&attempts(&person)).await?;
        let now = self.clock.real();
        let tx = self.region(person.id.region())?.begin().await?;
        tx.lock(&person.organization).await?;
        let known = tx.read().one_time_codes(std::slice::from_ref(&person.id)).await?;
        let known = known.into_iter().next().ok_or_else(Error::not_found)?;
        if known.confirmed_at.is_some() {
            return Err(Error::code(Code::AlreadyDecided));
        }
        let step = self
            .step(&known.secret, code)?
            .ok_or_else(|| Error::field("/code", Code::WrongCode))?;
        let confirmed = OneTimeCode {
            confirmed_at: Some(now),
            last_step: step,
            ..known
        };
        tx.put_one_time_code(&confirmed).await?;
        let spare = self.spare_codes();
        tx.put_recovery_codes(&person.id, &spare).await?;
        tx.end_sessions_but(&person.id, Some(&session.digest), now).await?;
        self.note_own(&tx, &person, "one_time_code_set_up").await?;
        tx.commit().await?;
        self.stores.directory.forget_attempts(&attempts(&person)).await?;
        Ok(spare)
    }

    /// New recovery codes in place of all earlier ones, shown once.
    ///
    /// # Errors
    /// `unauthorized`, also where the last proof is too long ago; `not_found` without codes.
    pub async fn renew_recovery_codes(&self, secret: &str) -> Result<Vec<String>, Error> {
        let person = self.proven_person(secret).await?;
        if !self.has_codes(&person.id).await? {
            return Err(Error::not_found());
        }
        let spare = self.spare_codes();
        let tx = self.region(person.id.region())?.begin().await?;
        tx.lock(&person.organization).await?;
        tx.put_recovery_codes(&person.id, &spare).await?;
        self.note_own(&tx, &person, "recovery_codes_renewed").await?;
        tx.commit().await?;
        Ok(spare)
    }

    /// Signs in without codes from now on.
    ///
    /// # Errors
    /// `unauthorized`, also where the last proof is too long ago.
    pub async fn remove_code(&self, secret: &str) -> Result<(), Error> {
        let person = self.proven_person(secret).await?;
        let tx = self.region(person.id.region())?.begin().await?;
        tx.lock(&person.organization).await?;
        tx.remove_one_time_code(&person.id).await?;
        self.note_own(&tx, &person, "one_time_code_removed").await?;
        Ok(tx.commit().await?)
    }

    /// Takes codes away from somebody whose device and recovery codes are lost, and ends all sessions: for operators, who
    /// have made sure who asks. Whether there were any.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn forget_code(&self, person: &PersonId) -> Result<bool, Error> {
        let tx = self.region(person.region())?.begin().await?;
        let found = tx.read().person(person).await?.ok_or_else(Error::not_found)?.value;
        tx.lock(&found.organization).await?;
        if tx.read().one_time_codes(std::slice::from_ref(person)).await?.is_empty() {
            tx.rollback().await?;
            return Ok(false);
        }
        tx.remove_one_time_code(person).await?;
        tx.end_sessions(person, self.clock.real()).await?;
        let by = By {
            person: None,
            organization: None,
            on_behalf_of: None,
            via: "command_line".to_owned(),
            from: None,
            request: None,
        };
        self.note_of(&tx, &found, "one_time_code_removed", by).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Who is signed in, and proved it just now.
    pub(crate) async fn proven_person(&self, secret: &str) -> Result<Person, Error> {
        if self.needs_proof(secret).await? {
            return Err(Error::code(Code::Unauthorized));
        }
        Ok(self.signed_in(secret).await?.1)
    }

    /// Whether a person owes a code when signing in.
    ///
    /// # Errors
    /// When a store does not answer.
    pub async fn has_codes(&self, person: &PersonId) -> Result<bool, Error> {
        Ok(!self.confirmed_codes(std::slice::from_ref(person)).await?.is_empty())
    }

    /// How many recovery codes a person still has.
    ///
    /// # Errors
    /// When a store does not answer.
    pub async fn recovery_codes_left(&self, person: &PersonId) -> Result<u64, Error> {
        let reads = self.region(person.region())?.read();
        Ok(reads.count_recovery_codes(person).await?)
    }

    /// Those of these people who owe a code.
    pub(crate) async fn confirmed_codes(&self, people: &[PersonId]) -> Result<Vec<PersonId>, Error> {
        let mut owing = Vec::new();
        for region in self.stores.regions.values() {
            let here: Vec<PersonId> = people.iter().filter(|id| id.region() == region.id()).cloned().collect();
            let codes = region.read().one_time_codes(&here).await?;
            owing.extend(
                codes
                    .into_iter()
                    .filter(|code| code.confirmed_at.is_some())
                    .map(|code| code.person),
            );
        }
        Ok(owing)
    }

    /// Whether it is a code of the person's device, or a recovery code; either is used up by that. Attempts wait as those
    /// of passwords do, in a row of their own.
    ///
    /// # Errors
    /// `too_many_requests`.
    pub(crate) async fn is_code(&self, person: &Person, given: &str) -> Result<bool, Error> {
        let told = |outcome| log::sign_in("code", outcome, Some(&person.id));
        log::refused(self.guess(&attempts(person)).await, told)?;
        let region = self.region(person.id.region())?;
        let known = region.read().one_time_codes(std::slice::from_ref(&person.id)).await?;
        let Some(known) = known.into_iter().find(|known| known.confirmed_at.is_some()) else {
            return Ok(false);
        };
        let tx = region.begin().await?;
        let right = match self.step(&known.secret, given)? {
            Some(step) => tx.use_step(&person.id, step).await?,
            None => {
                let spare = plain(given);
                tx.use_recovery_code(&person.id, &spare, self.clock.real()).await?
            }
        };
        tx.commit().await?;
        if right {
            self.stores.directory.forget_attempts(&attempts(person)).await?;
        } else {
            told(Outcome::Wrong);
        }
        Ok(right)
    }

    /// The step whose code it is: this one, the one before, or the one after.
    fn step(&self, shared: &[u8], given: &str) -> Result<Option<i64>, Error> {
        let now = u64::try_from(self.clock.real().as_second()).unwrap_or(0);
        let step = device(shared)?.check(&plain(given), now);
        Ok(step.and_then(|step| i64::try_from(step).ok()))
    }

    /// 120 bits each: from 112 on a plain digest keeps them.
    fn spare_codes(&self) -> Vec<String> {
        let one = || {
            let mut octets = [0u8; 15];
            (self.random)(&mut octets);
            BASE32_NOPAD.encode(&octets).to_lowercase()
        };
        (0..SPARE).map(|_| one()).collect()
    }
}

fn attempts(person: &Person) -> String {
    format!("code {}", person.id)
}

/// As people type it: without blanks and dashes, in whatever case.
fn plain(given: &str) -> String {
    let typed = given.chars().filter(|c| !c.is_whitespace() && *c != '-');
    typed.take(64).collect::<String>().to_lowercase()
}

fn device(shared: &[u8]) -> Result<Totp, Error> {
    let built = Builder::new().with_secret(shared.to_vec()).with_skew(1).build();
    built.map_err(|error| Error::Internal(error.to_string()))
}

fn address(shared: &[u8], issuer: &str, account: &str) -> Result<String, Error> {
    let failed = |error: totp_rs::TotpError| Error::Internal(error.to_string());
    let known = |text: &str| text.replace(':', " ");
    let built = Builder::new()
        .with_secret(shared.to_vec())
        .with_skew(1)
        .with_issuer(Some(known(issuer)))
        .with_account_name(known(account))
        .build();
    built.and_then(|totp| totp.to_url()).map_err(failed)
}

fn picture(url: &str) -> Result<String, Error> {
    let code = QrCode::new(url.as_bytes()).map_err(|error| Error::Internal(error.to_string()))?;
    let svg = code.render::<svg::Color<'_>>().min_dimensions(200, 200).build();
    let octets = data_encoding::BASE64.encode(svg.as_bytes());
    Ok(format!("data:image/svg+xml;base64,{octets}"))
}

fn grouped(key: &str) -> String {
    let letters: Vec<char> = key.chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}
