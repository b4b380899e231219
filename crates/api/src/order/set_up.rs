//! `/orders/{id}/set-up`: the contact says who he is and whose trial it is (CONV-3 to 5).

use super::{role, wire::Order};
use crate::{
    Api,
    guard::{Call, id, tag},
    http::{DryRun, Path, Problem},
};
use app::order::{Candidate, CustomerCard, NewOrganization, SetUp, SetUpView};
use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use domain::{
    ids::{OrderId, TrialId},
    order::{Difference, DifferenceLine},
    refusal::{Code, FieldError, Refusal},
    trial::CustomerInput,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// CONV-4: a customer that is to come to be.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCustomer {
    name: Option<String>,
    vertical: Option<String>,
    /// ISO 3166 alpha-2; it decides for good where the customer's data lies.
    country: Option<String>,
    /// IANA; the country's unless given.
    time_zone: Option<String>,
    /// `en`, `fr`, `zh-Hant`.
    language: Option<String>,
    supported_location_acknowledged: Option<bool>,
}

/// A yes alone says too little: what is missing is named.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum Create {
    /// `false` is as good as nothing.
    Said(bool),
    /// Everything that a new customer takes.
    Form(Box<NewCustomer>),
}

/// What the contact says.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetUpOrder {
    /// `partner_administrator` or `customer_administrator`.
    #[serde(rename = "as")]
    role: Option<String>,
    /// The address of the trial's customer administrator.
    trial_admin_email: Option<String>,
    /// One of several candidates with that administrator.
    trial_id: Option<String>,
    /// That the customer's information is right.
    customer_confirmed: Option<bool>,
    /// That those who were named lose the licences that were named.
    accept_reduced: Option<bool>,
    /// Which licences those were: `seen` of the dry run or of the refusal. Somebody else's by now: refused once more.
    /// Without it the yes is to whoever loses one at that moment.
    seen: Option<String>,
    /// Instead of a trial: the customer that is to come to be.
    create_new_organization: Option<Create>,
}

/// One service in the difference.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DifferenceItem {
    service: String,
    /// Licences in the trial.
    trial: Option<u32>,
    /// Licences in the order.
    ordered: Option<u32>,
    assigned: u32,
    /// Whose licence goes, by name: those who may not sign in first, then the last by address.
    surplus: Vec<String>,
}

impl DifferenceItem {
    fn of(line: DifferenceLine) -> Self {
        Self {
            service: line.service,
            trial: line.trial,
            ordered: line.ordered,
            assigned: line.assigned,
            surplus: line.surplus.into_iter().map(|one| one.name).collect(),
        }
    }
}

/// CONV-5: what becomes of the trial's services.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DifferenceOf {
    kept: Vec<DifferenceItem>,
    lost: Vec<DifferenceItem>,
    new: Vec<DifferenceItem>,
    fewer: Vec<DifferenceItem>,
}

impl DifferenceOf {
    fn of(difference: Difference) -> Self {
        let all = |lines: Vec<DifferenceLine>| lines.into_iter().map(DifferenceItem::of).collect();
        Self {
            kept: all(difference.kept),
            lost: all(difference.lost),
            new: all(difference.new),
            fewer: all(difference.fewer),
        }
    }
}

/// The customer's information to verify.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Card {
    id: Option<String>,
    name: String,
    /// Empty for a distributor that has it in hand (CONV-1).
    country: String,
    administrators: usize,
}

impl Card {
    fn of(card: CustomerCard) -> Self {
        Self {
            id: card.id.map(|id| id.0),
            name: card.name,
            country: card.country,
            administrators: card.administrators,
        }
    }
}

/// A trial that may have been meant.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CandidateItem {
    trial_id: String,
    customer_name: String,
    country: String,
    /// `similar_address`, `same_domain`, `similar_name`, `only_one`, `same_administrator`.
    reason: &'static str,
}

impl CandidateItem {
    fn of(one: Candidate) -> Self {
        Self {
            trial_id: one.trial.0,
            customer_name: one.customer_name,
            country: one.country,
            reason: one.reason.as_str(),
        }
    }
}

/// What becomes of the order, or would.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SetUpAnswer {
    /// Whether the address is that of a trial's administrator, or of a customer of the partner that tries nothing.
    #[serde(rename = "match")]
    matches: bool,
    order: Order,
    /// The trial that becomes paid services; null for a customer that tries nothing.
    trial_id: Option<String>,
    customer: Option<Card>,
    difference: Option<DifferenceOf>,
    /// What `accept_reduced` is to say that it saw; null where nobody loses a licence.
    seen: Option<String>,
    /// Without a match: trials that may have been meant.
    candidates: Vec<CandidateItem>,
    /// Where nobody could look for them.
    unavailable_regions: Vec<String>,
}

impl SetUpAnswer {
    fn of(view: SetUpView) -> Self {
        Self {
            matches: view.matches,
            order: Order::of(view.order),
            trial_id: view.trial.map(|id| id.0),
            customer: view.customer.map(Card::of),
            difference: view.difference.map(DifferenceOf::of),
            seen: view.seen,
            candidates: view.candidates.into_iter().map(CandidateItem::of).collect(),
            unavailable_regions: view.unavailable_regions,
        }
    }
}

/// CONV-3 to 5: maps an order to the one trial that is meant; a dry run answers difference and candidates.
#[utoipa::path(post, path = "/api/v1/orders/{id}/set-up", tag = "orders", params(("id" = String, Path), DryRun), request_body = SetUpOrder, responses((status = OK, body = SetUpAnswer)))]
pub(crate) async fn set_up_order(
    State(api): State<Api>,
    Path(order): Path<String>,
    Call { actor, guard, body }: Call<SetUpOrder>,
) -> Result<Response, Problem> {
    let order = id(OrderId::parse(&order))?;
    // What one may not see is not there, whatever the body says.
    api.app.order(&actor, &order).await?;
    let wish = body.checked(wished)?;
    let view = api.app.set_up_order(&actor, &order, &wish, &guard).await?;
    let version = tag(view.order.version);
    Ok(([(header::ETAG, version)], Json(SetUpAnswer::of(view))).into_response())
}

fn wished(body: SetUpOrder) -> Result<SetUp, Refusal> {
    let mut errors = Vec::new();
    let role = role("/as", body.role.as_deref()).unwrap_or_else(|error| {
        errors.push(error);
        None
    });
    let trial = body.trial_id.as_deref().map(TrialId::parse);
    if trial == Some(None) {
        errors.push(FieldError::new("/trial_id", Code::InvalidId));
    }
    if !errors.is_empty() {
        return Err(Refusal::input(errors));
    }
    let form = match body.create_new_organization {
        None | Some(Create::Said(false)) => None,
        Some(Create::Said(true)) => Some(Box::default()),
        Some(Create::Form(form)) => Some(form),
    };
    Ok(SetUp {
        role,
        trial_admin_email: body.trial_admin_email,
        trial: trial.flatten(),
        customer_confirmed: body.customer_confirmed == Some(true),
        accept_reduced: body.accept_reduced == Some(true),
        seen: body.seen,
        create: form.map(|form| {
            NewOrganization(CustomerInput {
                name: form.name,
                vertical: form.vertical,
                country: form.country,
                time_zone: form.time_zone,
                language: form.language,
                supported_location_acknowledged: form.supported_location_acknowledged,
                ..CustomerInput::default()
            })
        }),
    })
}
