//! A small picture of figures day by day: columns, with the numbers behind them. Days without a figure are gaps, not
//! zeros.

use crate::words::Words;
use domain::time::{days_between, plus_days};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// Units of the picture: a day's width, and of that the column; its height.
const DAY: i64 = 10;
const COLUMN: i64 = 7;
const HEIGHT: i64 = 100;
/// A zero is seen, too.
const LEAST: i64 = 2;

/// One picture.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Chart {
    /// Its own on the page.
    pub(crate) id: String,
    pub(crate) title: String,
    /// What it shows, in a sentence.
    pub(crate) about: String,
    /// The highest figure.
    pub(crate) top: String,
    /// The first day and the last.
    pub(crate) ends: (String, String),
    pub(crate) width: i64,
    pub(crate) height: i64,
    pub(crate) columns: Vec<Column>,
    /// Day and figure, the newest first.
    pub(crate) rows: Vec<(String, String)>,
}

/// One day of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Column {
    pub(crate) x: i64,
    pub(crate) y: i64,
    pub(crate) width: i64,
    pub(crate) height: i64,
}

impl Chart {
    /// The picture of figures from one day to another, both included.
    pub(crate) fn of(words: &Words, id: String, title: String, days: &BTreeMap<Date, i64>, ends: (Date, Date)) -> Self {
        let (from, to) = ends;
        let highest = days.values().copied().max().unwrap_or(0);
        let last = days.last_key_value();
        let about = last.map(|(day, value)| {
            let said = [
                ("value", words.number(*value).into()),
                ("date", words.medium(*day).into()),
                ("highest", words.number(highest).into()),
            ];
            words.t("chart-about", &said)
        });
        Self {
            id,
            title,
            about: about.unwrap_or_default(),
            top: words.number(highest),
            ends: (words.medium(from), words.medium(to)),
            width: DAY * (days_between(from, to) + 1),
            height: HEIGHT,
            columns: days
                .range(from..=to)
                .map(|(day, value)| column(days_between(from, *day), *value, highest))
                .collect(),
            rows: days
                .iter()
                .rev()
                .map(|(day, value)| (words.medium(*day), words.number(*value)))
                .collect(),
        }
    }

    /// One with made-up figures.
    pub(crate) fn sample(words: &Words, id: &str) -> Self {
        let from = jiff::civil::date(2027, 1, 15);
        let days = (0..20)
            .filter(|day| day % 6 != 0)
            .map(|day| (plus_days(from, day), day * 1_234));
        Self::of(
            words,
            id.to_owned(),
            "x".to_owned(),
            &days.collect(),
            (from, plus_days(from, 29)),
        )
    }
}

fn column(at: i64, value: i64, highest: i64) -> Column {
    let share = i128::from(value.max(0)) * i128::from(HEIGHT) / i128::from(highest.max(1));
    let height = i64::try_from(share).unwrap_or(HEIGHT).clamp(LEAST, HEIGHT);
    Column {
        x: at * DAY + (DAY - COLUMN) / 2,
        y: HEIGHT - height,
        width: COLUMN,
        height,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::{civil::date, tz::TimeZone};

    #[test]
    fn use_1_a_day_without_a_report_is_a_gap_and_a_zero_is_not() {
        let words = Words::new(i18n::Language::Fr, TimeZone::UTC);
        let days = BTreeMap::from([(date(2027, 2, 1), 0), (date(2027, 2, 3), 9_007_199_254_740_991)]);
        let ends = (date(2027, 2, 1), date(2027, 2, 4));
        let chart = Chart::of(&words, "a".to_owned(), "x".to_owned(), &days, ends);
        let xs: Vec<(i64, i64)> = chart.columns.iter().map(|one| (one.x, one.height)).collect();
        assert_eq!(xs, [(1, 2), (21, 100)], "USE-1: the 2nd and the 4th are gaps");
        assert_eq!(chart.width, 40);
        assert_eq!(chart.rows.len(), 2, "and the numbers behind it");
        assert!(
            chart.rows[0].1.contains('\u{202f}'),
            "in the reader’s figures: {:?}",
            chart.rows
        );
        let empty = Chart::of(&words, "a".to_owned(), "x".to_owned(), &BTreeMap::new(), ends);
        assert_eq!((empty.columns, empty.about), (Vec::new(), String::new()));
    }
}
