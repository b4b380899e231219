//! Everything that leaves the system. Here: emails, from what a message says (a [`Letter`]) to HTML and text
//! ([`Templates::render`]) and to the mail server ([`Smtp`]), carried there by the [`Courier`]; and what others are asked by
//! HTTP ([`HttpPort`]), the provisioner among them ([`Caller`]). And files to take away: tables ([`sheet`]) and the sheet that
//! goes back with devices ([`ReturnSheet`]).

mod context;
mod courier;
mod glance;
mod letter;
mod outgoing;
mod provisioner;
mod retry;
mod return_sheet;
mod samples;
pub mod sheet;
mod smtp;
mod templates;
mod wording;

pub use courier::{Carried, Carrier, Clocks, Courier, Transport};
pub use letter::{Brand, Devices, Letter, RenderError, Rendered};
pub use outgoing::{HttpError, HttpPort, is_public};
pub use provisioner::{Caller, Endpoint, MISSED_CALLS, Secret, SecretError, signature, signed};
pub use retry::{ATTEMPTS, pause};
pub use return_sheet::{Fonts, ReturnSheet, SheetDevice, SheetError};
pub use samples::{Sample, samples};
pub use smtp::{ConfigError, Outgoing, Security, SendError, Smtp, SmtpConfig};
pub use templates::{Templates, TemplatesError, render};
