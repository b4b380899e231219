//! CONV-4: a new organization, by a choice of its own: consequences, the name typed again, who one is proven again.

use super::{Head, opened};
use crate::{
    Console,
    part::Faults,
    screen::{
        dry, form, mended,
        prove::Proven,
        start::{Choice, countries},
    },
    template::View,
    web::{Failure, Fields, Form, Query, Signed, see},
    words::Words,
};
use app::{
    Guard,
    order::{NewOrganization, OrderView, SetUp},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    order::ContactRole,
    program::Program,
    refusal::{Code, Refusal},
    trial::CustomerInput,
};
use serde::Serialize;

/// The values of `set-up/new-organization.html`.
#[derive(Serialize)]
pub(crate) struct NewPage {
    pub(crate) head: Head,
    pub(crate) faults: Faults,
    pub(crate) role: String,
    /// When, and what it means.
    pub(crate) consequences: Vec<(String, String)>,
    /// Where the customer's own administrator takes away what there is.
    pub(crate) export: Option<String>,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) verticals: Vec<Choice>,
    pub(crate) regions: Vec<(String, Vec<Choice>)>,
    pub(crate) acknowledged: bool,
}

impl View for NewPage {
    const TEMPLATE: &'static str = "set-up/new-organization.html";
}

pub(crate) async fn show(
    State(console): State<Console>,
    proven: Proven,
    Path(id): Path<String>,
    Query(query): Query,
) -> Result<Response, Failure> {
    shown(&console, &proven.into(), &id, &query, Faults::default()).await
}

async fn shown(
    console: &Console,
    signed: &Signed,
    id: &str,
    fields: &Fields,
    faults: Faults,
) -> Result<Response, Failure> {
    let order = match opened(console, signed, id).await? {
        Ok(order) => order,
        Err(answer) => return Ok(answer),
    };
    let Some(role) = role(&order, fields) else {
        return Ok(see(&format!("/orders/{}/set-up", order.order.id)));
    };
    let mut page = of(&signed.words, &order, role, &*console.app.program()?, fields, faults);
    page.export = signed.actor.is_customer().then(|| "/control/export".to_owned());
    let title = signed.words.say("new-organization-title");
    form(console, signed, title, &page.faults, &page)
}

/// As whom; an order that names its trial is never for anybody else.
fn role(order: &OrderView, fields: &Fields) -> Option<ContactRole> {
    let said = fields.get("as").and_then(ContactRole::parse);
    said.filter(|_| order.order.trial.is_none())
}

pub(crate) fn of(
    words: &Words,
    order: &OrderView,
    role: ContactRole,
    program: &Program,
    fields: &Fields,
    faults: Faults,
) -> NewPage {
    let (now, ever) = (words.say("cancel-now"), words.say("new-organization-when"));
    let line = |when: &String, id: &str| (when.clone(), words.say(id));
    let chosen = fields.get("vertical").unwrap_or_default();
    let vertical = |one: &domain::program::Vertical| Choice {
        value: one.id.clone(),
        name: words.pick(&one.name),
        chosen: one.id == chosen,
    };
    NewPage {
        head: Head::of(words, order, program, 3),
        faults,
        role: role.as_str().to_owned(),
        consequences: vec![
            line(&now, "new-organization-now"),
            line(&now, "new-organization-mail"),
            line(&ever, "new-organization-region"),
            line(&ever, "new-organization-trial"),
        ],
        export: None,
        name: fields.owned("name").unwrap_or_default(),
        email: fields.owned("first_email").unwrap_or_default(),
        verticals: program.verticals.iter().map(vertical).collect(),
        regions: countries(words, program, fields.get("country")),
        acknowledged: fields.has("acknowledged"),
    }
}

pub(crate) async fn create(
    State(console): State<Console>,
    proven: Proven,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let signed: Signed = proven.into();
    let order = match opened(&console, &signed, &id).await? {
        Ok(order) => order,
        Err(answer) => return Ok(answer),
    };
    let Some(role) = role(&order, &fields) else {
        return Ok(see(&format!("/orders/{}/set-up", order.order.id)));
    };
    let create = NewOrganization(CustomerInput {
        name: fields.owned("name"),
        vertical: fields.owned("vertical"),
        country: fields.owned("country"),
        language: Some(signed.words.language.as_str().to_owned()),
        supported_location_acknowledged: Some(fields.has("acknowledged")),
        ..CustomerInput::default()
    });
    let wish = SetUp {
        role: Some(role),
        trial_admin_email: fields.owned("first_email"),
        customer_confirmed: true,
        create: Some(create),
        ..SetUp::default()
    };
    let (actor, order) = (&signed.actor, &order.order.id);
    // By name, for good: nothing comes to be before it is typed again.
    let again = fields.get("again").map(domain::text::fold) == fields.get("name").map(domain::text::fold);
    let guard = if again { Guard::default() } else { dry() };
    let mut faults = match console.app.set_up_order(actor, order, &wish, &guard).await {
        Ok(_) if again => return Ok(see(&format!("/orders/{order}/done"))),
        Ok(_) => Faults::default(),
        Err(error) => wrong(&signed.words, &*mended(error)?),
    };
    if !again {
        faults.add("again", signed.words.say("new-organization-again-wrong"));
    }
    shown(&console, &signed, &id, &fields, faults).await
}

/// What is wrong, at the fields of this page: an address that is somebody's already is the address's fault.
fn wrong(words: &Words, refusal: &Refusal) -> Faults {
    let faults = Faults::of(words.language, refusal)
        .renamed("trial_admin_email", "first_email")
        .renamed("create_new_organization", "first_email");
    let taken = [Code::ConflictingFields, Code::AddressTaken];
    match refusal.errors.iter().any(|error| taken.contains(&error.code)) {
        true => faults.reworded("first_email", &words.say("new-organization-taken")),
        false => faults,
    }
}
