//! Up to 25 users by hand, all of them or nobody.

use super::{Base, LicenseLine, license_line, whom_to_change};
use crate::{
    Console,
    part::Faults,
    screen::{
        form, mended,
        team::{RoleChoice, choices},
    },
    template::View,
    web::{Failure, Fields, Form, Query, Signed, said_of, see},
};
use app::{Guard, user::NewUser};
use axum::{
    extract::{RawPathParams, State},
    response::Response,
};
use domain::refusal::Refusal;
use serde::Serialize;

/// How many rows a form can have.
const ROWS: [usize; 3] = [5, 10, 25];

/// The values of `users/add.html`.
#[derive(Serialize)]
pub(crate) struct AddUsers {
    pub(crate) base: Base,
    pub(crate) faults: Faults,
    /// Address and name.
    pub(crate) rows: Vec<(String, String)>,
    /// Other lengths of the form: how many rows, and where.
    pub(crate) lengths: Vec<(i64, String)>,
    pub(crate) lines: Vec<LicenseLine>,
    /// Services that are chosen.
    pub(crate) chosen: Vec<String>,
    /// Where others than users can be made.
    pub(crate) roles: Vec<RoleChoice>,
}

impl View for AddUsers {
    const TEMPLATE: &'static str = "users/add.html";
}

pub(crate) async fn show(
    State(console): State<Console>,
    signed: Signed,
    params: RawPathParams,
    Query(query): Query,
) -> Result<Response, Failure> {
    let base = whom_to_change(&console, &signed.actor, &params).await?;
    shown(&console, &signed, base, &query, Faults::default()).await
}

async fn shown(
    console: &Console,
    signed: &Signed,
    base: Base,
    fields: &Fields,
    faults: Faults,
) -> Result<Response, Failure> {
    let Signed { actor, words, .. } = signed;
    let count = length(fields);
    let value = |name: String| fields.owned(&name).unwrap_or_default();
    let program = console.app.program()?;
    let lines = console.app.licenses(actor, &base.customer).await?;
    let lines = lines.iter().filter(|line| line.quantity > 0);
    let roles = match actor.is_customer() && super::super::team::is_full(actor) {
        true => choices(words, actor, &given_roles(fields)),
        false => Vec::new(),
    };
    let view = AddUsers {
        rows: (0..count)
            .map(|row| (value(format!("email-{row}")), value(format!("name-{row}"))))
            .collect(),
        lengths: ROWS
            .into_iter()
            .filter(|rows| *rows != count)
            .map(|rows| {
                (
                    i64::try_from(rows).unwrap_or(0),
                    format!("{}/add?rows={rows}", base.url),
                )
            })
            .collect(),
        lines: lines.map(|line| license_line(words, line, &program)).collect(),
        chosen: fields.all("licenses"),
        roles,
        faults,
        base,
    };
    form(console, signed, words.say("users-add-title"), &view.faults, &view)
}

fn length(fields: &Fields) -> usize {
    let asked = fields.number("rows").and_then(|rows| usize::try_from(rows).ok());
    asked.filter(|rows| ROWS.contains(rows)).unwrap_or(ROWS[0])
}

fn given_roles(fields: &Fields) -> Vec<String> {
    let roles = fields.all("roles");
    if roles.is_empty() {
        vec!["user".to_owned()]
    } else {
        roles
    }
}

pub(crate) async fn add(
    State(console): State<Console>,
    signed: Signed,
    params: RawPathParams,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let base = whom_to_change(&console, &signed.actor, &params).await?;
    // Rows that were left empty are none; the others keep their place.
    let filled: Vec<usize> = (0..length(&fields))
        .filter(|row| fields.get(&format!("email-{row}")).is_some() || fields.get(&format!("name-{row}")).is_some())
        .collect();
    if filled.is_empty() {
        let mut faults = Faults::default();
        faults.add("email-0", signed.words.say("users-add-nobody"));
        return shown(&console, &signed, base, &fields, faults).await;
    }
    let user = |row: &usize| NewUser {
        email: fields.owned(&format!("email-{row}")),
        name: fields.owned(&format!("name-{row}")),
        roles: Some(given_roles(&fields)),
        licenses: Some(fields.all("licenses")),
        ..NewUser::default()
    };
    let users: Vec<NewUser> = filled.iter().map(user).collect();
    let at = |index: usize| format!("/{}", filled.get(index).copied().unwrap_or_default());
    let done = console
        .app
        .add_users(&signed.actor, &base.customer, &users, at, &Guard::default())
        .await;
    match done {
        Ok(_) => Ok(see(&format!("{}?done=users-added", base.url))),
        Err(error) => {
            let faults = placed(&signed, &*mended(error)?);
            shown(&console, &signed, base, &fields, faults).await
        }
    }
}

/// Each fault at the field of its row; what is every row's own stands where all share it.
fn placed(signed: &Signed, refusal: &Refusal) -> Faults {
    let language = signed.words.language;
    if refusal.errors.is_empty() {
        return Faults::of(language, refusal);
    }
    let mut faults = Faults::default();
    for error in &refusal.errors {
        let mut parts = error.pointer.trim_start_matches('/').split('/');
        let (row, field) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let field = match field {
            "licenses" | "roles" => field.to_owned(),
            field => format!("{field}-{row}"),
        };
        faults.add(&field, said_of(language, error));
    }
    faults
}
