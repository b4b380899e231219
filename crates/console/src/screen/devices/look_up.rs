//! DEV-9: devices found again without their demo order number.

use super::{Loan, shipments::lines};
use crate::{
    Console,
    part::Faults,
    screen::form,
    template::View,
    web::{Failure, Query, Signed},
};
use app::{policy::Action, shipment::LookedUp};
use axum::{extract::State, response::Response};
use serde::Serialize;

/// The values of `devices/look-up.html`.
#[derive(Serialize)]
pub(crate) struct LookUp {
    pub(crate) order: String,
    pub(crate) org_id: String,
    pub(crate) admin_email: String,
    pub(crate) serials: String,
    pub(crate) faults: Faults,
    /// Something was asked, and nothing was found.
    pub(crate) nothing: bool,
    pub(crate) loans: Vec<Loan>,
    pub(crate) vendor: bool,
}

impl View for LookUp {
    const TEMPLATE: &'static str = "devices/look-up.html";
}

pub(crate) async fn show(
    State(console): State<Console>,
    signed: Signed,
    Query(query): Query,
) -> Result<Response, Failure> {
    let actor = &signed.actor;
    app::policy::allow(actor, Action::LookUpDevices, console.app.clock.now())?;
    let serials = query.secret("serials").to_owned();
    let wish = LookedUp {
        order: query.owned("order"),
        org_id: query.owned("org_id"),
        admin_email: query.owned("admin_email"),
        serials: lines(&serials),
    };
    let mut view = LookUp {
        order: wish.order.clone().unwrap_or_default(),
        org_id: wish.org_id.clone().unwrap_or_default(),
        admin_email: wish.admin_email.clone().unwrap_or_default(),
        serials,
        faults: Faults::default(),
        nothing: false,
        loans: Vec::new(),
        vendor: !actor.is_partner() && !actor.is_customer(),
    };
    if query.has("order") || query.has("org_id") {
        match console.app.look_up_devices(actor, &wish).await {
            Ok(found) => {
                let program = console.app.program()?;
                view.loans = found
                    .shipments
                    .iter()
                    .map(|one| Loan::of(&signed.words, one, &program))
                    .collect();
            }
            Err(app::Error::Refused(refusal)) if refusal.code.status() == 404 => view.nothing = true,
            Err(error) => view.faults = Faults::of(signed.words.language, &*crate::screen::mended(error)?),
        }
    }
    let faults = view.faults.clone();
    form(&console, &signed, signed.words.say("lookup-title"), &faults, &view)
}
