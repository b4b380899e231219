//! Names are written by others.

use crate::{brand, ending, letter};
use delivery::{Brand, RenderError, render};
use domain::notify::{Audience, MessageKind};
use i18n::Language;

#[test]
fn sec_3_names_are_data_in_html_text_and_subject() {
    let evil = "</td><script>alert(1)</script>{{ 7*7 }}{% raw %}{ $customer }<mj-text>\r\nBcc: x@y.example\u{202E}gnp\u{2066}\u{0}";
    let (facts, brand) = (
        ending(),
        Brand {
            vendor_name: evil.to_owned(),
            ..brand()
        },
    );
    for language in Language::ALL {
        for audience in [Audience::CustomerAdministrators, Audience::PartnerAdministrators] {
            let mut letter = letter(MessageKind::ExpiryReminder, audience, &facts, &brand);
            letter.language = language;
            for name in [
                &mut letter.customer_name,
                &mut letter.partner_name,
                &mut letter.reference,
            ] {
                *name = evil.to_owned();
            }
            letter.recipient_name = Some(evil.to_owned());
            letter.services = vec![evil.to_owned(), evil.to_owned()];
            letter.line = Some(evil);
            let email = render(&letter).unwrap();
            assert!(!email.subject.contains(['\r', '\n', '\u{0}']), "{}", email.subject);
            assert!(
                email.text.lines().all(|line| !line.starts_with("Bcc")),
                "{}",
                email.text
            );
            assert!(
                email.html.contains("&lt;script&gt;") && !email.html.contains("<script"),
                "{}",
                email.html
            );
            assert!(!email.html.contains("alert(1)</script") && !email.html.contains("<mj-text"));
            assert!(email.text.contains("{{ 7*7 }}") && !email.text.contains("49"));
            for text in [&email.subject, &email.text, &email.html] {
                assert!(!text.contains(['\u{202E}', '\u{2066}', '\u{0}', '\u{FDD0}', '\u{FDD1}']));
            }
        }
    }
}

#[test]
fn sec_3_a_name_cannot_leave_an_attribute() {
    let (facts, brand) = (ending(), brand());
    let mut letter = letter(
        MessageKind::ExpiryReminder,
        Audience::CustomerAdministrators,
        &facts,
        &brand,
    );
    letter.services = vec!["\" onload=\"x\" '".to_owned()];
    let email = render(&letter).unwrap();
    assert!(!email.html.contains("\" onload=\"x\"") && email.html.contains("&quot; onload=&quot;x&quot;"));
    letter.action_url = Some("javascript:alert(1)".to_owned());
    assert!(matches!(render(&letter), Err(RenderError::Link)));
}
