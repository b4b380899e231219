//! Text that others typed: stored in NFC, compared by NFKC, case fold and white space (`api.md`, Conventions).

use crate::refusal::Code;
use icu::{
    casemap::CaseMapper,
    properties::{CodePointMapData, props::GeneralCategory},
};
use unicode_normalization::UnicodeNormalization as _;
use unicode_security::MixedScript as _;

/// Names are at most so many characters.
pub const NAME_MAX: usize = 200;
/// Longer texts (notes, reasons, a reminder's line) are at most so many characters.
pub const TEXT_MAX: usize = 2_000;
/// An address is at most so many octets.
pub const EMAIL_MAX: usize = 254;

/// A name: one line of at most [`NAME_MAX`] characters.
///
/// # Errors
/// `empty`, `too_long` or `invalid_characters`.
pub fn name(given: &str) -> Result<String, Code> {
    checked(given, NAME_MAX, false)
}

/// A note or reason: at most [`TEXT_MAX`] characters, lines allowed.
///
/// # Errors
/// `empty`, `too_long` or `invalid_characters`.
pub fn note(given: &str) -> Result<String, Code> {
    checked(given, TEXT_MAX, true)
}

/// A secret as it is compared: the same characters, however they were put in.
pub fn secret(given: &str) -> String {
    given.nfc().collect()
}

fn checked(given: &str, max: usize, lines: bool) -> Result<String, Code> {
    if given.chars().take(max * 4 + 1).count() > max * 4 {
        return Err(Code::TooLong);
    }
    let text: String = given.trim().nfc().collect();
    if text.is_empty() {
        return Err(Code::Empty);
    }
    if text.chars().count() > max {
        return Err(Code::TooLong);
    }
    let allowed_line = |c: char| lines && (c == '\n' || c == '\r' || c == '\t');
    if text.chars().any(|c| !allowed_line(c) && is_hidden(c)) {
        return Err(Code::InvalidCharacters);
    }
    Ok(text)
}

/// Control, bidi-control and invisible characters, and what is not a character at all.
fn is_hidden(c: char) -> bool {
    let category = CodePointMapData::<GeneralCategory>::new().get(c);
    let invisible = matches!(
        category,
        GeneralCategory::Control
            | GeneralCategory::Format
            | GeneralCategory::LineSeparator
            | GeneralCategory::ParagraphSeparator
            | GeneralCategory::PrivateUse
            | GeneralCategory::Unassigned
    );
    invisible
        || matches!(
            c,
            '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' | '\u{2800}' | '\u{034F}'
        )
}

/// The key by which texts are compared, sorted and searched: NFKC, case folded, white space as one space.
pub fn fold(text: &str) -> String {
    let compatible: String = text.nfkc().collect();
    let folded: String = CaseMapper::new().fold_string(&compatible).nfkc().collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An address, checked: as it is shown and written to, and the key under which it is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email {
    /// Local part as given, domain as A-labels.
    pub address: String,
    /// Lower case.
    pub key: String,
}

/// Checks an address.
///
/// # Errors
/// `empty`, `too_long`, `mixed_script` (a label of the domain mixes scripts), `invalid_characters` or `invalid_email`.
pub fn email(given: &str) -> Result<Email, Code> {
    let given = given.trim();
    if given.is_empty() {
        return Err(Code::Empty);
    }
    if given.len() > EMAIL_MAX * 4 {
        return Err(Code::TooLong);
    }
    if given.chars().any(is_hidden) {
        return Err(Code::InvalidCharacters);
    }
    let (local, domain) = given.rsplit_once('@').ok_or(Code::InvalidEmail)?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let dots = local.starts_with('.') || local.ends_with('.') || local.contains("..");
    if local.is_empty() || local.len() > 64 || dots || !local.chars().all(plain) {
        return Err(Code::InvalidEmail);
    }
    let domain = domain_name(domain)?;
    let address = format!("{local}@{domain}");
    if address.len() > EMAIL_MAX {
        return Err(Code::TooLong);
    }
    let key = address.to_ascii_lowercase();
    Ok(Email { address, key })
}

fn domain_name(given: &str) -> Result<String, Code> {
    let (unicode, valid) = idna::domain_to_unicode(given);
    valid.map_err(|_| Code::InvalidEmail)?;
    if unicode.split('.').any(|label| !label.is_single_script()) {
        return Err(Code::MixedScript);
    }
    let ascii = idna::domain_to_ascii_strict(given).map_err(|_| Code::InvalidEmail)?;
    let labels = ascii.split('.').count();
    let empty = ascii.split('.').any(str::is_empty);
    if labels < 2
        || empty
        || ascii
            .rsplit('.')
            .next()
            .is_some_and(|top| top.bytes().all(|b| b.is_ascii_digit()))
    {
        return Err(Code::InvalidEmail);
    }
    Ok(ascii)
}

/// START-5: the name of a meetings site, one host label in lower case.
///
/// # Errors
/// `empty`, `too_long` or `invalid_site`.
pub fn site(given: &str) -> Result<String, Code> {
    let name = given.trim().to_ascii_lowercase();
    if name.is_empty() {
        return Err(Code::Empty);
    }
    if name.len() > 63 {
        return Err(Code::TooLong);
    }
    let plain = name
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !plain || name.starts_with('-') || name.ends_with('-') || name.contains("--") || name.len() < 2 {
        return Err(Code::InvalidSite);
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn start_1_names_are_kept_in_nfc_without_what_hides() {
        assert_eq!(
            name("  Socie\u{301}te\u{301} Lumie\u{300}re ").as_deref(),
            Ok("Société Lumière")
        );
        assert_eq!(name("光之股份有限公司").as_deref(), Ok("光之股份有限公司"));
        assert_eq!(name(" \u{3000} "), Err(Code::Empty));
        assert_eq!(name(&"長".repeat(200)).map(|n| n.chars().count()), Ok(200));
        assert_eq!(name(&"長".repeat(201)), Err(Code::TooLong));
        for hidden in [
            "a\u{202E}b",
            "a\u{200B}b",
            "a\u{0}b",
            "a\nb",
            "a\u{FEFF}b",
            "a\u{2066}b",
            "\u{3164}",
        ] {
            assert_eq!(name(hidden), Err(Code::InvalidCharacters), "{hidden:?}");
        }
    }

    #[test]
    fn start_6_the_same_address_in_other_letters_is_the_same() {
        assert_eq!(fold("  ＳＯＣＩÉＴÉ   Lumière "), "société lumière");
        assert_eq!(
            email("It@Lumiere.EXAMPLE").map(|e| e.key).as_deref(),
            Ok("it@lumiere.example")
        );
        assert_eq!(
            email("it@lumière.example").map(|e| e.address).as_deref(),
            Ok("it@xn--lumire-6ua.example")
        );
    }

    #[test]
    fn start_1_addresses_that_nobody_could_own_are_refused() {
        for wrong in [
            "it",
            "@x.example",
            "it@",
            "it@localhost",
            "a..b@x.example",
            ".a@x.example",
            "a b@x.example",
        ] {
            assert_eq!(email(wrong), Err(Code::InvalidEmail), "{wrong}");
        }
        assert_eq!(email("it@lumiere.example."), Err(Code::InvalidEmail));
        assert_eq!(email("it@127.0.0.1"), Err(Code::InvalidEmail));
        assert_eq!(
            email("it@pаypal.example"),
            Err(Code::MixedScript),
            "a Cyrillic letter among Latin ones"
        );
        assert_eq!(email("it\u{200B}@x.example"), Err(Code::InvalidCharacters));
        assert_eq!(email(&format!("{}@x.example", "a".repeat(65))), Err(Code::InvalidEmail));
        assert!(email(&format!("a@{}.example", "b.".repeat(130))).is_err());
    }

    #[test]
    fn start_5_a_site_is_one_host_label() {
        assert_eq!(site("Lumiere-2").as_deref(), Ok("lumiere-2"));
        for wrong in ["-a", "a-", "a.b", "é", "a_b", "a--b", "x"] {
            assert_eq!(site(wrong), Err(Code::InvalidSite), "{wrong}");
        }
    }
}
