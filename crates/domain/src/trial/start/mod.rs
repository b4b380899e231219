//! Starting a trial (START): the form checked, all faults at once, then the trial as it begins.

mod begin;
mod customer;
pub(in crate::trial) mod devices;
pub(in crate::trial) mod field;
mod input;
mod site;

pub use begin::Parties;
pub use devices::devices_block;
pub use input::{CustomerInput, DeviceLine, DevicesInput, MeetingsInput, ShipTo, StartInput};
pub use site::meetings_block;

use super::{AddedBy, Devices, Meetings, Origin, ServiceState, TrialService};
use crate::{
    ids::OrgId,
    program::Program,
    refusal::{Code, FieldError},
    text,
};
use customer::target;
use devices::devices;
use field::{check_quantity, check_services, duration};
use site::meetings;

/// For whom, once checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// START-7, by its id.
    Own(OrgId),
    /// START-1 and 6: the form.
    Form {
        /// Company name.
        name: String,
        /// The administrator's address.
        email: text::Email,
        /// By the program's id.
        vertical: String,
        /// ISO 3166 alpha-2.
        country: String,
        /// IANA zone: given, else the country's (TIME-1).
        zone: String,
        /// BCP 47.
        language: String,
        /// `new` or `existing`, where the caller is sure.
        expect: Option<String>,
        /// REG-3: the trials team decides about the country.
        review: bool,
    },
}

/// A start whose input is in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// For whom.
    pub target: Target,
    /// All services, required ones included (START-2).
    pub services: Vec<TrialService>,
    /// START-3.
    pub license_quantity: u32,
    /// START-4; a service's own fixed duration sets it.
    pub duration_days: u32,
    /// The site's name and zone.
    pub site: Option<(String, Meetings)>,
    /// DEV-1, and the address as a personal text.
    pub devices: Option<(Devices, Option<String>)>,
}

const SKIPS: [&str; 4] = ["registration_only", "partner_supplies", "customer_has", "test_only"];
const LANGUAGES: [&str; 3] = ["en", "fr", "zh-Hant"];

/// START-1, REG-3: checks whom a form is for, and nothing else of it.
///
/// # Errors
/// Every field that is wrong, all at once.
pub fn check_customer(
    input: &StartInput,
    program: &Program,
    is_zone: &dyn Fn(&str) -> bool,
) -> Result<Target, Vec<FieldError>> {
    let mut errors = Vec::new();
    match target(input.customer.as_ref(), program, is_zone, &mut errors) {
        Some(target) if errors.is_empty() => Ok(target),
        Some(_) | None => Err(errors),
    }
}

/// START-1 to 5: checks the form against the program. Zones are checked by `is_zone`.
///
/// # Errors
/// Every field that is wrong, all at once.
pub fn validate(
    input: &StartInput,
    program: &Program,
    is_zone: &dyn Fn(&str) -> bool,
) -> Result<Wish, Vec<FieldError>> {
    let mut errors = Vec::new();
    let target = target(input.customer.as_ref(), program, is_zone, &mut errors);
    let ids = chosen(input.services.as_deref(), program, &mut errors);
    let all = program.with_required(&ids);
    let rule = &program.license_quantity;
    let license_quantity = check_quantity(input.license_quantity, rule.default, rule, &mut errors);
    let duration_days = duration(input.duration_days, &all, program, &mut errors);
    let customer_zone = match &target {
        Some(Target::Form { zone, .. }) => Some(zone.as_str()),
        Some(Target::Own(_)) | None => None,
    };
    let asks_site = all
        .iter()
        .any(|id| program.service(id).is_some_and(|service| service.site));
    let site = meetings(input.meetings.as_ref(), asks_site, customer_zone, is_zone, &mut errors);
    let devices = devices(input.devices.as_ref(), &all, program, &mut errors);
    let (Some(target), true) = (target, errors.is_empty()) else {
        return Err(errors);
    };
    let services = all
        .iter()
        .map(|id| service(id, &ids, license_quantity, devices.as_ref(), program))
        .collect();
    Ok(Wish {
        target,
        services,
        license_quantity,
        duration_days,
        site,
        devices,
    })
}

fn chosen(given: Option<&[String]>, program: &Program, errors: &mut Vec<FieldError>) -> Vec<String> {
    match given {
        None => errors.push(FieldError::new("/services", Code::Required)),
        Some([]) => errors.push(FieldError::new("/services", Code::Empty)),
        Some(ids) => check_services(ids, "/services", program, errors),
    }
    given.unwrap_or_default().to_vec()
}

/// What is asked only of some starts: a site and devices with a trial that begins at once; a request completes them
/// after consent (PROV-1). `test_only` is for an existing customer alone (DEV-1).
///
/// # Errors
/// Every field that is missing.
pub fn validate_existing(wish: &Wish, origin: Origin, program: &Program) -> Result<(), Vec<FieldError>> {
    let mut errors = Vec::new();
    let asks = |what: fn(&crate::program::Service) -> bool| {
        wish.services
            .iter()
            .any(|service| program.service(&service.id).is_some_and(what))
    };
    if origin != Origin::Request {
        if asks(|service| service.site) && wish.site.is_none() {
            errors.push(FieldError::new("/meetings", Code::SiteRequired));
        }
        if asks(|service| service.devices) && wish.devices.is_none() {
            errors.push(FieldError::new("/devices", Code::DevicesRequired));
        }
    }
    let test_only = wish
        .devices
        .as_ref()
        .is_some_and(|(devices, _)| devices.skip.as_deref() == Some("test_only"));
    if origin == Origin::New && test_only {
        let allowed = SKIPS[..3].join(", ");
        errors.push(FieldError::new("/devices/skip", Code::UnknownValue).with("allowed", allowed));
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

fn service(
    id: &str,
    chosen: &[String],
    license_quantity: u32,
    devices: Option<&(Devices, Option<String>)>,
    program: &Program,
) -> TrialService {
    let rule = program.service(id);
    let registrations = devices
        .map(|(devices, _)| devices.registration_licenses)
        .unwrap_or(program.policy.registration_licenses);
    let quantity = match rule {
        Some(service) if service.devices => registrations,
        Some(service) => service.quantity.unwrap_or(license_quantity),
        None => license_quantity,
    };
    let waits = rule.is_some_and(|service| service.needs_approval);
    TrialService {
        id: id.to_owned(),
        quantity,
        state: if waits {
            ServiceState::AwaitingApproval
        } else {
            ServiceState::Waiting
        },
        added_by: if chosen.iter().any(|one| one == id) {
            AddedBy::Partner
        } else {
            AddedBy::Requirement
        },
    }
}
