//! The demo's mailbox: it stands for the outside world, so whoever reaches the demo reads it.

use crate::{
    Console,
    frame::page,
    template::View,
    web::{FRAMES_OWN, Failure, Query, Visitor, encoded},
    words::Words,
};
use axum::{
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use serde::Serialize;
use store::mailbox::{Mail, Mailbox};

const ROWS: u64 = 50;

/// The values of `mailbox.html`.
#[derive(Serialize)]
pub(crate) struct MailList {
    pub(crate) mails: Vec<MailLine>,
    pub(crate) to: String,
    pub(crate) next: Option<String>,
}

/// One of them.
#[derive(Serialize)]
pub(crate) struct MailLine {
    id: i64,
    to: String,
    subject: String,
    when: String,
    language: String,
}

impl View for MailList {
    const TEMPLATE: &'static str = "mailbox.html";
}

/// The values of `mail.html`.
#[derive(Serialize)]
pub(crate) struct MailPage {
    pub(crate) id: i64,
    pub(crate) subject: String,
    pub(crate) to: String,
    pub(crate) when: String,
    pub(crate) text: String,
    /// Those that lead here.
    pub(crate) links: Vec<String>,
    pub(crate) language: String,
}

impl View for MailPage {
    const TEMPLATE: &'static str = "mail.html";
}

fn box_of(console: &Console) -> Result<&Mailbox, Failure> {
    console.app.stores.mailbox.as_ref().ok_or_else(Failure::not_found)
}

pub(crate) async fn list(
    State(console): State<Console>,
    visitor: Visitor,
    Query(query): Query,
) -> Result<Response, Failure> {
    let words = visitor.words();
    let mut mails = box_of(&console)?
        .newest(query.get("to"), query.number("before"), ROWS + 1)
        .await?;
    let more = mails.len() as u64 > ROWS;
    mails.truncate(ROWS as usize);
    let to = query.get("to").unwrap_or_default().to_owned();
    let next = mails
        .last()
        .filter(|_| more)
        .map(|mail| format!("/demo/mailbox?to={}&before={}", encoded(&to), mail.id));
    let view = MailList {
        mails: mails.iter().map(|mail| line(&words, mail)).collect(),
        to,
        next,
    };
    page(&console, &visitor, words.say("mailbox-title"), &view)
}

pub(crate) fn line(words: &Words, mail: &Mail) -> MailLine {
    let language = i18n::Language::parse(&mail.language)
        .map_or_else(|| mail.language.clone(), |language| language.native_name().to_owned());
    MailLine {
        id: mail.id,
        to: mail.to.clone(),
        subject: i18n::tame(&mail.subject),
        when: words.stamp(mail.sent_at),
        language,
    }
}

pub(crate) async fn show(
    State(console): State<Console>,
    visitor: Visitor,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let mail = box_of(&console)?.mail(id).await?.ok_or_else(Failure::not_found)?;
    let view = of(&visitor.words(), mail, &console.settings.public_url);
    let mut answer = page(&console, &visitor, view.subject.clone(), &view)?;
    answer
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(FRAMES_OWN));
    Ok(answer)
}

pub(crate) fn of(words: &Words, mail: Mail, public_url: &str) -> MailPage {
    let own = |link: &String| {
        link.strip_prefix(public_url.trim_end_matches('/'))
            .filter(|rest| rest.starts_with('/'))
            .map(str::to_owned)
    };
    MailPage {
        id: mail.id,
        subject: i18n::tame(&mail.subject),
        to: mail.to,
        when: words.stamp(mail.sent_at),
        links: mail.links.iter().filter_map(own).collect(),
        text: mail.text,
        language: mail.language,
    }
}

/// The email itself, for a frame in a sandbox: its styles are its own, nothing in it runs or loads.
pub(crate) async fn html(State(console): State<Console>, Path(id): Path<i64>) -> Result<Response, Failure> {
    let mail = box_of(&console)?.mail(id).await?.ok_or_else(Failure::not_found)?;
    let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox";
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, policy),
    ];
    Ok((headers, mail.html).into_response())
}
