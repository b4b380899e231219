//! DEV-7: the return sheet as a file, for whoever sees the return.

use crate::{
    Console,
    web::{Failure, Query, Signed},
};
use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse as _, Response},
};
use delivery::{ReturnSheet, SheetDevice, SheetError};
use domain::{ids::ReturnId, refusal::Code};
use i18n::Language;

pub(crate) async fn show(
    State(console): State<Console>,
    Signed { actor, words, .. }: Signed,
    Path(id): Path<String>,
    Query(query): Query,
) -> Result<Response, Failure> {
    let id = super::super::id(ReturnId::parse(&id))?;
    let sheet = console.app.return_sheet(&actor, &id).await?;
    let language = query
        .get("language")
        .and_then(Language::parse)
        .unwrap_or(words.language);
    let words = crate::words::Words { language, ..words };
    let came = |serial: &str| sheet.received.iter().find(|one| one.serial == serial).map(|one| one.on);
    let device = |one: &domain::shipment::Device| SheetDevice {
        name: super::name(&sheet.lines, &one.device_type),
        received_on: came(&one.serial),
        serial: one.serial.clone(),
    };
    let written = ReturnSheet {
        language,
        vendor: console.settings.brand.vendor_name.clone(),
        rma: sheet.rma.clone(),
        order_number: sheet.order_number.clone(),
        customer: words.customer(&sheet.customer_name),
        partner: sheet.partner_name.clone(),
        carrier: sheet.way.as_ref().map(|way| way.name.clone()).unwrap_or_default(),
        steps: super::steps(&words, sheet.way.as_ref()),
        device_ends_on: sheet.device_ends_on,
        due_on: sheet.due_on,
        devices: sheet.expected.iter().map(device).collect(),
        contact: Some(sheet.contact.clone()),
    };
    let fonts = console.settings.fonts.clone();
    let drawn = tokio::task::spawn_blocking(move || written.pdf(&fonts)).await;
    let octets = drawn
        .map_err(|_| Failure::internal())?
        .map_err(|error| failed(&error))?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("inline; filename=\"{}.pdf\"", sheet.rma),
        ),
    ];
    Ok((headers, octets).into_response())
}

fn failed(error: &SheetError) -> Failure {
    tracing::error!(%error, "a return sheet could not be made");
    match error {
        SheetError::Font(_) => Failure::code(Code::FontMissing),
        SheetError::Page => Failure::internal(),
    }
}
