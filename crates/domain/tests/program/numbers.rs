//! SETUP-2: who gives phone numbers, and where they come first.

use crate::shipped;
use domain::{program::parse, setup::NumbersCase};

#[test]
fn setup_2_a_country_is_open_unless_the_program_says_otherwise() {
    let program = shipped();
    let case = |id: &str| program.country(id).map(|country| country.numbers);
    assert_eq!(case("FR"), Some(NumbersCase::Open), "SETUP-2");
    assert_eq!(case("JP"), Some(NumbersCase::First), "SETUP-2");
    let givers: Vec<&str> = program.number_providers("FR").map(|one| one.id.as_str()).collect();
    assert_eq!(givers, ["calling-plans", "tata"], "SETUP-2");
    assert_eq!(program.number_providers("AQ").count(), 0, "SETUP-2");
}

#[test]
fn setup_2_numbers_come_first_only_where_somebody_gives_them() {
    let mut program = shipped();
    let andorra = program
        .countries
        .iter()
        .position(|one| one.id == "AD")
        .unwrap_or_default();
    program.countries[andorra].numbers = NumbersCase::First;
    program.number_providers[0].countries.push("XX".to_owned());
    program.number_providers[1].id = "calling-plans".to_owned();
    let paths: Vec<String> = program.check().into_iter().map(|found| found.path).collect();
    let last = program.number_providers[0].countries.len() - 1;
    let wanted = [
        "/number_providers/1/id".to_owned(),
        format!("/number_providers/0/countries/{last}"),
        format!("/countries/{andorra}/numbers"),
    ];
    assert_eq!(paths, wanted, "SETUP-2");
}

#[test]
fn setup_2_a_program_without_any_of_it_is_whole() {
    let mut program = shipped();
    program.number_providers.clear();
    for country in &mut program.countries {
        country.numbers = NumbersCase::Open;
    }
    let mut table = toml::Table::try_from(&program).expect("a program can be written");
    table.remove("number_providers");
    let read = parse(&table.to_string());
    assert_eq!(read.map(|read| read.number_providers.len()), Ok(0), "SETUP-2");
}
