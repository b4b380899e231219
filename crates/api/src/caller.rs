//! Who calls: the person behind the bearer token.

use crate::{
    Api,
    http::{ClientLanguage, Problem, RequestId},
};
use app::Actor;
use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{header, request::Parts},
};
use domain::refusal::Code;
use std::net::SocketAddr;

/// The person who calls.
#[derive(Clone, Debug)]
pub(crate) struct Caller(pub(crate) Actor);

impl FromRequestParts<Api> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Problem> {
        let mut given = parts.headers.get_all(header::AUTHORIZATION).iter();
        let token = match (given.next(), given.next()) {
            (Some(value), None) => value.to_str().ok().and_then(bearer),
            _ => None,
        };
        let token = token.ok_or_else(|| Problem::new(Code::Unauthorized))?;
        let (person, organization, scopes) = api.app.authenticate(token).await?;
        tracing::Span::current().record("person", person.id.as_str());
        let asked = parts.headers.contains_key(header::ACCEPT_LANGUAGE);
        let language = if asked {
            ClientLanguage::of(&parts.headers).0.as_str().to_owned()
        } else {
            person.language.clone()
        };
        let from = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map(|info| info.0.ip().to_string());
        let request = parts.extensions.get::<RequestId>().map(|id| id.0.clone());
        Ok(Self(Actor {
            person,
            organization,
            via: "api",
            request,
            from,
            scopes,
            language,
            acting: None,
        }))
    }
}

fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.trim())
        .filter(|token| !token.is_empty())
}
