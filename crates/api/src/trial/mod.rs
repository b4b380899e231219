//! `/trials`: list, read; starting one has its own file.

pub(crate) mod act;
mod wire;

pub(crate) use act::{Nothing, Reason, note};
pub(crate) use wire::{Answer, CustomerRef, PartnerRef, PlanList, Trial};

use crate::{
    Api,
    caller::Caller,
    guard::id,
    http::{Params, Path, Problem},
    lists::{List, day, list, page, words, wrong},
};
use app::trial::TrialFilter;
use axum::{Json, extract::State, http::HeaderValue};
use domain::{
    ids::{OrgId, TrialId},
    trial::Status,
};
use serde::Deserialize;
use store::region::trial::TrialSort;
use utoipa::IntoParams;

/// Which trials.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct TrialParams {
    /// Statuses, separated by commas.
    status: Option<String>,
    /// Of one customer.
    customer_id: Option<String>,
    /// With that service.
    service: Option<String>,
    /// In that region.
    region: Option<String>,
    /// Ending before that day.
    ends_before: Option<String>,
    /// Part of the customer's name, or an id.
    q: Option<String>,
    /// `ends_on`, `customer_name`, `created_at`; with a minus in front from the end. `-created_at` unless said.
    sort: Option<String>,
    /// Rows of a page, 1 to 200.
    limit: Option<i64>,
    /// Where the page begins.
    cursor: Option<String>,
}

impl TrialParams {
    fn filter(&self) -> Result<TrialFilter, Problem> {
        let names: Vec<&str> = Status::ALL.iter().map(|status| status.as_str()).collect();
        let known = |word: &String| Status::parse(word).ok_or_else(|| wrong("status", &names));
        let statuses: Result<Vec<Status>, Problem> = words(self.status.as_deref()).iter().map(known).collect();
        let sort = self.sort.as_deref().unwrap_or("-created_at");
        let descending = sort.starts_with('-');
        let sort = match sort.trim_start_matches('-') {
            "ends_on" => TrialSort::EndsOn,
            "customer_name" => TrialSort::CustomerName,
            "created_at" => TrialSort::CreatedAt,
            _ => return Err(wrong("sort", &["ends_on", "customer_name", "created_at"])),
        };
        Ok(TrialFilter {
            statuses: statuses?,
            customer: self
                .customer_id
                .as_deref()
                .map(|text| OrgId::parse(text).unwrap_or(OrgId(text.to_owned()))),
            service: self.service.clone(),
            region: self.region.clone(),
            ends_before: day("ends_before", self.ends_before.as_deref())?,
            q: self.q.clone().filter(|q| !q.trim().is_empty()),
            sort,
            descending,
        })
    }
}

/// The trials that the caller sees.
#[utoipa::path(get, path = "/api/v1/trials", tag = "trials", params(TrialParams), responses((status = OK, body = List<Trial>)))]
pub(crate) async fn list_trials(
    State(api): State<Api>,
    Caller(actor): Caller,
    Params(params): Params<TrialParams>,
) -> Result<Json<List<Trial>>, Problem> {
    let filter = params.filter()?;
    let scope = ("trials", &filter);
    let request = page(&api, &actor, &scope, params.limit, params.cursor.as_deref())?;
    let found = api.app.trials(&actor, &filter, &request).await?;
    Ok(Json(list(&api, &actor, &scope, found, |view| Trial::of(view, false))))
}

/// One trial.
#[utoipa::path(get, path = "/api/v1/trials/{id}", tag = "trials", params(("id" = String, Path)), responses((status = OK, body = Trial)))]
pub(crate) async fn read_trial(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(trial): Path<String>,
) -> Result<Answer, Problem> {
    let view = api.app.trial(&actor, &id(TrialId::parse(&trial))?).await?;
    Ok(Answer(Trial::of(view, false)))
}

/// Where a new thing is.
pub(crate) fn location(path: &str, id: Option<&str>) -> HeaderValue {
    HeaderValue::try_from(format!("{path}/{}", id.unwrap_or_default())).unwrap_or(HeaderValue::from_static("/"))
}
