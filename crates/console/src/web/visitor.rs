//! Who comes: the session behind the cookie, the language and theme, the token that forms carry.

use super::{Failure, cookie};
use crate::{Console, words::Words};
use app::Actor;
use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, header, request::Parts},
    response::{IntoResponse, Response},
};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use i18n::Language;
use jiff::tz::TimeZone;
use sha2::{Digest as _, Sha256};
use std::{net::SocketAddr, sync::Arc};

/// The session's cookie.
pub(crate) const SESSION: &str = "foretaste";
/// Ties forms to a browser that is not signed in.
const VISIT: &str = "foretaste-visit";
/// The language chosen.
pub(crate) const LANGUAGE: &str = "foretaste-language";
/// Half of a sign-in: a code is still owed.
pub(crate) const HALF: &str = "foretaste-half";
/// The theme chosen.
pub(crate) const THEME: &str = "foretaste-theme";

/// Whoever looks at a page.
#[derive(Clone, Debug)]
pub(crate) struct Visitor {
    /// Who is signed in.
    pub(crate) actor: Option<Arc<Actor>>,
    /// The session's secret.
    pub(crate) session: Option<String>,
    /// The language of the page.
    pub(crate) language: Language,
    /// `light`, `dark`, or as the system has it.
    pub(crate) theme: &'static str,
    /// What forms carry back.
    pub(crate) csrf: String,
    /// Path and query.
    pub(crate) here: String,
    /// The id of the request.
    pub(crate) request: String,
    /// What the browser says about itself.
    pub(crate) agent: Option<String>,
    /// What the browser keeps while a code is owed.
    pub(crate) half: Option<String>,
    /// A new visit's secret, to be set as a cookie.
    pub(super) fresh: Option<String>,
}

/// Somebody signed in; others are sent to sign in and come back.
#[derive(Clone, Debug)]
pub(crate) struct Signed {
    pub(crate) visitor: Visitor,
    pub(crate) actor: Arc<Actor>,
    /// Words in the reader's language and zone.
    pub(crate) words: Words,
}

impl Visitor {
    pub(super) async fn of(console: &Console, parts: &Parts) -> Result<Self, Failure> {
        let headers = &parts.headers;
        let id = given_id(headers).unwrap_or_else(|| made_id(console));
        let session = cookie::read(headers, &cookie::name(console, SESSION)).map(str::to_owned);
        let mut actor = match &session {
            Some(secret) => console.app.actor_of_session(secret).await?,
            None => None,
        };
        let own = actor.as_ref().and_then(|actor| Language::parse(&actor.person.language));
        let language = chosen(console, headers).or(own).unwrap_or_else(|| accepted(headers));
        if let Some(actor) = &mut actor {
            language.as_str().clone_into(&mut actor.language);
            actor.request = Some(id.clone());
            actor.from = parts
                .extensions
                .get::<ConnectInfo<SocketAddr>>()
                .map(|info| info.0.ip().to_string());
        }
        let visit = cookie::read(headers, &cookie::name(console, VISIT)).map(str::to_owned);
        let session = session.filter(|_| actor.is_some());
        let fresh = (session.is_none() && visit.is_none()).then(|| console.secret());
        let bound = session.as_ref().or(visit.as_ref()).or(fresh.as_ref());
        let own = actor.as_ref().map(|actor| actor.person.theme.as_str());
        let theme = match cookie::read(headers, &cookie::name(console, THEME)).or(own) {
            Some("light") => "light",
            Some("dark") => "dark",
            _ => "auto",
        };
        Ok(Self {
            actor: actor.map(Arc::new),
            csrf: bound.map(|secret| token(secret)).unwrap_or_default(),
            session,
            language,
            theme,
            here: parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default(),
            request: id,
            agent: headers
                .get(header::USER_AGENT)
                .and_then(|agent| agent.to_str().ok())
                .map(str::to_owned),
            half: cookie::read(headers, &cookie::name(console, HALF)).map(str::to_owned),
            fresh,
        })
    }

    /// For a page that cannot know who comes.
    pub(super) fn nobody(console: &Console, parts: &Parts) -> Self {
        Self {
            actor: None,
            session: None,
            language: chosen(console, &parts.headers).unwrap_or_else(|| accepted(&parts.headers)),
            theme: "auto",
            csrf: String::new(),
            here: String::new(),
            request: given_id(&parts.headers).unwrap_or_else(|| made_id(console)),
            agent: None,
            half: None,
            fresh: None,
        }
    }

    pub(super) fn visit_cookie(&self, console: &Console) -> Option<axum::http::HeaderValue> {
        self.fresh.as_ref().map(|secret| cookie::kept(console, VISIT, secret))
    }

    /// Words in the reader's language and zone.
    pub(crate) fn words(&self) -> Words {
        let zone = self
            .actor
            .as_ref()
            .and_then(|actor| TimeZone::get(&actor.person.zone).ok());
        Words::new(self.language, zone.unwrap_or(TimeZone::UTC))
    }
}

fn token(secret: &str) -> String {
    let digest = Sha256::new()
        .chain_update(b"form\0")
        .chain_update(secret.as_bytes())
        .finalize();
    BASE64URL_NOPAD.encode(&digest[..24])
}

fn chosen(console: &Console, headers: &HeaderMap) -> Option<Language> {
    cookie::read(headers, &cookie::name(console, LANGUAGE)).and_then(Language::parse)
}

fn accepted(headers: &HeaderMap) -> Language {
    let lines: Vec<&str> = headers
        .get_all(header::ACCEPT_LANGUAGE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .collect();
    Language::from_accept_language(&lines.join(","))
}

fn given_id(headers: &HeaderMap) -> Option<String> {
    let text = headers.get("x-request-id")?.to_str().ok()?;
    let fine = |octet: u8| octet.is_ascii_alphanumeric() || b"._-".contains(&octet);
    ((1..=128).contains(&text.len()) && text.bytes().all(fine)).then(|| text.to_owned())
}

fn made_id(console: &Console) -> String {
    let mut octets = [0; 8];
    (console.settings.randomness)(&mut octets);
    HEXLOWER.encode(&octets)
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        parts.extensions.get::<Self>().cloned().ok_or_else(Failure::internal)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Signed {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let visitor = Visitor::from_request_parts(parts, state)
            .await
            .map_err(IntoResponse::into_response)?;
        match visitor.actor.clone() {
            Some(actor) => Ok(Self {
                actor,
                words: visitor.words(),
                visitor,
            }),
            None => Err(super::see(&format!(
                "/sign-in?back={}",
                super::encoded(&back(parts, &visitor))
            ))),
        }
    }
}

/// Where one goes on after signing in: the page that was asked for, or the one with the form that was posted.
fn back(parts: &Parts, visitor: &Visitor) -> String {
    if parts.method == axum::http::Method::GET {
        return visitor.here.clone();
    }
    "/".to_owned()
}
