//! `foretaste program`: the program file, checked and shown.

use crate::failure::{Failure, Outcome};
use domain::program::{Program, parse};

/// The program that comes with the binary.
const SHIPPED: &str = include_str!("../../../../programs/webex-enterprise.toml");

/// The program that comes with the binary.
pub(crate) fn shipped() -> Outcome<Program> {
    parse(SHIPPED).map_err(|findings| {
        let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
        Failure::new(format!("the shipped program is not in order:\n{}", lines.join("\n")))
    })
}
