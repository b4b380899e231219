//! `/returns/{id}/sheet.pdf`: the sheet that goes back with devices (DEV-7).

use crate::{
    Api,
    caller::Caller,
    guard::id,
    http::{Params, Path, Problem},
    lists::wrong,
};
use app::shipment::{ReturnSheet, Way};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use delivery::{SheetDevice, SheetError};
use domain::{ids::ReturnId, program::Localized, refusal::Code};
use i18n::Language;
use serde::Deserialize;
use utoipa::IntoParams;

/// In which language.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SheetParams {
    /// `en`, `fr` or `zh-Hant`; the caller's own unless said.
    language: Option<String>,
}

/// The return sheet as PDF: RMA number, devices, steps, both dates, and a code that says the RMA number.
#[utoipa::path(get, path = "/api/v1/returns/{id}/sheet.pdf", tag = "devices", params(("id" = String, Path), SheetParams), responses((status = OK, content_type = "application/pdf", body = String)))]
pub(crate) async fn read_sheet(
    State(api): State<Api>,
    Caller(actor): Caller,
    Path(given): Path<String>,
    Params(params): Params<SheetParams>,
) -> Result<Response, Problem> {
    let given = id(ReturnId::parse(&given))?;
    let language = match params.language.as_deref() {
        Some(tag) => Language::ALL.into_iter().find(|known| known.as_str() == tag),
        None => Some(Language::parse(&actor.language).unwrap_or_default()),
    };
    let language = language.ok_or_else(|| wrong("language", &Language::ALL.map(Language::as_str)))?;
    let sheet = api.app.return_sheet(&actor, &given).await?;
    let name = format!("inline; filename=\"{}.pdf\"", sheet.rma);
    let (sheet, fonts) = (written(sheet, language, &api.vendor_name), api.fonts.clone());
    // Fonts are large: never on a thread that serves others.
    let drawn = tokio::task::spawn_blocking(move || sheet.pdf(&fonts)).await;
    let octets = drawn
        .map_err(|_| Problem::new(Code::Internal))?
        .map_err(|error| failed(&error))?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, octets).into_response())
}

fn failed(error: &SheetError) -> Problem {
    tracing::error!(%error, "a return sheet could not be made");
    Problem::new(match error {
        SheetError::Font(_) => Code::FontMissing,
        SheetError::Page => Code::Internal,
    })
}

fn written(sheet: ReturnSheet, language: Language, vendor: &str) -> delivery::ReturnSheet {
    let name = |kind: &str| {
        let known = sheet.lines.iter().find(|line| line.device_type == kind);
        known.map_or_else(|| kind.to_owned(), |line| line.name.clone())
    };
    let came = |serial: &str| sheet.received.iter().find(|one| one.serial == serial);
    let devices = sheet.expected.iter().map(|one| SheetDevice {
        name: name(&one.device_type),
        received_on: came(&one.serial).map(|one| one.on),
        serial: one.serial.clone(),
    });
    delivery::ReturnSheet {
        language,
        vendor: vendor.to_owned(),
        devices: devices.collect(),
        carrier: sheet.way.as_ref().map(|way| way.name.clone()).unwrap_or_default(),
        steps: steps(sheet.way.as_ref(), language),
        rma: sheet.rma,
        order_number: sheet.order_number,
        customer: sheet.customer_name,
        partner: sheet.partner_name,
        device_ends_on: sheet.device_ends_on,
        due_on: sheet.due_on,
        contact: Some(sheet.contact),
    }
}

fn steps(way: Option<&Way>, language: Language) -> Vec<String> {
    let said = |step: &Localized| match language {
        Language::En => step.en.clone(),
        Language::Fr => step.fr.clone(),
        Language::ZhHant => step.zh_hant.clone(),
    };
    way.map_or_else(Vec::new, |way| way.steps.iter().map(said).collect())
}
