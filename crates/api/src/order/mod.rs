//! `/orders`: what is bought of a trial, and who sets it up (CONV).

pub(crate) mod set_up;
pub(crate) mod wire;

use crate::{
    Api,
    caller::Caller,
    guard::{Call, id},
    http::{DryRun, Params, Path, Problem},
    lists::{List, list, page, wrong},
    trial::{Reason, location},
};
use app::{
    order::{OrderFilter, PlaceOrder, WantedContact},
    policy::{Action, allow},
};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    ids::{OrderId, OrgId, TrialId},
    order::ContactRole,
    refusal::{Code, FieldError, Refusal},
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use wire::Order;

/// Which orders.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct OrderParams {
    /// `open`, `mapped` or `closed`.
    state: Option<String>,
    trial_id: Option<String>,
    customer_id: Option<String>,
    /// `true` for those alone that the caller is to set up.
    mine: Option<bool>,
    /// Rows of a page, 1 to 200.
    limit: Option<i64>,
    /// Where the page begins.
    cursor: Option<String>,
}

const STATES: [&str; 3] = ["open", "mapped", "closed"];

/// The orders that concern the caller, the newest first.
#[utoipa::path(get, path = "/api/v1/orders", tag = "orders", params(OrderParams), responses((status = OK, body = List<Order>)))]
pub(crate) async fn list_orders(
    State(api): State<Api>,
    Caller(actor): Caller,
    Params(params): Params<OrderParams>,
) -> Result<Json<List<Order>>, Problem> {
    if !params.state.as_deref().is_none_or(|state| STATES.contains(&state)) {
        return Err(wrong("state", &STATES));
    }
    let of = |name: &str| Refusal::field(&format!("/query/{name}"), Code::InvalidId);
    let filter = OrderFilter {
        state: params.state,
        trial: known(params.trial_id.as_deref(), TrialId::parse).map_err(|()| of("trial_id"))?,
        customer: known(params.customer_id.as_deref(), OrgId::parse).map_err(|()| of("customer_id"))?,
        mine: params.mine == Some(true),
    };
    let scope = ("orders", &filter.state, &filter.trial, &filter.customer, filter.mine);
    let request = page(&api, &actor, &scope, params.limit, params.cursor.as_deref())?;
    let found = api.app.orders(&actor, &filter, &request).await?;
    Ok(Json(list(&api, &actor, &scope, found, Order::of)))
}

/// An id that may be missing.
fn known<T>(given: Option<&str>, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>, ()> {
    given.map(|text| parse(text).ok_or(())).transpose()
}

/// An order.
#[utoipa::path(get, path = "/api/v1/orders/{id}", tag = "orders", params(("id" = String, Path)), responses((status = OK, body = Order)))]
pub(crate) async fn read_order(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(order): Path<String>,
) -> Result<Order, Problem> {
    let order = id(OrderId::parse(&order))?;
    Ok(Order::of(api.app.order(&actor, &order).await?))
}

/// A service and how many licences of it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrderedService {
    id: String,
    quantity: i64,
}

/// A device type and how many.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrderedDevice {
    #[serde(rename = "type")]
    device_type: String,
    quantity: i64,
}

/// CONV-2: who sets the order up.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProvisioningContact {
    /// The caller's own unless given.
    email: Option<String>,
    /// `partner_administrator` or `customer_administrator`; as whom the address is known unless given.
    #[serde(rename = "as")]
    role: Option<String>,
}

impl ProvisioningContact {
    fn checked(self, pointer: &str) -> Result<WantedContact, FieldError> {
        Ok(WantedContact {
            email: self.email,
            role: role(&format!("{pointer}/as"), self.role.as_deref())?,
        })
    }
}

/// CONV-3: as whom, by its name.
pub(crate) fn role(pointer: &str, given: Option<&str>) -> Result<Option<ContactRole>, FieldError> {
    let unknown = || {
        let allowed = "partner_administrator, customer_administrator";
        FieldError::new(pointer, Code::UnknownValue).with("allowed", allowed)
    };
    given
        .map(|text| ContactRole::parse(text).ok_or_else(unknown))
        .transpose()
}

/// An order.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlaceOrderBody {
    /// The trial from which it is ordered.
    trial_id: Option<String>,
    /// Without a trial's id: whose trial it is, where that is known. Then its removal waits for the order.
    trial_admin_email: Option<String>,
    /// For which partner, where the order desk orders from outside.
    partner_id: Option<String>,
    services: Option<Vec<OrderedService>>,
    devices: Option<Vec<OrderedDevice>>,
    provisioning_contact: Option<ProvisioningContact>,
}

/// CONV-1: orders from a trial, or from outside. A tier 2 partner is told its distributor, which has it in hand then.
#[utoipa::path(post, path = "/api/v1/orders", tag = "orders", params(DryRun), request_body = PlaceOrderBody, responses((status = CREATED, body = Order)))]
pub(crate) async fn place_order(
    State(api): State<Api>,
    Call { actor, guard, body }: Call<PlaceOrderBody>,
) -> Result<Response, Problem> {
    allow(&actor, Action::PlaceOrder, api.app.clock.now())?;
    let wish = body.checked(wished)?;
    let order = Order::of(api.app.place_order(&actor, &wish, &guard).await?);
    if guard.dry_run {
        return Ok(order.into_response());
    }
    let place = location("/api/v1/orders", order.id());
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], order).into_response())
}

fn wished(body: PlaceOrderBody) -> Result<PlaceOrder, Refusal> {
    let mut errors = Vec::new();
    let trial = known(body.trial_id.as_deref(), TrialId::parse).unwrap_or_else(|()| {
        errors.push(FieldError::new("/trial_id", Code::InvalidId));
        None
    });
    let partner = known(body.partner_id.as_deref(), OrgId::parse).unwrap_or_else(|()| {
        errors.push(FieldError::new("/partner_id", Code::InvalidId));
        None
    });
    if body.trial_id.is_some() {
        for (name, given) in [
            ("trial_admin_email", body.trial_admin_email.is_some()),
            ("partner_id", body.partner_id.is_some()),
        ] {
            if given {
                errors.push(FieldError::new(format!("/{name}"), Code::ConflictingFields));
            }
        }
    }
    let contact = body.provisioning_contact.unwrap_or_default();
    let contact = contact.checked("/provisioning_contact").unwrap_or_else(|error| {
        errors.push(error);
        WantedContact::default()
    });
    if body.services.is_none() {
        errors.push(FieldError::new("/services", Code::Required));
    }
    if !errors.is_empty() {
        return Err(Refusal::input(errors));
    }
    let services = body.services.unwrap_or_default().into_iter();
    let devices = body.devices.unwrap_or_default().into_iter();
    Ok(PlaceOrder {
        trial,
        trial_admin_email: body.trial_admin_email,
        partner,
        services: services.map(|line| (line.id, line.quantity)).collect(),
        devices: devices.map(|line| (line.device_type, line.quantity)).collect(),
        contact,
    })
}

/// To whom.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SendOrderAgain {
    /// Somebody else; the same contact unless given.
    contact: Option<ProvisioningContact>,
}

/// CONV-2: the email goes out again, or to somebody else, whose order it is from then on.
#[utoipa::path(post, path = "/api/v1/orders/{id}/resend", tag = "orders", params(("id" = String, Path), DryRun), request_body = Option<SendOrderAgain>, responses((status = OK, body = Order)))]
pub(crate) async fn resend_order(
    State(api): State<Api>,
    Path(order): Path<String>,
    Call { actor, guard, body }: Call<SendOrderAgain>,
) -> Result<Order, Problem> {
    let order = id(OrderId::parse(&order))?;
    let contact = body.checked(|body| {
        let Some(contact) = body.contact else {
            return Ok(WantedContact::default());
        };
        if contact.email.is_none() {
            return Err(Refusal::field("/contact/email", Code::Required));
        }
        contact.checked("/contact").map_err(|error| Refusal::input(vec![error]))
    })?;
    let sent = api.app.send_order_again(&actor, &order, contact, &guard).await?;
    Ok(Order::of(sent))
}

/// CONV-7: it is not wanted any more.
#[utoipa::path(post, path = "/api/v1/orders/{id}/close", tag = "orders", params(("id" = String, Path), DryRun), request_body = Option<Reason>, responses((status = OK, body = Order)))]
pub(crate) async fn close_order(
    State(api): State<Api>,
    Path(order): Path<String>,
    Call { actor, guard, body }: Call<Reason>,
) -> Result<Order, Problem> {
    let order = id(OrderId::parse(&order))?;
    let body = body.finish()?;
    let closed = api
        .app
        .close_order(&actor, &order, body.reason.as_deref(), &guard)
        .await?;
    Ok(Order::of(closed))
}
