//! ORG-3: the answer to a help desk, and the help desk's asking.

use super::own;
use crate::{
    Console,
    part::Faults,
    screen::{customer, id as known, mended},
    web::{Failure, Form, Signed, see},
};
use app::{Error, Guard};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    ids::{AccessRequestId, OrgId},
    refusal::Code,
};

/// Access begins at once, and ends by itself.
pub(crate) async fn decide(
    State(console): State<Console>,
    Signed { actor, .. }: Signed,
    Path(request): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    own(&actor)?;
    let id = known(AccessRequestId::parse(&request))?;
    let accept = match fields.get("decision") {
        Some("accept") => true,
        Some("decline") => false,
        _ => return Err(Error::field("/decision", Code::Required).into()),
    };
    console
        .app
        .decide_access(&actor, &id, accept, &Guard::default())
        .await?;
    let done = if accept { "access-granted" } else { "access-declined" };
    Ok(see(&format!("/control/access?done={done}")))
}

/// The help desk asks one customer, with a reason.
pub(crate) async fn ask(
    State(console): State<Console>,
    signed: Signed,
    Path(customer): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let id = known(OrgId::parse(&customer))?;
    let reason = fields.get("reason");
    let done = console
        .app
        .request_access(&signed.actor, Some(id.as_str()), reason, &Guard::default())
        .await;
    match done {
        Ok(_) => Ok(see(&format!("/partner/customers/{id}?done=access-asked"))),
        Err(error) => {
            let faults = Faults::of(signed.words.language, &*mended(error)?);
            customer::shown(&console, &signed, &customer, faults, reason.unwrap_or_default()).await
        }
    }
}
