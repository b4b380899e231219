//! The customer's own devices: what is here, until when, how it goes back (DEV-5 to DEV-7).

use super::{Loan, ROWS, down};
use crate::{
    Console,
    frame::page,
    screen::{id as known, may, mended},
    template::View,
    web::{Failure, Form, Signed, see},
};
use app::{PageRequest, policy::Action, shipment::ShipmentFilter};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::ids::ShipmentId;
use serde::Serialize;

/// The values of `devices/control.html`.
#[derive(Serialize)]
pub(crate) struct ControlDevices {
    pub(crate) loans: Vec<Loan>,
    pub(crate) may_open: bool,
    /// DEV-4: the vendor's agreement, where it is a page; else whom one asks for it.
    pub(crate) agreement: Option<String>,
    pub(crate) contact: String,
    pub(crate) unavailable: Option<String>,
}

impl View for ControlDevices {
    const TEMPLATE: &'static str = "devices/control.html";
}

pub(crate) async fn list(
    State(console): State<Console>,
    Signed { visitor, actor, words }: Signed,
) -> Result<Response, Failure> {
    if !actor.is_customer() {
        return Err(Failure::not_found());
    }
    let first = PageRequest {
        after: None,
        limit: ROWS,
    };
    let filter = ShipmentFilter {
        statuses: ["requested", "approved", "shipped", "returned"]
            .map(str::to_owned)
            .to_vec(),
        ..ShipmentFilter::default()
    };
    let found = console.app.shipments(&actor, &filter, &first).await?;
    let program = console.app.program()?;
    let web = |url: &String| url.starts_with("https://") || url.starts_with("http://");
    let view = ControlDevices {
        loans: found
            .items
            .iter()
            .map(|view| Loan::of(&words, view, &program))
            .collect(),
        may_open: may(&console, &actor, Action::OpenReturn),
        agreement: console.settings.brand.agreement_url.clone().filter(web),
        contact: program.contacts.information.clone(),
        unavailable: down(&words, &found.unavailable_regions, &program),
    };
    page(&console, &visitor, words.say("devices-title"), &view)
}

pub(crate) async fn open(
    State(console): State<Console>,
    Signed { actor, .. }: Signed,
    Path(id): Path<String>,
    Form(_): Form,
) -> Result<Response, Failure> {
    let id = known(ShipmentId::parse(&id))?;
    let done = match console.app.open_return(&actor, &id, &app::Guard::default()).await {
        Ok(_) => "return-opened",
        Err(error) => {
            mended(error)?;
            "return-not-yet"
        }
    };
    Ok(see(&format!("/control/devices?done={done}")))
}
