//! SEC-2: passkeys. A device proves that it holds the key, and that it asked its owner (a finger, a face, a code);
//! nothing that could be guessed or told leaves it. All instants are of the real clock.

use crate::{
    Actor, App, Error,
    log::{self, Outcome},
    session::{Begin, Proof, SignedIn},
};
use data_encoding::BASE64URL_NOPAD;
use domain::{
    ids::{PasskeyId, PersonId},
    person::Person,
    refusal::Code,
    text,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{
    Region, StoreError,
    region::{event::By, passkey::Passkey},
};
use webauthn_rs::prelude::{
    CredentialID, DiscoverableAuthentication, Passkey as Key, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, Uuid, Webauthn, WebauthnBuilder, WebauthnError,
};

/// How long a device may take.
const PATIENCE: SignedDuration = SignedDuration::from_mins(5);
/// Passkeys of one person.
const MOST: usize = 20;
/// What a browser may send; far more than any device makes.
const LARGEST: usize = 32 * 1024;

/// A passkey as its owner sees it.
#[derive(Clone, Debug)]
pub struct PasskeyView {
    /// Its id.
    pub id: PasskeyId,
    /// By what the owner knows it.
    pub label: String,
    /// Since when.
    pub created_at: Timestamp,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
}

/// What a registration is about, until the device has answered.
#[derive(Serialize, Deserialize)]
struct Begun {
    handle: Uuid,
    state: PasskeyRegistration,
}

/// What devices bind keys to: the host of `public_url`, and nothing that a request says. None where browsers have no
/// passkeys: by plain `http`, or under an address without a name.
pub(crate) fn site(public_url: &str) -> Option<Webauthn> {
    let origin = Url::parse(public_url).ok()?;
    let host = origin.domain()?.to_owned();
    if origin.scheme() != "https" && host != "localhost" {
        return None;
    }
    let site = WebauthnBuilder::new(&host, &origin).ok()?;
    site.rp_name("Foretaste").timeout(PATIENCE.unsigned_abs()).build().ok()
}

fn refused() -> Error {
    Error::code(Code::PasskeyRefused)
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::Internal(error.to_string())
}

fn read<T: serde::de::DeserializeOwned>(given: &str) -> Result<T, Error> {
    if given.len() > LARGEST {
        return Err(refused());
    }
    serde_json::from_str(given).map_err(|_| refused())
}

impl App {
    /// Whether browsers offer passkeys for this installation.
    pub fn has_passkeys(&self) -> bool {
        self.webauthn.is_some()
    }

    fn webauthn(&self) -> Result<&Webauthn, Error> {
        self.webauthn.as_ref().ok_or_else(Error::not_found)
    }

    /// A person's own passkeys, the oldest first.
    ///
    /// # Errors
    /// When a store does not answer.
    pub async fn passkeys(&self, actor: &Actor) -> Result<Vec<PasskeyView>, Error> {
        let region = self.region(actor.id().region())?;
        let known = region.read().passkeys(actor.id()).await?;
        Ok(known.into_iter().map(shown).collect())
    }

    /// Whether a person has a passkey that can be asked for here.
    pub(crate) async fn has_passkey(&self, person: &PersonId) -> Result<bool, Error> {
        let region = self.region(person.region())?;
        Ok(self.has_passkeys() && !region.read().passkeys(person).await?.is_empty())
    }

    /// Begins to add a passkey, in one browser: what its script hands to the device.
    ///
    /// # Errors
    /// `not_found` where there are none, `out_of_range` for too many.
    pub async fn begin_passkey(&self, actor: &Actor, browser: &str) -> Result<Value, Error> {
        let site = self.webauthn()?;
        let known = self.region(actor.id().region())?.read().passkeys(actor.id()).await?;
        if known.len() >= MOST {
            return Err(refused());
        }
        let handle = match known.first() {
            Some(first) => Uuid::parse_str(&first.handle).map_err(failed)?,
            None => {
                let mut octets = [0; 16];
                (self.random)(&mut octets);
                Uuid::from_bytes(octets)
            }
        };
        let ids: Result<Vec<CredentialID>, _> = known
            .iter()
            .map(|one| BASE64URL_NOPAD.decode(one.credential.as_bytes()))
            .collect();
        let person = &actor.person;
        let name = if person.name.is_empty() {
            &person.email
        } else {
            &person.name
        };
        let (options, state) = site
            .start_passkey_registration(handle, &person.email, name, Some(ids.map_err(failed)?))
            .map_err(failed)?;
        self.keep_begun("passkey", browser, &Begun { handle, state }).await?;
        let mut options = serde_json::to_value(options).map_err(failed)?;
        // One signs in without typing an address: the device must find the key by itself.
        let wanted = &mut options["publicKey"]["authenticatorSelection"];
        wanted["residentKey"] = "required".into();
        wanted["requireResidentKey"] = true.into();
        Ok(options)
    }

    /// Adds the passkey that a device made for what the same browser began.
    ///
    /// # Errors
    /// `sign_in_over`, `passkey_refused`, a label that is none.
    pub async fn add_passkey(&self, actor: &Actor, browser: &str, label: &str, given: &str) -> Result<(), Error> {
        let site = self.webauthn()?;
        let label = text::name(label).map_err(|code| Error::field("/label", code))?;
        let answer: RegisterPublicKeyCredential = read(given)?;
        let begun: Begun = self.take_begun("passkey", browser).await?;
        let key = site
            .finish_passkey_registration(&answer, &begun.state)
            .map_err(|error| self.distrusted(&error))?;
        let region = self.region(actor.id().region())?;
        let value = Passkey {
            id: PasskeyId::new(region.id(), &self.unique()),
            credential: BASE64URL_NOPAD.encode(key.cred_id()),
            person: actor.id().clone(),
            handle: begun.handle.to_string(),
            label,
            body: serde_json::to_string(&key).map_err(failed)?,
            created_at: self.clock.real(),
            used_at: None,
            refused_at: None,
            version: 1,
        };
        let tx = region.begin().await?;
        match tx.add_passkey(&value).await {
            Err(StoreError::Taken(_)) => return Err(refused()),
            other => other?,
        }
        let body = serde_json::json!({"person": actor.id(), "passkey": value.id});
        self.note(&tx, actor, &actor.home().id, "passkey_added", body).await?;
        Ok(tx.commit().await?)
    }

    /// Removes one's own passkey; never the only way in.
    ///
    /// # Errors
    /// `not_found`, `last_way_in`.
    pub async fn remove_passkey(&self, actor: &Actor, id: &PasskeyId) -> Result<(), Error> {
        let tx = self.region(actor.id().region())?.begin().await?;
        // Of two that are removed at once, the second sees the first gone.
        tx.lock(&actor.home().id).await?;
        let others = tx.read().passkeys(actor.id()).await?;
        if !others.iter().any(|one| one.id == *id) {
            return Err(Error::not_found());
        }
        if others.len() == 1 && !self.may_do_without_passkeys(&actor.person).await? {
            return Err(Error::code(Code::LastWayIn));
        }
        tx.drop_passkey(actor.id(), id).await?;
        let body = serde_json::json!({"person": actor.id(), "passkey": id});
        self.note(&tx, actor, &actor.home().id, "passkey_removed", body).await?;
        Ok(tx.commit().await?)
    }

    /// Whether a person has another way in: a password that counts, or the company's own sign-in.
    async fn may_do_without_passkeys(&self, person: &Person) -> Result<bool, Error> {
        if self.has_password(&person.id).await? && !self.must_use_single_sign_on(person).await? {
            return Ok(true);
        }
        self.is_known_to_provider(person).await
    }

    /// Begins to sign in, in one browser: what its script hands to the device, which finds the key by itself.
    ///
    /// # Errors
    /// `not_found` where there are no passkeys.
    pub async fn begin_passkey_sign_in(&self, browser: &str) -> Result<Value, Error> {
        let (options, state) = self.webauthn()?.start_discoverable_authentication().map_err(failed)?;
        self.keep_begun("passkey-sign-in", browser, &state).await?;
        let mut options = serde_json::to_value(options).map_err(failed)?;
        // It is asked for by a button, not offered beside a field.
        if let Some(options) = options.as_object_mut() {
            options.remove("mediation");
        }
        Ok(options)
    }

    /// Signs in whom a device proves, for what the same browser began.
    ///
    /// # Errors
    /// `sign_in_over`; `passkey_refused` for everything else that is wrong, alike.
    pub async fn sign_in_with_passkey(
        &self,
        browser: &str,
        given: &str,
        agent: Option<&str>,
    ) -> Result<SignedIn, Error> {
        let told = |outcome| log::sign_in(Proof::Passkey.as_str(), outcome, None);
        let person = log::refused(self.person_of_passkey(browser, given).await, told)?;
        self.begin_session(&[person], Begin::new(Proof::Passkey, agent)).await
    }

    /// Proves with a passkey once more who is signed in; the session goes on under a new secret.
    ///
    /// # Errors
    /// `unauthorized` for a session that is over, `passkey_refused` for somebody else's passkey; as above.
    pub async fn prove_with_passkey(
        &self,
        actor: &Actor,
        secret: &str,
        browser: &str,
        given: &str,
    ) -> Result<SignedIn, Error> {
        let told = |outcome| log::proof(Proof::Passkey.as_str(), outcome, Some(actor.id()));
        let person = log::refused(self.person_of_passkey(browser, given).await, told)?;
        if person.id != *actor.id() {
            told(Outcome::Wrong);
            return Err(refused());
        }
        self.proven_again(secret).await
    }

    /// Whom a device proves; its use is written down.
    async fn person_of_passkey(&self, browser: &str, given: &str) -> Result<Person, Error> {
        let site = self.webauthn()?;
        let answer: PublicKeyCredential = read(given)?;
        let state: DiscoverableAuthentication = self.take_begun("passkey-sign-in", browser).await?;
        let (handle, credential) = site
            .identify_discoverable_authentication(&answer)
            .map_err(|error| self.distrusted(&error))?;
        let (region, mut kept) = self.find_passkey(credential).await?;
        let person = self.may_enter(region, &kept.person).await?.ok_or_else(refused)?;
        if kept.handle != handle.to_string() {
            return Err(refused());
        }
        let mut key: Key = serde_json::from_str(&kept.body).map_err(failed)?;
        let now = self.clock.real();
        let proven = match site.finish_discoverable_authentication_v2(&answer, state, &key) {
            Ok(proven) => proven,
            Err(WebauthnError::CredentialPossibleCompromise) => {
                kept.refused_at = Some(now);
                self.suspect(region, &person, &kept).await?;
                return Err(refused());
            }
            Err(error) => return Err(self.distrusted(&error)),
        };
        key.update_credential(&proven);
        kept.body = serde_json::to_string(&key).map_err(failed)?;
        kept.used_at = Some(now);
        let tx = region.begin().await?;
        match tx.put_passkey(&kept).await {
            // Two at once with one counter: one of them may be a copy.
            Err(StoreError::Conflict) => return Err(refused()),
            other => other?,
        }
        tx.commit().await?;
        Ok(person)
    }

    async fn find_passkey(&self, credential: &[u8]) -> Result<(&Region, Passkey), Error> {
        let credential = BASE64URL_NOPAD.encode(credential);
        let mut down = None;
        for region in self.stores.regions.values() {
            match region.read().passkey(&credential).await {
                Ok(Some(found)) => return Ok((region, found)),
                Ok(None) => {}
                Err(error) => down = Some(error),
            }
        }
        down.map_or_else(|| Err(refused()), |error| Err(error.into()))
    }

    /// A counter that went back: there may be a copy of the key. It stands in the record, for the administrators.
    async fn suspect(&self, region: &Region, person: &Person, key: &Passkey) -> Result<(), Error> {
        tracing::warn!(passkey = %key.id, "a passkey's counter went back");
        let tx = region.begin().await?;
        tx.put_passkey(key).await?;
        let by = By {
            via: "console".to_owned(),
            ..By::default()
        };
        let body = serde_json::json!({"person": person.id, "passkey": key.id});
        self.note_by(&tx, &by, &person.organization, "passkey_refused", body)
            .await?;
        Ok(tx.commit().await?)
    }

    /// What a device or its browser sent is not right; the reason is for operators.
    fn distrusted(&self, error: &WebauthnError) -> Error {
        tracing::info!(%error, "a passkey was refused");
        refused()
    }

    /// Keeps what one browser began, instead of what it began before.
    async fn keep_begun<T: Serialize>(&self, what: &str, browser: &str, state: &T) -> Result<(), Error> {
        let body = serde_json::to_string(state).map_err(failed)?;
        let now = self.clock.real();
        let until = now.checked_add(PATIENCE).unwrap_or(now);
        let directory = &self.stores.directory;
        Ok(directory
            .put_pending(&format!("{what}\n{browser}"), &body, until, now)
            .await?)
    }

    async fn take_begun<T: serde::de::DeserializeOwned>(&self, what: &str, browser: &str) -> Result<T, Error> {
        let secret = format!("{what}\n{browser}");
        let begun = self.stores.directory.take_pending(&secret, self.clock.real()).await?;
        let begun = begun.ok_or_else(|| Error::code(Code::SignInOver))?;
        serde_json::from_str(&begun).map_err(failed)
    }
}

fn shown(key: Passkey) -> PasskeyView {
    PasskeyView {
        id: key.id,
        label: key.label,
        created_at: key.created_at,
        used_at: key.used_at,
    }
}

#[cfg(test)]
mod tests {
    use super::site;

    #[test]
    fn sec_2_passkeys_belong_to_the_host_of_the_public_url() {
        for works in [
            "https://trials.example",
            "https://trials.example:8443/base",
            "http://localhost:8080",
        ] {
            assert!(site(works).is_some(), "{works}");
        }
        for nothing in [
            "http://trials.example",
            "http://127.0.0.1:8080",
            "https://[::1]",
            "",
            "trials",
        ] {
            assert!(site(nothing).is_none(), "{nothing}");
        }
    }
}
