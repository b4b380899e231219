//! Where a customer calls from (SETUP-1): an address, a country for its numbers, a time zone.

use crate::{
    ids::{LocationId, OrgId},
    program::Program,
    refusal::{Code, FieldError},
    text,
};
use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// Lines of an address, at most.
const LINES: usize = 5;
/// Postal codes are at most so many characters.
const POSTAL_CODE: usize = 20;

/// A location.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    /// Its id.
    pub id: LocationId,
    /// Whose.
    pub customer: OrgId,
    /// What it is, and where.
    #[serde(flatten)]
    pub place: Place,
    /// Since when.
    pub created_at: Timestamp,
}

/// What a location is; personal, and erased with the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// As people call it.
    pub name: String,
    /// Street and number.
    pub lines: Vec<String>,
    /// City.
    pub city: String,
    /// Postal code; empty where a country has none.
    pub postal_code: String,
    /// ISO 3166 alpha-2: its numbers are of this country.
    pub country: String,
    /// IANA zone.
    pub zone: String,
}

/// A location as somebody typed it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LocationInput {
    /// As people call it.
    pub name: Option<String>,
    /// Street and number.
    pub lines: Option<Vec<String>>,
    /// City.
    pub city: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// ISO 3166 alpha-2; not given, the customer's.
    pub country: Option<String>,
    /// IANA zone; not given, the country's.
    pub time_zone: Option<String>,
}

impl LocationInput {
    /// Everything that was typed, or all that is wrong with it.
    ///
    /// # Errors
    /// One for each field.
    pub fn place(&self, home: &str, program: &Program) -> Result<Place, Vec<FieldError>> {
        let mut errors = Vec::new();
        let name = one("/name", self.name.as_deref(), &mut errors);
        let lines = lines(self.lines.as_deref().unwrap_or_default(), &mut errors);
        let city = one("/city", self.city.as_deref(), &mut errors);
        let code = postal_code(self.postal_code.as_deref(), &mut errors);
        let country = self.country.as_deref().unwrap_or(home);
        let found = program.country(country);
        if found.is_none() {
            errors.push(FieldError::new("/country", Code::InvalidCountry));
        }
        let otherwise = found.map_or("UTC", |found| found.time_zone.as_str());
        let zone = self
            .time_zone
            .as_deref()
            .filter(|zone| !zone.is_empty())
            .unwrap_or(otherwise);
        if !is_zone(zone) {
            errors.push(FieldError::new("/time_zone", Code::InvalidTimeZone));
        }
        match (name, city) {
            (Some(name), Some(city)) if errors.is_empty() => Ok(Place {
                name,
                lines,
                city,
                postal_code: code,
                country: country.to_owned(),
                zone: zone.to_owned(),
            }),
            _ => Err(errors),
        }
    }

    /// What is given, and the rest as it stands.
    #[must_use]
    pub fn over(&self, known: &Place) -> Self {
        let moved = self.country.as_ref().is_some_and(|country| *country != known.country);
        let zone = Some(known.zone.clone()).filter(|_| !moved);
        Self {
            name: self.name.clone().or_else(|| Some(known.name.clone())),
            lines: self.lines.clone().or_else(|| Some(known.lines.clone())),
            city: self.city.clone().or_else(|| Some(known.city.clone())),
            postal_code: self.postal_code.clone().or_else(|| Some(known.postal_code.clone())),
            country: self.country.clone().or_else(|| Some(known.country.clone())),
            time_zone: self.time_zone.clone().or(zone),
        }
    }
}

fn one(pointer: &str, given: Option<&str>, errors: &mut Vec<FieldError>) -> Option<String> {
    let Some(given) = given else {
        errors.push(FieldError::new(pointer, Code::Required));
        return None;
    };
    let checked = text::name(given);
    checked.map_err(|code| errors.push(FieldError::new(pointer, code))).ok()
}

fn lines(given: &[String], errors: &mut Vec<FieldError>) -> Vec<String> {
    match given.len() {
        0 => errors.push(FieldError::new("/lines", Code::Required)),
        1..=LINES => {}
        _ => errors.push(FieldError::new("/lines", Code::TooLong).with("max", LINES)),
    }
    let lines = given.iter().take(LINES).enumerate();
    lines
        .filter_map(|(index, line)| one(&format!("/lines/{index}"), Some(line), errors))
        .collect()
}

fn postal_code(given: Option<&str>, errors: &mut Vec<FieldError>) -> String {
    let given = given.map(str::trim).unwrap_or_default();
    if given.is_empty() {
        return String::new();
    }
    match text::name(given) {
        Ok(code) if code.chars().count() > POSTAL_CODE => {
            errors.push(FieldError::new("/postal_code", Code::TooLong).with("max", POSTAL_CODE));
            String::new()
        }
        Ok(code) => code,
        Err(code) => {
            errors.push(FieldError::new("/postal_code", code));
            String::new()
        }
    }
}

fn is_zone(name: &str) -> bool {
    name.len() <= 60 && TimeZone::get(name).is_ok_and(|zone| zone.iana_name() == Some(name)) && name != "Etc/Unknown"
}
