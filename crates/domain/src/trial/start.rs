//! Starting a trial (START): the form checked, all faults at once, then the trial as it begins.

use super::{AddedBy, At, Change, Devices, Meetings, Origin, ServiceState, State, Trial, TrialEvent, TrialService};
use crate::{
    ids::{OrgId, PersonId, TrialId},
    notify::MessageKind,
    program::{Availability, Program, QuantityRule},
    refusal::{Code, FieldError},
    text,
};

/// What a partner sends; nothing of it is trusted. Missing is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StartInput {
    /// For whom.
    pub customer: Option<CustomerInput>,
    /// What is tried.
    pub services: Option<Vec<String>>,
    /// START-3.
    pub license_quantity: Option<i64>,
    /// START-4.
    pub duration_days: Option<i64>,
    /// START-5.
    pub meetings: Option<MeetingsInput>,
    /// DEV-1.
    pub devices: Option<DevicesInput>,
}

/// START-1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the members of `POST /trials`")]
pub struct CustomerInput {
    pub id: Option<String>,
    pub name: Option<String>,
    pub admin_email: Option<String>,
    pub vertical: Option<String>,
    pub country: Option<String>,
    pub time_zone: Option<String>,
    pub language: Option<String>,
    pub supported_location_acknowledged: Option<bool>,
    pub expect: Option<String>,
}

/// START-5.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the members of `POST /trials`")]
pub struct MeetingsInput {
    pub site: Option<String>,
    pub time_zone: Option<String>,
}

/// DEV-1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the members of `POST /trials`")]
pub struct DevicesInput {
    pub skip: Option<String>,
    pub ship: Option<Vec<DeviceLine>>,
    pub site_has_poe: Option<bool>,
    pub registration_licenses: Option<i64>,
    pub ship_to: Option<ShipTo>,
}

/// A device type and how many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the members of `POST /trials`")]
pub struct DeviceLine {
    pub device_type: Option<String>,
    pub quantity: Option<i64>,
}

/// Where devices go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the members of `POST /trials`")]
pub struct ShipTo {
    pub name: Option<String>,
    pub lines: Option<Vec<String>>,
    pub city: Option<String>,
    pub postal_code: Option<String>,
    pub country: Option<String>,
    pub phone: Option<String>,
}

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
    let ids = input.services.clone().unwrap_or_default();
    if input.services.is_none() {
        errors.push(FieldError::new("/services", Code::Required));
    } else if ids.is_empty() {
        errors.push(FieldError::new("/services", Code::Empty));
    }
    check_services(&ids, "/services", program, &mut errors);
    let all = program.with_required(&ids);
    let rule = &program.license_quantity;
    let license_quantity = check_quantity(input.license_quantity, rule.default, rule, &mut errors);
    let duration_days = duration(input.duration_days, &all, program, &mut errors);
    let customer_zone = match &target {
        Some(Target::Form { zone, .. }) => Some(zone.as_str()),
        Some(Target::Own(_)) | None => None,
    };
    let site = meetings(
        input.meetings.as_ref(),
        &all,
        program,
        customer_zone,
        is_zone,
        &mut errors,
    );
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

fn target(
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
    let name = required("/customer/name", input.name.as_deref(), text::name, errors);
    let email = required(
        "/customer/admin_email",
        input.admin_email.as_deref(),
        text::email,
        errors,
    );
    let vertical = one_of(
        "/customer/vertical",
        input.vertical.as_deref(),
        Code::UnknownVertical,
        errors,
        |id| program.verticals.iter().any(|vertical| vertical.id == id),
        || {
            program
                .verticals
                .iter()
                .map(|vertical| vertical.id.as_str())
                .collect::<Vec<_>>()
                .join(", ")
        },
    );
    let country = country(input.country.as_deref(), program, errors);
    let zone = match input.time_zone.as_deref() {
        Some(zone) if !is_zone(zone) => {
            errors.push(FieldError::new("/customer/time_zone", Code::InvalidTimeZone));
            None
        }
        Some(zone) => Some(zone.to_owned()),
        None => country.map(|country| country.time_zone.clone()),
    };
    let language = input.language.as_deref().unwrap_or("en");
    if !LANGUAGES.contains(&language) {
        errors.push(FieldError::new("/customer/language", Code::InvalidLanguage).with("allowed", LANGUAGES.join(", ")));
    }
    match input.supported_location_acknowledged {
        Some(true) => {}
        Some(false) => errors.push(FieldError::new(
            "/customer/supported_location_acknowledged",
            Code::NotAcknowledged,
        )),
        None => errors.push(FieldError::new(
            "/customer/supported_location_acknowledged",
            Code::Required,
        )),
    }
    if input
        .expect
        .as_deref()
        .is_some_and(|expect| expect != "new" && expect != "existing")
    {
        errors.push(FieldError::new("/customer/expect", Code::UnknownValue).with("allowed", "new, existing"));
    }
    let country = country?;
    Some(Target::Form {
        name: name?,
        email: email?,
        vertical: vertical?,
        country: country.id.clone(),
        zone: zone?,
        language: language.to_owned(),
        expect: input.expect.clone(),
        review: country.availability == Availability::Review,
    })
}

fn country<'p>(
    given: Option<&str>,
    program: &'p Program,
    errors: &mut Vec<FieldError>,
) -> Option<&'p crate::program::Country> {
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

fn required<T>(
    pointer: &str,
    given: Option<&str>,
    check: impl Fn(&str) -> Result<T, Code>,
    errors: &mut Vec<FieldError>,
) -> Option<T> {
    let Some(given) = given else {
        errors.push(FieldError::new(pointer, Code::Required));
        return None;
    };
    check(given)
        .map_err(|code| errors.push(FieldError::new(pointer, code)))
        .ok()
}

fn one_of(
    pointer: &str,
    given: Option<&str>,
    code: Code,
    errors: &mut Vec<FieldError>,
    known: impl Fn(&str) -> bool,
    allowed: impl Fn() -> String,
) -> Option<String> {
    let check = |id: &str| if known(id) { Ok(id.to_owned()) } else { Err(code) };
    let found = required(pointer, given, check, errors);
    if let Some(error) = errors
        .last_mut()
        .filter(|error| found.is_none() && error.pointer == pointer)
    {
        *error = error.clone().with("allowed", allowed());
    }
    found
}

pub(super) fn check_services(ids: &[String], pointer: &str, program: &Program, errors: &mut Vec<FieldError>) {
    for (index, id) in ids.iter().enumerate() {
        if program.service(id).is_none() {
            let allowed = program
                .services
                .iter()
                .map(|service| service.id.as_str())
                .collect::<Vec<_>>()
                .join(", ");
            errors.push(FieldError::new(format!("{pointer}/{index}"), Code::UnknownService).with("allowed", allowed));
        } else if ids[..index].contains(id) {
            errors.push(FieldError::new(format!("{pointer}/{index}"), Code::DuplicateService).with("value", id));
        }
    }
}

pub(super) fn check_quantity(
    given: Option<i64>,
    otherwise: u32,
    rule: &QuantityRule,
    errors: &mut Vec<FieldError>,
) -> u32 {
    let Some(given) = given else { return otherwise };
    match u32::try_from(given) {
        Ok(quantity) if (rule.min..=rule.max).contains(&quantity) => quantity,
        _ => {
            errors.push(
                FieldError::new("/license_quantity", Code::QuantityOutOfRange)
                    .with("min", rule.min)
                    .with("max", rule.max)
                    .with("value", given),
            );
            otherwise
        }
    }
}

/// START-2 and 4: a fixed duration sets the whole trial's; two different ones cannot share it.
fn duration(given: Option<i64>, services: &[String], program: &Program, errors: &mut Vec<FieldError>) -> u32 {
    let days = given.unwrap_or(i64::from(program.default_duration));
    let offered = program.durations.iter().find(|offered| i64::from(**offered) == days);
    let mut fixed: Vec<u32> = services
        .iter()
        .filter_map(|id| program.service(id)?.duration_days)
        .collect();
    fixed.sort_unstable();
    fixed.dedup();
    if offered.is_none() && !fixed.iter().any(|own| i64::from(*own) == days) {
        let allowed: Vec<String> = program.durations.iter().map(u32::to_string).collect();
        errors.push(
            FieldError::new("/duration_days", Code::DurationNotOffered)
                .with("allowed", allowed.join(", "))
                .with("value", days),
        );
    }
    if fixed.len() > 1 {
        errors.push(FieldError::new("/services", Code::DurationConflict));
    }
    fixed
        .first()
        .copied()
        .or(offered.copied())
        .unwrap_or(program.default_duration)
}

fn meetings(
    input: Option<&MeetingsInput>,
    services: &[String],
    program: &Program,
    customer_zone: Option<&str>,
    is_zone: &dyn Fn(&str) -> bool,
    errors: &mut Vec<FieldError>,
) -> Option<(String, Meetings)> {
    let input = input?;
    if !services
        .iter()
        .any(|id| program.service(id).is_some_and(|service| service.site))
    {
        errors.push(FieldError::new("/meetings", Code::BlockWithoutService));
        return None;
    }
    meetings_block(input, customer_zone, is_zone, errors)
}

/// START-5: the block itself; the site's zone is its own, the customer's where none is given.
pub fn meetings_block(
    input: &MeetingsInput,
    customer_zone: Option<&str>,
    is_zone: &dyn Fn(&str) -> bool,
    errors: &mut Vec<FieldError>,
) -> Option<(String, Meetings)> {
    let site = required("/meetings/site", input.site.as_deref(), text::site, errors);
    let zone = match input.time_zone.as_deref().or(customer_zone) {
        Some(zone) if is_zone(zone) => Some(zone.to_owned()),
        Some(_) => {
            errors.push(FieldError::new("/meetings/time_zone", Code::InvalidTimeZone));
            None
        }
        None => Some(String::new()),
    };
    Some((site?, Meetings { time_zone: zone? }))
}

fn devices(
    input: Option<&DevicesInput>,
    services: &[String],
    program: &Program,
    errors: &mut Vec<FieldError>,
) -> Option<(Devices, Option<String>)> {
    let input = input?;
    if !services
        .iter()
        .any(|id| program.service(id).is_some_and(|service| service.devices))
    {
        errors.push(FieldError::new("/devices", Code::BlockWithoutService));
        return None;
    }
    devices_block(input, program, errors)
}

/// DEV-1: ship, or skip with the reason.
pub fn devices_block(
    input: &DevicesInput,
    program: &Program,
    errors: &mut Vec<FieldError>,
) -> Option<(Devices, Option<String>)> {
    let before = errors.len();
    match (&input.skip, &input.ship) {
        (Some(_), Some(_)) => errors.push(FieldError::new("/devices/skip", Code::ConflictingFields)),
        (None, None) => errors.push(FieldError::new("/devices/ship", Code::Required)),
        (Some(skip), None) if !SKIPS.contains(&skip.as_str()) => {
            errors.push(FieldError::new("/devices/skip", Code::UnknownValue).with("allowed", SKIPS.join(", ")));
        }
        (Some(_), None) => {}
        (None, Some(lines)) if lines.is_empty() => errors.push(FieldError::new("/devices/ship", Code::Empty)),
        (None, Some(_)) => {}
    }
    let ship = lines(input.ship.as_deref().unwrap_or_default(), program, errors);
    let shipped: u32 = ship.iter().map(|(_, quantity)| quantity).sum();
    let max = program.license_quantity.max;
    let least = i64::from(shipped.max(1));
    let default = i64::from(program.policy.registration_licenses).max(least);
    let licenses = input.registration_licenses.unwrap_or(default);
    let registration_licenses = u32::try_from(licenses)
        .ok()
        .filter(|n| i64::from(*n) >= least && *n <= max.max(shipped));
    if registration_licenses.is_none() {
        let error = FieldError::new("/devices/registration_licenses", Code::OutOfRange);
        errors.push(error.with("min", least).with("max", max).with("value", licenses));
    }
    let ship_to = if ship.is_empty() {
        None
    } else {
        address(input.ship_to.as_ref(), program, errors)
    };
    let devices = Devices {
        skip: input.skip.clone(),
        ship,
        site_has_poe: input.site_has_poe,
        registration_licenses: registration_licenses?,
    };
    (errors.len() == before).then_some((devices, ship_to))
}

fn lines(given: &[DeviceLine], program: &Program, errors: &mut Vec<FieldError>) -> Vec<(String, u32)> {
    let mut ship: Vec<(String, u32)> = Vec::new();
    for (index, line) in given.iter().enumerate() {
        let at = |field: &str| format!("/devices/ship/{index}/{field}");
        let known = one_of(
            &at("type"),
            line.device_type.as_deref(),
            Code::UnknownDeviceType,
            errors,
            |id| program.device_types.iter().any(|device| device.id == id),
            || {
                program
                    .device_types
                    .iter()
                    .map(|device| device.id.as_str())
                    .collect::<Vec<_>>()
                    .join(", ")
            },
        );
        let Some(quantity) = line.quantity else {
            errors.push(FieldError::new(at("quantity"), Code::Required));
            continue;
        };
        let Some(device) = known.and_then(|id| program.device_types.iter().find(|device| device.id == id)) else {
            continue;
        };
        if ship.iter().any(|(id, _)| *id == device.id) {
            errors.push(FieldError::new(at("type"), Code::ConflictingFields));
            continue;
        }
        match u32::try_from(quantity) {
            Ok(quantity) if quantity >= 1 && quantity <= device.max => ship.push((device.id.clone(), quantity)),
            Ok(quantity) if quantity > device.max => {
                let error = FieldError::new(at("quantity"), Code::DeviceLimitExceeded);
                errors.push(error.with("max", device.max).with("value", quantity));
            }
            _ => errors.push(
                FieldError::new(at("quantity"), Code::OutOfRange)
                    .with("min", 1)
                    .with("max", device.max),
            ),
        }
    }
    ship
}

fn address(given: Option<&ShipTo>, program: &Program, errors: &mut Vec<FieldError>) -> Option<String> {
    let Some(given) = given else {
        errors.push(FieldError::new("/devices/ship_to", Code::Required));
        return None;
    };
    let mut field =
        |name: &str, value: Option<&str>| required(&format!("/devices/ship_to/{name}"), value, text::name, errors);
    let name = field("name", given.name.as_deref());
    let city = field("city", given.city.as_deref());
    let postal_code = field("postal_code", given.postal_code.as_deref());
    let phone = field("phone", given.phone.as_deref());
    let country = field("country", given.country.as_deref());
    let lines = given.lines.as_deref().unwrap_or_default();
    if lines.is_empty() || lines.len() > 5 {
        let code = if lines.is_empty() {
            Code::Required
        } else {
            Code::TooLong
        };
        errors.push(FieldError::new("/devices/ship_to/lines", code));
    }
    let mut checked = Vec::new();
    for (index, line) in lines.iter().enumerate().take(5) {
        checked.extend(required(
            &format!("/devices/ship_to/lines/{index}"),
            Some(line),
            text::name,
            errors,
        ));
    }
    if country.as_deref().is_some_and(|id| program.country(id).is_none()) {
        errors.push(FieldError::new("/devices/ship_to/country", Code::InvalidCountry));
    }
    let address = serde_json::json!({
        "name": name?, "lines": checked, "city": city?, "postal_code": postal_code?, "country": country?, "phone": phone?,
    });
    Some(address.to_string())
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

/// Who and what a start belongs to.
#[derive(Clone, Debug)]
pub struct Parties {
    /// The new trial's id.
    pub id: TrialId,
    /// Who starts it.
    pub partner: OrgId,
    /// For whom.
    pub customer: OrgId,
    /// The person at the partner.
    pub started_by: PersonId,
    /// The person at the customer.
    pub administrator: PersonId,
    /// The customer's zone.
    pub zone: String,
}

impl Wish {
    /// The trial as it begins, and everything that follows at once: consent is asked, approval awaited, or services
    /// provisioned. The same for a dry run (START-9).
    pub fn start(&self, parties: Parties, origin: Origin, at: &At<'_>) -> Change {
        let review = matches!(&self.target, Target::Form { review: true, .. });
        let trial = Trial {
            id: parties.id,
            partner: parties.partner,
            customer: parties.customer,
            started_by: parties.started_by,
            administrator: parties.administrator,
            origin,
            program_version: at.program.version,
            zone: parties.zone.clone(),
            services: self.services.clone(),
            license_quantity: self.license_quantity,
            duration_days: self.duration_days,
            meetings: self.site.as_ref().map(|(_, meetings)| Meetings {
                time_zone: if meetings.time_zone.is_empty() {
                    parties.zone
                } else {
                    meetings.time_zone.clone()
                },
            }),
            devices: self.devices.as_ref().map(|(devices, _)| devices.clone()),
            country_review: review,
            consent: None,
            provisioned_at: None,
            extensions: 0,
            extension_asked: None,
            reminded_on: None,
            state: match origin {
                Origin::Request => State::PendingConsent { sendings: vec![at.now] },
                Origin::New | Origin::Own => State::Provisioning,
            },
            created_at: at.now,
        };
        let mut change = Change::default().event(TrialEvent::Started {
            trial: Box::new(trial.clone()),
        });
        if origin == Origin::Request {
            let deadline = trial.consent_deadline(at.program);
            change = change.tell(trial.request_message(MessageKind::ConsentRequest, deadline));
        } else {
            change.merge(trial.proceed(at));
        }
        change
            .text("site", self.site.as_ref().map(|(site, _)| site.clone()))
            .text(
                "ship_to",
                self.devices.as_ref().and_then(|(_, ship_to)| ship_to.clone()),
            )
    }
}
