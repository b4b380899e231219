//! The policies against their schema, and the table of roles that a vendor signs.

use app::policy::{Action, POLICIES, Question, SCHEMA, Thing, permits, roles};
use cedar_policy::{PolicySet, Schema, ValidationMode, Validator};
use domain::{
    organization::AccessLevel,
    person::Role::{self, *},
};
use std::{collections::BTreeSet, fmt::Write as _, str::FromStr as _};

const KINDS: [(&str, [Role; 4]); 3] = [
    ("vendor", [VendorAdministrator, TrialsTeam, OrderDesk, Auditor]),
    (
        "partner",
        [
            SalesFullAdministrator,
            SalesAdministrator,
            ReadOnlyAdministrator,
            HelpDesk,
        ],
    ),
    (
        "customer",
        [FullAdministrator, UserAdministrator, ReadOnlyAdministrator, User],
    ),
];

/// What each action is, for people.
const WORDS: &[(&str, &str)] = &[
    ("program.read", "Read the program: services, countries, durations"),
    ("program.publish", "Check and publish a version of the program (PROG-1)"),
    ("customer.lookup", "Ask what an address belongs to (START-6)"),
    ("customer.eligibility", "Ask what a customer can try (ELIG)"),
    ("trial.start", "Start a trial, or ask for one (ORG-2)"),
    ("trial.read", "See trials, their plan and what their removal takes"),
    (
        "trial.manage",
        "Extend, edit, remind, resend, confirm details, correct an address",
    ),
    ("trial.cancel", "Cancel a trial (CANC-1)"),
    ("request.read", "See requests for the own company (CONS)"),
    ("request.decide", "Accept or decline them (CONS-2)"),
    ("customer.read", "See customers (LIST-1)"),
    (
        "customer.manage",
        "Tag a customer, take a request back (ORG-10, CONS-4)",
    ),
    ("customer.assign", "Say who looks after a customer (ORG-3)"),
    ("customer.users.read", "See a customer’s users and licences (ORG-4)"),
    (
        "customer.users.manage",
        "Add a customer’s users, give and take licences (SETUP-3)",
    ),
    ("customer.setup.read", "See how far a customer’s set-up is (SETUP-1)"),
    (
        "customer.setup.manage",
        "Set up trial services: site, locations, numbers (SETUP-1, SETUP-2)",
    ),
    ("customer.profile.manage", "Change the company’s profile (SETUP-1)"),
    (
        "customer.numbers.order",
        "Connect a provider and order phone numbers (SETUP-2)",
    ),
    ("access.change", "Raise, lower or withdraw a partner’s access (CONS-8)"),
    ("approval.read", "See what waits for approval"),
    ("approval.decide", "Approve or refuse it (START-2, REG-3)"),
    ("provisioning.read", "See what the provisioner is asked (PROV-2)"),
    ("provisioning.settle", "Answer it, ask again, or do it by hand (PROV-2)"),
    ("shipment.read", "See devices asked for, on loan and back (DEV)"),
    ("shipment.request", "Ask for devices (DEV-1, DEV-2)"),
    ("shipment.decide", "Approve, refuse and ship them (DEV-4)"),
    ("device_extension.ask", "Ask to keep devices longer (EXT-4)"),
    ("device_extension.decide", "Decide about that (EXT-4)"),
    ("return.open", "Open a return (DEV-6)"),
    ("return.label", "Ask for a new return label (DEV-7)"),
    ("return.receive", "Take devices back, serial by serial (DEV-8)"),
    ("device.lookup", "Find devices without their order number (DEV-9)"),
    ("exception.read", "See which rests were lifted (ELIG-4)"),
    ("exception.manage", "Lift a rest or limit for one trial (ELIG-4)"),
    ("draft.manage", "Keep one’s own half-filled starts (START-10)"),
    ("usage.read", "See what a customer uses (USE-1)"),
    ("usage.report", "Report what customers use (USE-1)"),
    ("hold.read", "See holds (EXP-9)"),
    ("hold.manage", "Place and lift holds (EXP-9)"),
    ("notification.read", "See which emails were sent (NOTE-1)"),
    ("people.read", "See the people of the own company"),
    (
        "people.manage",
        "Invite, change and remove people; a user administrator plain users only (ORG-5)",
    ),
    ("people.others.read", "See the people of other companies (ORG-6)"),
    (
        "people.others.manage",
        "Invite, change and remove people of other companies, with a reason (ORG-6)",
    ),
    ("partner.read", "See all partners"),
    (
        "partner.manage",
        "Take up partners; tier, distributor, certification, allowance (ORG-1, ORG-6)",
    ),
    ("access.request", "Ask a customer for access for a time (ORG-3)"),
    ("access.request.read", "See such requests"),
    ("access.request.decide", "Answer them"),
    (
        "customer.act_for",
        "Enter a customer’s control hub and act there (ORG-8)",
    ),
    ("handover.read", "See moves to another partner (ORG-11)"),
    ("handover.decide", "Begin a move, or answer one (ORG-11)"),
    (
        "record.read",
        "Read the record of changes about a customer or trial (AUD-1)",
    ),
    ("record.own.read", "Read the own company’s record (AUD-1)"),
    ("customer.export", "Take away everything kept about a customer"),
    (
        "single_sign_on.manage",
        "Say how the own company’s people sign in (SEC-2)",
    ),
    ("single_sign_on.confirm", "Confirm whose an email domain is (SEC-2)"),
    ("task.read", "See what waits for oneself"),
    ("account.manage", "One’s own tokens and sessions (SEC-2)"),
    (
        "account.administer",
        "Sessions of the own company’s people, tokens of its service accounts (SEC-2)",
    ),
    ("order.read", "See orders (CONV-1, CONV-7)"),
    ("order.place", "Order from a trial, or from outside (CONV-1)"),
    (
        "order.manage",
        "Send an order again, to somebody else; close it (CONV-2, CONV-7)",
    ),
    ("order.set_up", "Set up what was ordered, as its contact (CONV-3 to 5)"),
    (
        "conversion.read",
        "See what the own company converts for a tier 2 partner (CONV-1)",
    ),
    (
        "purchase.want",
        "Tell the partner that the company wants to buy (CONV-8)",
    ),
    (
        "test_clock.use",
        "Move the test clock; demo and test servers only (TIME-4)",
    ),
];

fn question(kind: &'static str, role: Role, action: &'static str, thing: Thing) -> Question {
    Question {
        kind,
        roles: vec![role],
        certified: true,
        acting: false,
        action,
        thing,
    }
}

fn may(question: &Question) -> bool {
    permits(question).expect("the policies can be read")
}

#[test]
fn sec_1_the_policies_fit_their_schema() {
    let all: String = POLICIES.iter().map(|(_, text)| *text).collect();
    let rules = PolicySet::from_str(&all).expect("policies");
    let (schema, warnings) = Schema::from_cedarschema_str(SCHEMA).expect("a schema");
    assert_eq!(warnings.count(), 0);
    let actions: BTreeSet<String> = schema.actions().map(|uid| uid.id().unescaped().to_owned()).collect();
    let known = Action::ALL.iter().map(|action| action.as_str().to_owned());
    let known: BTreeSet<String> = known.chain(["see".to_owned()]).collect();
    assert_eq!(actions, known, "the schema names the actions that there are");
    let checked = Validator::new(schema).validate(&rules, ValidationMode::Strict);
    let faults: Vec<String> = checked.validation_errors().map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    // A misspelt role or company would be a right that nobody has.
    let roles: BTreeSet<String> = KINDS
        .iter()
        .flat_map(|(kind, roles)| roles.map(|role| format!("{kind}/{}", role.as_str())))
        .collect();
    for found in all.split("Role::\"").skip(1) {
        let name = found.split('"').next().unwrap_or_default();
        assert!(roles.contains(name), "there is no role {name}");
    }
}

#[test]
fn sec_1_every_action_is_somebodys_and_none_is_everybodys_unseen() {
    for action in Action::ALL {
        assert!(
            !roles(*action).expect("roles").is_empty(),
            "nobody may {}",
            action.as_str()
        );
    }
    // A role of one kind of company is worth nothing in another.
    for action in Action::ALL {
        for (kind, own) in KINDS {
            for role in Role::ALL.iter().filter(|role| !own.contains(role)) {
                let asked = question(kind, *role, action.as_str(), Thing::AT_BEST);
                assert!(!may(&asked), "{} of a {kind} may {}", role.as_str(), action.as_str());
            }
        }
    }
}

#[test]
fn org_1_who_is_not_certified_may_nothing() {
    for action in Action::ALL {
        for role in KINDS[1].1 {
            let asked = Question {
                certified: false,
                ..question("partner", role, action.as_str(), Thing::AT_BEST)
            };
            assert!(!may(&asked), "ORG-1: {}", action.as_str());
        }
    }
}

#[test]
fn org_3_a_sales_administrator_sees_what_he_looks_after() {
    let thing = |relation, looks_after| Thing {
        relation,
        level: None,
        looks_after,
        granted: false,
    };
    for (role, relation, looks_after, sees) in [
        (SalesAdministrator, "partner", true, true),
        (SalesAdministrator, "partner", false, false),
        (SalesAdministrator, "none", true, false),
        (SalesFullAdministrator, "partner", false, true),
        (SalesFullAdministrator, "none", false, false),
        (ReadOnlyAdministrator, "partner", false, true),
        (HelpDesk, "partner", false, true),
        (HelpDesk, "own", false, false),
    ] {
        let asked = question("partner", role, "see", thing(relation, looks_after));
        assert_eq!(may(&asked), sees, "ORG-3: {} {relation} {looks_after}", role.as_str());
    }
    for (relation, sees) in [("own", true), ("partner", false), ("none", false)] {
        let asked = question("customer", User, "see", thing(relation, false));
        assert_eq!(may(&asked), sees, "ORG-9: {relation}");
    }
}

/// What one role lets somebody see another one does not let him change.
#[test]
fn org_3_a_second_role_lends_no_rights() {
    let changes = [
        Action::ManageTrial,
        Action::CancelTrial,
        Action::ManageCustomer,
        Action::ActFor,
        Action::ExportCustomer,
    ];
    for other in [ReadOnlyAdministrator, HelpDesk] {
        for action in changes {
            for looks_after in [true, false] {
                let thing = Thing {
                    relation: "partner",
                    looks_after,
                    granted: false,
                    ..Thing::AT_BEST
                };
                let asked = Question {
                    roles: vec![SalesAdministrator, other],
                    ..question("partner", SalesAdministrator, action.as_str(), thing)
                };
                assert_eq!(
                    may(&asked),
                    looks_after,
                    "ORG-3: {} {}",
                    other.as_str(),
                    action.as_str()
                );
            }
        }
    }
}

#[test]
fn org_8_who_acts_for_a_customer_binds_it_to_nothing() {
    for action in [
        Action::DecideRequest,
        Action::ChangeAccess,
        Action::DecideAccess,
        Action::DecideHandover,
        Action::CancelTrial,
        Action::ExportCustomer,
        Action::ReadOwnRecord,
        Action::ManageSingleSignOn,
    ] {
        let own = question("customer", FullAdministrator, action.as_str(), Thing::AT_BEST);
        assert!(may(&own), "{}", action.as_str());
        let acting = Question { acting: true, ..own };
        assert!(!may(&acting), "ORG-8: {}", action.as_str());
    }
}

/// How far a role may: with full access only, with the customer's yes only, or as far as it sees.
fn cell(kind: &'static str, role: Role, action: &'static str) -> &'static str {
    let with = |level, granted| {
        let thing = Thing {
            level,
            granted,
            ..Thing::AT_BEST
        };
        may(&question(kind, role, action, thing))
    };
    let full = Some(AccessLevel::FullAdministrator);
    match (with(None, false), with(full, false), with(None, true)) {
        (true, _, _) => "yes",
        (false, true, _) => "with full access",
        (false, false, true) => "when granted",
        (false, false, false) => "",
    }
}

fn table() -> String {
    let mut page = String::from(HEAD);
    for (kind, roles) in KINDS {
        let title = ["Vendor", "Partner", "Customer"]
            .into_iter()
            .find(|one| one.to_lowercase() == kind);
        let _ = writeln!(page, "\n## {}\n", title.unwrap_or_default());
        let names: Vec<String> = roles.iter().map(|role| role.as_str().replace('_', " ")).collect();
        let _ = writeln!(page, "| may | {} |\n|---|---|---|---|---|", names.join(" | "));
        for action in Action::ALL {
            let cells = roles.map(|role| cell(kind, role, action.as_str()));
            if cells.iter().any(|cell| !cell.is_empty()) {
                let words = WORDS.iter().find(|(name, _)| *name == action.as_str());
                let words = words.map(|(_, words)| *words).expect("words for every action");
                let _ = writeln!(page, "| {words} <br> `{}` | {} |", action.as_str(), cells.join(" | "));
            }
        }
    }
    page.push_str(TAIL);
    page
}

const HEAD: &str = "\
# Who may do what

This table follows from the files in [`policies/`](../policies/README.md) and is written by a test, which fails when the
two differ: `UPDATE=1 cargo test -p app --test suite roles` writes it anew. Which route of the API asks which of these
is in [`roles-by-route.md`](roles-by-route.md).

What a person sees comes first; what one does not see answers exactly like what is not there (404):

- the vendor\u{2019}s people see every customer (ORG-6);
- a partner\u{2019}s sales full administrators, read-only administrators and help desk see all customers of the partner, a
  sales administrator those that he started or was assigned (ORG-3);
- a customer\u{2019}s people see their own company (ORG-9).

*With full access*: the customer has made the partner a full administrator (ORG-4). *When granted*: the customer\u{2019}s full
administrator has said yes to this person, for a day (ORG-3).
";

const TAIL: &str = "
## Limits

- The people of a partner that is not certified, or not any more, can do nothing (ORG-1).
- Whoever acts for a customer (ORG-8) has the rights of its full administrator but for these: cancelling, answering
  requests, changing access, answering requests for access and moves, reading the record, taking data away, saying
  how people sign in, making administrators, setting up an order, saying that the company wants to buy.
- An organization always keeps one full administrator (ORG-5).
- A change of a role, of an access level or of a certification acts on the next request, on every server.
";

#[test]
fn sec_1_the_table_of_roles_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/roles.md");
    let table = table();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &table).expect("the table can be written");
    }
    let known = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(known, table, "docs/roles.md: UPDATE=1 writes it anew");
}
