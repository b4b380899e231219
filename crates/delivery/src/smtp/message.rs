//! The message as it goes over the wire.

use super::{Outgoing, SendError};
use lettre::Message;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};

/// Anything wrong in it would be wrong at the next attempt too.
pub(super) fn compose(outgoing: &Outgoing) -> Result<Message, SendError> {
    let refused = |what: &str, error: &dyn std::fmt::Display| SendError::Permanent(format!("{what}: {error}"));
    let mailbox = |what: &str, text: &str| -> Result<Mailbox, String> {
        if text.chars().any(char::is_control) {
            return Err(format!("{what}: a control character in an address"));
        }
        text.parse()
            .map_err(|error: lettre::address::AddressError| format!("{what}: {error}"))
    };
    for (what, value) in [
        ("message id", &outgoing.message_id),
        ("kind", &outgoing.kind),
        ("language", &outgoing.language),
    ] {
        if value.is_empty() || !value.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(refused(what, &"not a plain header value"));
        }
    }
    Message::builder()
        .message_id(Some(outgoing.message_id.clone()))
        .date(outgoing.date)
        .from(mailbox("sender", &outgoing.from).map_err(SendError::Permanent)?)
        .to(mailbox("recipient", &outgoing.to).map_err(SendError::Bounced)?)
        .subject(i18n::tame(&outgoing.subject))
        .raw_header(plain(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated",
        ))
        .raw_header(plain(HeaderName::new_from_ascii_str("X-Auto-Response-Suppress"), "All"))
        .raw_header(plain(
            HeaderName::new_from_ascii_str("Content-Language"),
            &outgoing.language,
        ))
        .raw_header(plain(
            HeaderName::new_from_ascii_str("X-Foretaste-Kind"),
            &outgoing.kind,
        ))
        .multipart(MultiPart::alternative_plain_html(
            outgoing.text.clone(),
            outgoing.html.clone(),
        ))
        .map_err(|error| refused("message", &error))
}

/// A value that was checked to be plain ASCII needs no encoding.
fn plain(name: HeaderName, value: &str) -> HeaderValue {
    HeaderValue::new(name, value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, SystemTime};

    fn outgoing() -> Outgoing {
        Outgoing {
            message_id: "<msg_eu_01@trials.example>".to_owned(),
            from: "Vela Trials <trials@vela.example>".to_owned(),
            to: "ada@lumiere.example".to_owned(),
            subject: "Votre essai se termine dans 7 jours".to_owned(),
            html: "<p>é</p>".to_owned(),
            text: "é 綠光".to_owned(),
            language: "fr".to_owned(),
            date: SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000),
            kind: "expiry_reminder".to_owned(),
        }
    }

    fn wire(outgoing: &Outgoing) -> String {
        String::from_utf8(compose(outgoing).unwrap().formatted()).unwrap()
    }

    #[test]
    fn note_1_headers_say_what_it_is() {
        let wire = wire(&outgoing());
        for line in [
            "Message-ID: <msg_eu_01@trials.example>\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "Content-Language: fr\r\n",
            "Date: Fri, 15 Jan 2027 08:00:00 +0000\r\n",
            "Content-Type: multipart/alternative;",
            "X-Foretaste-Kind: expiry_reminder\r\n",
            "Content-Type: text/plain; charset=utf-8\r\n",
            "Content-Type: text/html; charset=utf-8\r\n",
        ] {
            assert!(wire.contains(line), "{line}\n{wire}");
        }
    }

    #[test]
    fn sec_3_no_value_can_add_a_header() {
        let mut subject = outgoing();
        subject.subject = "Hello\r\nBcc: all@victim.example\r\n\r\n<script>".to_owned();
        let wire = wire(&subject);
        assert!(
            !wire.contains("\r\nBcc:") && wire.contains("Subject: Hello Bcc: all@victim.example <script>\r\n"),
            "{wire}"
        );
        for spoil in [
            (|o: &mut Outgoing| o.to = "a@b.example\r\nBcc: c@d.example".to_owned()) as fn(&mut Outgoing),
            |o| o.to = "a@b.example, c@d.example".to_owned(),
            |o| o.from = "X\r\nY: z <a@b.example>".to_owned(),
            |o| o.message_id = "<a@b>\r\nBcc: c@d.example".to_owned(),
            |o| o.language = "fr\r\nBcc: c@d.example".to_owned(),
            |o| o.kind = "x\ny".to_owned(),
            |o| o.to = String::new(),
        ] {
            let mut spoilt = outgoing();
            spoil(&mut spoilt);
            let refused = matches!(compose(&spoilt), Err(SendError::Permanent(_) | SendError::Bounced(_)));
            assert!(refused, "{spoilt:?}");
        }
    }
}
