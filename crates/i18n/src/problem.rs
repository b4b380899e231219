//! What is wrong, in words: `problem.ftl`.

use crate::date;
use crate::language::Language;
use crate::messages::{Arg, complete, text};

/// A code of the API, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// A few words.
    pub title: String,
    /// One sentence that names the mend.
    pub detail: String,
}

/// The texts of a code (`site_name_taken`). Where a value that the sentence places is not given, the plain sentence
/// stands in for it. Values may be any; those that no text places do no harm.
pub fn problem(language: Language, code: &str, values: &[(&str, Arg)]) -> Problem {
    let id = format!("problem-{}", code.replace('_', "-"));
    let values: Vec<(&str, Arg)> = values
        .iter()
        .map(|(name, value)| (*name, bound(language, name, value)))
        .collect();
    let detail = complete(language, &id, &values).unwrap_or_else(|| text(language, &format!("{id}.plain"), &values));
    Problem {
        title: text(language, &format!("{id}.title"), &[]),
        detail,
    }
}

/// Bounds travel as text; they are written as numbers and dates are.
fn bound(language: Language, name: &str, value: &Arg) -> Arg {
    let Arg::Text(text) = value else { return value.clone() };
    if !matches!(name, "min" | "max") {
        return value.clone();
    }
    let day = || {
        text.parse()
            .ok()
            .map(|day: jiff::civil::Date| Arg::from(date(language, day)))
    };
    text.parse()
        .ok()
        .map(Arg::Number)
        .or_else(day)
        .unwrap_or_else(|| value.clone())
}

#[cfg(test)]
mod tests {
    use super::problem;
    use crate::Language::{En, Fr, ZhHant};

    #[test]
    fn a_sentence_has_its_values_or_does_without() {
        let bounds = [("min", "1".into()), ("max", "1000".into()), ("other", "x".into())];
        assert_eq!(
            problem(En, "quantity_out_of_range", &bounds).detail,
            "Choose a quantity from 1 to 1,000."
        );
        assert_eq!(
            problem(ZhHant, "quantity_out_of_range", &bounds).detail,
            "請選擇 1 到 1,000 之間的數量。"
        );
        let plain = problem(Fr, "quantity_out_of_range", &bounds[..1]);
        assert_eq!(
            plain.detail,
            "Cette quantité n’est pas proposée\u{202f}: restez dans les limites indiquées."
        );
        assert_eq!(plain.title, "Quantité hors limites");
        assert_eq!(
            problem(ZhHant, "site_name_taken", &[("value", "lumiere".into())]).detail,
            "網站名稱「lumiere」已被使用或仍在保留期間：請改用其他名稱。"
        );
    }

    #[test]
    fn ux_2_a_day_is_a_bound_in_words() {
        let last = [("max", "2027-03-21".into())];
        for (language, day) in [
            (En, "Sunday, 21 March 2027"),
            (Fr, "dimanche 21 mars 2027"),
            (ZhHant, "2027年3月21日"),
        ] {
            let detail = problem(language, "device_limit_exceeded", &last).detail;
            assert!(detail.contains(day) && !detail.contains("2027-"), "{detail}");
        }
    }

    #[test]
    fn sec_3_a_value_stays_a_value() {
        let evil = [("value", "{ $x }\r\n<b>\u{202E}".into())];
        assert_eq!(
            problem(En, "duplicate_service", &evil).detail,
            "“{ $x } <b>” is named more than once: keep one."
        );
    }
}
