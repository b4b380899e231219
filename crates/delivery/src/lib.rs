//! Everything that leaves the system. Here: emails, from what a message says (a [`Letter`]) to HTML and text
//! ([`Templates::render`]) and to the mail server ([`Smtp`]).

mod context;
mod glance;
mod letter;
mod retry;
mod samples;
mod smtp;
mod templates;
mod wording;

pub use letter::{Brand, Letter, RenderError, Rendered};
pub use retry::{ATTEMPTS, pause};
pub use samples::{Sample, samples};
pub use smtp::{ConfigError, Outgoing, Security, SendError, Smtp, SmtpConfig};
pub use templates::{Templates, TemplatesError, render};
