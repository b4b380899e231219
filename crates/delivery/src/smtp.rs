//! Handing an email to the mail server.

mod config;
mod lines;
mod message;

pub use config::{ConfigError, Security, SmtpConfig};

use crate::courier::{Carried, Carrier};
use config::door;
use lettre::transport::smtp::{
    Error,
    response::{Response, Severity},
};
use lines::Lines;
use std::fmt;
use std::time::{Duration, SystemTime};

/// An email to one recipient, ready to leave.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// With its angle brackets; the same at every attempt (NOTE-1).
    pub message_id: String,
    /// `address` or `Name <address>`.
    pub from: String,
    /// `address` or `Name <address>`.
    pub to: String,
    /// Subject line.
    pub subject: String,
    /// HTML document.
    pub html: String,
    /// The same as plain text.
    pub text: String,
    /// BCP 47.
    pub language: String,
    /// When it was written.
    pub date: SystemTime,
    /// By the names of `GET /mailbox`.
    pub kind: String,
}

/// Why an email was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Worth another attempt: no connection, too slow, the server is busy or does not know us.
    #[error("not delivered yet: {0}")]
    Temporary(String),
    /// Never to be tried again: this address or this message is refused.
    #[error("refused: {0}")]
    Permanent(String),
    /// NOTE-4: never, because of the address: nobody gets email there.
    #[error("no such address: {0}")]
    Bounced(String),
}

/// A mail server.
pub struct Smtp {
    lines: Lines,
    timeout: Duration,
}

impl fmt::Debug for Smtp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Smtp")
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

impl Smtp {
    /// Checks the settings; nothing is connected yet.
    pub fn new(config: &SmtpConfig) -> Result<Self, ConfigError> {
        Ok(Smtp {
            lines: Lines::new(door(config)?),
            timeout: config.timeout,
        })
    }

    /// Hands one email over; takes no longer than the configured time.
    pub async fn send(&self, outgoing: &Outgoing) -> Result<(), SendError> {
        let message = message::compose(outgoing)?;
        match tokio::time::timeout(self.timeout, self.hand_over(message)).await {
            Ok(result) => result,
            Err(_) => Err(SendError::Temporary(format!(
                "no answer within {} s",
                self.timeout.as_secs_f32()
            ))),
        }
    }

    /// Connects and greets without sending: for `mail test` and `doctor`.
    pub async fn probe(&self) -> Result<(), SendError> {
        match tokio::time::timeout(self.timeout, self.lines.probe()).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(SendError::Temporary(words(&error))),
            Err(_) => Err(SendError::Temporary(format!(
                "no answer within {} s",
                self.timeout.as_secs_f32()
            ))),
        }
    }

    async fn hand_over(&self, message: lettre::Message) -> Result<(), SendError> {
        let error = match self.lines.send(message.envelope(), &message.formatted()).await {
            Ok(response) if is_taken(&response) => return Ok(()),
            Ok(response) => {
                let code = response.code();
                return Err(SendError::Temporary(format!(
                    "the server answers {code} to a whole message"
                )));
            }
            Err(error) => error,
        };
        if !error.is_permanent() || about_us(&error) {
            return Err(SendError::Temporary(words(&error)));
        }
        // A server that refuses us already at its door says nothing about this recipient.
        match self.lines.ask(message.envelope()).await {
            Ok(Some(refused)) if about_the_address(&refused) => Err(SendError::Bounced(words(&error))),
            Ok(_) => Err(SendError::Permanent(words(&error))),
            Err(_) => Err(SendError::Temporary(words(&error))),
        }
    }
}

/// Only 2xx is a yes; 3xx asks for more, and there is no more.
fn is_taken(response: &Response) -> bool {
    response.code().severity == Severity::PositiveCompletion
}

impl Carrier for Smtp {
    fn carry<'a>(&'a self, outgoing: &'a Outgoing) -> Carried<'a> {
        Box::pin(self.send(outgoing))
    }

    fn timeout(&self) -> Duration {
        self.timeout
    }
}

/// RFC 4954 and 3207: who we are is not accepted; a matter of settings, which an operator mends.
fn about_us(error: &Error) -> bool {
    error
        .status()
        .is_some_and(|code| matches!(u16::from(code), 523 | 524 | 530 | 534 | 535 | 538))
}

/// RFC 3463: 5.7 is about who may write to whom, not about whether somebody is there.
fn about_the_address(refused: &Error) -> bool {
    refused.is_permanent() && !words(refused).split_whitespace().any(|word| word.starts_with("5.7."))
}

/// The whole chain of causes in one line.
fn words(error: &Error) -> String {
    let mut line = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        let cause_line = cause.to_string();
        if !line.contains(&cause_line) {
            line = format!("{line}: {cause_line}");
        }
        source = cause.source();
    }
    i18n::tame(&line)
}
