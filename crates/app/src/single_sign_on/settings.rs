//! Which provider, for which domains. A company names its domains; they count when the vendor has confirmed that they
//! are its own.

use super::BACK;
use crate::{
    Actor, App, Error, Guard,
    people::still_open,
    policy::{Action, allow},
};
use domain::{
    ids::OrgId,
    person::Person,
    refusal::{Code, FieldError, Refusal},
    text,
};
use openidconnect::url::Url;
use store::{
    StoreError, Tx,
    region::{
        directory_task::{self, DirectoryTask},
        single_sign_on::{Domain, SingleSignOn},
    },
};

/// Domains of one organization.
const DOMAINS: usize = 20;
/// Octets of an issuer, a client's id, its secret.
const LONGEST: usize = 1024;

/// An organization's provider, without its secret.
#[derive(Clone, Debug)]
pub struct SingleSignOnView {
    /// Whose.
    pub organization: OrgId,
    /// The provider.
    pub issuer: String,
    /// Who we are there.
    pub client_id: String,
    /// The domains of its people's addresses.
    pub domains: Vec<Domain>,
    /// Whether people may use passwords, too.
    pub passwords: bool,
    /// The address that the provider must know as ours.
    pub redirect_uri: String,
    /// Counts up with every change; 0 while there is none.
    pub version: i64,
}

/// What an administrator asks for.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// The provider.
    pub issuer: String,
    /// Who we are there.
    pub client_id: String,
    /// By what we prove it; none keeps the one that is known.
    pub client_secret: Option<String>,
    /// The domains of its people's addresses.
    pub domains: Vec<String>,
    /// Whether people may use passwords, too.
    pub passwords: bool,
}

impl App {
    /// The address that a provider must know as ours.
    pub fn single_sign_on_back(&self) -> String {
        format!("{}{BACK}", self.settings().public_url.trim_end_matches('/'))
    }

    /// The provider of one's own organization; none while there is none.
    ///
    /// # Errors
    /// `role_required`.
    pub async fn single_sign_on(&self, actor: &Actor) -> Result<Option<SingleSignOnView>, Error> {
        allow(actor, Action::ManageSingleSignOn, self.clock.now())?;
        let region = self.region(actor.org().region())?;
        let known = region.read().single_sign_on(actor.org()).await?;
        Ok(known.map(|known| self.shown(known)))
    }

    /// Sets, or changes, the provider of one's own organization. Domains that stay keep their confirmation.
    ///
    /// # Errors
    /// `role_required`, `version_conflict`, wrong input.
    pub async fn put_single_sign_on(
        &self,
        actor: &Actor,
        change: &Change,
        guard: &Guard,
    ) -> Result<SingleSignOnView, Error> {
        allow(actor, Action::ManageSingleSignOn, self.clock.now())?;
        let tx = self.region(actor.org().region())?.begin().await?;
        tx.lock(actor.org()).await?;
        still_open(&tx, actor.org()).await?;
        let known = tx.read().single_sign_on(actor.org()).await?;
        same_version(guard, known.as_ref())?;
        let value = self.changed(actor.org(), change, known.as_ref())?;
        let before = known.map(|known| known.domains).unwrap_or_default();
        self.release_domains(&tx, actor.org(), &before, &value.domains).await?;
        tx.put_single_sign_on(&value).await?;
        let body = serde_json::json!({"issuer": value.issuer, "domains": value.domains, "passwords": value.passwords});
        self.note(&tx, actor, actor.org(), "single_sign_on_changed", body)
            .await?;
        self.finish_change(tx, value, guard).await
    }

    /// Gives the provider of one's own organization up; people sign in by other means again.
    ///
    /// # Errors
    /// `role_required`, `not_found`, `version_conflict`.
    pub async fn drop_single_sign_on(&self, actor: &Actor, guard: &Guard) -> Result<(), Error> {
        allow(actor, Action::ManageSingleSignOn, self.clock.now())?;
        let tx = self.region(actor.org().region())?.begin().await?;
        tx.lock(actor.org()).await?;
        still_open(&tx, actor.org()).await?;
        let known = tx.read().single_sign_on(actor.org()).await?;
        let known = known.ok_or_else(Error::not_found)?;
        same_version(guard, Some(&known))?;
        self.release_domains(&tx, actor.org(), &known.domains, &[]).await?;
        tx.drop_single_sign_on(actor.org()).await?;
        let body = serde_json::json!({"issuer": known.issuer});
        self.note(&tx, actor, actor.org(), "single_sign_on_removed", body)
            .await?;
        if guard.dry_run {
            return Ok(tx.rollback().await?);
        }
        tx.commit().await?;
        self.rang();
        Ok(())
    }

    /// Any organization's provider, for the vendor.
    ///
    /// # Errors
    /// `role_required`, `not_found`.
    pub async fn single_sign_on_of(&self, actor: &Actor, id: &OrgId) -> Result<SingleSignOnView, Error> {
        allow(actor, Action::ConfirmDomains, self.clock.now())?;
        let known = self.region(id.region())?.read().single_sign_on(id).await?;
        Ok(self.shown(known.ok_or_else(Error::not_found)?))
    }

    /// The vendor confirms which of its domains are an organization's own; those not named are not, or not any more.
    ///
    /// # Errors
    /// `role_required`, `not_found`, `version_conflict`, `domain_taken`, a domain that it did not name.
    pub async fn confirm_domains(
        &self,
        actor: &Actor,
        id: &OrgId,
        confirmed: &[String],
        guard: &Guard,
    ) -> Result<SingleSignOnView, Error> {
        allow(actor, Action::ConfirmDomains, self.clock.now())?;
        // What was given up before is free before it is taken again.
        self.tend_directory().await?;
        let tx = self.region(id.region())?.begin().await?;
        tx.lock(id).await?;
        // A company that is closed takes nothing any more: nobody would give it back.
        still_open(&tx, id).await?;
        let known = tx.read().single_sign_on(id).await?;
        let mut value = known.ok_or_else(Error::not_found)?;
        same_version(guard, Some(&value))?;
        let before = value.domains.clone();
        for (index, name) in confirmed.iter().enumerate() {
            if !before.iter().any(|domain| domain.name == *name) {
                let pointer = format!("/confirmed_domains/{index}");
                return Err(Error::field(&pointer, Code::UnknownValue));
            }
        }
        for domain in &mut value.domains {
            domain.confirmed = confirmed.contains(&domain.name);
        }
        self.take_domains(id, &before, &value, guard.dry_run).await?;
        self.release_domains(&tx, id, &before, &value.domains).await?;
        tx.put_single_sign_on(&value).await?;
        let body = serde_json::json!({"domains": value.domains});
        self.note(&tx, actor, id, "domains_confirmed", body).await?;
        self.finish_change(tx, value, guard).await
    }

    async fn finish_change(&self, tx: Tx, mut value: SingleSignOn, guard: &Guard) -> Result<SingleSignOnView, Error> {
        value.version += 1;
        if guard.dry_run {
            tx.rollback().await?;
        } else {
            tx.commit().await?;
            self.rang();
        }
        Ok(self.shown(value))
    }

    /// Each domain leads to one organization, over all regions. What a crash leaves here leads to a region that knows
    /// nothing of it, and is taken by the same organization again.
    async fn take_domains(&self, id: &OrgId, before: &[Domain], value: &SingleSignOn, dry: bool) -> Result<(), Error> {
        let directory = &self.stores.directory;
        for domain in value.domains.iter().filter(|domain| domain.confirmed) {
            if before.contains(domain) {
                continue;
            }
            let taken = || Refusal::new(Code::DomainTaken).with("value", domain.name.as_str());
            match directory.find("domain", &domain.name).await? {
                Some(entry) if entry.organization == *id => {}
                Some(_) => return Err(taken().into()),
                None if dry => {}
                None => match directory.enter("domain", &[&domain.name], id).await {
                    Err(StoreError::Taken(_)) => return Err(taken().into()),
                    other => other?,
                },
            }
        }
        Ok(())
    }

    /// Domains that are confirmed no longer are free for others.
    async fn release_domains(&self, tx: &Tx, id: &OrgId, before: &[Domain], after: &[Domain]) -> Result<(), Error> {
        let gone = before
            .iter()
            .filter(|domain| domain.confirmed && !after.contains(domain));
        let tasks: Vec<DirectoryTask> = gone
            .map(|domain| DirectoryTask {
                id: self.unique(),
                action: directory_task::Action::Release,
                kind: "domain".to_owned(),
                digest: self.stores.directory.digest("domain", &domain.name),
                organization: id.clone(),
            })
            .collect();
        Ok(tx.tell_directory(&tasks).await?)
    }

    fn changed(&self, id: &OrgId, change: &Change, known: Option<&SingleSignOn>) -> Result<SingleSignOn, Error> {
        let mut errors = Vec::new();
        let issuer = change.issuer.trim();
        if !self.is_provider(issuer) {
            errors.push(FieldError::new("/issuer", Code::InvalidUrl));
        }
        let client_id = change.client_id.trim();
        errors.extend(short("/client_id", client_id));
        // The secret belongs to the provider to whom it was given: another one never gets it.
        let kept = known.filter(|known| known.issuer == issuer && known.client_id == client_id);
        let given = change.client_secret.as_deref().map(str::trim);
        let secret = given
            .filter(|given| !given.is_empty())
            .or(kept.map(|known| known.client_secret.as_str()));
        errors.extend(short("/client_secret", secret.unwrap_or_default()));
        let before = known.map(|known| known.domains.as_slice()).unwrap_or_default();
        let domains = domains(&change.domains, before, &mut errors);
        if !errors.is_empty() {
            return Err(errors.into());
        }
        Ok(SingleSignOn {
            organization: id.clone(),
            issuer: issuer.to_owned(),
            client_id: client_id.to_owned(),
            client_secret: secret.unwrap_or_default().to_owned(),
            domains,
            passwords: change.passwords,
            version: known.map_or(0, |known| known.version),
        })
    }

    /// Whether an address can be a provider's: `https`, nothing behind its path.
    fn is_provider(&self, issuer: &str) -> bool {
        let Ok(url) = Url::parse(issuer) else {
            return false;
        };
        let plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
        issuer.len() <= LONGEST && plain && url.password().is_none() && self.settings().outgoing.allows(url.scheme())
    }

    /// Whether a person's company wants its own sign-in instead of passwords. People whose addresses have other domains
    /// could not use it.
    pub(crate) async fn must_use_single_sign_on(&self, person: &Person) -> Result<bool, Error> {
        let region = self.region(person.organization.region())?;
        let known = region.read().single_sign_on(&person.organization).await?;
        Ok(known.is_some_and(|known| !known.passwords && known.has(domain_of(&person.email.to_ascii_lowercase()))))
    }

    /// Whether a person has signed in through the company's provider before, and can again.
    pub(crate) async fn is_known_to_provider(&self, person: &Person) -> Result<bool, Error> {
        let reads = self.region(person.organization.region())?.read();
        let known = reads.single_sign_on(&person.organization).await?;
        let Some(known) = known.filter(|known| known.has(domain_of(&person.email.to_ascii_lowercase()))) else {
            return Ok(false);
        };
        Ok(reads.has_identity(&person.id, &known.issuer).await?)
    }

    fn shown(&self, value: SingleSignOn) -> SingleSignOnView {
        SingleSignOnView {
            organization: value.organization,
            issuer: value.issuer,
            client_id: value.client_id,
            domains: value.domains,
            passwords: value.passwords,
            redirect_uri: self.single_sign_on_back(),
            version: value.version,
        }
    }
}

/// What stands behind the `@`.
pub(super) fn domain_of(key: &str) -> &str {
    key.rsplit_once('@').map_or("", |(_, domain)| domain)
}

fn same_version(guard: &Guard, known: Option<&SingleSignOn>) -> Result<(), Error> {
    let version = known.map_or(0, |known| known.version);
    match &guard.if_match {
        Some(wanted) if !wanted.contains(&version) => {
            Err(Refusal::new(Code::VersionConflict).with("version", version).into())
        }
        _ => Ok(()),
    }
}

fn short(pointer: &str, text: &str) -> Option<FieldError> {
    let code = match text {
        "" => Code::Required,
        text if text.len() > LONGEST => Code::TooLong,
        text if text.chars().any(char::is_control) => Code::InvalidCharacters,
        _ => return None,
    };
    Some(FieldError::new(pointer, code).with("max", LONGEST))
}

fn domains(given: &[String], before: &[Domain], errors: &mut Vec<FieldError>) -> Vec<Domain> {
    let mut domains: Vec<Domain> = Vec::new();
    if given.is_empty() {
        errors.push(FieldError::new("/domains", Code::Required));
    }
    if given.len() > DOMAINS {
        errors.push(FieldError::new("/domains", Code::TooLong).with("max", DOMAINS));
    }
    for (index, name) in given.iter().enumerate().take(DOMAINS) {
        let Ok(email) = text::email(&format!("somebody@{}", name.trim().trim_start_matches('@'))) else {
            errors.push(FieldError::new(format!("/domains/{index}"), Code::InvalidDomain));
            continue;
        };
        let name = domain_of(&email.key).to_owned();
        if !domains.iter().any(|known| known.name == name) {
            let confirmed = before.iter().any(|domain| domain.confirmed && domain.name == name);
            domains.push(Domain { name, confirmed });
        }
    }
    domains
}
