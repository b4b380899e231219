//! PROG-1: a new version meets the trials that are running.

use std::collections::BTreeSet;

use domain::program::{Finding, Program, Used, locate, parse};

use super::{edited, paths, replaced, shipped, told};

fn ids<'a>(ids: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    ids.into_iter().map(str::to_owned).collect()
}

fn used() -> Used {
    Used {
        services: ids(["calling", "meetings"]),
        regions: ids(["eu", "ca"]),
        countries: ids(["CA", "FR"]),
        highest_version: 1,
    }
}

/// What stands against publishing this text after the shipped program.
fn against(text: &str) -> Vec<Finding> {
    let newer = parse(text).unwrap_or_else(|findings| panic!("{}", told(&findings)));
    locate(text, newer.conflicts(&shipped(), &used()))
}

#[test]
fn prog_1_next_version_can_be_published() {
    assert_eq!(against(&edited("version = 1", "version = 2")), []);
}

#[test]
fn prog_1_version_follows_the_highest() {
    for version in ["1", "3"] {
        let text = edited("version = 1", &format!("version = {version}"));
        let findings = against(&text);
        assert_eq!(paths(&findings), ["/version"]);
        assert_eq!(findings[0].mend, "write 2");
        assert!(findings[0].line.is_some());
    }
    // One that was withdrawn is not given again.
    let next = Program {
        version: 5,
        ..shipped()
    };
    assert_eq!(
        next.conflicts(
            &shipped(),
            &Used {
                highest_version: 4,
                ..used()
            }
        ),
        []
    );
}

#[test]
fn prog_1_program_keeps_its_id() {
    let text = edited("version = 1", "version = 2");
    let findings = against(&replaced(&text, "id = \"webex-enterprise\"", "id = \"other\""));
    assert_eq!(paths(&findings), ["/id"]);
    assert_eq!(findings[0].mend, "write `webex-enterprise`");
}

#[test]
fn prog_1_services_regions_and_countries_in_use_stay() {
    let mut next = Program {
        version: 2,
        ..shipped()
    };
    next.services
        .retain(|service| service.id != "meetings" && service.id != "messaging");
    next.regions.retain(|region| region.id != "ca" && region.id != "jp");
    next.number_providers.clear();
    next.countries
        .retain(|country| !["ca", "jp"].contains(&country.region.as_str()));
    assert_eq!(next.check(), []);
    let findings = next.conflicts(&shipped(), &used());
    assert_eq!(paths(&findings), ["/services", "/regions", "/countries"]);
    for (finding, id) in findings.iter().zip(["`meetings`", "`ca`", "`CA`"]) {
        assert!(
            finding.problem.starts_with(id) && finding.mend.starts_with("put the"),
            "{finding}"
        );
    }
}

#[test]
fn prog_1_reg_2_country_in_use_keeps_its_region() {
    let text = edited("version = 1", "version = 2");
    let text = replaced(&text, r#"{ id = "CA", region = "ca""#, r#"{ id = "CA", region = "us""#);
    let text = replaced(&text, r#"{ id = "JP", region = "jp""#, r#"{ id = "JP", region = "sg""#);
    let findings = against(&text);
    let canada = shipped()
        .countries
        .iter()
        .position(|country| country.id == "CA")
        .expect("Canada");
    assert_eq!(paths(&findings), [format!("/countries/{canada}/region")]);
    assert_eq!(findings[0].mend, "write `ca`");
    let line = text
        .lines()
        .position(|line| line.contains("{ id = \"CA\""))
        .expect("Canada")
        + 1;
    assert_eq!(
        (findings[0].line, findings[0].column),
        (Some(line), Some(r#"  { id = "CA", region = "#.len() + 1))
    );
}
