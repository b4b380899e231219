//! One file for each command.

pub(crate) mod admin;
pub(crate) mod clock;
pub(crate) mod mail;
pub(crate) mod program;
pub(crate) mod provisioner;
pub(crate) mod server;
pub(crate) mod simulate;
pub(crate) mod token;
pub(crate) mod verify;

use comfy_table::{Table, presets};

/// A table for people: plain lines, no colours.
fn table<const N: usize>(head: [&str; N]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(head);
    table
}
