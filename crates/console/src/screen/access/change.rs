//! CONS-8: raising, lowering and withdrawing: before and after, what happens to running trials, the safe button first.

use super::{level_name, own, running};
use crate::{
    Console,
    part::Faults,
    screen::{dry, form, id as known, mended, prove::Proven, seen},
    template::View,
    web::{Failure, Fields, Form, Query, Signed, see},
};
use app::AccessChange;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{ids::OrgId, organization::AccessLevel};
use serde::Serialize;

/// The values of `access/change.html`.
#[derive(Serialize)]
pub(crate) struct ChangePage {
    pub(crate) faults: Faults,
    pub(crate) id: String,
    pub(crate) partner: String,
    /// `full` or `provisioning`.
    pub(crate) before: &'static str,
    /// The same, or `none`.
    pub(crate) after: &'static str,
    /// Trials of this partner that run.
    pub(crate) trials: usize,
    /// Whether they are to be cancelled with it.
    pub(crate) cancel: bool,
    pub(crate) version: i64,
}

impl View for ChangePage {
    const TEMPLATE: &'static str = "access/change.html";
}

/// What is asked for, and as the address has it.
fn wanted(fields: &Fields) -> Result<(Option<AccessLevel>, &'static str), Failure> {
    match fields.get("to") {
        Some("full") => Ok((Some(AccessLevel::FullAdministrator), "full")),
        Some("provisioning") => Ok((Some(AccessLevel::ProvisioningAdministrator), "provisioning")),
        Some("none") => Ok((None, "none")),
        _ => Err(Failure::not_found()),
    }
}

pub(crate) async fn show(
    State(console): State<Console>,
    proven: Proven,
    Path(partner): Path<String>,
    Query(query): Query,
) -> Result<Response, Failure> {
    let signed = Signed::from(proven);
    shown(&console, &signed, &partner, &query, Faults::default()).await
}

async fn shown(
    console: &Console,
    signed: &Signed,
    partner: &str,
    fields: &Fields,
    faults: Faults,
) -> Result<Response, Failure> {
    let Signed { actor, words, .. } = signed;
    own(actor)?;
    let id = known(OrgId::parse(partner))?;
    let (level, after) = wanted(fields)?;
    let view = console.app.customer(actor, actor.org()).await?;
    let tie = view.partners.iter().find(|tie| tie.id == id);
    let tie = tie.ok_or_else(Failure::not_found)?;
    let change = AccessChange {
        level,
        cancel_trials: false,
    };
    // Whoever may not do it is not shown what it would do.
    console
        .app
        .change_access(actor, actor.org(), &id, &change, &dry())
        .await?;
    let page = ChangePage {
        id: id.0.clone(),
        partner: i18n::tame(&tie.name),
        before: level_name(tie.level),
        after,
        trials: running(&view, &id),
        cancel: fields.get("trials") == Some("cancel"),
        version: view.version,
        faults,
    };
    form(console, signed, words.say(title(after)), &page.faults, &page)
}

fn title(after: &str) -> &'static str {
    match after {
        "full" => "access-raise-title",
        "provisioning" => "access-lower-title",
        _ => "access-withdraw-title",
    }
}

/// It acts on the partner's next request.
pub(crate) async fn change(
    State(console): State<Console>,
    proven: Proven,
    Path(partner): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let signed = Signed::from(proven);
    own(&signed.actor)?;
    let id = known(OrgId::parse(&partner))?;
    let (level, after) = wanted(&fields)?;
    let change = AccessChange {
        level,
        cancel_trials: level.is_none() && fields.get("trials") == Some("cancel"),
    };
    let guard = seen(fields.number("version"));
    let actor = &signed.actor;
    match console
        .app
        .change_access(actor, actor.org(), &id, &change, &guard)
        .await
    {
        Ok(_) if after == "none" => Ok(see("/control/access?done=access-withdrawn")),
        Ok(_) => Ok(see("/control/access?done=access-changed")),
        Err(error) => {
            let faults = Faults::of(signed.words.language, &*mended(error)?);
            shown(&console, &signed, &partner, &fields, faults).await
        }
    }
}
