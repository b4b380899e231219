//! `/returns` (DEV-6 to 8).

use crate::{
    Api,
    caller::Caller,
    guard::{Call, Tagged, created, id},
    http::{DryRun, Params, Path, Problem},
    lists::{List, list, one_of, page},
    partner::Company,
    shipment::{Serial, customer_param, trial_param},
    trial::{PartnerRef, Reason, note},
};
use app::shipment::{ReturnFilter, ReturnView, Way};
use axum::{Json, extract::State, response::Response};
use domain::{
    ids::{ReturnId, ShipmentId},
    program::Localized,
    refusal::{Code, Refusal},
    shipment::Wrong,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// A device that came back.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReceivedSerial {
    serial: String,
    #[schema(value_type = String, format = Date)]
    received_on: Date,
}

/// DEV-7: how devices go back from a country.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReturnWay {
    /// The carrier, by the program's id.
    id: String,
    name: String,
    /// ISO 3166 alpha-2.
    country: String,
    /// Whether a lost label can be had again.
    new_labels: bool,
    /// What one does, in order, by language.
    steps: Vec<BTreeMap<&'static str, String>>,
    phone: Option<String>,
    url: Option<String>,
    /// The trials team's address.
    contact: String,
}

impl From<Way> for ReturnWay {
    fn from(way: Way) -> Self {
        let step = |step: Localized| BTreeMap::from([("en", step.en), ("fr", step.fr), ("zh-Hant", step.zh_hant)]);
        Self {
            id: way.id,
            name: way.name,
            country: way.country,
            new_labels: way.new_labels,
            steps: way.steps.into_iter().map(step).collect(),
            phone: way.phone,
            url: way.url,
            contact: way.contact,
        }
    }
}

/// A return.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Return {
    pub(crate) id: String,
    shipment_id: String,
    trial_id: String,
    customer: Company,
    partner: PartnerRef,
    rma: String,
    /// `planned`, `open`, `overdue`, `complete`.
    status: &'static str,
    order_number: String,
    expected: Vec<Serial>,
    received: Vec<ReceivedSerial>,
    missing: Vec<Serial>,
    #[schema(value_type = String, format = Date)]
    device_ends_on: Date,
    #[schema(value_type = String, format = Date)]
    opens_on: Date,
    #[schema(value_type = Option<String>, format = Date)]
    opened_on: Option<Date>,
    #[schema(value_type = String, format = Date)]
    due_on: Date,
    days_overdue: Option<i64>,
    /// How; null where the program names no way for that country.
    way: Option<ReturnWay>,
    version: i64,
}

impl Return {
    pub(crate) fn of(view: ReturnView) -> Self {
        let received = view.received.into_iter().map(|one| ReceivedSerial {
            serial: one.serial,
            received_on: one.on,
        });
        Self {
            id: view.id.0,
            shipment_id: view.shipment_id.0,
            trial_id: view.trial_id.0,
            customer: Company::from(view.customer),
            partner: PartnerRef {
                id: view.partner.0.0,
                name: view.partner.1,
            },
            rma: view.rma,
            status: view.status.as_str(),
            order_number: view.order_number,
            expected: view.expected.into_iter().map(Serial::from).collect(),
            received: received.collect(),
            missing: view.missing.into_iter().map(Serial::from).collect(),
            device_ends_on: view.device_ends_on,
            opens_on: view.opens_on,
            opened_on: view.opened_on,
            due_on: view.due_on,
            days_overdue: view.days_overdue,
            way: view.way.map(ReturnWay::from),
            version: view.version,
        }
    }
}

/// A return with its version.
fn answer(shown: Return) -> Tagged<Return> {
    Tagged(shown.version, shown)
}

/// Which returns.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReturnParams {
    /// `open`, `overdue`, `complete`; all that were opened unless said.
    status: Option<String>,
    /// Of one trial.
    trial_id: Option<String>,
    /// Of one customer.
    customer_id: Option<String>,
    /// Part of the customer's name, an id, a demo order number, an RMA number, or a serial number that is out.
    q: Option<String>,
    /// Rows of a page, 1 to 200.
    limit: Option<i64>,
    /// Where the page begins.
    cursor: Option<String>,
}

const STATUSES: [&str; 3] = ["open", "overdue", "complete"];

/// Returns that the caller sees, the one that is due first in front.
#[utoipa::path(get, path = "/api/v1/returns", tag = "devices", params(ReturnParams), responses((status = OK, body = List<Return>)))]
pub(crate) async fn list_returns(
    State(api): State<Api>,
    Caller(actor): Caller,
    Params(params): Params<ReturnParams>,
) -> Result<Json<List<Return>>, Problem> {
    let filter = ReturnFilter {
        status: one_of("status", params.status, &STATUSES)?,
        customer: customer_param(params.customer_id.as_deref()),
        trial: trial_param(params.trial_id.as_deref()),
        q: params.q.filter(|q| !q.trim().is_empty()),
    };
    let scope = ("returns", &filter);
    let request = page(&api, &actor, &scope, params.limit, params.cursor.as_deref())?;
    let found = api.app.returns(&actor, &filter, &request).await?;
    Ok(Json(list(&api, &actor, &scope, found, Return::of)))
}

/// One return, also before it is open.
#[utoipa::path(get, path = "/api/v1/returns/{id}", tag = "devices", params(("id" = String, Path)), responses((status = OK, body = Return)))]
pub(crate) async fn read_return(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(given): Path<String>,
) -> Result<Tagged<Return>, Problem> {
    let view = api.app.device_return(&actor, &id(ReturnId::parse(&given))?).await?;
    Ok(answer(Return::of(view)))
}

/// Which devices.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OpenReturn {
    shipment_id: Option<String>,
}

/// DEV-6: opens a return once returns are accepted.
#[utoipa::path(post, path = "/api/v1/returns", tag = "devices", params(DryRun), request_body = OpenReturn, responses((status = CREATED, body = Return)))]
pub(crate) async fn open_return(
    State(api): State<Api>,
    Call { actor, guard, body }: Call<OpenReturn>,
) -> Result<Response, Problem> {
    app::policy::allow(&actor, app::policy::Action::OpenReturn, api.app.clock.now())?;
    let shipment = body.checked(|body| {
        body.shipment_id
            .ok_or_else(|| Refusal::field("/shipment_id", Code::Required))
    })?;
    let shipment = id(ShipmentId::parse(&shipment))?;
    let opened = Return::of(api.app.open_return(&actor, &shipment, &guard).await?);
    let place = ("/api/v1/returns", Some(opened.id.clone()));
    Ok(created(&guard, place, answer(opened)))
}

/// What came back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Receive {
    serials: Option<Vec<String>>,
}

/// A serial number that was not taken.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RefusedSerial {
    /// Its place in the call.
    index: usize,
    serial: String,
    /// `unknown`, `foreign`, `repeated`, `look_alike`.
    reason: &'static str,
    /// The shipment to which it belongs.
    #[serde(skip_serializing_if = "Option::is_none")]
    belongs_to: Option<String>,
}

impl From<Wrong> for RefusedSerial {
    fn from(wrong: Wrong) -> Self {
        Self {
            index: wrong.index,
            serial: wrong.serial,
            reason: wrong.reason.as_str(),
            belongs_to: wrong.belongs_to.map(|id| id.0),
        }
    }
}

/// What was taken, and what was not.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Receipt {
    #[serde(rename = "return")]
    returned: Return,
    accepted: Vec<String>,
    refused: Vec<RefusedSerial>,
}

/// DEV-8: what came back, serial by serial; those that are right are taken, the others refused by name.
#[utoipa::path(post, path = "/api/v1/returns/{id}/receive", tag = "devices", params(("id" = String, Path), DryRun), request_body = Receive, responses((status = OK, body = Receipt)))]
pub(crate) async fn receive_return(
    State(api): State<Api>,
    Path(given): Path<String>,
    Call { actor, guard, body }: Call<Receive>,
) -> Result<Json<Receipt>, Problem> {
    let given = id(ReturnId::parse(&given))?;
    let serials = body.checked(|body| body.serials.ok_or_else(|| Refusal::field("/serials", Code::Required)))?;
    let (view, receipt) = api.app.receive_return(&actor, &given, &serials, &guard).await?;
    Ok(Json(Receipt {
        returned: Return::of(view),
        accepted: receipt.accepted,
        refused: receipt.refused.into_iter().map(RefusedSerial::from).collect(),
    }))
}

/// DEV-7: asks the trials team for a new return label, where there are any; once a day at most.
#[utoipa::path(post, path = "/api/v1/returns/{id}/label-request", tag = "devices", params(("id" = String, Path), DryRun), request_body = Option<Reason>, responses((status = OK, body = Return)))]
pub(crate) async fn request_label(
    State(api): State<Api>,
    Path(given): Path<String>,
    Call { actor, guard, body }: Call<Reason>,
) -> Result<Tagged<Return>, Problem> {
    let given = id(ReturnId::parse(&given))?;
    let reason = body.checked(|body| note("/reason", body.reason.as_deref()))?;
    let view = api.app.request_label(&actor, &given, reason.as_deref(), &guard).await?;
    Ok(answer(Return::of(view)))
}
