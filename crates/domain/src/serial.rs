//! Serial numbers of devices (DEV-4, DEV-8): typed, pasted or scanned, compared in one spelling.

use crate::refusal::Code;
use unicode_normalization::UnicodeNormalization as _;

/// As short as a serial number can be.
pub const SERIAL_MIN: usize = 4;
/// As long as a serial number can be.
pub const SERIAL_MAX: usize = 40;

/// A serial number in its one spelling: capitals and digits, without the spaces and hyphens that people put between.
///
/// # Errors
/// `too_short`, `too_long` or `invalid_characters`.
pub fn serial(given: &str) -> Result<String, Code> {
    // Nothing that long is one, whatever stands between.
    if given.len() > SERIAL_MAX * 16 {
        return Err(Code::TooLong);
    }
    let bare = |c: &char| !c.is_whitespace() && !is_hyphen(*c);
    let plain: String = given.nfkc().filter(bare).flat_map(char::to_uppercase).collect();
    if !plain.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()) {
        return Err(Code::InvalidCharacters);
    }
    match plain.len() {
        0..SERIAL_MIN => Err(Code::TooShort),
        SERIAL_MIN..=SERIAL_MAX => Ok(plain),
        _ => Err(Code::TooLong),
    }
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ad}')
}

/// What two serials have in common that differ only where the eye is deceived: O and 0, I and 1.
pub fn look(serial: &str) -> String {
    let same = |c: char| match c {
        'O' => '0',
        'I' => '1',
        other => other,
    };
    serial.chars().map(same).collect()
}

/// DEV-4: a demo order number: `D` and digits.
///
/// # Errors
/// `invalid_order_number`.
pub fn order_number(given: &str) -> Result<String, Code> {
    if given.len() > 100 {
        return Err(Code::InvalidOrderNumber);
    }
    let bare = |c: &char| !c.is_whitespace();
    let plain: String = given.nfkc().filter(bare).flat_map(char::to_uppercase).collect();
    let digits = plain.strip_prefix('D').unwrap_or_default();
    let right = (1..=20).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if right {
        Ok(plain)
    } else {
        Err(Code::InvalidOrderNumber)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dev_4_a_serial_is_one_however_it_was_put_in() {
        for given in [
            "FCH2345A0BC",
            " fch 2345-a0bc ",
            "ＦＣＨ２３４５Ａ０ＢＣ",
            "FCH\u{2011}2345\u{a0}A0BC",
        ] {
            assert_eq!(serial(given), Ok("FCH2345A0BC".to_owned()), "{given}");
        }
        for (given, code) in [
            ("", Code::TooShort),
            (" - ", Code::TooShort),
            ("AB1", Code::TooShort),
            ("<script>", Code::InvalidCharacters),
            ("FCH2345\u{202e}A0", Code::InvalidCharacters),
            ("ФСН2345", Code::InvalidCharacters),
            ("A'; DROP", Code::InvalidCharacters),
        ] {
            assert_eq!(serial(given), Err(code), "{given}");
        }
        assert_eq!(serial(&"A".repeat(SERIAL_MAX)).map(|s| s.len()), Ok(SERIAL_MAX));
        assert_eq!(serial(&"A".repeat(SERIAL_MAX + 1)), Err(Code::TooLong));
        assert_eq!(serial(&" ".repeat(1_000_000)), Err(Code::TooLong));
    }

    #[test]
    fn dev_4_look_alikes_are_kept_apart_and_known() {
        assert_ne!(serial("FCHO1"), serial("FCH01"));
        assert_eq!(look("FCHOI1"), look("FCH011"));
    }

    #[test]
    fn dev_4_a_demo_order_number_is_a_d_and_digits() {
        for given in ["D1234567", "d1234567", " D 123 4567 ", "Ｄ１２３４５６７"] {
            assert_eq!(order_number(given), Ok("D1234567".to_owned()), "{given}");
        }
        for given in [
            "",
            "D",
            "1234567",
            "DD12",
            "D12X",
            "D\u{202e}12",
            "D123456789012345678901",
            "R1234",
        ] {
            assert_eq!(order_number(given), Err(Code::InvalidOrderNumber), "{given}");
        }
    }
}
