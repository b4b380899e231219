//! A forgotten password: the same answer for everybody, before anything is looked up.

use crate::{
    Console,
    frame::page,
    template::View,
    web::{Failure, Form, Visitor},
};
use axum::{extract::State, response::Response};
use serde::Serialize;
use std::sync::Arc;

/// The values of `forgot.html`.
#[derive(Serialize)]
pub(crate) struct Forgot {
    pub(crate) sent: bool,
}

impl View for Forgot {
    const TEMPLATE: &'static str = "forgot.html";
}

pub(crate) async fn show(State(console): State<Console>, visitor: Visitor) -> Result<Response, Failure> {
    let title = visitor.words().say("forgot-title");
    page(&console, &visitor, title, &Forgot { sent: false })
}

pub(crate) async fn send(
    State(console): State<Console>,
    visitor: Visitor,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let email = fields.get("email").unwrap_or_default().to_owned();
    let app = Arc::clone(&console.app);
    // SEC-2: nobody learns by the time that an answer takes whether somebody has that address.
    tokio::spawn(async move {
        if let Err(error) = app.forgot(&email).await {
            tracing::warn!(%error, "a new way in was not sent");
        }
    });
    let title = visitor.words().say("forgot-title");
    page(&console, &visitor, title, &Forgot { sent: true })
}
