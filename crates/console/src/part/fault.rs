//! What is wrong with a form: first in a list, each linked to its field, and again at the field.

use crate::web::{said, said_of};
use domain::refusal::{FieldError, Refusal};
use i18n::Language;
use serde::Serialize;

/// What is wrong.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Faults(Vec<Fault>);

#[derive(Clone, Debug, Serialize)]
struct Fault {
    /// The field's name; empty for the form as a whole.
    field: String,
    text: String,
}

impl Faults {
    /// From a refusal: its fields, or itself where it has none.
    pub(crate) fn of(language: Language, refusal: &Refusal) -> Self {
        let mut faults = Self::default();
        for error in &refusal.errors {
            faults.add_field(language, error);
        }
        if faults.0.is_empty() {
            faults.add("", said(language, refusal).detail);
        }
        faults
    }

    fn add_field(&mut self, language: Language, error: &FieldError) {
        self.add(&field(&error.pointer), said_of(language, error));
    }

    /// One more.
    pub(crate) fn add(&mut self, field: &str, text: String) {
        if !self.0.iter().any(|known| known.field == field && known.text == text) {
            self.0.push(Fault {
                field: field.to_owned(),
                text,
            });
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Those of some fields alone: each step of a form speaks of its own.
    pub(crate) fn only(mut self, fields: &[&str]) -> Self {
        self.0.retain(|fault| fields.iter().any(|field| fault.field == *field));
        self
    }

    /// The first field that is wrong.
    pub(crate) fn first(&self) -> Option<&str> {
        self.0.first().map(|fault| fault.field.as_str())
    }
}

/// The name of the field behind a pointer.
fn field(pointer: &str) -> String {
    let parts: Vec<&str> = pointer.trim_start_matches('/').split('/').collect();
    match parts.as_slice() {
        ["license_quantity", ..] => "quantity",
        ["duration_days", ..] => "duration",
        ["meetings", "time_zone"] => "site_zone",
        ["meetings", ..] => "site",
        ["devices", "ship_to", name, ..] => return format!("ship_{name}"),
        ["devices", "registration_licenses"] => "registrations",
        ["devices", ..] => "devices",
        ["services", ..] => "services",
        ["customer", "supported_location_acknowledged"] => "acknowledged",
        ["customer", name] => name,
        [name, ..] => name,
        [] => "",
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::field;

    #[test]
    fn a_pointer_leads_to_its_field() {
        for (pointer, name) in [
            ("/customer/admin_email", "admin_email"),
            ("/customer/supported_location_acknowledged", "acknowledged"),
            ("/services/0", "services"),
            ("/meetings/site", "site"),
            ("/devices/ship/0/quantity", "devices"),
            ("/devices/ship_to/city", "ship_city"),
            ("/days", "days"),
            ("", ""),
        ] {
            assert_eq!(field(pointer), name, "{pointer}");
        }
    }
}
