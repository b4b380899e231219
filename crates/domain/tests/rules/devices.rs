//! START-3, DEV-1, DEV-2: what the form says about devices.

use crate::support::{devices, form, is_zone, pointers, program};
use domain::{
    refusal::{Code, FieldError},
    trial::{DeviceLine, DevicesInput, Origin, StartInput, Wish, validate, validate_existing},
};

fn check(input: &StartInput) -> Result<Wish, Vec<FieldError>> {
    validate(input, &program(), &is_zone)
}

fn fault(input: &StartInput) -> (String, Code) {
    let faults = check(input).expect_err("faults");
    assert_eq!(faults.len(), 1, "one fault only: {faults:?}");
    (faults[0].pointer.clone(), faults[0].code)
}

fn at(pointer: &str, code: Code) -> (String, Code) {
    (pointer.to_owned(), code)
}

#[test]
fn start_3_devices_carry_their_own_count() {
    let mut input = StartInput {
        license_quantity: Some(200),
        ..form(&["messaging", "devices"])
    };
    let quantities = |input: &StartInput| {
        check(input)
            .map(|wish| wish.services.iter().map(|s| s.quantity).collect::<Vec<_>>())
            .map_err(|e| e[0].code)
    };
    assert_eq!(quantities(&input), Ok(vec![200, 10]), "START-3, DEV-1: 10 by default");
    let mut set = |licenses: i64| {
        input.devices = Some(DevicesInput {
            registration_licenses: Some(licenses),
            ..devices()
        });
        quantities(&input)
    };
    assert_eq!(set(2), Ok(vec![200, 2]), "DEV-1: as many as are shipped");
    assert_eq!(set(1), Err(Code::OutOfRange), "DEV-1: at least as many as are shipped");
    assert_eq!(set(i64::MAX), Err(Code::OutOfRange), "DEV-1");
}

#[test]
fn dev_1_ship_or_skip_with_the_reason() {
    let skip = |reason: &str| DevicesInput {
        skip: Some(reason.to_owned()),
        ..DevicesInput::default()
    };
    let with = |devices| StartInput {
        devices: Some(devices),
        ..form(&["devices"])
    };
    for reason in ["registration_only", "partner_supplies", "customer_has", "test_only"] {
        let wish = check(&with(skip(reason))).expect("a reason");
        let new = validate_existing(&wish, Origin::New, &program());
        assert_eq!(
            new.is_ok(),
            reason != "test_only",
            "DEV-1: {reason} with a new customer"
        );
        assert!(
            validate_existing(&wish, Origin::Request, &program()).is_ok(),
            "DEV-1: {reason} with an existing one"
        );
    }
    assert_eq!(
        fault(&with(skip("no_budget"))),
        at("/devices/skip", Code::UnknownValue),
        "DEV-1"
    );
    let both = DevicesInput {
        skip: Some("customer_has".to_owned()),
        ..devices()
    };
    assert_eq!(
        fault(&with(both)),
        at("/devices/skip", Code::ConflictingFields),
        "DEV-1"
    );
    let neither = DevicesInput::default();
    assert_eq!(fault(&with(neither)), at("/devices/ship", Code::Required), "DEV-1");
}

#[test]
fn dev_2_the_quantity_of_a_type_is_bounded_and_a_type_named_once() {
    let ship = |lines: &[(&str, i64)]| {
        let line = |(id, quantity): &(&str, i64)| DeviceLine {
            device_type: Some((*id).to_owned()),
            quantity: Some(*quantity),
        };
        let lines = lines.iter().map(line).collect();
        let devices = DevicesInput {
            ship: Some(lines),
            ..devices()
        };
        check(&StartInput {
            devices: Some(devices),
            ..form(&["devices"])
        })
        .map(|_| ())
        .map_err(|errors| {
            pointers(&errors)
                .iter()
                .map(|(pointer, code)| at(pointer, *code))
                .collect::<Vec<_>>()
        })
    };
    assert_eq!(ship(&[("desk-phone", 5), ("board", 1)]), Ok(()), "DEV-2");
    let one = |pointer: &str, code| Err(vec![at(pointer, code)]);
    assert_eq!(
        ship(&[("desk-phone", 6)]),
        one("/devices/ship/0/quantity", Code::DeviceLimitExceeded),
        "DEV-2"
    );
    assert_eq!(
        ship(&[("desk-phone", 0)]),
        one("/devices/ship/0/quantity", Code::OutOfRange),
        "DEV-2"
    );
    assert_eq!(
        ship(&[("fax", 1)]),
        one("/devices/ship/0/type", Code::UnknownDeviceType),
        "DEV-2"
    );
    let twice = ship(&[("board", 1), ("board", 1)]);
    assert_eq!(twice, one("/devices/ship/1/type", Code::ConflictingFields), "DEV-2");
    assert_eq!(
        check(&form(&["devices"])).map(|wish| wish.services[0].id.clone()),
        Ok("devices".to_owned())
    );
}
