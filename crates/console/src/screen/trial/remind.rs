//! EXP-6: the reminder again, with a line of one's own; CONS-4: the request again.

use super::{super::id as known, seen};
use crate::{
    Console,
    frame::{page, page_with},
    part::Faults,
    template::View,
    web::{Failure, Form, Signed, see},
};
use app::{Command, Error, Guard};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use domain::{ids::TrialId, time::civil_day};
use serde::Serialize;

/// The values of `trial/remind.html`.
#[derive(Serialize)]
pub(crate) struct RemindPage {
    pub(crate) id: String,
    pub(crate) customer: String,
    pub(crate) faults: Faults,
    pub(crate) line: String,
    pub(crate) ends: String,
    /// Sent today already: once a day at most.
    pub(crate) today: bool,
}

impl View for RemindPage {
    const TEMPLATE: &'static str = "trial/remind.html";
}

pub(crate) async fn show(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    shown(&console, &signed, &id, "", None).await
}

async fn shown(
    console: &Console,
    signed: &Signed,
    id: &str,
    line: &str,
    faults: Option<Faults>,
) -> Result<Response, Failure> {
    let Signed { visitor, actor, words } = signed;
    let seen = seen(console, actor, id).await?;
    let status = if faults.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let term = seen.view.trial.term();
    let view = RemindPage {
        id: seen.id.0.clone(),
        customer: i18n::tame(&seen.view.customer_name),
        faults: faults.unwrap_or_default(),
        line: line.to_owned(),
        ends: term
            .map(|term| words.date(term.ends_on, &seen.zone))
            .unwrap_or_default(),
        today: seen.view.trial.reminded_on == Some(civil_day(seen.now, &seen.zone)),
    };
    let title = words.say("remind-title");
    if status == StatusCode::OK {
        page(console, visitor, title, &view)
    } else {
        page_with(status, console, visitor, title, &view)
    }
}

pub(crate) async fn remind(
    State(console): State<Console>,
    signed: Signed,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let trial = known(TrialId::parse(&id))?;
    let line = fields.get("line").unwrap_or_default();
    let note = fields.get("line").map(domain::text::note).transpose();
    let result = match note {
        Ok(note) => {
            console
                .app
                .execute(&signed.actor, &trial, &Command::Remind(note), &Guard::default())
                .await
        }
        Err(code) => Err(Error::field("/line", code)),
    };
    match result {
        Ok(_) => Ok(see(&format!("/partner/trials/{trial}?done=reminded"))),
        Err(Error::Refused(refusal)) if [409, 422, 429].contains(&refusal.code.status()) => {
            shown(
                &console,
                &signed,
                &id,
                line,
                Some(Faults::of(signed.words.language, &refusal)),
            )
            .await
        }
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn resend(
    State(console): State<Console>,
    Signed { actor, .. }: Signed,
    Path(id): Path<String>,
    Form(_): Form,
) -> Result<Response, Failure> {
    let trial = known(TrialId::parse(&id))?;
    console
        .app
        .execute(&actor, &trial, &Command::ResendConsent, &Guard::default())
        .await?;
    Ok(see(&format!("/partner/trials/{trial}?done=resent")))
}
