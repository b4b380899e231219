//! DEV-1: what is shipped and where to, or why nothing is.

use super::{
    DeviceLine, DevicesInput, SKIPS, ShipTo,
    field::{one_of, required},
};
use crate::{
    program::Program,
    refusal::{Code, FieldError},
    text,
    trial::Devices,
};

pub(super) fn devices(
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
    ship_or_skip(input, errors);
    let ship = lines(input.ship.as_deref().unwrap_or_default(), "/devices", program, errors);
    let shipped = ship.iter().map(|(_, quantity)| quantity).sum();
    let registration_licenses = registrations(input.registration_licenses, shipped, program, errors);
    let ship_to = match ship.is_empty() {
        true => None,
        false => address(input.ship_to.as_ref(), "/devices", program, errors),
    };
    let devices = Devices {
        skip: input.skip.clone(),
        ship,
        site_has_poe: input.site_has_poe,
        registration_licenses: registration_licenses?,
        country: ship_to
            .as_ref()
            .and(input.ship_to.as_ref())
            .and_then(|to| to.country.clone()),
    };
    (errors.len() == before).then_some((devices, ship_to))
}

fn ship_or_skip(input: &DevicesInput, errors: &mut Vec<FieldError>) {
    let error = match (&input.skip, &input.ship) {
        (Some(_), Some(_)) => FieldError::new("/devices/skip", Code::ConflictingFields),
        (None, None) => FieldError::new("/devices/ship", Code::Required),
        (Some(skip), None) if !SKIPS.contains(&skip.as_str()) => {
            FieldError::new("/devices/skip", Code::UnknownValue).with("allowed", SKIPS.join(", "))
        }
        (None, Some(lines)) if lines.is_empty() => FieldError::new("/devices/ship", Code::Empty),
        (Some(_), None) | (None, Some(_)) => return,
    };
    errors.push(error);
}

/// DEV-1: their own count, at least the number shipped.
fn registrations(given: Option<i64>, shipped: u32, program: &Program, errors: &mut Vec<FieldError>) -> Option<u32> {
    let least = shipped.max(1);
    let most = program.license_quantity.max.max(shipped);
    let wanted = given.unwrap_or(i64::from(program.policy.registration_licenses.max(least)));
    let found = u32::try_from(wanted).ok().filter(|n| (least..=most).contains(n));
    if found.is_none() {
        let error = FieldError::new("/devices/registration_licenses", Code::OutOfRange);
        errors.push(error.with("min", least).with("max", most).with("value", wanted));
    }
    found
}

/// DEV-2: types and quantities; `below` is where they stand in the body.
pub(in crate::trial) fn lines(
    given: &[DeviceLine],
    below: &str,
    program: &Program,
    errors: &mut Vec<FieldError>,
) -> Vec<(String, u32)> {
    let known: Vec<&str> = program.device_types.iter().map(|device| device.id.as_str()).collect();
    let mut ship: Vec<(String, u32)> = Vec::new();
    for (index, line) in given.iter().enumerate() {
        let at = |field: &str| format!("{below}/ship/{index}/{field}");
        let given = line.device_type.as_deref();
        let id = one_of(&at("type"), given, Code::UnknownDeviceType, &known, errors);
        let Some(quantity) = line.quantity else {
            errors.push(FieldError::new(at("quantity"), Code::Required));
            continue;
        };
        let Some(device) = id.and_then(|id| program.device_types.iter().find(|device| device.id == id)) else {
            continue;
        };
        if ship.iter().any(|(id, _)| *id == device.id) {
            errors.push(FieldError::new(at("type"), Code::ConflictingFields));
            continue;
        }
        match u32::try_from(quantity) {
            Ok(quantity @ 1..) if quantity <= device.max => ship.push((device.id.clone(), quantity)),
            Ok(1..) => {
                let error = FieldError::new(at("quantity"), Code::DeviceLimitExceeded);
                let error = error.with("max", device.max).with("value", quantity);
                errors.push(error.with("device", &device.name));
            }
            _ => {
                let error = FieldError::new(at("quantity"), Code::OutOfRange);
                errors.push(error.with("min", 1).with("max", device.max));
            }
        }
    }
    ship
}

/// DEV-1: where they go, as one personal text.
pub(in crate::trial) fn address(
    given: Option<&ShipTo>,
    below: &str,
    program: &Program,
    errors: &mut Vec<FieldError>,
) -> Option<String> {
    let Some(given) = given else {
        errors.push(FieldError::new(format!("{below}/ship_to"), Code::Required));
        return None;
    };
    let at = |field: &str| format!("{below}/ship_to/{field}");
    let mut field = |name: &str, value: Option<&str>| required(&at(name), value, text::name, errors);
    let name = field("name", given.name.as_deref());
    let city = field("city", given.city.as_deref());
    let postal_code = field("postal_code", given.postal_code.as_deref());
    let phone = field("phone", given.phone.as_deref());
    let country = field("country", given.country.as_deref());
    let lines = given.lines.as_deref().unwrap_or_default();
    match lines.len() {
        0 => errors.push(FieldError::new(at("lines"), Code::Required)),
        1..=5 => {}
        _ => errors.push(FieldError::new(at("lines"), Code::TooLong)),
    }
    let mut checked = Vec::new();
    for (index, line) in lines.iter().enumerate().take(5) {
        checked.extend(required(&at(&format!("lines/{index}")), Some(line), text::name, errors));
    }
    if country.as_deref().is_some_and(|id| program.country(id).is_none()) {
        errors.push(FieldError::new(at("country"), Code::InvalidCountry));
    }
    let address = serde_json::json!({
        "name": name?, "lines": checked, "city": city?, "postal_code": postal_code?, "country": country?, "phone": phone?,
    });
    Some(address.to_string())
}
