//! DEV-9: devices found again without their demo order number.

use super::{Loan, shipments::lines};
use crate::{
    Console,
    part::Faults,
    screen::form,
    template::View,
    web::{Failure, Form, Query, Signed, open, seal, see},
};
use app::{policy::Action, shipment::LookedUp};
use axum::{extract::State, response::Response};
use serde::{Deserialize, Serialize};

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

/// The customer by whom devices are looked for; no address stands in an address.
#[derive(Default, Serialize, Deserialize)]
struct By {
    org_id: Option<String>,
    admin_email: Option<String>,
    serials: String,
}

const SEALED: &str = "device-lookup";

/// DEV-9: without the order number.
pub(crate) async fn by_customer(
    State(console): State<Console>,
    signed: Signed,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let by = By {
        org_id: fields.owned("org_id"),
        admin_email: fields.owned("admin_email"),
        serials: fields.secret("serials").to_owned(),
    };
    let path = signed.visitor.here.split('?').next().unwrap_or_default();
    let sealed = seal(&console, &signed.actor, SEALED, &by);
    Ok(see(&format!("{path}?by={sealed}")))
}

pub(crate) async fn show(
    State(console): State<Console>,
    signed: Signed,
    Query(query): Query,
) -> Result<Response, Failure> {
    let actor = &signed.actor;
    app::policy::allow(actor, Action::LookUpDevices, console.app.clock.now())?;
    let by: By = open(&console, actor, SEALED, query.get("by")).unwrap_or_default();
    let wish = LookedUp {
        order: query.owned("order"),
        org_id: by.org_id,
        admin_email: by.admin_email,
        serials: lines(&by.serials),
    };
    let (serials, asked) = (by.serials, query.has("order") || query.has("by"));
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
    if asked {
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
