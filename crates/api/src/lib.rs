//! The HTTP API: JSON, one file for each noun, on what `http` provides.

mod access_request;
mod account;
mod approval;
mod audit;
mod caller;
mod conversion;
mod customer;
mod describe;
mod device_extension;
mod device_lookup;
mod draft;
mod eligibility;
mod failure;
mod guard;
mod handover;
mod hold;
pub mod http;
mod job;
mod lists;
mod mailbox;
mod notification;
mod operator;
mod order;
mod partner;
mod people;
mod plan;
mod program;
mod provisioning;
mod removal;
mod request;
mod return_;
mod return_sheet;
mod shipment;
mod single_sign_on;
mod start;
mod task;
mod test_clock;
mod trial;
mod usage;
mod user;

use axum::{Json, Router, routing::get};
use std::{future::Future, pin::Pin, sync::Arc};
use utoipa::{
    Modify, OpenApi,
    openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
};
use utoipa_axum::{router::OpenApiRouter, routes};

/// Tries every message once (TIME-4).
pub type Deliver = Arc<dyn Fn() -> Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync>;

/// How a message reads; none where it cannot be put into words any more.
pub type Preview = Arc<
    dyn Fn(store::region::outbox::Letter) -> Pin<Box<dyn Future<Output = Result<Option<Previewed>, app::Error>> + Send>>
        + Send
        + Sync,
>;

/// NOTE-2: an email in words.
#[derive(Clone, Debug)]
pub struct Previewed {
    /// BCP 47.
    pub language: String,
    /// One line.
    pub subject: String,
    /// As plain text.
    pub text: String,
    /// As an HTML document.
    pub html: String,
}

/// What the API needs of its server.
#[derive(Clone)]
pub struct Settings {
    /// How a moved test clock sends what there is to send.
    pub deliver: Deliver,
    /// The port of randomness.
    pub randomness: fn(&mut [u8]),
    /// How a message reads (NOTE-2).
    pub preview: Preview,
    /// Who gets devices back, for the sheet that goes with them (DEV-7).
    pub vendor_name: String,
    /// Where the vendor is asked.
    pub support_url: Option<String>,
    /// What such a sheet is set in.
    pub fonts: Arc<delivery::Fonts>,
}

/// What every handler has.
#[derive(Clone)]
pub(crate) struct Api {
    pub(crate) app: Arc<app::App>,
    pub(crate) deliver: Deliver,
    pub(crate) preview: Preview,
    pub(crate) vendor_name: String,
    pub(crate) support_url: Option<String>,
    pub(crate) fonts: Arc<delivery::Fonts>,
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Foretaste",
        description = "Trials of a vendor's services, run with its partners for their customers.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    modifiers(&Bearer),
    security(("bearer" = [])),
)]
struct Document;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
        document
            .components
            .get_or_insert_default()
            .add_security_scheme("bearer", scheme);
    }
}

/// The table of contents.
fn nouns() -> OpenApiRouter<Api> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(program::read_program, program::publish_program))
        .routes(routes!(customer::lookup::look_up))
        .routes(routes!(eligibility::eligibility))
        .routes(routes!(trial::list_trials, start::start_trial))
        .routes(routes!(trial::read_trial, trial::act::edit_trial))
        .routes(routes!(draft::list_drafts, draft::keep_draft))
        .routes(routes!(draft::read_draft, draft::change_draft, draft::discard_draft))
        .routes(routes!(plan::read_plan))
        .routes(routes!(removal::read_removal))
        .routes(routes!(removal::list_removals))
        .routes(routes!(trial::act::extend_trial))
        .routes(routes!(trial::act::cancel_trial))
        .routes(routes!(trial::act::resend_consent))
        .routes(routes!(trial::act::confirm_provisioning_details))
        .routes(routes!(trial::act::remind))
        .routes(routes!(trial::act::correct_administrator))
        .routes(routes!(request::list_requests))
        .routes(routes!(request::read_request))
        .routes(routes!(request::read_request_by_link))
        .routes(routes!(request::accept_request))
        .routes(routes!(request::decline_request))
        .routes(routes!(customer::list_customers))
        .routes(routes!(customer::read_customer, customer::patch_customer))
        .routes(routes!(customer::remove_customer))
        .routes(routes!(user::list_users, user::add_users))
        .routes(routes!(user::read_user, user::patch_user, user::remove_user))
        .routes(routes!(user::import_users))
        .routes(routes!(user::list_licenses))
        .routes(routes!(job::read_job))
        .routes(routes!(job::list_rows))
        .routes(routes!(customer::access::change_access))
        .routes(routes!(customer::export_customer))
        .routes(routes!(customer::setup::read_setup, customer::setup::put_setup))
        .routes(routes!(
            customer::calling::list_locations,
            customer::calling::add_location
        ))
        .routes(routes!(
            customer::calling::patch_location,
            customer::calling::remove_location
        ))
        .routes(routes!(customer::calling::list_numbers, customer::calling::add_numbers))
        .routes(routes!(customer::calling::remove_number))
        .routes(routes!(
            customer::calling::list_number_orders,
            customer::calling::order_numbers
        ))
        .routes(routes!(
            customer::exceptions::list_exceptions,
            customer::exceptions::grant_exception
        ))
        .routes(routes!(customer::exceptions::take_back_exception))
        .routes(routes!(
            access_request::list_access_requests,
            access_request::request_access
        ))
        .routes(routes!(access_request::accept_access))
        .routes(routes!(access_request::decline_access))
        .routes(routes!(handover::list_handovers, handover::begin_handover))
        .routes(routes!(handover::accept_handover))
        .routes(routes!(handover::decline_handover))
        .routes(routes!(partner::list_partners, partner::add_partner))
        .routes(routes!(partner::read_partner, partner::patch_partner))
        .routes(routes!(people::list_people, people::invite_person))
        .routes(routes!(people::read_person, people::patch_person))
        .routes(routes!(people::invite_again))
        .routes(routes!(people::remove_person))
        .routes(routes!(usage::report_usage))
        .routes(routes!(usage::customer_usage))
        .routes(routes!(usage::trial_usage))
        .routes(routes!(audit::read_audit))
        .routes(routes!(task::list_tasks))
        .routes(routes!(order::list_orders, order::place_order))
        .routes(routes!(order::read_order))
        .routes(routes!(order::resend_order))
        .routes(routes!(order::close_order))
        .routes(routes!(order::set_up::set_up_order))
        .routes(routes!(conversion::read_conversion))
        .routes(routes!(customer::purchase_interest::want_purchase))
        .routes(routes!(approval::list_approvals))
        .routes(routes!(approval::approve))
        .routes(routes!(approval::refuse))
        .routes(routes!(provisioning::list_provisioning_orders))
        .routes(routes!(provisioning::read_provisioning_order))
        .routes(routes!(provisioning::answer_done))
        .routes(routes!(provisioning::answer_failed))
        .routes(routes!(provisioning::answer_not_yet))
        .routes(routes!(provisioning::ask_again))
        .routes(routes!(shipment::list_shipments, shipment::request_shipment))
        .routes(routes!(shipment::read_shipment))
        .routes(routes!(shipment::approve_shipment))
        .routes(routes!(shipment::refuse_shipment))
        .routes(routes!(shipment::ship_shipment))
        .routes(routes!(shipment::correct_shipment))
        .routes(routes!(
            device_extension::list_device_extensions,
            device_extension::ask_device_extension
        ))
        .routes(routes!(device_extension::approve_device_extension))
        .routes(routes!(device_extension::refuse_device_extension))
        .routes(routes!(return_::list_returns, return_::open_return))
        .routes(routes!(return_::read_return))
        .routes(routes!(return_::receive_return))
        .routes(routes!(return_::request_label))
        .routes(routes!(return_sheet::read_sheet))
        .routes(routes!(device_lookup::look_up_devices))
        .routes(routes!(hold::list_holds, hold::place_hold))
        .routes(routes!(hold::lift_hold))
        .routes(routes!(notification::list_notifications))
        .routes(routes!(notification::read_notification))
        .routes(routes!(
            single_sign_on::read_single_sign_on,
            single_sign_on::put_single_sign_on,
            single_sign_on::drop_single_sign_on
        ))
        .routes(routes!(
            single_sign_on::read_single_sign_on_of,
            single_sign_on::confirm_domains
        ))
        .routes(routes!(account::list_tokens, account::make_token))
        .routes(routes!(account::revoke_token))
        .routes(routes!(account::list_sessions))
        .routes(routes!(account::end_session))
        .routes(routes!(account::sign_out))
        .routes(routes!(test_clock::read_test_clock, test_clock::move_test_clock))
        .routes(routes!(mailbox::read_mailbox))
}

/// The description of the API, from its handlers.
pub fn openapi() -> utoipa::openapi::OpenApi {
    describe::complete(nouns().split_for_parts().1)
}

/// Everything that is served below `/api/v1`, the reference, and what operators watch.
pub fn router(app: Arc<app::App>, settings: Settings) -> Router {
    let api = Api {
        app,
        deliver: settings.deliver,
        preview: settings.preview,
        vendor_name: settings.vendor_name,
        support_url: settings.support_url,
        fonts: settings.fonts,
    };
    let (routes, document) = nouns().split_for_parts();
    let document = serde_json::to_value(describe::complete(document)).unwrap_or_default();
    let again = document.clone();
    let described = Router::new()
        .route("/openapi.json", get(move || async move { Json(document) }))
        .route("/api/v1/openapi.json", get(move || async move { Json(again) }));
    let served = routes
        .with_state(api.clone())
        .merge(described)
        .merge(http::docs::routes());
    let served = http::layers::wrap(
        http::layers::fallbacks(served),
        &http::layers::Settings::new(settings.randomness),
    );
    served.merge(operator::routes(api))
}
