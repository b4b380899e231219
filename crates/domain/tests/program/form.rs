//! What has the wrong form, or is not TOML, is told with its place.

use domain::program::parse;

use super::{edited, found, paths, replaced, shipped_text, told};

#[test]
fn prog_1_unknown_keys_are_named() {
    let finding = found(
        &[("needs_approval = true", "«need_approval = true")],
        "/services/4/need_approval",
    );
    assert_eq!(finding.problem, "the key `need_approval` is not known");
    assert!(
        finding
            .mend
            .starts_with("write `needs_approval`, or remove it; known here: `id`"),
        "{finding}"
    );
    let finding = found(&[("[policy]\n", "[policy]\n«colour = 1\n")], "/policy/colour");
    assert!(finding.mend.contains("`grace_days`"), "{finding}");
    found(&[("version = 1", "version = 1\n«note = \"x\"")], "/note");
    found(&[("\n[policy]", "\n[«prices]\nx = 1\n[policy]")], "/prices");
}

#[test]
fn prog_1_wrong_kinds_are_told_with_the_right_one() {
    let number = found(&[("quantity = 5", "quantity = «\"5\"")], "/services/3/quantity");
    assert_eq!(number.problem, "string \"5\" cannot stand here");
    assert_eq!(number.mend, "write a whole number, 0 or more, without quotes");
    found(&[("\ngrace_days = 30", "\ngrace_days = «-1")], "/policy/grace_days");
    found(&[("\ngrace_days = 30", "\ngrace_days = «1.5")], "/policy/grace_days");
    found(&[("site = true", "site = «\"yes\"")], "/services/1/site");
    found(&[("durations = [30, 60, 90]", "durations = «30")], "/durations");
    found(
        &[("durations = [30, 60, 90]", "durations = [30, «\"60\"]")],
        "/durations/1",
    );
    found(&[("name = \"Webex Devices\"", "name = «7")], "/services/5/name");
    let finding = found(
        &[(r#""supported", time_zone"#, r#"«"suported", time_zone"#)],
        "/countries/0/availability",
    );
    assert!(
        finding
            .mend
            .starts_with("write `supported`; known here: `supported`, `review`"),
        "{finding}"
    );
    for wrong in ["«09:00:00", "«\"nine\"", "«9"] {
        let finding = found(&[("\"09:00:00\"", wrong)], "/policy/day_email_time");
        assert!(finding.mend.contains("\"09:00\""), "{finding}");
    }
}

#[test]
fn prog_1_missing_keys_are_told_where_they_are_missing() {
    let messaging = ("[[services]]\nid = \"messaging\"", "«[[services]]\nid = \"messaging\"");
    found(&[("name = \"Webex Messaging\"\n", ""), messaging], "/services/0/name");
    found(
        &[("consent_days = 10 ", "# "), ("\n[policy]", "\n«[policy]")],
        "/policy/consent_days",
    );
    found(
        &[(r#"{ id = "board", name = "Webex Board", "#, r#"«{ id = "board", "#)],
        "/device_types/6/name",
    );
    found(
        &[("contacts.information", "# "), ("contacts.device", "«contacts.device")],
        "/contacts/information",
    );
}

#[test]
fn prog_1_wrong_forms_are_told_all_at_once() {
    let text = edited("version = 1\n", "");
    let text = replaced(&text, "durations = [30, 60, 90]", "durations = [30, \"60\", true]");
    let text = replaced(&text, r#"{ id = "dhl", name"#, r#"{ id = "dhl", nam"#);
    let text = replaced(
        &text,
        r#""supported", time_zone = "Europe/Andorra""#,
        r#""yes", time_zone = 1"#,
    );
    let text = replaced(&text, "grace_days = 30", "grace_days = \"30\"");
    let text = replaced(&text, "site = true", "site = 1");
    let findings = parse(&text).expect_err("many mistakes");
    let expected = [
        "/version",
        "/durations/1",
        "/durations/2",
        "/carriers/1/nam",
        "/countries/0/availability",
        "/countries/0/time_zone",
        "/policy/grace_days",
        "/services/1/site",
    ];
    assert_eq!(paths(&findings), expected, "\n{}", told(&findings));
    assert!(findings.is_sorted_by_key(|finding| finding.line));
}

#[test]
fn prog_1_what_is_not_toml_has_a_line() {
    let finding = found(&[("version = 1", "version = 1\n«version = 2")], "");
    assert_eq!(finding.mend, "remove or rename one of the two");
    let findings = parse(&edited("id = \"webex-enterprise\"", "id = \"webex-enterprise")).expect_err("an open quote");
    let line = shipped_text()
        .lines()
        .position(|line| line.starts_with("id = "))
        .expect("the id")
        + 1;
    assert_eq!(
        findings.first().and_then(|finding| finding.line),
        Some(line),
        "{}",
        told(&findings)
    );
    for nothing in [
        "",
        "\n\n",
        "{",
        "[",
        "\u{feff}",
        "]]\n\u{0}",
        "services = [[[[",
        "a.b.c = ",
    ] {
        assert!(
            parse(nothing).is_err_and(|findings| !findings.is_empty()),
            "{nothing:?}"
        );
    }
}

#[test]
fn prog_1_no_text_makes_it_panic() {
    let text = shipped_text();
    for cut in (0..text.len()).step_by(499).filter(|cut| text.is_char_boundary(*cut)) {
        let (start, end) = text.split_at(cut);
        for text in [
            start.to_owned(),
            end.to_owned(),
            format!("{start}\"{end}"),
            format!("{start}[{end}"),
        ] {
            if let Err(findings) = parse(&text) {
                assert!(
                    findings.iter().all(|finding| finding.line.is_some()),
                    "{}",
                    told(&findings)
                );
            }
        }
    }
}
