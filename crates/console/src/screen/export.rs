//! Everything kept about a customer, to take away.

use super::id as known;
use crate::{
    Console,
    web::{Failure, Signed},
};
use app::Actor;
use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse as _, Response},
};
use domain::ids::OrgId;

/// By a partner with full access.
pub(crate) async fn of_customer(
    State(console): State<Console>,
    Signed { actor, .. }: Signed,
    Path(customer): Path<String>,
) -> Result<Response, Failure> {
    file(&console, &actor, &known(OrgId::parse(&customer))?).await
}

/// By the customer itself.
pub(crate) async fn own(State(console): State<Console>, Signed { actor, .. }: Signed) -> Result<Response, Failure> {
    file(&console, &actor, actor.org()).await
}

async fn file(console: &Console, actor: &Actor, id: &OrgId) -> Result<Response, Failure> {
    let all = console.app.export_customer(actor, id).await?;
    let octets = serde_json::to_vec_pretty(&all).map_err(|_| Failure::internal())?;
    // Its name is the id: names of companies do not fit into a header.
    let name = format!("attachment; filename=\"{id}.json\"");
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, octets).into_response())
}
