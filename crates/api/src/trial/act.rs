//! What is done to a trial that is there.

use super::{Answer, Trial};
use crate::{
    Api,
    guard::{Call, id},
    http::{DryRun, Path, Problem},
    start::{Devices, Meetings},
};
use app::{Command, request::DetailsInput};
use axum::extract::State;
use domain::{
    ids::TrialId,
    refusal::{Code, FieldError, Refusal},
    text,
    trial::{Edit, Extend},
};
use serde::Deserialize;
use utoipa::ToSchema;

/// What is to change; what is not given stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EditTrial {
    /// All services that the trial should have.
    services: Option<Vec<String>>,
    license_quantity: Option<i64>,
    /// Empty removes them.
    notes: Option<String>,
}

/// EDIT-1: services, quantity, notes.
#[utoipa::path(patch, path = "/api/v1/trials/{id}", tag = "trials", params(("id" = String, Path), DryRun), request_body = EditTrial, responses((status = OK, body = Trial)))]
pub(crate) async fn edit_trial(
    State(api): State<Api>,
    Path(trial): Path<String>,
    Call { actor, guard, body }: Call<EditTrial>,
) -> Result<Answer, Problem> {
    let trial = id(TrialId::parse(&trial))?;
    let wish = body.checked(|body| {
        let notes = match body.notes.as_deref() {
            None => None,
            Some(text) if text.trim().is_empty() => Some(String::new()),
            Some(text) => Some(text::note(text).map_err(|code| Refusal::field("/notes", code))?),
        };
        if body.services.is_none() && body.license_quantity.is_none() && notes.is_none() {
            return Err(Refusal::field("/services", Code::Required));
        }
        Ok(Edit {
            services: body.services,
            license_quantity: body.license_quantity,
            notes,
        })
    })?;
    let outcome = api.app.execute(&actor, &trial, &Command::Edit(wish), &guard).await?;
    Ok(Answer(Trial::from_outcome(outcome)))
}

/// How long, and whether it may become shorter.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExtendTrial {
    /// From today; the program's first length unless given.
    days: Option<i64>,
    /// EXT-2: the explicit yes.
    allow_shorten: Option<bool>,
    reason: Option<String>,
}

/// EXT-1: the expiry date becomes today plus the days.
#[utoipa::path(post, path = "/api/v1/trials/{id}/extend", tag = "trials", params(("id" = String, Path), DryRun), request_body = Option<ExtendTrial>, responses((status = OK, body = Trial)))]
pub(crate) async fn extend_trial(
    State(api): State<Api>,
    Path(trial): Path<String>,
    Call { actor, guard, body }: Call<ExtendTrial>,
) -> Result<Answer, Problem> {
    let trial = id(TrialId::parse(&trial))?;
    let wish = body.checked(|body| {
        let reason = note("/reason", body.reason.as_deref())?;
        Ok(Extend {
            days: body.days,
            allow_shorten: body.allow_shorten.unwrap_or(false),
            reason,
        })
    })?;
    let outcome = api.app.execute(&actor, &trial, &Command::Extend(wish), &guard).await?;
    Ok(Answer(Trial::from_outcome(outcome)))
}

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reason {
    pub(crate) reason: Option<String>,
}

/// CANC-1, CONS-4: stops the trial, or withdraws the request.
#[utoipa::path(post, path = "/api/v1/trials/{id}/cancel", tag = "trials", params(("id" = String, Path), DryRun), request_body = Option<Reason>, responses((status = OK, body = Trial)))]
pub(crate) async fn cancel_trial(
    State(api): State<Api>,
    Path(trial): Path<String>,
    Call { actor, guard, body }: Call<Reason>,
) -> Result<Answer, Problem> {
    let trial = id(TrialId::parse(&trial))?;
    let reason = body.checked(|body| note("/reason", body.reason.as_deref()))?;
    let outcome = api
        .app
        .execute(&actor, &trial, &Command::Cancel(reason), &guard)
        .await?;
    Ok(Answer(Trial::from_outcome(outcome)))
}

/// Nothing.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

/// CONS-4: sends the request again; its deadline stays.
#[utoipa::path(post, path = "/api/v1/trials/{id}/resend-consent", tag = "trials", params(("id" = String, Path), DryRun), request_body = Option<Nothing>, responses((status = OK, body = Trial)))]
pub(crate) async fn resend_consent(
    State(api): State<Api>,
    Path(trial): Path<String>,
    Call { actor, guard, body }: Call<Nothing>,
) -> Result<Answer, Problem> {
    let trial = id(TrialId::parse(&trial))?;
    body.finish()?;
    let outcome = api.app.execute(&actor, &trial, &Command::ResendConsent, &guard).await?;
    Ok(Answer(Trial::from_outcome(outcome)))
}

/// PROV-1: what is confirmed, changed or completed; `{}` confirms all.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProvisioningDetails {
    meetings: Option<Meetings>,
    devices: Option<Devices>,
    time_zone: Option<String>,
}

/// PROV-1: the partner confirms the details after consent.
#[utoipa::path(post, path = "/api/v1/trials/{id}/provisioning-details", tag = "trials", params(("id" = String, Path), DryRun), request_body = Option<ProvisioningDetails>, responses((status = OK, body = Trial)))]
pub(crate) async fn confirm_provisioning_details(
    State(api): State<Api>,
    Path(trial): Path<String>,
    Call { actor, guard, body }: Call<ProvisioningDetails>,
) -> Result<Answer, Problem> {
    let trial = id(TrialId::parse(&trial))?;
    let body = body.finish()?;
    let input = DetailsInput {
        meetings: body.meetings.map(Into::into),
        devices: body.devices.map(Into::into),
        time_zone: body.time_zone,
    };
    let outcome = api.app.confirm_details(&actor, &trial, &input, &guard).await?;
    Ok(Answer(Trial::from_outcome(outcome)))
}

/// A line of the partner's own.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Remind {
    line: Option<String>,
}

/// EXP-6: the reminder again, once a day at most.
#[utoipa::path(post, path = "/api/v1/trials/{id}/remind", tag = "trials", params(("id" = String, Path), DryRun), request_body = Option<Remind>, responses((status = OK, body = Trial)))]
pub(crate) async fn remind(
    State(api): State<Api>,
    Path(trial): Path<String>,
    Call { actor, guard, body }: Call<Remind>,
) -> Result<Answer, Problem> {
    let trial = id(TrialId::parse(&trial))?;
    let line = body.checked(|body| note("/line", body.line.as_deref()))?;
    let outcome = api.app.execute(&actor, &trial, &Command::Remind(line), &guard).await?;
    Ok(Answer(Trial::from_outcome(outcome)))
}

/// The right address.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CorrectAdministrator {
    admin_email: Option<String>,
}

/// START-11: a mistyped address of a new customer's administrator.
#[utoipa::path(post, path = "/api/v1/trials/{id}/correct-administrator", tag = "trials", params(("id" = String, Path), DryRun), request_body = CorrectAdministrator, responses((status = OK, body = Trial)))]
pub(crate) async fn correct_administrator(
    State(api): State<Api>,
    Path(trial): Path<String>,
    Call { actor, guard, body }: Call<CorrectAdministrator>,
) -> Result<Answer, Problem> {
    let trial = id(TrialId::parse(&trial))?;
    let email = body.finish()?.admin_email;
    let outcome = api
        .app
        .correct_administrator(&actor, &trial, email.as_deref(), &guard)
        .await?;
    Ok(Answer(Trial::from_outcome(outcome)))
}

/// A person's own words.
pub(crate) fn note(pointer: &str, given: Option<&str>) -> Result<Option<String>, Refusal> {
    let checked = |text: &str| text::note(text).map_err(|code| Refusal::input(vec![FieldError::new(pointer, code)]));
    given.map(checked).transpose()
}
