//! START-1 and 6, REG-3: for whom.

use super::{
    CustomerInput, LANGUAGES, Target,
    field::{one_of, required},
};
use crate::{
    ids::OrgId,
    program::{Availability, Country, Program},
    refusal::{Code, FieldError},
    text,
};

pub(super) fn target(
    input: Option<&CustomerInput>,
    program: &Program,
    is_zone: &dyn Fn(&str) -> bool,
    errors: &mut Vec<FieldError>,
) -> Option<Target> {
    let Some(input) = input else {
        errors.push(FieldError::new("/customer", Code::Required));
        return None;
    };
    let Some(id) = &input.id else {
        return form(input, program, is_zone, errors);
    };
    let others = [
        ("name", input.name.is_some()),
        ("admin_email", input.admin_email.is_some()),
        ("vertical", input.vertical.is_some()),
        ("country", input.country.is_some()),
        ("time_zone", input.time_zone.is_some()),
        ("language", input.language.is_some()),
    ];
    for (field, _) in others.iter().filter(|(_, given)| *given) {
        errors.push(FieldError::new(format!("/customer/{field}"), Code::ConflictingFields));
    }
    let parsed = OrgId::parse(id);
    if parsed.is_none() {
        errors.push(FieldError::new("/customer/id", Code::InvalidId));
    }
    parsed.map(Target::Own)
}

fn form(
    input: &CustomerInput,
    program: &Program,
    is_zone: &dyn Fn(&str) -> bool,
    errors: &mut Vec<FieldError>,
) -> Option<Target> {
    let at = |field: &str| format!("/customer/{field}");
    let verticals: Vec<&str> = program.verticals.iter().map(|vertical| vertical.id.as_str()).collect();
    let name = required(&at("name"), input.name.as_deref(), text::name, errors);
    let email = required(&at("admin_email"), input.admin_email.as_deref(), text::email, errors);
    let given = input.vertical.as_deref();
    let vertical = one_of(&at("vertical"), given, Code::UnknownVertical, &verticals, errors);
    let country = country(input.country.as_deref(), program, errors);
    let zone = zone(input.time_zone.as_deref(), country, is_zone, errors);
    let given = input.language.as_deref().or(Some("en"));
    let language = one_of(&at("language"), given, Code::InvalidLanguage, &LANGUAGES, errors);
    acknowledged(input.supported_location_acknowledged, errors);
    if let Some(expect) = input.expect.as_deref() {
        let known = ["new", "existing"];
        one_of(&at("expect"), Some(expect), Code::UnknownValue, &known, errors);
    }
    let country = country?;
    Some(Target::Form {
        name: name?,
        email: email?,
        vertical: vertical?,
        country: country.id.clone(),
        zone: zone?,
        language: language?,
        expect: input.expect.clone(),
        review: country.availability == Availability::Review,
    })
}

/// TIME-1: given, else the country's.
fn zone(
    given: Option<&str>,
    country: Option<&Country>,
    is_zone: &dyn Fn(&str) -> bool,
    errors: &mut Vec<FieldError>,
) -> Option<String> {
    match given {
        Some(zone) if !is_zone(zone) => {
            errors.push(FieldError::new("/customer/time_zone", Code::InvalidTimeZone));
            None
        }
        Some(zone) => Some(zone.to_owned()),
        None => country.map(|country| country.time_zone.clone()),
    }
}

fn acknowledged(given: Option<bool>, errors: &mut Vec<FieldError>) {
    let code = match given {
        Some(true) => return,
        Some(false) => Code::NotAcknowledged,
        None => Code::Required,
    };
    errors.push(FieldError::new("/customer/supported_location_acknowledged", code));
}

fn country<'p>(given: Option<&str>, program: &'p Program, errors: &mut Vec<FieldError>) -> Option<&'p Country> {
    let Some(given) = given else {
        errors.push(FieldError::new("/customer/country", Code::Required));
        return None;
    };
    let Some(country) = program.country(given) else {
        errors.push(FieldError::new("/customer/country", Code::InvalidCountry));
        return None;
    };
    match country.availability {
        Availability::Supported | Availability::Review => Some(country),
        // REG-3
        Availability::Restricted | Availability::NoResidentBusiness => {
            errors.push(FieldError::new("/customer/country", Code::RestrictedCountry).with("value", &country.name));
            None
        }
    }
}
