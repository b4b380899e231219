//! The way to a provider and back. Who comes back is known by issuer and subject; the address counts once, to find the
//! person whom the subject is from then on.

use super::{
    provider::{asking, failed},
    settings::domain_of,
};
use crate::{
    App, Error, log,
    session::{Begin, Proof, SignedIn},
};
use domain::{ids::OrgId, person::Person, refusal::Code, text};
use jiff::SignedDuration;
use openidconnect::{
    AccessToken, AuthorizationCode, CsrfToken, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier,
    Scope, TokenResponse as _,
    core::{CoreAuthenticationFlow, CoreIdTokenClaims, CoreUserInfoClaims},
};
use serde::{Deserialize, Serialize};
use store::{StoreError, directory::EntryState, region::single_sign_on::SingleSignOn};

/// How long one may take at the provider.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);

/// Where to go on.
#[derive(Clone, Debug)]
pub struct Way {
    /// The provider's page.
    pub url: String,
    /// Its host, for people.
    pub host: String,
}

/// With what a provider sends somebody back.
#[derive(Clone, Debug, Default)]
pub struct Returned {
    /// Which sign-in.
    pub state: String,
    /// What proves it to the provider.
    pub code: Option<String>,
    /// Who says so (RFC 9207).
    pub issuer: Option<String>,
}

/// What was begun, until somebody comes back. It names nobody.
#[derive(Serialize, Deserialize)]
struct Begun {
    organization: OrgId,
    issuer: String,
    nonce: String,
    verifier: String,
    back: String,
}

fn pending(browser: &str, state: &str) -> String {
    format!("single-sign-on\n{browser}\n{state}")
}

impl App {
    /// Begins to sign in through the company to which an address's domain belongs; none where no company has it.
    ///
    /// # Errors
    /// `invalid_email` and the like, `provider_failed`.
    pub async fn begin_single_sign_on(&self, email: &str, back: &str, browser: &str) -> Result<Option<Way>, Error> {
        let email = text::email(email).map_err(|code| Error::field("/email", code))?;
        let Some(settings) = self.provider_of(domain_of(&email.key)).await? else {
            return Ok(None);
        };
        let metadata = self.provider(&settings.issuer).await?;
        let client = self.client(&settings, metadata)?;
        let (state, nonce, verifier) = (CsrfToken::new(self.secret()), Nonce::new(self.secret()), self.secret());
        let (again, once) = (state.clone(), nonce.clone());
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(verifier.clone()));
        let (url, ..) = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, move || again, move || once)
            .add_scope(Scope::new("email".to_owned()))
            .set_pkce_challenge(challenge)
            .add_extra_param("login_hint", email.address)
            .url();
        let begun = Begun {
            organization: settings.organization,
            issuer: settings.issuer,
            nonce: nonce.secret().clone(),
            verifier,
            back: back.to_owned(),
        };
        let now = self.clock.real();
        let until = now.checked_add(PATIENCE).unwrap_or(now);
        let body = serde_json::to_string(&begun).map_err(failed)?;
        let directory = &self.stores.directory;
        directory
            .put_pending(&pending(browser, state.secret()), &body, until, now)
            .await?;
        let host = url.host_str().unwrap_or_default().to_owned();
        Ok(Some(Way { url: url.into(), host }))
    }

    async fn provider_of(&self, domain: &str) -> Result<Option<SingleSignOn>, Error> {
        let entry = self.stores.directory.find("domain", domain).await?;
        let Some(entry) = entry.filter(|entry| entry.state == EntryState::Confirmed) else {
            return Ok(None);
        };
        let region = self.region(&entry.region)?;
        let known = region.read().single_sign_on(&entry.organization).await?;
        let open = self.open_organization(&entry.organization).await?.is_some();
        Ok(known.filter(|known| open && known.has(domain)))
    }

    /// Ends what the same browser began: who comes back is signed in. And where that person wanted to go.
    ///
    /// # Errors
    /// `sign_in_over`, `provider_failed`, `email_unverified`, `no_account`.
    pub async fn finish_single_sign_on(
        &self,
        browser: &str,
        returned: &Returned,
        agent: Option<&str>,
    ) -> Result<(SignedIn, String), Error> {
        let told = |outcome| log::sign_in(Proof::SingleSignOn.as_str(), outcome, None);
        let (person, back) = log::refused(self.person_who_came_back(browser, returned).await, told)?;
        let begin = Begin::new(Proof::SingleSignOn, agent);
        Ok((self.begin_session(&[person], begin).await?, back))
    }

    async fn person_who_came_back(&self, browser: &str, returned: &Returned) -> Result<(Person, String), Error> {
        let over = || Error::code(Code::SignInOver);
        let secret = pending(browser, &returned.state);
        let begun = self.stores.directory.take_pending(&secret, self.clock.real()).await?;
        let begun: Begun = serde_json::from_str(&begun.ok_or_else(over)?).map_err(failed)?;
        let region = self.region(begun.organization.region())?;
        let known = region.read().single_sign_on(&begun.organization).await?;
        let settings = known.filter(|known| known.issuer == begun.issuer).ok_or_else(over)?;
        if returned
            .issuer
            .as_ref()
            .is_some_and(|issuer| *issuer != settings.issuer)
        {
            return Err(failed("another provider sent somebody back"));
        }
        let code = returned.code.clone().ok_or_else(|| failed("it sent no code"))?;
        let person = self.person_of_provider(&settings, &begun, code).await?;
        let person = self
            .may_enter(region, &person.id)
            .await?
            .ok_or_else(|| Error::code(Code::NoAccount))?;
        Ok((person, begun.back))
    }

    async fn person_of_provider(&self, settings: &SingleSignOn, begun: &Begun, code: String) -> Result<Person, Error> {
        let metadata = self.provider(&settings.issuer).await?;
        let client = self.client(settings, metadata)?;
        let ask = asking(&self.settings().outgoing);
        let exchange = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(failed)?
            .set_pkce_verifier(PkceCodeVerifier::new(begun.verifier.clone()));
        let answer = exchange.request_async(&ask).await.map_err(failed)?;
        let token = answer.id_token().ok_or_else(|| failed("it sent no token"))?;
        let claims = self.checked(settings, token, &Nonce::new(begun.nonce.clone())).await?;
        let subject = claims.subject().as_str();
        if subject.is_empty() || subject.len() > 255 {
            return Err(failed("its subject is none"));
        }
        let reads = self.region(settings.organization.region())?.read();
        let known = reads
            .identity(&settings.organization, &settings.issuer, subject)
            .await?;
        if let Some(id) = known {
            let found = reads.person(&id).await?;
            return Ok(found.ok_or_else(|| Error::code(Code::NoAccount))?.value);
        }
        let (email, verified) = match claims.email() {
            Some(email) => (email.to_string(), claims.email_verified()),
            None => self.told_email(&client, answer.access_token(), &claims).await?,
        };
        if verified != Some(true) {
            return Err(Error::code(Code::EmailUnverified));
        }
        self.link(settings, subject, &email).await
    }

    /// Providers that keep addresses out of their tokens tell them when asked.
    async fn told_email(
        &self,
        client: &super::provider::Client,
        token: &AccessToken,
        claims: &CoreIdTokenClaims,
    ) -> Result<(String, Option<bool>), Error> {
        let ask = asking(&self.settings().outgoing);
        let asked = client
            .user_info(token.clone(), Some(claims.subject().clone()))
            .map_err(failed)?;
        let told: CoreUserInfoClaims = asked.request_async(&ask).await.map_err(failed)?;
        let email = told.email().map(|email| email.to_string());
        Ok((email.unwrap_or_default(), told.email_verified()))
    }

    /// The first time: the subject is the person who has that address there. Who has none is not made one.
    async fn link(&self, settings: &SingleSignOn, subject: &str, email: &str) -> Result<Person, Error> {
        let none = || Error::code(Code::NoAccount);
        let email = text::email(email).map_err(|_| none())?;
        if !settings.has(domain_of(&email.key)) {
            return Err(none());
        }
        let region = self.region(settings.organization.region())?;
        let tx = region.begin().await?;
        let found = tx.read().person_by_email(&settings.organization, &email.key).await?;
        let person = found.ok_or_else(none)?.value;
        // The address may have gone to somebody else: whoever has an identity there keeps it.
        if tx.read().has_identity(&person.id, &settings.issuer).await? {
            return Err(none());
        }
        let identity = (settings.issuer.as_str(), subject);
        match tx
            .add_identity(&settings.organization, identity, &person.id, self.clock.real())
            .await
        {
            Err(StoreError::Taken(_)) => return Err(none()),
            other => other?,
        }
        let by = store::region::event::By {
            person: Some(person.id.clone()),
            organization: Some(settings.organization.clone()),
            via: "console".to_owned(),
            ..Default::default()
        };
        let body = serde_json::json!({"person": person.id, "issuer": settings.issuer});
        self.note_by(&tx, &by, &settings.organization, "identity_linked", body)
            .await?;
        tx.commit().await?;
        Ok(person)
    }
}
