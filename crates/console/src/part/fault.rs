//! What is wrong with a form: first in a list, each linked to its field, and again at the field.

use crate::web::{said, said_of};
use domain::refusal::{Code, FieldError, Refusal};
use i18n::Language;
use serde::Serialize;

/// What is wrong.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Faults(Vec<Fault>);

#[derive(Clone, Debug, Serialize)]
struct Fault {
    /// The field's name; empty for the form as a whole.
    field: String,
    /// What the field is called, for the list where it does not stand beside it.
    label: Option<&'static str>,
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

    /// The same where the name is a person's own, and no company's.
    pub(crate) fn about_oneself(language: Language, refusal: &Refusal) -> Self {
        let mut refusal = refusal.clone();
        for error in &mut refusal.errors {
            if error.pointer == "/name" {
                "/own_name".clone_into(&mut error.pointer);
            }
        }
        Self::of(language, &refusal)
    }

    fn add_field(&mut self, language: Language, error: &FieldError) {
        let field = field(&error.pointer);
        let text = match (field.as_str(), error.code) {
            ("services", Code::Empty) => i18n::text(language, "start-services-none", &[]),
            // ORG-7
            ("admin_email", Code::OwnOrganization) => i18n::text(language, "start-own-organization", &[]),
            _ => said_of(language, error),
        };
        self.add(&field, text);
    }

    /// One more.
    pub(crate) fn add(&mut self, field: &str, text: String) {
        if !self.0.iter().any(|known| known.field == field && known.text == text) {
            self.0.push(Fault {
                label: label(field),
                field: field.to_owned(),
                text,
            });
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Those of some fields alone, in the order of the fields: each step of a form speaks of its own.
    pub(crate) fn only(mut self, fields: &[&str]) -> Self {
        let place = |fault: &Fault| fields.iter().position(|field| fault.field == *field);
        self.0.retain(|fault| place(fault).is_some());
        self.0.sort_by_key(place);
        self
    }

    /// The same with a field under another name: what a form calls it.
    pub(crate) fn renamed(mut self, from: &str, to: &str) -> Self {
        for fault in self.0.iter_mut().filter(|fault| fault.field == from) {
            to.clone_into(&mut fault.field);
            fault.label = label(to);
        }
        self
    }

    /// The same with other words for what is wrong with a field.
    pub(crate) fn reworded(mut self, field: &str, text: &str) -> Self {
        for fault in self.0.iter_mut().filter(|fault| fault.field == field) {
            text.clone_into(&mut fault.text);
        }
        self
    }

    /// With those of another.
    pub(crate) fn extend(&mut self, others: Faults) {
        self.0.extend(others.0);
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
        ["devices", ..] | ["ship", ..] | ["site_has_poe", ..] => "devices",
        ["ship_to", name, ..] => return format!("ship_{name}"),
        ["query", name, ..] => name,
        ["provisioning_contact" | "contact", "as"] => "contact",
        ["provisioning_contact", ..] | ["contact", "email"] => "contact_email",
        ["services", ..] => "services",
        ["scopes", ..] => "scopes",
        ["customer", "supported_location_acknowledged"] => "acknowledged",
        ["create_new_organization", "supported_location_acknowledged"] => "acknowledged",
        ["create_new_organization", name] | ["customer", name] => name,
        [name, ..] => name,
        [] => "",
    }
    .to_owned()
}

/// The text above a field.
fn label(field: &str) -> Option<&'static str> {
    let known = match field {
        "name" => "label-company",
        "own_name" => "label-name",
        "password" => "label-password",
        "current" => "label-current",
        "code" => "label-code",
        "label" => "label-token",
        "scopes" => "label-scopes",
        "days" => "label-days",
        "admin_email" => "label-administrator",
        "vertical" => "label-vertical",
        "country" | "ship_country" => "label-country-short",
        "region" => "label-region",
        "language" => "label-language",
        "quantity" => "label-quantity",
        "duration" => "label-duration",
        "services" => "label-services",
        "site" => "label-site",
        "site_zone" => "label-site-zone",
        "time_zone" => "details-zone",
        "devices" => "label-devices",
        "registrations" => "device-registrations",
        "ship_name" => "address-name",
        "ship_lines" => "address-line1",
        "ship_postal_code" => "address-postal-code",
        "ship_city" => "address-city",
        "ship_phone" => "address-phone",
        "line" => "remind-line",
        "reason" => "label-reason",
        "issuer" => "company-sign-in-issuer",
        "client_id" => "company-sign-in-client-id",
        "client_secret" => "company-sign-in-secret",
        "domains" => "company-sign-in-domains",
        "person_name" | "admin_name" => "person-name",
        "email" => "label-email",
        "contact" => "order-contact",
        "contact_email" => "order-contact-email",
        "as" => "order-contact-as",
        "trial_admin_email" => "set-up-email-label",
        "note" => "purchase-note",
        "again" => "new-organization-again",
        "first_email" => "new-organization-email",
        "roles" => "team-roles",
        "hand_over_to" => "team-takes",
        "tier" => "partner-tier",
        "distributor_id" => "partner-distributor",
        "certified_until" => "partner-certified-until",
        "trials_per_month" => "partner-month",
        "active_trials" => "partner-active",
        "location_name" => "setup-location-name",
        "lines" => "address-line1",
        "city" => "address-city",
        "postal_code" => "address-postal-code",
        "location_id" | "order_location" => "setup-location",
        "numbers" => "setup-numbers",
        "provider" => "setup-provider",
        "count" => "setup-count",
        "website" => "setup-website",
        "phone" => "setup-phone",
        "customer" => "exception-customer",
        "service" => "label-service",
        "partner_id" => "label-partner",
        "order_number" | "order" => "device-order",
        "serials" => "shipment-serials",
        "carrier" => "device-carrier",
        "tracking" => "device-tracking",
        "shipped_on" => "device-shipped-on",
        "ends_on" => "device-ends",
        "org_id" => "lookup-org",
        "more_days" => "device-longer-days",
        "from" => "shipment-correct-from",
        "to" => "shipment-correct-to",
        "to_partner_id" => "move-to-label",
        "from_partner_id" => "move-from",
        _ => return None,
    };
    Some(known)
}

#[cfg(test)]
mod tests {
    use super::{Faults, field};

    #[test]
    fn faults_stand_in_the_order_of_their_fields() {
        let mut faults = Faults::default();
        for name in ["town", "street", "elsewhere"] {
            faults.add(name, name.to_owned());
        }
        let shown = faults.only(&["street", "town"]);
        let order: Vec<&str> = shown.0.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(order, ["street", "town"]);
    }

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
