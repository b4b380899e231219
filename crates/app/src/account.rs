//! SEC-2: what a person does about the own account: password and sessions. All instants are of the real clock.

use crate::{
    Actor, App, Error, Guard, Page, PageRequest,
    act::check_version,
    breached,
    log::{self, Outcome},
    page::{Place, instant_key, part},
    password::{self, Room},
    session::{Begin, SignedIn},
    token::VERSION,
};
use domain::{
    ids::{EventId, PersonId},
    organization::Organization,
    person::Person,
    refusal::{Code, Refusal},
};
use jiff::Timestamp;
use std::collections::BTreeMap;
use store::{
    Tx,
    region::{
        Session,
        event::{By, NewEvent},
    },
};

/// What pages call the product.
const PRODUCT: &str = "Foretaste";

/// A session as its person sees it.
#[derive(Clone, Debug)]
pub struct SessionView {
    /// What it is called; opens nothing.
    pub id: String,
    /// By what one has proven who one is, by its stable name.
    pub how: String,
    /// The browser's family; empty where it did not say.
    pub browser: String,
    /// The system it runs on, likewise.
    pub platform: String,
    /// Since when.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub seen_at: Timestamp,
    /// Whether it is the one in which one asks.
    pub current: bool,
}

impl App {
    /// The hash of a password that this person may have.
    pub(crate) async fn hashed(
        &self,
        person: &Person,
        organization: &Organization,
        given: &str,
    ) -> Result<String, Error> {
        let given = password::check(given)?;
        let vendor = match self.vendor().await? {
            Some(id) => self.company_name(&id).await?,
            None => String::new(),
        };
        let local = person.email.split('@').next().unwrap_or_default().to_owned();
        let about = [
            person.email.clone(),
            local,
            person.name.clone(),
            organization.name.clone(),
            vendor,
            PRODUCT.to_owned(),
        ];
        let (file, tried) = (self.settings().breached_passwords.clone(), given.clone());
        let room = self.hashing.room()?;
        let known = password::apart(&room, move || {
            let about: Vec<&str> = about.iter().map(String::as_str).collect();
            let listed = |file: std::path::PathBuf| breached::is_listed(&file, &tried);
            Ok::<_, Error>(breached::is_common(&tried, &about) || file.map_or(Ok(false), listed)?)
        });
        if known.await?? {
            return Err(Error::field("/password", Code::Breached));
        }
        self.hash(&room, &given).await
    }

    async fn hash(&self, room: &Room<'_>, given: &str) -> Result<String, Error> {
        let mut salt = [0u8; password::SALT];
        (self.random)(&mut salt);
        password::hash(room, given, salt).await
    }

    /// Sets a person's password; all sessions of that person end. For operators: what attackers try first is not asked.
    ///
    /// # Errors
    /// `not_found`; wrong input for what is no password.
    pub async fn set_password(&self, person: &PersonId, given: &str) -> Result<(), Error> {
        let region = self.region(person.region())?;
        region.read().person(person).await?.ok_or_else(Error::not_found)?;
        let hash = self.hash(&self.hashing.room()?, given).await?;
        let now = self.clock.real();
        let tx = region.begin().await?;
        tx.put_credential(person, &hash, now).await?;
        tx.end_sessions(person, now).await?;
        Ok(tx.commit().await?)
    }

    /// The same password under today's means, unless there is another one by now.
    pub(crate) async fn rehash(&self, room: &Room<'_>, person: &PersonId, given: &str, old: &str) -> Result<(), Error> {
        let hash = self.hash(room, given).await?;
        let tx = self.region(person.region())?.begin().await?;
        let known = tx.read().credentials(std::slice::from_ref(person)).await?;
        if known.first().is_some_and(|(_, known)| known == old) {
            tx.put_credential(person, &hash, self.clock.real()).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Changes the own password, or sets the first one. All sessions end; this browser goes on in a new one.
    ///
    /// # Errors
    /// `unauthorized`, also where who one is has to be proven first; wrong input, `wrong_password` included;
    /// `too_many_requests`.
    pub async fn change_password(&self, secret: &str, current: &str, given: &str) -> Result<SignedIn, Error> {
        let (session, person) = self.signed_in(secret).await?;
        let known = self.has_password(&person.id).await?;
        // The password alone does not stand for somebody who owes a code, too; and without one there is nothing to ask.
        if (!known || self.has_codes(&person.id).await?) && self.needs_proof(secret).await? {
            return Err(Error::code(Code::Unauthorized));
        }
        if known && !self.is_password(&person, current).await? {
            return Err(Error::field("/current", Code::WrongPassword));
        }
        let organization = self.open_organization(&person.organization).await?;
        let organization = organization.ok_or_else(|| Error::code(Code::Unauthorized))?;
        let hash = self.hashed(&person, &organization, given).await?;
        let now = self.clock.real();
        let tx = self.region(person.id.region())?.begin().await?;
        tx.lock(&person.organization).await?;
        tx.put_credential(&person.id, &hash, now).await?;
        tx.supersede_doors(&person.id, None).await?;
        tx.end_sessions(&person.id, now).await?;
        self.note_own(&tx, &person, "password_changed").await?;
        tx.commit().await?;
        self.begin_session(&[person], Begin::proven_again(&session)).await
    }

    /// Whether it is the person's password. Attempts are counted as those of signing in are (SEC-2a).
    pub(crate) async fn is_password(&self, person: &Person, given: &str) -> Result<bool, Error> {
        let (room, key) = (self.hashing.room()?, person.email.to_ascii_lowercase());
        let told = |outcome| log::proof("password", outcome, Some(&person.id));
        log::refused(self.guess(&key).await, told)?;
        let known = self.region(person.id.region())?.read();
        let known = known.credentials(std::slice::from_ref(&person.id)).await?;
        let hash = known.into_iter().next().map(|(_, hash)| hash);
        let right = password::verify(&room, given, hash).await?;
        if right {
            self.stores.directory.forget_attempts(&key).await?;
        } else {
            told(Outcome::Wrong);
        }
        Ok(right)
    }

    /// AUD-1: what a person did about the own account.
    pub(crate) async fn note_own(&self, tx: &Tx, person: &Person, name: &str) -> Result<(), Error> {
        let by = By {
            person: Some(person.id.clone()),
            organization: Some(person.organization.clone()),
            on_behalf_of: None,
            via: "console".to_owned(),
            from: None,
            request: None,
        };
        self.note_of(tx, person, name, by).await
    }

    /// AUD-1: what was done about somebody's account.
    pub(crate) async fn note_of(&self, tx: &Tx, person: &Person, name: &str, by: By) -> Result<(), Error> {
        let event = NewEvent {
            id: EventId::new(tx.region(), &self.unique()),
            organization: &person.organization,
            trial: None,
            at: self.clock.now(),
            name,
            by: &by,
            body: serde_json::json!({"person": person.id}),
            words: &BTreeMap::new(),
        };
        Ok(tx.record(event).await?)
    }

    /// SEC-2a: counts an attempt before it is looked at.
    ///
    /// # Errors
    /// `too_many_requests` with the seconds to wait.
    pub(crate) async fn guess(&self, key: &str) -> Result<(), Error> {
        match self.stores.directory.attempt(key, self.clock.real()).await? {
            Some(wait) => Err(Refusal::new(Code::TooManyRequests).with("retry_after", wait).into()),
            None => Ok(()),
        }
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

    pub(crate) async fn signed_in(&self, secret: &str) -> Result<(Session, Person), Error> {
        let found = self.session(secret).await?;
        found.ok_or_else(|| Error::code(Code::Unauthorized))
    }

    /// The sessions of a person that are not over, the latest first; the own one is marked where its secret is given.
    ///
    /// # Errors
    /// When a store does not answer.
    pub async fn sessions(&self, person: &PersonId, secret: Option<&str>) -> Result<Vec<SessionView>, Error> {
        let own = secret.map(|secret| store::sha256(secret.as_bytes()));
        let all = self.region(person.region())?.read().sessions_of(person).await?;
        let now = self.clock.real();
        let open = all.into_iter().filter(|session| !crate::session::is_over(session, now));
        let view = |session: Session| SessionView {
            current: own.as_ref() == Some(&session.digest),
            id: session.id,
            how: session.how,
            browser: session.browser,
            platform: session.platform,
            created_at: session.created_at,
            seen_at: session.seen_at,
        };
        Ok(open.map(view).collect())
    }

    /// Ends one session of a person.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn end_session(&self, person: &PersonId, id: &str) -> Result<(), Error> {
        if self.region(person.region())?.end_session_of(person, id).await? {
            Ok(())
        } else {
            Err(Error::not_found())
        }
    }

    /// The sessions of oneself, or of somebody of the organization whose full administrator one is.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `scope_required`.
    pub async fn session_page(
        &self,
        actor: &Actor,
        person: &PersonId,
        page: &PageRequest,
    ) -> Result<Page<SessionView>, Error> {
        self.keeper_of(actor, person).await?;
        let all = self.sessions(person, None).await?;
        let placed = |view: SessionView| (Place(instant_key(view.created_at), view.id.clone()), view);
        Ok(part(all.into_iter().map(placed).collect(), page))
    }

    /// Ends one of them. The session as it was.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `scope_required`, `version_conflict`.
    pub async fn end_session_for(
        &self,
        actor: &Actor,
        person: &PersonId,
        id: &str,
        guard: &Guard,
    ) -> Result<SessionView, Error> {
        self.keeper_of(actor, person).await?;
        let all = self.sessions(person, None).await?;
        let found = all
            .into_iter()
            .find(|view| view.id == id)
            .ok_or_else(Error::not_found)?;
        check_version(guard, VERSION)?;
        if !guard.dry_run {
            self.end_session(person, id).await?;
        }
        Ok(found)
    }

    /// Ends all of them; how many there were.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `scope_required`.
    pub async fn sign_out_for(&self, actor: &Actor, person: &PersonId, guard: &Guard) -> Result<u64, Error> {
        self.keeper_of(actor, person).await?;
        let run = async {
            if guard.dry_run {
                return Ok(self.sessions(person, None).await?.len() as u64);
            }
            let tx = self.region(person.region())?.begin().await?;
            let ended = tx.end_sessions(person, self.clock.real()).await?;
            let about = serde_json::json!({"person": person});
            self.note(&tx, actor, actor.org(), "signed_out_everywhere", about)
                .await?;
            tx.commit().await?;
            Ok(ended)
        };
        self.once(actor, guard.idem.as_ref(), run).await
    }

    /// Ends all sessions of a person, but for the one of a secret; how many there were.
    ///
    /// # Errors
    /// When a store does not answer.
    pub async fn sign_out_everywhere(&self, person: &PersonId, but: Option<&str>) -> Result<u64, Error> {
        let spared = but.map(|secret| store::sha256(secret.as_bytes()));
        let tx = self.region(person.region())?.begin().await?;
        let ended = tx
            .end_sessions_but(person, spared.as_deref(), self.clock.real())
            .await?;
        tx.commit().await?;
        Ok(ended)
    }
}
