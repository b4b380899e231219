//! `/partners` (ORG-1, ORG-6).

use crate::{
    Api,
    caller::Caller,
    customer::{PageParams, access::given},
    guard::{Call, id, tag},
    http::{DryRun, Params, Path, Problem},
    lists::{List, list, page},
    trial::location,
};
use app::{
    allowance::Room,
    partner::{NewPartner, PartnerView, Standing},
};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    ids::OrgId,
    refusal::{Code, FieldError, Refusal},
    time::end_of,
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A company, by id and name.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Company {
    id: String,
    name: String,
}

impl From<(OrgId, String)> for Company {
    fn from((id, name): (OrgId, String)) -> Self {
        Self { id: id.0, name }
    }
}

/// ELIG-5; null is no limit.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Allowance {
    trials_per_month: Option<u32>,
    active_trials: Option<u32>,
}

/// ELIG-5: what counts for a partner, its own allowance before its tier's, and what of it is used. Null: no limit; what
/// nothing limits is counted for one partner alone.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub(crate) struct Usage {
    trials_this_month: Part,
    active_trials: Part,
}

/// So many of so many.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub(crate) struct Part {
    used: u32,
    of: Option<u32>,
}

impl From<Room> for Usage {
    fn from(room: Room) -> Self {
        Self {
            trials_this_month: Part {
                used: room.used.this_month,
                of: room.limits.per_month,
            },
            active_trials: Part {
                used: room.used.active,
                of: room.limits.active,
            },
        }
    }
}

/// A partner.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Partner {
    /// Null for one that a dry run would make.
    id: Option<String>,
    name: String,
    region: String,
    /// 1 buys from the vendor, 2 from a distributor.
    tier: u8,
    distributor: Option<Company>,
    /// Whether its people can enter the partner hub now.
    certified: bool,
    /// The first instant at which they can no more.
    #[schema(value_type = Option<String>, format = DateTime)]
    certified_until: Option<Timestamp>,
    allowance: Allowance,
    /// Of one partner: what of it is used.
    #[serde(skip_serializing_if = "Option::is_none")]
    usage: Option<Usage>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    version: i64,
    /// A dry run: what it was before.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(no_recursion)]
    before: Option<Box<Partner>>,
}

impl From<PartnerView> for Partner {
    fn from(view: PartnerView) -> Self {
        Self {
            id: view.id.map(|id| id.0),
            name: view.name,
            region: view.region,
            tier: view.tier,
            distributor: view.distributor.map(Company::from),
            certified: view.certified,
            certified_until: view.certified_until,
            allowance: Allowance {
                trials_per_month: view.allowance.trials_per_month,
                active_trials: view.allowance.active_trials,
            },
            usage: None,
            created_at: view.created_at,
            version: view.version,
            before: None,
        }
    }
}

impl IntoResponse for Partner {
    fn into_response(self) -> Response {
        ([(header::ETAG, tag(self.version))], Json(self)).into_response()
    }
}

/// All partners, by name.
#[utoipa::path(get, path = "/api/v1/partners", tag = "partners", params(PageParams), responses((status = OK, body = List<Partner>)))]
pub(crate) async fn list_partners(
    State(api): State<Api>,
    Caller(actor): Caller,
    Params(params): Params<PageParams>,
) -> Result<Json<List<Partner>>, Problem> {
    let request = page(&api, &actor, &"partners", params.limit, params.cursor.as_deref())?;
    let found = api.app.partners(&actor, &request).await?;
    Ok(Json(list(&api, &actor, &"partners", found, Partner::from)))
}

/// One partner: any for the vendor, oneself for a partner's people.
#[utoipa::path(get, path = "/api/v1/partners/{id}", tag = "partners", params(("id" = String, Path)), responses((status = OK, body = Partner)))]
pub(crate) async fn read_partner(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(partner): Path<String>,
) -> Result<Partner, Problem> {
    let partner = id(OrgId::parse(&partner))?;
    let view = api.app.partner(&actor, &partner).await?;
    let usage = api.app.partner_room(&actor, &partner).await?;
    Ok(Partner {
        usage: Some(usage.into()),
        ..view.into()
    })
}

/// ELIG-5: null takes a limit away, what is not given stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AllowanceWish {
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    trials_per_month: Option<Option<i64>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    active_trials: Option<Option<i64>>,
}

/// A partner to come, with its first sales full administrator, who is invited.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AddPartner {
    name: Option<String>,
    /// Where the data of its people lies.
    region: Option<String>,
    tier: Option<i64>,
    /// A tier 1 partner; needed for tier 2.
    distributor_id: Option<String>,
    /// An instant, or a day through the end of which it is certified (UTC).
    certified_until: Option<String>,
    allowance: Option<AllowanceWish>,
    admin_email: Option<String>,
    admin_name: Option<String>,
    language: Option<String>,
    time_zone: Option<String>,
}

/// Takes up a partner.
#[utoipa::path(post, path = "/api/v1/partners", tag = "partners", params(DryRun), request_body = AddPartner, responses((status = CREATED, body = Partner)))]
pub(crate) async fn add_partner(
    State(api): State<Api>,
    Call { actor, guard, body }: Call<AddPartner>,
) -> Result<Response, Problem> {
    app::policy::allow(&actor, app::policy::Action::ManagePartners, api.app.clock.now())?;
    let wish = body.checked(new_partner)?;
    let partner = Partner::from(api.app.add_partner(&actor, &wish, &guard).await?);
    if guard.dry_run {
        return Ok(partner.into_response());
    }
    let place = location("/api/v1/partners", partner.id.as_deref());
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], partner).into_response())
}

fn new_partner(body: AddPartner) -> Result<NewPartner, Refusal> {
    let patch = PatchPartner {
        tier: body.tier,
        distributor_id: body.distributor_id.map(Some),
        certified_until: body.certified_until.map(Some),
        allowance: body.allowance,
    };
    Ok(NewPartner {
        name: body.name,
        region: body.region,
        standing: standing(patch)?,
        admin_email: body.admin_email,
        admin_name: body.admin_name,
        language: body.language,
        time_zone: body.time_zone,
    })
}

/// What is to change; what is not given stays, null takes it away.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PatchPartner {
    tier: Option<i64>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    distributor_id: Option<Option<String>>,
    /// An instant, or a day through the end of which it is certified (UTC); null ends it.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    certified_until: Option<Option<String>>,
    allowance: Option<AllowanceWish>,
}

/// ORG-1, ORG-6: tier, distributor, certification, allowance. It acts on the next request.
#[utoipa::path(patch, path = "/api/v1/partners/{id}", tag = "partners", params(("id" = String, Path), DryRun), request_body = PatchPartner, responses((status = OK, body = Partner)))]
pub(crate) async fn patch_partner(
    State(api): State<Api>,
    Path(partner): Path<String>,
    Call { actor, guard, body }: Call<PatchPartner>,
) -> Result<Partner, Problem> {
    let partner = id(OrgId::parse(&partner))?;
    let wish = body.checked(standing)?;
    let (after, before) = api.app.patch_partner(&actor, &partner, &wish, &guard).await?;
    let mut answer = Partner::from(after);
    answer.before = before.map(|before| Box::new(before.into()));
    Ok(answer)
}

fn standing(body: PatchPartner) -> Result<Standing, Refusal> {
    let mut errors = Vec::new();
    let certified_until = body.certified_until.map(|given| {
        given.and_then(|text| match instant(&text) {
            Some(at) => Some(at),
            None => {
                let allowed = "YYYY-MM-DD, 2027-01-01T00:00:00Z";
                errors.push(FieldError::new("/certified_until", Code::UnknownValue).with("allowed", allowed));
                None
            }
        })
    });
    let mut limit = |pointer: &str, given: Option<Option<i64>>| {
        given.map(|number| {
            number.and_then(|number| match u32::try_from(number) {
                Ok(number) if number <= 1_000_000 => Some(number),
                _ => {
                    let error = FieldError::new(pointer, Code::OutOfRange)
                        .with("min", 0)
                        .with("max", 1_000_000);
                    errors.push(error);
                    None
                }
            })
        })
    };
    let allowance = body.allowance.unwrap_or_default();
    let trials_per_month = limit("/allowance/trials_per_month", allowance.trials_per_month);
    let active_trials = limit("/allowance/active_trials", allowance.active_trials);
    if !errors.is_empty() {
        return Err(Refusal::input(errors));
    }
    Ok(Standing {
        tier: body.tier,
        distributor_id: body.distributor_id,
        certified_until,
        trials_per_month,
        active_trials,
    })
}

/// An instant, or the end of a civil day.
fn instant(text: &str) -> Option<Timestamp> {
    let day = |day: Date| end_of(day, &TimeZone::UTC);
    text.parse().ok().or_else(|| text.parse().ok().map(day))
}
