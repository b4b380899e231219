//! START-10: a half-filled start. It is its author's alone, and may be wrong or unfinished; only what could do harm is
//! refused. It names a customer before the customer is known, so it lies where that customer's data will lie (REG-2): in
//! the region of an own customer, else of the country. Before there is either, it may hold nothing that names anybody.

use crate::{
    ids::OrgId,
    program::Program,
    refusal::{Code, FieldError},
    text,
    trial::{CustomerInput, DevicesInput, MeetingsInput, ShipTo, StartInput},
};
use serde::{Deserialize, Serialize};

/// So many drafts an author can keep.
pub const MOST: usize = 100;
/// Octets of one draft, at most.
pub const LARGEST: usize = 16 * 1024;
/// Days after the last change after which a draft is forgotten.
pub const KEPT_DAYS: i64 = 30;

/// A half-filled start.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// What was filled in so far.
    pub input: StartInput,
    /// Where its author stopped, in the words of whoever shows it.
    pub step: Option<String>,
}

/// Where a draft lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Home {
    /// With its author, since it names nobody yet.
    Author,
    /// Where a country's customers live.
    Region(String),
    /// With an own customer.
    Customer(OrgId),
}

impl Draft {
    /// Where it lies.
    ///
    /// # Errors
    /// All faults at once: what nobody could mean, what could do harm, and names without a country.
    pub fn home(&self, program: &Program) -> Result<Home, Vec<FieldError>> {
        let mut errors = self.faults();
        let customer = self.input.customer.as_ref();
        let home = match customer.and_then(|customer| customer.id.as_deref()) {
            Some(id) => OrgId::parse(id)
                .map(Home::Customer)
                .ok_or(("/customer/id", Code::InvalidId)),
            None => match customer.and_then(|customer| customer.country.as_deref()) {
                Some(country) => program
                    .country(country)
                    .map(|country| Home::Region(country.region.clone()))
                    .ok_or(("/customer/country", Code::InvalidCountry)),
                // REG-2: country first.
                None if self.names_somebody() => Err(("/customer/country", Code::Required)),
                None => Ok(Home::Author),
            },
        };
        match home {
            Ok(home) if errors.is_empty() => Ok(home),
            Ok(_) => Err(errors),
            Err((pointer, code)) => {
                errors.push(FieldError::new(pointer, code));
                Err(errors)
            }
        }
    }

    /// Whether it holds a name, an address, or a site by which a company is known.
    pub fn names_somebody(&self) -> bool {
        let input = &self.input;
        let customer = input.customer.as_ref();
        customer.is_some_and(|customer| customer.name.is_some() || customer.admin_email.is_some())
            || input.meetings.as_ref().is_some_and(|meetings| meetings.site.is_some())
            || input.devices.as_ref().is_some_and(|devices| devices.ship_to.is_some())
    }

    /// Too much, and characters that nobody sees.
    fn faults(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let mut look = |pointer: &str, value: Option<&str>| {
            let Some(value) = value.filter(|value| !value.is_empty()) else {
                return;
            };
            // What is wrong with an address or a name is said when it is used; empty is only unfinished.
            if let Err(code @ (Code::TooLong | Code::InvalidCharacters)) = text::note(value) {
                errors.push(FieldError::new(pointer, code));
            }
        };
        look("/step", self.step.as_deref());
        for (pointer, value) in texts(&self.input) {
            look(&pointer, value);
        }
        if self.step.as_deref().is_some_and(|step| step.len() > 40) {
            errors.push(FieldError::new("/step", Code::TooLong));
        }
        errors
    }
}

/// Every text of a start, by its pointer.
fn texts(input: &StartInput) -> Vec<(String, Option<&str>)> {
    let mut all = Vec::new();
    if let Some(customer) = &input.customer {
        all.extend(of_customer(customer));
    }
    let services = input.services.iter().flatten().enumerate();
    all.extend(services.map(|(index, id)| (format!("/services/{index}"), Some(id.as_str()))));
    if let Some(MeetingsInput { site, time_zone }) = &input.meetings {
        all.push(("/meetings/site".to_owned(), site.as_deref()));
        all.push(("/meetings/time_zone".to_owned(), time_zone.as_deref()));
    }
    if let Some(devices) = &input.devices {
        all.extend(of_devices(devices));
    }
    all
}

fn of_customer(customer: &CustomerInput) -> Vec<(String, Option<&str>)> {
    let CustomerInput {
        id,
        name,
        admin_email,
        vertical,
        country,
        time_zone,
        language,
        supported_location_acknowledged: _,
        expect,
    } = customer;
    [
        ("id", id),
        ("name", name),
        ("admin_email", admin_email),
        ("vertical", vertical),
        ("country", country),
        ("time_zone", time_zone),
        ("language", language),
        ("expect", expect),
    ]
    .map(|(name, value)| (format!("/customer/{name}"), value.as_deref()))
    .into()
}

fn of_devices(devices: &DevicesInput) -> Vec<(String, Option<&str>)> {
    let mut all = vec![("/devices/skip".to_owned(), devices.skip.as_deref())];
    let ship = devices.ship.iter().flatten().enumerate();
    all.extend(ship.map(|(index, line)| (format!("/devices/ship/{index}/type"), line.device_type.as_deref())));
    if let Some(to) = &devices.ship_to {
        let ShipTo {
            name,
            lines,
            city,
            postal_code,
            country,
            phone,
        } = to;
        let parts = [
            ("name", name),
            ("city", city),
            ("postal_code", postal_code),
            ("country", country),
            ("phone", phone),
        ];
        all.extend(parts.map(|(name, value)| (format!("/devices/ship_to/{name}"), value.as_deref())));
        let lines = lines.iter().flatten().enumerate();
        all.extend(lines.map(|(index, line)| (format!("/devices/ship_to/lines/{index}"), Some(line.as_str()))));
    }
    all
}
