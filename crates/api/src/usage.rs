//! `/usage` (USE-1): what services report, and who reads it.

use crate::{
    Api,
    caller::Caller,
    guard::{Call, id},
    http::{DryRun, Params, Path, Problem},
    lists::{List, day, list, page},
};
use app::usage::{Reported, UsageFilter};
use axum::{Json, extract::State};
use domain::{
    ids::{OrgId, TrialId},
    usage::{Figure, Line},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What was used of a service on a day.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReportedFigure {
    /// Whose, by id.
    #[serde(default)]
    #[schema(required = true)]
    customer_id: String,
    /// The service's id, also an older one.
    #[serde(default)]
    #[schema(required = true)]
    service: String,
    /// The customer's civil day: from the day before it came to be to tomorrow.
    #[serde(default)]
    #[schema(required = true, format = Date)]
    on: String,
    /// What was counted, as `active_users`: small letters, digits and `_`, at most 40.
    #[serde(default)]
    #[schema(required = true)]
    metric: String,
    /// How much of it: whole, from 0 to 2^53 - 1.
    #[serde(default)]
    #[schema(required = true)]
    value: i64,
}

/// What came of a report.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UsageReport {
    /// Figures that were sent.
    received: usize,
    /// Those that are new or another than before.
    changed: usize,
}

impl From<Reported> for UsageReport {
    fn from(reported: Reported) -> Self {
        Self {
            received: reported.received,
            changed: reported.changed,
        }
    }
}

/// USE-1: up to 5,000 figures of any customers. The same again changes nothing; another value for the same customer,
/// service, metric and day replaces it. A fault anywhere, and nothing is kept.
#[utoipa::path(post, path = "/api/v1/usage", tag = "usage", params(DryRun), request_body = Vec<ReportedFigure>, responses((status = OK, body = UsageReport)))]
pub(crate) async fn report_usage(
    State(api): State<Api>,
    Call { actor, guard, body }: Call<Vec<ReportedFigure>>,
) -> Result<Json<UsageReport>, Problem> {
    // Who may not report learns nothing of what is wrong with it.
    app::policy::allow(&actor, app::policy::Action::ReportUsage, api.app.clock.now())?;
    let lines: Vec<Line> = body.finish()?.into_iter().map(line).collect();
    Ok(Json(api.app.report_usage(&actor, &lines, &guard).await?.into()))
}

fn line(figure: ReportedFigure) -> Line {
    Line {
        customer: figure.customer_id,
        service: figure.service,
        on: figure.on,
        metric: figure.metric,
        value: figure.value,
    }
}

/// What was used of a service on a day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UsageFigure {
    service: String,
    metric: String,
    /// The customer's civil day.
    #[schema(value_type = String, format = Date)]
    on: jiff::civil::Date,
    value: i64,
}

impl From<Figure> for UsageFigure {
    fn from(figure: Figure) -> Self {
        Self {
            service: figure.service,
            metric: figure.metric,
            on: figure.on,
            value: figure.value,
        }
    }
}

/// Which figures.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct UsageParams {
    /// Of one service.
    service: Option<String>,
    /// Of one metric.
    metric: Option<String>,
    /// From that day on.
    from: Option<String>,
    /// To that day, included.
    to: Option<String>,
    /// Rows of a page, 1 to 200.
    limit: Option<i64>,
    /// Where the page begins.
    cursor: Option<String>,
}

impl UsageParams {
    fn filter(&self) -> Result<UsageFilter, Problem> {
        Ok(UsageFilter {
            service: self.service.clone(),
            metric: self.metric.clone(),
            from: day("from", self.from.as_deref())?,
            to: day("to", self.to.as_deref())?,
        })
    }
}

/// USE-1: what a customer uses, by service, metric and day: all of it for itself and the vendor; for a partner the days of
/// its own trials, and what was bought through it since.
#[utoipa::path(get, path = "/api/v1/customers/{id}/usage", tag = "usage", params(("id" = String, Path), UsageParams), responses((status = OK, body = List<UsageFigure>)))]
pub(crate) async fn customer_usage(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(customer): Path<String>,
    Params(params): Params<UsageParams>,
) -> Result<Json<List<UsageFigure>>, Problem> {
    let customer = id(OrgId::parse(&customer))?;
    let filter = params.filter()?;
    let scope = ("customer usage", &customer, &filter);
    let request = page(&api, &actor, &scope, params.limit, params.cursor.as_deref())?;
    let found = api.app.customer_usage(&actor, &customer, &filter, &request).await?;
    Ok(Json(list(&api, &actor, &scope, found, UsageFigure::from)))
}

/// USE-1: what was used of a trial's services in its days, also after it was converted.
#[utoipa::path(get, path = "/api/v1/trials/{id}/usage", tag = "usage", params(("id" = String, Path), UsageParams), responses((status = OK, body = List<UsageFigure>)))]
pub(crate) async fn trial_usage(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(trial): Path<String>,
    Params(params): Params<UsageParams>,
) -> Result<Json<List<UsageFigure>>, Problem> {
    let trial = id(TrialId::parse(&trial))?;
    let filter = params.filter()?;
    let scope = ("trial usage", &trial, &filter);
    let request = page(&api, &actor, &scope, params.limit, params.cursor.as_deref())?;
    let found = api.app.trial_usage(&actor, &trial, &filter, &request).await?;
    Ok(Json(list(&api, &actor, &scope, found, UsageFigure::from)))
}
