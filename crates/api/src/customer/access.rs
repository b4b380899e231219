//! CONS-8: a partner's access, as the customer changes it.

use crate::{
    Api,
    guard::{Call, id, tag},
    http::{DryRun, Path, Problem},
};
use app::AccessChange;
use axum::{Json, extract::State, http::header, response::IntoResponse};
use domain::{
    ids::OrgId,
    organization::AccessLevel,
    refusal::{Code, FieldError, Refusal},
};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

/// CONS-8: what the partner may do from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PatchAccess {
    /// `full_administrator`, `provisioning_administrator`, or null to withdraw it.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    level: Option<Option<String>>,
    /// `continue` or `cancel`.
    running_trials: Option<String>,
}

/// Tells null from missing.
pub(crate) fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// The partner's access now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AccessAnswer {
    partner_id: String,
    level: Option<&'static str>,
    version: i64,
}

/// CONS-8: a full administrator lowers, raises or withdraws a partner's access.
#[utoipa::path(patch, path = "/api/v1/customers/{id}/partners/{partner_id}", tag = "customers", params(("id" = String, Path), ("partner_id" = String, Path), DryRun), request_body = PatchAccess, responses((status = OK, body = AccessAnswer)))]
pub(crate) async fn change_access(
    State(api): State<Api>,
    Path((customer, partner)): Path<(String, String)>,
    Call { actor, guard, body }: Call<PatchAccess>,
) -> Result<impl IntoResponse, Problem> {
    let (customer, partner) = (id(OrgId::parse(&customer))?, id(OrgId::parse(&partner))?);
    let change = body.checked(access_change)?;
    let (level, version) = api
        .app
        .change_access(&actor, &customer, &partner, &change, &guard)
        .await?;
    let answer = AccessAnswer {
        partner_id: partner.0,
        level: level.map(AccessLevel::as_str),
        version,
    };
    Ok(([(header::ETAG, tag(version))], Json(answer)))
}

fn access_change(body: PatchAccess) -> Result<AccessChange, Refusal> {
    let levels = [AccessLevel::FullAdministrator, AccessLevel::ProvisioningAdministrator];
    let names = levels.map(AccessLevel::as_str).join(", ");
    let mut errors = Vec::new();
    let level = match body.level {
        None => {
            errors.push(FieldError::new("/level", Code::Required));
            None
        }
        Some(None) => None,
        Some(Some(text)) => {
            let found = levels.into_iter().find(|level| level.as_str() == text);
            if found.is_none() {
                errors.push(FieldError::new("/level", Code::UnknownValue).with("allowed", names));
            }
            found
        }
    };
    let cancel_trials = match body.running_trials.as_deref() {
        None | Some("continue") => false,
        Some("cancel") => true,
        Some(_) => {
            errors.push(FieldError::new("/running_trials", Code::UnknownValue).with("allowed", "continue, cancel"));
            false
        }
    };
    if errors.is_empty() {
        Ok(AccessChange { level, cancel_trials })
    } else {
        Err(Refusal::input(errors))
    }
}
