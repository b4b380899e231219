//! The own tokens: made for a purpose and a while, shown once, ended.

use crate::{
    Console,
    frame::{page, page_with},
    part::Faults,
    screen::{prove::Proven, start::Choice},
    template::View,
    web::{Failure, Form, Signed, see},
    words::Words,
};
use app::{
    Actor, Error, Guard,
    token::{DAYS, MOST_DAYS, NewToken, Scope, TokenView},
};
use axum::{extract::State, http::StatusCode, response::Response};
use domain::refusal::Code;
use serde::Serialize;

/// A token in words.
#[derive(Serialize)]
pub(crate) struct TokenLine {
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) scopes: String,
    pub(crate) ends: String,
    pub(crate) used: String,
}

pub(crate) fn line(words: &Words, view: TokenView) -> TokenLine {
    let scopes: Vec<String> = view
        .scopes
        .iter()
        .map(|name| words.say(&format!("scope-{name}")))
        .collect();
    TokenLine {
        id: view.id,
        label: i18n::tame(&view.label),
        scopes: words.list(&scopes),
        ends: view.expires_at.map_or_else(
            || words.say("token-no-end"),
            |at| words.t("token-ends", &[("date", words.stamp(at).into())]),
        ),
        used: view.last_used_on.map_or_else(
            || words.say("token-unused"),
            |day| words.t("token-used", &[("date", words.medium(day).into())]),
        ),
    }
}

/// The own tokens; none for those who may have none.
pub(super) async fn lines(console: &Console, actor: &Actor, words: &Words) -> Result<Option<Vec<TokenLine>>, Failure> {
    match console.app.tokens(actor, actor.id()).await {
        Ok(all) => Ok(Some(all.into_iter().map(|view| line(words, view)).collect())),
        Err(Error::Refused(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The values of `account/token.html`.
#[derive(Serialize)]
pub(crate) struct TokenForm {
    pub(crate) faults: Faults,
    pub(crate) label: String,
    pub(crate) scopes: Vec<Choice>,
    pub(crate) days: String,
    pub(crate) most: i64,
}

impl View for TokenForm {
    const TEMPLATE: &'static str = "account/token.html";
}

/// The values of `account/token-made.html`.
#[derive(Serialize)]
pub(crate) struct TokenMade {
    pub(crate) label: String,
    pub(crate) token: String,
}

impl View for TokenMade {
    const TEMPLATE: &'static str = "account/token-made.html";
}

/// Only the vendor's people have anything to do with a provisioner.
pub(crate) fn form(words: &Words, new: &NewToken, vendor: bool, faults: Faults) -> TokenForm {
    let choice = |scope: Scope| Choice {
        value: scope.as_str().to_owned(),
        name: words.say(&format!("scope-{}", scope.as_str())),
        chosen: new.scopes.iter().any(|name| name == scope.as_str()),
    };
    TokenForm {
        faults,
        label: new.label.clone().unwrap_or_default(),
        scopes: Scope::ALL
            .into_iter()
            .filter(|scope| vendor || *scope != Scope::Provisioning)
            .map(choice)
            .collect(),
        days: new.days.filter(|days| *days >= 0).unwrap_or(DAYS).to_string(),
        most: MOST_DAYS,
    }
}

pub(crate) async fn ask(State(console): State<Console>, proven: Proven) -> Result<Response, Failure> {
    let new = NewToken {
        scopes: vec![Scope::Read.as_str().to_owned()],
        ..NewToken::default()
    };
    let view = form(&proven.words, &new, proven.actor.is_vendor(), Faults::default());
    page(&console, &proven.visitor, proven.words.say("token-title"), &view)
}

pub(crate) async fn make(
    State(console): State<Console>,
    proven: Proven,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let (actor, words) = (&proven.actor, &proven.words);
    let new = NewToken {
        label: Some(fields.get("label").unwrap_or_default().to_owned()),
        scopes: fields.all("scopes"),
        days: fields.number("days"),
    };
    let refused = match console.app.make_token(actor, actor.id(), &new, &Guard::default()).await {
        Ok(made) => {
            let view = TokenMade {
                label: i18n::tame(&made.view.label),
                token: made.token.unwrap_or_default(),
            };
            return page(&console, &proven.visitor, words.say("token-made-title"), &view);
        }
        Err(Error::Refused(refusal)) if !refusal.errors.is_empty() => refusal,
        Err(error) => return Err(error.into()),
    };
    let view = form(words, &new, actor.is_vendor(), Faults::of(words.language, &refused));
    let title = words.say("token-title");
    page_with(
        StatusCode::UNPROCESSABLE_ENTITY,
        &console,
        &proven.visitor,
        title,
        &view,
    )
}

pub(crate) async fn end(
    State(console): State<Console>,
    Signed { actor, .. }: Signed,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let id = fields.get("id").ok_or_else(|| Failure::code(Code::NotFound))?;
    console
        .app
        .revoke_token(&actor, actor.id(), id, &Guard::default())
        .await?;
    Ok(see("/account?done=token-ended"))
}
