//! ORG-8: going into a customer's control hub, and leaving it.

use super::id as known;
use crate::{
    Console,
    web::{Failure, Form, Signed, see},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{ids::OrgId, refusal::Code};

pub(crate) async fn enter(
    State(console): State<Console>,
    Signed { visitor, actor, .. }: Signed,
    Path(customer): Path<String>,
    Form(_): Form,
) -> Result<Response, Failure> {
    let id = known(OrgId::parse(&customer))?;
    let secret = visitor.session.as_deref();
    let secret = secret.ok_or_else(|| Failure::code(Code::Unauthorized))?;
    console.app.enter_customer(&actor, secret, &id).await?;
    Ok(see("/control/overview?done=entered"))
}

pub(crate) async fn leave(
    State(console): State<Console>,
    Signed { visitor, actor, .. }: Signed,
    Form(_): Form,
) -> Result<Response, Failure> {
    let secret = visitor.session.as_deref();
    let secret = secret.ok_or_else(|| Failure::code(Code::Unauthorized))?;
    console.app.leave_customer(&actor, secret).await?;
    // Whoever was put back before has no customer to return to.
    let back = match actor.acting {
        Some(_) => format!("/partner/customers/{}?done=left", actor.org()),
        None => "/".to_owned(),
    };
    Ok(see(&back))
}
