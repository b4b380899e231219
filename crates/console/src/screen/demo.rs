//! The demo's bar: the test clock (TIME-4), and whom one plays.

use super::sign_in::enter;
use crate::{
    Console,
    web::{Failure, Form, Signed, Visitor, local, see},
};
use app::test_clock::Advance;
use axum::{extract::State, response::Response};
use domain::{
    refusal::{Code, Refusal},
    time::{at_civil, first_instant},
};
use jiff::civil::{Date, time};

/// A day on, to the next event, or to a day; answers when everything that fell due is done.
pub(crate) async fn clock(
    State(console): State<Console>,
    Signed { actor, words, .. }: Signed,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let mut advance = Advance::default();
    match fields.get("move") {
        Some("next") => {
            advance.to = Some(
                console
                    .app
                    .next_event(&actor)
                    .await?
                    .unwrap_or_else(|| console.app.clock.now()),
            )
        }
        Some("date") => {
            let day = fields
                .get("day")
                .and_then(|day| day.parse::<Date>().ok())
                .ok_or_else(|| wrong(Code::WrongType))?;
            let noon = at_civil(day, time(12, 0, 0, 0), &words.zone);
            let now = console.app.clock.now();
            // Today means: nowhere; an earlier day is refused by the rules.
            advance.to = Some(if words.today(now) == day {
                now
            } else if noon < now {
                first_instant(day, &words.zone)
            } else {
                noon
            });
        }
        Some("week") => advance.days = Some(7),
        _ => advance.days = Some(1),
    }
    let (app, deliver) = (console.app.clone(), console.settings.deliver.clone());
    // It runs on to its end even if the browser does not wait.
    let run = tokio::spawn(async move { app.move_clock(&actor, &advance, &*deliver).await });
    run.await.map_err(|_| Failure::internal())??;
    Ok(see(&with_done(&local(fields.get("back")))))
}

fn wrong(code: Code) -> app::Error {
    app::Error::from(Refusal::field("/day", code))
}

fn with_done(back: &str) -> String {
    let (path, query) = back.split_once('?').unwrap_or((back, ""));
    let kept: Vec<&str> = query
        .split('&')
        .filter(|part| !part.is_empty() && !part.starts_with("done="))
        .collect();
    let kept = [kept, vec!["done=clock"]].concat();
    format!("{path}?{}", kept.join("&"))
}

/// Goes on as somebody else of the cast.
pub(crate) async fn person(
    State(console): State<Console>,
    visitor: Visitor,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let email = fields.get("email").unwrap_or_default();
    let known = console.settings.people.iter().any(|persona| persona.email == email);
    if !known {
        return Err(Failure::not_found());
    }
    let signed_in = console.app.sign_in_demo(email, visitor.agent.as_deref()).await?;
    let to = local(fields.get("to"));
    Ok(enter(&console, &visitor, &signed_in, &to).await)
}
