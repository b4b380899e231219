//! START-1 to 5: what the form asks, all faults at once.

use crate::support::{customer, form, is_zone, meetings, pointers, program, service};
use domain::{
    program::{Program, Service},
    refusal::{Code, FieldError},
    trial::{AddedBy, CustomerInput, MeetingsInput, Origin, StartInput, Target, Wish, validate, validate_existing},
};

fn check(input: &StartInput) -> Result<Wish, Vec<FieldError>> {
    validate(input, &program(), &is_zone)
}

fn faults(input: &StartInput) -> Vec<(String, Code)> {
    let errors = check(input).expect_err("faults");
    errors.into_iter().map(|error| (error.pointer, error.code)).collect()
}

fn fault(input: &StartInput) -> (String, Code) {
    let mut faults = faults(input);
    assert_eq!(faults.len(), 1, "one fault only: {faults:?}");
    faults.remove(0)
}

fn with_customer(change: impl FnOnce(&mut CustomerInput)) -> StartInput {
    let mut input = form(&["messaging"]);
    let mut customer = customer();
    change(&mut customer);
    input.customer = Some(customer);
    input
}

fn at(pointer: &str, code: Code) -> (String, Code) {
    (pointer.to_owned(), code)
}

#[test]
fn start_1_what_is_missing_is_named_all_at_once() {
    assert_eq!(
        faults(&StartInput::default()),
        [at("/customer", Code::Required), at("/services", Code::Required)],
        "START-1"
    );
    let empty = StartInput {
        customer: Some(CustomerInput::default()),
        ..form(&["messaging"])
    };
    assert_eq!(
        faults(&empty),
        [
            at("/customer/name", Code::Required),
            at("/customer/admin_email", Code::Required),
            at("/customer/vertical", Code::Required),
            at("/customer/country", Code::Required),
            at("/customer/supported_location_acknowledged", Code::Required),
        ],
        "START-1"
    );
}

#[test]
fn start_1_each_field_is_checked_by_its_own_rule() {
    let some = |text: &str| Some(text.to_owned());
    for (input, pointer, code) in [
        (with_customer(|c| c.name = some(" ")), "/customer/name", Code::Empty),
        (
            with_customer(|c| c.name = some(&"n".repeat(201))),
            "/customer/name",
            Code::TooLong,
        ),
        (
            with_customer(|c| c.name = some("a\u{202E}b")),
            "/customer/name",
            Code::InvalidCharacters,
        ),
        (
            with_customer(|c| c.admin_email = some("it")),
            "/customer/admin_email",
            Code::InvalidEmail,
        ),
        (
            with_customer(|c| c.vertical = some("space")),
            "/customer/vertical",
            Code::UnknownVertical,
        ),
        (
            with_customer(|c| c.time_zone = some("Mars/Base")),
            "/customer/time_zone",
            Code::InvalidTimeZone,
        ),
        (
            with_customer(|c| c.language = some("de")),
            "/customer/language",
            Code::InvalidLanguage,
        ),
        (
            with_customer(|c| c.expect = some("maybe")),
            "/customer/expect",
            Code::UnknownValue,
        ),
        (
            with_customer(|c| c.id = some("trial_eu_1")),
            "/customer/id",
            Code::InvalidId,
        ),
    ] {
        assert!(
            faults(&input).contains(&at(pointer, code)),
            "START-1: {pointer} {code:?} in {:?}",
            faults(&input)
        );
    }
    let longest = with_customer(|c| c.name = some(&"n".repeat(200)));
    assert!(check(&longest).is_ok(), "START-1: 200 characters are a name");
}

#[test]
fn start_1_an_unknown_vertical_names_those_that_there_are() {
    let errors = check(&with_customer(|c| c.vertical = Some("space".to_owned()))).expect_err("unknown");
    assert_eq!(
        errors[0].values,
        [("allowed".to_owned(), "media".to_owned())],
        "START-1: the next best can be chosen"
    );
}

#[test]
fn start_1_a_customer_by_id_has_no_form() {
    let own = StartInput {
        customer: Some(CustomerInput {
            id: Some("org_eu_1".to_owned()),
            ..CustomerInput::default()
        }),
        ..form(&["messaging"])
    };
    assert!(
        matches!(check(&own).map(|wish| wish.target), Ok(Target::Own(_))),
        "START-7"
    );
    let both = with_customer(|c| c.id = Some("org_eu_1".to_owned()));
    let expected = ["name", "admin_email", "vertical", "country", "language"];
    let expected: Vec<_> = expected
        .iter()
        .map(|f| at(&format!("/customer/{f}"), Code::ConflictingFields))
        .collect();
    assert_eq!(faults(&both), expected, "START-1");
}

#[test]
fn start_2_services_are_known_and_named_once() {
    assert_eq!(fault(&form(&[])), at("/services", Code::Empty), "START-2");
    assert_eq!(
        faults(&form(&["messaging", "fax", "messaging"])),
        [
            at("/services/1", Code::UnknownService),
            at("/services/2", Code::DuplicateService)
        ],
        "START-2"
    );
}

fn added(wish: &Wish) -> Vec<(&str, u32, AddedBy)> {
    wish.services
        .iter()
        .map(|service| (service.id.as_str(), service.quantity, service.added_by))
        .collect()
}

#[test]
fn start_2_a_required_service_is_added_and_shown_as_added() {
    let wish = check(&form(&["attendant-console", "messaging"])).expect("in order");
    let expected = [
        ("messaging", 100, AddedBy::Partner),
        ("calling", 100, AddedBy::Requirement),
        ("attendant-console", 5, AddedBy::Partner),
    ];
    assert_eq!(
        added(&wish),
        expected,
        "START-2: calling came with it; the console carries its own 5 licences"
    );
    let both = check(&form(&["attendant-console", "calling"])).expect("in order");
    assert_eq!(
        added(&both)[0],
        ("calling", 100, AddedBy::Partner),
        "START-2: it was chosen"
    );
}

#[test]
fn start_2_a_fixed_duration_sets_the_whole_trials() {
    let days = |services: &[&str], days: Option<i64>| {
        check(&StartInput {
            duration_days: days,
            ..form(services)
        })
        .map(|wish| wish.duration_days)
    };
    assert_eq!(days(&["messaging", "attendant-console"], None), Ok(90), "START-2");
    assert_eq!(days(&["messaging", "attendant-console"], Some(30)), Ok(90), "START-2");
    assert_eq!(days(&["messaging"], None), Ok(30), "START-4");
}

fn other_fixed(days: u32) -> Program {
    let mut program = program();
    program.services.push(Service {
        duration_days: Some(days),
        ..service("whiteboard")
    });
    program
}

#[test]
fn start_2_two_different_fixed_durations_cannot_share_a_trial() {
    let input = form(&["attendant-console", "whiteboard"]);
    let errors = validate(&input, &other_fixed(45), &is_zone).expect_err("45 and 90");
    assert_eq!(pointers(&errors), [("/services", Code::DurationConflict)], "START-2");
    let same = validate(&input, &other_fixed(90), &is_zone).map(|wish| wish.duration_days);
    assert_eq!(same, Ok(90), "START-2: the same one can");
    let own = StartInput {
        duration_days: Some(45),
        ..form(&["whiteboard"])
    };
    let own = validate(&own, &other_fixed(45), &is_zone).map(|wish| wish.duration_days);
    assert_eq!(own, Ok(45), "START-2: the service's own length may be said");
}

#[test]
fn start_3_one_quantity_from_1_to_1000() {
    let quantity = |given: Option<i64>| {
        check(&StartInput {
            license_quantity: given,
            ..form(&["messaging", "calling"])
        })
        .map(|wish| wish.services.iter().map(|service| service.quantity).collect::<Vec<_>>())
        .map_err(|errors| errors[0].code)
    };
    assert_eq!(
        quantity(None),
        Ok(vec![100, 100]),
        "START-3: the default, for all services"
    );
    assert_eq!(quantity(Some(1)), Ok(vec![1, 1]), "START-3");
    assert_eq!(quantity(Some(1000)), Ok(vec![1000, 1000]), "START-3");
    for wrong in [0, 1001, -1, i64::MIN, i64::MAX, i64::from(u32::MAX) + 2] {
        assert_eq!(quantity(Some(wrong)), Err(Code::QuantityOutOfRange), "START-3: {wrong}");
    }
}

#[test]
fn start_4_one_duration_of_those_offered() {
    let days = |given: i64| {
        let input = StartInput {
            duration_days: Some(given),
            ..form(&["messaging"])
        };
        check(&input)
            .map(|wish| wish.duration_days)
            .map_err(|errors| errors[0].code)
    };
    for offered in [30, 60, 90] {
        assert_eq!(days(offered).map(i64::from), Ok(offered), "START-4");
    }
    for other in [0, -30, 29, 31, 45, 91, i64::MAX] {
        assert_eq!(days(other), Err(Code::DurationNotOffered), "START-4: {other}");
    }
}

#[test]
fn start_5_meetings_ask_for_a_site() {
    let wish = check(&StartInput {
        meetings: None,
        ..form(&["meetings"])
    })
    .expect("may be given later");
    for (origin, expected) in [
        (Origin::New, vec![("/meetings", Code::SiteRequired)]),
        (Origin::Own, vec![("/meetings", Code::SiteRequired)]),
        // PROV-1: a request completes it after consent.
        (Origin::Request, vec![]),
    ] {
        let found = validate_existing(&wish, origin, &program()).err().unwrap_or_default();
        assert_eq!(pointers(&found), expected, "START-5 {origin:?}");
    }
    let without = StartInput {
        meetings: Some(meetings()),
        ..form(&["messaging"])
    };
    assert_eq!(fault(&without), at("/meetings", Code::BlockWithoutService), "START-5");
}

#[test]
fn start_5_the_site_is_one_label_and_its_zone_exists() {
    let block = |site: Option<&str>, zone: Option<&str>| StartInput {
        meetings: Some(MeetingsInput {
            site: site.map(str::to_owned),
            time_zone: zone.map(str::to_owned),
        }),
        ..form(&["meetings"])
    };
    assert_eq!(
        fault(&block(None, None)),
        at("/meetings/site", Code::Required),
        "START-5"
    );
    assert_eq!(
        fault(&block(Some("a.b"), None)),
        at("/meetings/site", Code::InvalidSite),
        "START-5"
    );
    let zone = fault(&block(Some("ab"), Some("Mars/Base")));
    assert_eq!(zone, at("/meetings/time_zone", Code::InvalidTimeZone), "START-5");
}
