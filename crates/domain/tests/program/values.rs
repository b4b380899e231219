//! Every value that a program cannot have is found, with its place.

use domain::program::{Program, parse};
use jiff::civil::time;

use super::{edited, found, paths, replaced, shipped, told};

#[test]
fn prog_1_identity() {
    found(&[(r#"id = "webex-enterprise""#, r#"id = «"Webex Enterprise""#)], "/id");
    found(&[("version = 1", "version = «0")], "/version");
    let missing = found(&[("version = 1\n", ""), ("# The Webex", "«# The Webex")], "/version");
    assert_eq!(
        missing.to_string(),
        "1:1 /version: the key `version` is missing — add `version = …` here"
    );
}

#[test]
fn prog_1_ids_have_their_form() {
    for id in ["EU", "eu-west", "antarctic", ""] {
        let region = format!("  {{ id = «\"{id}\", name = {{ en = \"x\", fr = \"x\", zh-Hant = \"x\" }} }},\n");
        found(
            &[(r#"  { id = "us", name"#, &(region + r#"  { id = "us", name"#))],
            "/regions/1/id",
        );
    }
    found(&[(r#"id = "education""#, r#"id = «"Éducation""#)], "/verticals/3/id");
    found(&[(r#"id = "headset""#, r#"id = «"head_set""#)], "/device_types/3/id");
    found(&[(r#"id = "board""#, r#"id = «"-board""#)], "/device_types/6/id");
    found(&[(r#"id = "messaging""#, r#"id = «"Messaging""#)], "/services/0/id");
    found(
        &[(r#""spark-call""#, r#"«"Spark Call""#)],
        "/services/2/also_known_as/0",
    );
    found(&[(r#"id = "AD""#, r#"id = «"ad""#)], "/countries/0/id");
    found(&[(r#"id = "AD""#, r#"id = «"AND""#)], "/countries/0/id");
}

#[test]
fn prog_1_ids_stand_once() {
    let twice = found(&[(r#"id = "AE""#, r#"id = «"AD""#)], "/countries/1/id");
    assert_eq!(twice.problem, "`AD` stands twice");
    assert_eq!(twice.mend, "rename or remove one; the first is /countries/0");
    let us = r#"  { id = "us", name"#;
    let eu = r#"  { id = «"eu", name = { en = "x", fr = "x", zh-Hant = "x" } },"#;
    found(&[(us, &format!("{eu}\n{us}"))], "/regions/1/id");
    found(&[(r#"id = "media""#, r#"id = «"legal""#)], "/verticals/12/id");
    found(&[(r#"id = "headset""#, r#"id = «"desk-phone""#)], "/device_types/3/id");
    found(
        &[(r#"{ id = "dhl""#, r#"{ id = «"ups", name = "x" }, { id = "dhl""#)],
        "/carriers/1/id",
    );
    found(
        &[(r#"id = "contact-center""#, r#"id = «"messaging""#)],
        "/services/4/id",
    );
}

#[test]
fn prog_1_lists_have_entries() {
    let json = serde_json::to_value(shipped()).expect("a program can be written");
    let lists = [
        "services",
        "regions",
        "verticals",
        "countries",
        "durations",
        "extension_days",
    ];
    for list in lists {
        let mut json = json.clone();
        json[list] = serde_json::json!([]);
        let findings = serde_json::from_value::<Program>(json).expect("a program").check();
        let empty = findings.iter().find(|finding| finding.path == format!("/{list}"));
        let empty = empty.unwrap_or_else(|| panic!("{list}: {}", told(&findings)));
        assert_eq!((empty.line, empty.column), (None, None));
        assert_eq!(
            empty.to_string(),
            format!("/{list}: the list is empty — add at least one entry")
        );
    }
    found(&[("extension_days = [30]", "extension_days = «[]")], "/extension_days");
}

#[test]
fn start_2_requires_exists() {
    let finding = found(&[(r#"["calling"]"#, r#"[«"caling"]"#)], "/services/3/requires/0");
    assert!(finding.mend.contains("`calling`"), "{finding}");
}

#[test]
fn start_2_requires_has_no_circle() {
    let finding = found(
        &[(r#"["calling"]"#, r#"«["attendant-console"]"#)],
        "/services/3/requires",
    );
    assert_eq!(
        finding.problem,
        "`attendant-console` requires itself: `attendant-console` → `attendant-console`"
    );
    let numbers = (
        "numbers = true\n",
        "numbers = true\nrequires = «[\"attendant-console\"]\n",
    );
    let finding = found(&[numbers], "/services/2/requires");
    assert_eq!(
        finding.problem,
        "`calling` requires itself: `calling` → `attendant-console` → `calling`"
    );
    // Who merely requires a circle does not stand in it.
    found(
        &[("site = true", "site = true\nrequires = [\"calling\"]"), numbers],
        "/services/2/requires",
    );
}

#[test]
fn start_2_fixed_durations_can_share_a_trial() {
    let console = ("duration_days = 90", "duration_days = «90");
    let calling = ("numbers = true\n", "numbers = true\nduration_days = 60\n");
    let finding = found(&[console, calling], "/services/3/duration_days");
    assert!(
        finding
            .problem
            .ends_with("`calling` 60 days, `attendant-console` 90 days"),
        "{finding}"
    );
    parse(&edited("numbers = true\n", "numbers = true\nduration_days = 90\n")).expect("the same duration");
    // Two that a third brings together are told there; a fourth that requires the third has nothing to add.
    let meetings = ("site = true", "site = true\nduration_days = 60");
    let devices = ("devices = true", "devices = true\nrequires = [\"contact-center\"]");
    let third = (
        "needs_approval = true",
        "needs_approval = true\nrequires = «[\"attendant-console\", \"meetings\"]",
    );
    found(&[meetings, devices, third], "/services/4/requires");
}

#[test]
fn start_2_fixed_values_are_possible() {
    found(&[("quantity = 5", "quantity = «0")], "/services/3/quantity");
    found(
        &[("duration_days = 90", "duration_days = «0")],
        "/services/3/duration_days",
    );
    found(
        &[("duration_days = 90", "duration_days = «3651")],
        "/services/3/duration_days",
    );
}

#[test]
fn elig_1_older_names_are_not_services() {
    found(&[(r#""webex-call""#, r#"«"meetings""#)], "/services/2/also_known_as/1");
}

#[test]
fn start_3_quantity() {
    let rule = "{ min = 1, max = 1000, default = 100 }";
    found(
        &[(rule, "{ min = «0, max = 1000, default = 100 }")],
        "/license_quantity/min",
    );
    found(&[(rule, "{ min = 9, max = «8, default = 8 }")], "/license_quantity/max");
    found(
        &[(rule, "{ min = 9, max = 99, default = «8 }")],
        "/license_quantity/default",
    );
    found(
        &[(rule, "{ min = 9, max = 99, default = «100 }")],
        "/license_quantity/default",
    );
}

#[test]
fn start_4_durations() {
    let list = "durations = [30, 60, 90]";
    found(&[(list, "durations = [30, 90, «60]")], "/durations/2");
    found(&[(list, "durations = [30, 60, «60]")], "/durations/2");
    found(&[(list, "durations = [«0, 30, 60]")], "/durations/0");
    found(&[(list, "durations = [30, «4000]")], "/durations/1");
    let finding = found(
        &[("default_duration = 30", "default_duration = «45")],
        "/default_duration",
    );
    assert_eq!(finding.mend, "write one of 30, 60, 90");
}

#[test]
fn ext_1_extension_days() {
    found(
        &[("extension_days = [30]", "extension_days = [30, «30]")],
        "/extension_days/1",
    );
    found(
        &[("extension_days = [30]", "extension_days = [«0]")],
        "/extension_days/0",
    );
}

#[test]
fn reg_1_time_1_dev_7_countries_lead_somewhere() {
    let row = r#"region = "eu", availability = "supported", time_zone = "Europe/Andorra", return_carrier = "dhl""#;
    let edit = |from: &str, to: &str, path: &str| found(&[(row, &row.replace(from, to))], path);
    let finding = edit(r#""eu""#, r#"«"EU""#, "/countries/0/region");
    assert!(finding.mend.starts_with("known: `eu`, `us`"), "{finding}");
    let finding = edit(r#""dhl""#, r#"«"hermes""#, "/countries/0/return_carrier");
    assert_eq!(finding.mend, "known: `ups`, `dhl`, `expeditors`, `trials-team`");
    for zone in ["Europe/Andora", "+01:00", "Etc/Unknown", ""] {
        edit(r#""Europe/Andorra""#, &format!("«\"{zone}\""), "/countries/0/time_zone");
    }
    let finding = edit(r#""Europe/Andorra""#, r#"«"europe/andorra""#, "/countries/0/time_zone");
    assert_eq!(finding.mend, "write `Europe/Andorra`");
    found(&[(r#"name = "Andorra""#, r#"name = «" ""#)], "/countries/0/name");
}

#[test]
fn dev_2_dev_7_names_counts_and_addresses() {
    found(&[("max = 10 }", "max = «0 }")], "/device_types/3/max");
    found(&[(r#""Webex Headset""#, r#"«"""#)], "/device_types/3/name");
    found(&[(r#"name = "Expeditors""#, r#"name = «"""#)], "/carriers/2/name");
    found(&[(r#""Webex Messaging""#, r#"«"""#)], "/services/0/name");
    for address in ["the trials team", "@example.com", "a@b@c", "a b@example.com", ""] {
        found(
            &[("\"webextrials_info@cisco.com\"", &format!("«\"{address}\""))],
            "/contacts/information",
        );
    }
}

#[test]
fn note_2_texts_exist_in_three_languages() {
    found(
        &[(r#"zh-Hant = "日本""#, r#"zh-Hant = «"""#)],
        "/regions/6/name/zh-Hant",
    );
    found(&[(r#"fr = "Assurance""#, r#"fr = «" ""#)], "/verticals/9/name/fr");
    found(
        &[(r#"fr = "Service de calendrier hybride""#, r#"fr = «"""#)],
        "/services/1/includes/0/fr",
    );
    let english = "en = \"For teams that want to talk, share and decide between meetings.\"";
    found(&[(english, "en = «\"\"")], "/services/0/good_for/en");
    let french = "good_for.fr = \"Pour les équipes qui veulent échanger, partager et décider entre deux réunions.\"\n";
    let finding = found(
        &[(french, ""), ("good_for.en", "«good_for.en")],
        "/services/0/good_for/fr",
    );
    assert_eq!(finding.problem, "the key `fr` is missing");
}

#[test]
fn policy_values_are_possible() {
    let rows = [
        ("consent_days = 10", "0", "CONS-2"),
        ("consent_sendings_per_hour = 5", "0", "CONS-7"),
        ("reminder_days = 7", "0", "EXP-1"),
        ("reminder_days = 7", "3651", "EXP-1"),
        ("grace_days = 30", "3651", "EXP-3"),
        ("number_rest_days = 15", "3651", "EXP-5"),
        ("site_rest_days = 90", "3651", "START-5"),
        ("cancelled_organization_days = 30", "3651", "CANC-2"),
        ("rest_between_trials_days = 0", "3651", "ELIG-4"),
        ("device_days = 120", "0", "DEV-5"),
        ("return_opens_before_days = 14", "3651", "DEV-6"),
        ("return_due_after_days = 14", "3651", "DEV-6"),
        ("overdue_reminder_every_days = 7", "0", "DEV-6"),
    ];
    for (line, value, rule) in rows {
        let key = line.split(' ').next().expect("a key");
        let finding = found(
            &[(&format!("\n{line}"), &format!("\n{key} = «{value}"))],
            &format!("/policy/{key}"),
        );
        assert!(finding.problem.starts_with(value), "{rule}: {finding}");
    }
}

#[test]
fn conv_7_dev_6_reminders_ascend_and_come_in_time() {
    found(&[("[7, 20, 27]", "[7, 27, «20]")], "/policy/order_reminder_days/2");
    found(&[("[7, 20, 27]", "[7, 20, «30]")], "/policy/order_reminder_days/2");
    found(&[("[1, 7, 14]", "[1, «1, 14]")], "/policy/overdue_reminder_days/1");
    found(&[("[1, 7, 14]", "[«0, 7, 14]")], "/policy/overdue_reminder_days/0");
    parse(&edited("[7, 20, 27]", "[]")).expect("no reminders at all");
}

#[test]
fn elig_4_elig_5_no_limit_of_nothing() {
    found(
        &[("# trials_per_service = 1", "trials_per_service = «0")],
        "/policy/trials_per_service",
    );
    let line = "# allowance_tier_1 = { per_month = 50, active = 100 }";
    found(
        &[(line, "allowance_tier_1 = { per_month = «0 }")],
        "/policy/allowance_tier_1/per_month",
    );
    found(
        &[(line, "allowance_tier_2 = { active = «0 }")],
        "/policy/allowance_tier_2/active",
    );
    parse(&edited(line, "allowance_tier_2 = { active = 1 }")).expect("an allowance");
}

#[test]
fn time_3_time_of_day_needs_no_seconds() {
    let program = parse(&edited("\"09:00:00\"", "\"08:30\"")).expect("a time without seconds");
    assert_eq!(program.policy.day_email_time, time(8, 30, 0, 0));
}

#[test]
fn prog_1_all_wrong_values_are_told_at_once() {
    let text = edited("version = 1\n", "version = 0\n");
    let text = replaced(&text, "grace_days = 30", "grace_days = 9999");
    let text = replaced(&text, "\"Europe/Andorra\"", "\"Europe/Andora\"");
    let findings = parse(&text).expect_err("three mistakes");
    assert_eq!(
        paths(&findings),
        ["/version", "/countries/0/time_zone", "/policy/grace_days"]
    );
}
