//! What is wrong, in words: `problem.ftl`.

use crate::language::Language;
use crate::messages::{Arg, complete, text};
use jiff::civil::Date;

/// A code of the API, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// A few words.
    pub title: String,
    /// One sentence that names the mend.
    pub detail: String,
}

/// The texts of a code (`site_name_taken`). Where a value that the sentence places is not given, the plain sentence
/// stands in for it; where bounds are days, or what is bounded has a name, a sentence of their own. Values may be any;
/// those that no text places do no harm.
pub fn problem(language: Language, code: &str, values: &[(&str, Arg)]) -> Problem {
    let id = format!("problem-{}", code.replace('_', "-"));
    let days = values
        .iter()
        .any(|(name, value)| *name == "max" && day(name, value).is_some());
    let values: Vec<(&str, Arg)> = values
        .iter()
        .map(|(name, value)| (*name, bound(language, name, value)))
        .collect();
    let own = |what: &str| complete(language, &format!("{id}.{what}"), &values);
    let detail = own("days").filter(|_| days).or_else(|| own("named").filter(|_| !days));
    let detail = detail
        .or_else(|| complete(language, &id, &values))
        .unwrap_or_else(|| text(language, &format!("{id}.plain"), &values));
    Problem {
        title: text(language, &format!("{id}.title"), &[]),
        detail,
    }
}

/// Bounds travel as text; they are written as numbers are, or as days.
fn bound(language: Language, name: &str, value: &Arg) -> Arg {
    if let Some(day) = day(name, value) {
        return Arg::Text(crate::date(language, day));
    }
    match value {
        Arg::Text(digits) if matches!(name, "min" | "max") => {
            digits.parse().map_or_else(|_| value.clone(), Arg::Number)
        }
        _ => value.clone(),
    }
}

/// A civil day, as those write it that know of no language.
fn day(name: &str, value: &Arg) -> Option<Date> {
    let is_day = |text: &String| text.len() == "2027-02-14".len();
    match value {
        Arg::Text(text) if matches!(name, "min" | "max" | "date" | "possible_from") && is_day(text) => {
            text.parse().ok()
        }
        _ => None,
    }
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
    fn dev_5_a_bound_that_is_a_day_is_written_as_days_are() {
        let bounds = [("min", "2026-11-22".into()), ("max", "2027-03-21".into())];
        let said = |language, code, from| problem(language, code, &bounds[from..]).detail;
        assert_eq!(
            said(En, "device_limit_exceeded", 1),
            "The loan can last until Sunday, 21 March 2027 at the latest: choose an earlier day."
        );
        assert_eq!(
            said(Fr, "device_limit_exceeded", 1),
            "Le prêt ne peut pas dépasser le dimanche 21 mars 2027\u{202f}: choisissez un jour plus tôt."
        );
        assert_eq!(
            said(ZhHant, "device_limit_exceeded", 1),
            "裝置最晚可借用至 2027年3月21日 星期日：請選擇更早的日期。"
        );
        assert_eq!(
            said(En, "out_of_range", 0),
            "Choose a day from Sunday, 22 November 2026 to Sunday, 21 March 2027."
        );
    }

    #[test]
    fn dev_2_too_many_of_a_type_names_the_type() {
        let values = [("max", "5".into()), ("device", "Vela Desk Phone".into())];
        assert_eq!(
            problem(En, "device_limit_exceeded", &values).detail,
            "That is more than can be lent: at most 5 of Vela Desk Phone."
        );
        assert_eq!(
            problem(ZhHant, "device_limit_exceeded", &values[..1]).detail,
            "超過可出借的上限：最多為 5。"
        );
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
