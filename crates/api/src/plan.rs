//! What will happen to a trial.

use crate::{
    Api,
    caller::Caller,
    guard::id,
    http::{Path, Problem},
    trial::PlanList,
};
use axum::{Json, extract::State};
use domain::ids::TrialId;
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use utoipa::ToSchema;

/// To whom something speaks, and how many they are today; 0 of a customer that has not accepted yet (ORG-9).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Recipients {
    pub(crate) audience: &'static str,
    pub(crate) count: u32,
}

/// One thing that happened or will happen.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlanItem {
    pub(crate) kind: &'static str,
    /// Null while the start date is open.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(crate) at: Option<Timestamp>,
    /// The customer's civil day of that instant.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) on: Option<Date>,
    pub(crate) recipients: Vec<Recipients>,
    /// `done`, `due`, `held`, `skipped`, `planned`.
    pub(crate) state: String,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(crate) done_at: Option<Timestamp>,
    /// The rule that plans it.
    pub(crate) rule: &'static str,
}

impl PlanItem {
    pub(crate) fn of(item: app::view::PlanItem) -> Self {
        let recipients = item.recipients.into_iter();
        Self {
            kind: item.kind.as_str(),
            at: item.at,
            on: item.on,
            recipients: recipients
                .map(|(audience, count)| Recipients {
                    audience: audience.as_str(),
                    count,
                })
                .collect(),
            state: item.state,
            done_at: item.done_at,
            rule: item.kind.rule(),
        }
    }
}

/// Past and future of a trial.
#[utoipa::path(get, path = "/api/v1/trials/{id}/plan", tag = "trials", params(("id" = String, Path)), responses((status = OK, body = PlanList)))]
pub(crate) async fn read_plan(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(trial): Path<String>,
) -> Result<Json<PlanList>, Problem> {
    let items = api.app.trial_plan(&actor, &id(TrialId::parse(&trial))?).await?;
    Ok(Json(PlanList {
        items: items.into_iter().map(PlanItem::of).collect(),
    }))
}
