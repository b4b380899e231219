//! Taking up a partner, with its first administrator.

use super::edit::{Standing, distributors};
use crate::{
    Console,
    part::Faults,
    screen::{form, may, mended},
    template::View,
    web::{Failure, Fields, Form, Signed, see},
};
use app::{Error, Guard, partner::NewPartner, policy::Action};
use axum::{extract::State, response::Response};
use domain::refusal::Code;
use i18n::Language;
use serde::Serialize;

/// The values of `partners/add.html`.
#[derive(Serialize)]
pub(crate) struct AddPage {
    pub(crate) faults: Faults,
    pub(crate) name: String,
    /// Value, name, chosen.
    pub(crate) regions: Vec<(String, String, bool)>,
    pub(crate) standing: Standing,
    pub(crate) admin_email: String,
    pub(crate) admin_name: String,
    /// Value, name, chosen.
    pub(crate) languages: Vec<(&'static str, &'static str, bool)>,
}

impl View for AddPage {
    const TEMPLATE: &'static str = "partners/add.html";
}

pub(crate) async fn show(State(console): State<Console>, signed: Signed) -> Result<Response, Failure> {
    shown(&console, &signed, &Fields::default(), Faults::default()).await
}

async fn shown(console: &Console, signed: &Signed, fields: &Fields, faults: Faults) -> Result<Response, Failure> {
    let Signed { actor, words, .. } = signed;
    if !may(console, actor, Action::ManagePartners) {
        return Err(Failure::code(Code::RoleRequired));
    }
    let program = console.app.program()?;
    let text = |name: &str| fields.owned(name).unwrap_or_default();
    let (region, language) = (
        text("region"),
        fields.get("language").unwrap_or(words.language.as_str()),
    );
    let known = program
        .regions
        .iter()
        .filter(|one| console.app.stores.region(&one.id).is_some());
    let view = AddPage {
        name: text("name"),
        regions: known
            .map(|one| (one.id.clone(), words.pick(&one.name), one.id == region))
            .collect(),
        standing: Standing::typed(fields, distributors(console, signed, None).await?),
        admin_email: text("admin_email"),
        admin_name: text("admin_name"),
        languages: Language::ALL
            .map(|one| (one.as_str(), one.native_name(), one.as_str() == language))
            .to_vec(),
        faults,
    };
    form(console, signed, words.say("partner-add-title"), &view.faults, &view)
}

pub(crate) async fn add(
    State(console): State<Console>,
    signed: Signed,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let done = match super::edit::standing(&fields, &signed.words) {
        Ok(standing) => {
            let wish = NewPartner {
                name: fields.owned("name"),
                region: fields.owned("region"),
                standing,
                admin_email: fields.owned("admin_email"),
                admin_name: fields.owned("admin_name"),
                language: fields.owned("language"),
                time_zone: None,
            };
            console.app.add_partner(&signed.actor, &wish, &Guard::default()).await
        }
        Err(errors) => Err(Error::from(errors)),
    };
    match done {
        Ok(_) => Ok(see("/vendor/partners?done=partner-added")),
        Err(error) => {
            let faults = Faults::of(signed.words.language, &*mended(error)?);
            shown(&console, &signed, &fields, faults).await
        }
    }
}
