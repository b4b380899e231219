//! NOTE-4: an address that takes no email is written down where its person lives, until it takes one again.

use super::{Courier, Task};
use crate::smtp::SendError;
use domain::{ids::PersonId, notify::Bounce};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// RFC 3463 tells why, and RFC 5321 where a server says no more than its code.
pub(super) fn class(said: &str) -> Bounce {
    let words = || {
        said.split(|c: char| !(c.is_ascii_digit() || c == '.'))
            .filter(|word| !word.is_empty())
    };
    let more = words().find(|word| word.starts_with("5.") && word.split('.').count() == 3);
    match more {
        Some(code) if code.starts_with("5.1.") => Bounce::UnknownAddress,
        Some("5.2.2") => Bounce::MailboxFull,
        Some(_) => Bounce::Refused,
        None => match words().find(|word| word.len() == 3 && word.starts_with('5')) {
            Some("550" | "551" | "553") => Bounce::UnknownAddress,
            Some("552") => Bounce::MailboxFull,
            Some(_) | None => Bounce::Refused,
        },
    }
}

impl Courier {
    pub(super) async fn mark(&self, task: &Task, result: &Result<(), SendError>) {
        let bounced_at = match result {
            Ok(()) => None,
            Err(SendError::Bounced(_)) => Some((self.clocks.rules)()),
            Err(SendError::Permanent(_) | SendError::Temporary(_)) => return,
        };
        self.mark_all(vec![(task.reader.clone(), task.to.clone())], bounced_at)
            .await;
    }

    /// What cannot be written down now is when the next email ends alike.
    pub(super) async fn mark_all(&self, readers: Vec<(PersonId, String)>, bounced_at: Option<Timestamp>) {
        let mut homes: BTreeMap<String, Vec<(PersonId, String)>> = BTreeMap::new();
        for reader in readers {
            homes.entry(reader.0.region().to_owned()).or_default().push(reader);
        }
        for (home, readers) in homes {
            let Some(region) = self.stores.region(&home) else {
                continue;
            };
            if let Err(error) = region.mark_addresses(&readers, bounced_at).await {
                tracing::warn!(region = home, %error, "whether addresses take email is not written down");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::class;
    use domain::notify::Bounce;

    #[test]
    fn note_4_why_an_address_takes_no_email_is_told_in_a_word() {
        for (said, why) in [
            ("permanent error (550): 5.1.1 no such user", Bounce::UnknownAddress),
            ("permanent error (550): no such user", Bounce::UnknownAddress),
            ("permanent error (553): 5.1.3 bad address", Bounce::UnknownAddress),
            ("permanent error (552): 5.2.2 over quota", Bounce::MailboxFull),
            ("permanent error (552): over quota", Bounce::MailboxFull),
            ("permanent error (550): 5.2.1 mailbox disabled", Bounce::Refused),
            ("permanent error (554): no", Bounce::Refused),
            ("no such user", Bounce::Refused),
        ] {
            assert_eq!(class(said), why, "{said}");
        }
    }
}
