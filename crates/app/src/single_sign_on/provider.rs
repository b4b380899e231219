//! What a provider says about itself, and the check of what it says about people.

use crate::{
    App, Error,
    outgoing::{Outgoing, Unanswered},
};
use domain::refusal::Code;
use jiff::{SignedDuration, Timestamp};
use openidconnect::{
    AuthType, ClaimsVerificationError, ClientId, ClientSecret, EndpointMaybeSet, EndpointNotSet, EndpointSet,
    HttpRequest, HttpResponse, IssuerUrl, Nonce, RedirectUrl, SignatureVerificationError,
    core::{
        CoreClient, CoreClientAuthMethod, CoreIdToken, CoreIdTokenClaims, CoreIdTokenVerifier, CoreJwsSigningAlgorithm,
        CoreProviderMetadata,
    },
};
use std::{
    collections::HashMap,
    future::Future,
    sync::Mutex,
    time::{Duration, SystemTime},
};
use store::region::single_sign_on::SingleSignOn;

/// How long what a provider says about itself is believed.
const FRESH: SignedDuration = SignedDuration::from_mins(10);
/// So many providers are remembered.
const MOST: usize = 1_000;
/// How old, or how far ahead, a token's beginning may be.
const APART: i64 = 600;
/// By keys that only the provider has; never `none`, never a secret that two know.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 4] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// Providers as they were last read.
pub(crate) type Providers = Mutex<HashMap<String, (CoreProviderMetadata, Timestamp)>>;

/// A provider that we can ask.
pub(super) type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// A provider did not do its part; the reason is for operators.
pub(super) fn failed(error: impl std::fmt::Display) -> Error {
    tracing::warn!(%error, "single sign-on failed");
    Error::code(Code::ProviderFailed)
}

/// The port, as the parts of OpenID Connect take it.
pub(super) fn asking(
    outgoing: &Outgoing,
) -> impl Fn(HttpRequest) -> std::pin::Pin<Box<dyn Future<Output = Result<HttpResponse, Unanswered>> + Send>> + Send + Sync
{
    let outgoing = outgoing.clone();
    move |request| outgoing.send(request)
}

impl App {
    /// What a provider says about itself, from memory where it is fresh.
    pub(super) async fn provider(&self, issuer: &str) -> Result<CoreProviderMetadata, Error> {
        let now = self.clock.real();
        let known = self.providers.lock().ok().and_then(|known| known.get(issuer).cloned());
        match known {
            Some((metadata, at)) if now.duration_since(at) < FRESH => Ok(metadata),
            _ => self.read_provider(issuer).await,
        }
    }

    async fn read_provider(&self, issuer: &str) -> Result<CoreProviderMetadata, Error> {
        let url = IssuerUrl::new(issuer.to_owned()).map_err(failed)?;
        let ask = asking(&self.settings().outgoing);
        let metadata = CoreProviderMetadata::discover_async(url, &ask).await.map_err(failed)?;
        // A browser is sent there: to nothing but a page.
        if !self
            .settings()
            .outgoing
            .allows(metadata.authorization_endpoint().url().scheme())
        {
            return Err(failed("its page is not served by https"));
        }
        if let Ok(mut known) = self.providers.lock() {
            if known.len() >= MOST {
                known.clear();
            }
            known.insert(issuer.to_owned(), (metadata.clone(), self.clock.real()));
        }
        Ok(metadata)
    }

    pub(super) fn client(&self, settings: &SingleSignOn, metadata: CoreProviderMetadata) -> Result<Client, Error> {
        let methods = metadata.token_endpoint_auth_methods_supported().cloned();
        let only_in_body = methods.is_some_and(|methods| {
            methods.contains(&CoreClientAuthMethod::ClientSecretPost)
                && !methods.contains(&CoreClientAuthMethod::ClientSecretBasic)
        });
        let id = ClientId::new(settings.client_id.clone());
        let secret = ClientSecret::new(settings.client_secret.clone());
        let back = RedirectUrl::new(self.single_sign_on_back()).map_err(failed)?;
        let client = CoreClient::from_provider_metadata(metadata, id, Some(secret)).set_redirect_uri(back);
        Ok(if only_in_body {
            client.set_auth_type(AuthType::RequestBody)
        } else {
            client
        })
    }

    /// Checks a token: who made it and for whom, when, for which sign-in. Keys that we do not know are asked for once:
    /// providers change them.
    pub(super) async fn checked(
        &self,
        settings: &SingleSignOn,
        token: &CoreIdToken,
        nonce: &Nonce,
    ) -> Result<CoreIdTokenClaims, Error> {
        let metadata = self.provider(&settings.issuer).await?;
        let claims = match self.claims(settings, &metadata, token, nonce) {
            Err(ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey)) => {
                let metadata = self.read_provider(&settings.issuer).await?;
                self.claims(settings, &metadata, token, nonce)
            }
            other => other,
        };
        let claims = claims.map_err(failed)?;
        let ours = |party: &ClientId| party.as_str() == settings.client_id;
        if !claims.authorized_party().is_none_or(ours) {
            return Err(failed("the token is for another party"));
        }
        Ok(claims)
    }

    fn claims(
        &self,
        settings: &SingleSignOn,
        metadata: &CoreProviderMetadata,
        token: &CoreIdToken,
        nonce: &Nonce,
    ) -> Result<CoreIdTokenClaims, ClaimsVerificationError> {
        let now = self.clock.real().as_second();
        let instant = SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(now).unwrap_or(0));
        let verifier = CoreIdTokenVerifier::new_public_client(
            ClientId::new(settings.client_id.clone()),
            metadata.issuer().clone(),
            metadata.jwks().clone(),
        );
        let verifier = verifier
            .set_allowed_algs(ALGORITHMS)
            .set_time_fn(move || instant.into())
            .set_issue_time_verifier_fn(move |at| match (at.timestamp() - now).abs() {
                0..=APART => Ok(()),
                _ => Err("the token was made too long ago, or is yet to be".to_owned()),
            });
        token.claims(&verifier, nonce).cloned()
    }
}
