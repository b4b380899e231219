//! The own account: what one says about oneself, how one signs in, where one is signed in.

pub(crate) mod code;
pub(crate) mod password;
pub(crate) mod tokens;

use super::{
    prove,
    start::{Choice, zones},
};
use crate::{
    Console,
    frame::{page, page_with},
    part::Faults,
    template::View,
    web::{Failure, Form, LANGUAGE, Signed, THEME, kept, see, signed_out},
    words::Words,
};
use app::{Error, account::SessionView, profile::Profile};
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::Response,
};
use i18n::Language;
use serde::Serialize;

/// The values of `account.html`.
#[derive(Serialize)]
pub(crate) struct AccountPage {
    pub(crate) faults: Faults,
    pub(crate) own_name: String,
    pub(crate) facts: Vec<(String, String)>,
    pub(crate) languages: Vec<Choice>,
    pub(crate) zones: Vec<Choice>,
    pub(crate) themes: Vec<Choice>,
    /// NOTE-4; none for those who are sent no reminders as a partner.
    pub(crate) digest: Option<bool>,
    pub(crate) has_password: bool,
    /// How many there are.
    pub(crate) passkeys: i64,
    pub(crate) has_code: bool,
    /// Recovery codes that are left.
    pub(crate) spare: i64,
    pub(crate) sessions: Vec<SessionLine>,
    /// None for those who may have no tokens.
    pub(crate) tokens: Option<Vec<tokens::TokenLine>>,
}

impl View for AccountPage {
    const TEMPLATE: &'static str = "account/account.html";
}

/// A session in words.
#[derive(Serialize)]
pub(crate) struct SessionLine {
    pub(crate) id: String,
    pub(crate) device: String,
    pub(crate) how: String,
    pub(crate) since: String,
    pub(crate) seen: String,
    pub(crate) current: bool,
}

pub(crate) fn session_line(words: &Words, view: SessionView) -> SessionLine {
    let device = match (view.browser.as_str(), view.platform.as_str()) {
        ("", "") => words.say("session-unknown"),
        (browser, "") => browser.to_owned(),
        ("", platform) => platform.to_owned(),
        (browser, platform) => words.t(
            "session-device",
            &[("browser", browser.into()), ("platform", platform.into())],
        ),
    };
    SessionLine {
        device,
        how: words.say(&format!("session-by-{}", view.how.replace('_', "-"))),
        since: words.stamp(view.created_at),
        seen: words.stamp(view.seen_at),
        current: view.current,
        id: view.id,
    }
}

fn choices(words: &Words, names: [&str; 3], chosen: &str, prefix: &str) -> Vec<Choice> {
    let choice = |name: &str| Choice {
        name: words.say(&format!("{prefix}{name}")),
        chosen: name == chosen,
        value: name.to_owned(),
    };
    names.map(choice).into()
}

/// The page as it stands, with what was typed where that was wrong.
async fn view(console: &Console, signed: &Signed, said: Option<(&Profile, Faults)>) -> Result<AccountPage, Failure> {
    let Signed { visitor, actor, words } = signed;
    let person = &actor.person;
    let (profile, faults) = said.map_or((None, Faults::default()), |(profile, faults)| (Some(profile), faults));
    let said = |given: Option<&Option<String>>, kept: &str| given.cloned().flatten().unwrap_or_else(|| kept.to_owned());
    let zone = said(profile.map(|profile| &profile.zone), &person.zone);
    let language = said(profile.map(|profile| &profile.language), visitor.language.as_str());
    let theme = said(profile.map(|profile| &profile.theme), visitor.theme);
    let roles: Vec<String> = person
        .roles
        .iter()
        .map(|role| words.say(&format!("role-{}", role.as_str().replace('_', "-"))))
        .collect();
    let languages = Language::ALL.map(|one| Choice {
        value: one.as_str().to_owned(),
        name: one.native_name().to_owned(),
        chosen: one.as_str() == language,
    });
    let sessions = console.app.sessions(&person.id, visitor.session.as_deref()).await?;
    let program = console.app.program()?;
    Ok(AccountPage {
        faults,
        own_name: said(profile.map(|profile| &profile.name), &person.name),
        facts: vec![
            (words.say("account-company"), i18n::tame(&actor.organization.name)),
            (words.say("label-email"), person.email.clone()),
            (words.say("account-roles"), words.list(&roles)),
        ],
        languages: languages.into(),
        zones: zones(words, &program, Some(&zone)),
        digest: actor
            .home()
            .partner()
            .map(|_| profile.and_then(|profile| profile.digest).unwrap_or(person.digest)),
        themes: choices(words, ["auto", "light", "dark"], &theme, "theme-"),
        has_password: console.app.has_password(&person.id).await?,
        passkeys: i64::try_from(console.app.passkeys(actor).await?.len()).unwrap_or(0),
        has_code: console.app.has_codes(&person.id).await?,
        spare: i64::try_from(console.app.recovery_codes_left(&person.id).await?).unwrap_or(0),
        sessions: sessions.into_iter().map(|one| session_line(words, one)).collect(),
        tokens: tokens::lines(console, actor, words).await?,
    })
}

pub(crate) async fn show(State(console): State<Console>, signed: Signed) -> Result<Response, Failure> {
    let view = view(&console, &signed, None).await?;
    let title = signed.words.say("account-title");
    page(&console, &signed.visitor, title, &view)
}

pub(crate) async fn save(
    State(console): State<Console>,
    signed: Signed,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let profile = Profile {
        name: Some(fields.get("own_name").unwrap_or_default().to_owned()),
        language: fields.owned("language"),
        zone: fields.owned("time_zone"),
        theme: fields.owned("theme"),
        // A box that is not ticked is not sent.
        digest: fields.get("digest_shown").map(|_| fields.get("digest").is_some()),
    };
    let secret = signed.visitor.session.as_deref().unwrap_or_default();
    let refused = match console.app.change_profile(secret, &profile).await {
        Ok(_) => return Ok(saved(&console, &profile)),
        Err(Error::Refused(refusal)) => refusal,
        Err(error) => return Err(error.into()),
    };
    let faults = Faults::about_oneself(signed.words.language, &refused);
    let view = view(&console, &signed, Some((&profile, faults))).await?;
    let title = signed.words.say("account-title");
    page_with(
        StatusCode::UNPROCESSABLE_ENTITY,
        &console,
        &signed.visitor,
        title,
        &view,
    )
}

/// What was chosen here holds in this browser at once, whatever was chosen in it before.
fn saved(console: &Console, profile: &Profile) -> Response {
    let mut answer = see("/account?done=account-saved");
    for (name, value) in [(LANGUAGE, &profile.language), (THEME, &profile.theme)] {
        if let Some(value) = value {
            answer
                .headers_mut()
                .append(header::SET_COOKIE, kept(console, name, value));
        }
    }
    answer
}

/// Ends one session, all others, or all; after a while who one is is asked first.
pub(crate) async fn end_sessions(
    State(console): State<Console>,
    Signed { visitor, actor, .. }: Signed,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let secret = visitor.session.as_deref();
    if let Some(asked) = prove::first(&console, &visitor, "/account").await? {
        return Ok(asked);
    }
    if let Some(id) = fields.get("id") {
        console.app.end_session(actor.id(), id).await?;
        return Ok(see("/account?done=session-ended"));
    }
    let all = fields.get("which") == Some("all");
    let spared = secret.filter(|_| !all);
    console.app.sign_out_everywhere(actor.id(), spared).await?;
    if !all {
        return Ok(see("/account?done=signed-out-others"));
    }
    let mut answer = see("/sign-in?done=signed-out");
    signed_out(&console, answer.headers_mut());
    Ok(answer)
}
