//! Dates, lists and numbers, as each language writes them.

use crate::language::Language;
use crate::safe::{CLOSE, OPEN, space_out};
use icu::calendar::{Date as IcuDate, Gregorian, Iso};
use icu::collator::{CollatorBorrowed, options::CollatorOptions};
use icu::datetime::fieldsets::zone::ExemplarCity;
use icu::datetime::fieldsets::{YMDE, YMDET};
use icu::datetime::{FixedCalendarDateTimeFormatter, NoCalendarFormatter};
use icu::decimal::DecimalFormatter;
use icu::list::ListFormatter;
use icu::list::options::{ListFormatterOptions, ListLength};
use icu::locale::{Locale, locale};
use icu::time::{DateTime, Time, TimeZone as IcuZone};
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};
use std::sync::LazyLock;

struct Words {
    date: FixedCalendarDateTimeFormatter<Gregorian, YMDE>,
    moment: FixedCalendarDateTimeFormatter<Gregorian, YMDET>,
    city: NoCalendarFormatter<ExemplarCity>,
    list: ListFormatter,
    number: DecimalFormatter,
    order: CollatorBorrowed<'static>,
}

/// `None` only if the data compiled in lacked a language, which a test excludes; plain forms stand in for it.
static WORDS: LazyLock<[Option<Words>; 3]> = LazyLock::new(|| Language::ALL.map(Words::new));

impl Words {
    fn new(language: Language) -> Option<Self> {
        let locale = locale_of(language);
        let wide = ListFormatterOptions::default().with_length(ListLength::Wide);
        Some(Words {
            date: FixedCalendarDateTimeFormatter::try_new((&locale).into(), YMDE::long()).ok()?,
            moment: FixedCalendarDateTimeFormatter::try_new((&locale).into(), YMDE::long().with_time_hm()).ok()?,
            city: NoCalendarFormatter::try_new((&locale).into(), ExemplarCity).ok()?,
            list: ListFormatter::try_new_and((&locale).into(), wide).ok()?,
            number: DecimalFormatter::try_new((&locale).into(), Default::default()).ok()?,
            order: CollatorBorrowed::try_new((&locale).into(), CollatorOptions::default()).ok()?,
        })
    }

    fn of(language: Language) -> Option<&'static Self> {
        WORDS[language as usize].as_ref()
    }
}

fn locale_of(language: Language) -> Locale {
    match language {
        Language::En => locale!("en-GB"),
        Language::Fr => locale!("fr-FR"),
        // 24 hours, as in schedules and in the other languages; else `清晨7:26`.
        Language::ZhHant => locale!("zh-Hant-TW-u-hc-h23"),
    }
}

/// A civil day in words, with its weekday: `Sunday, 14 February 2027`.
pub fn date(language: Language, date: civil::Date) -> String {
    let words = Words::of(language).zip(icu_date(date).map(|day| day.to_calendar(Gregorian)));
    let plain = words.map_or_else(|| date.to_string(), |(words, day)| words.date.format(&day).to_string());
    polished(language, date, plain)
}

/// A civil day in words, with the zone in which it is counted: `Sunday, 14 February 2027 (Paris time)`.
pub fn date_in(language: Language, day: civil::Date, zone: &TimeZone) -> String {
    in_zone(language, &date(language, day), zone, Timestamp::UNIX_EPOCH)
}

/// An instant in words, as the clocks of the zone show it: `Sunday, 14 February 2027 at 09:00 (Paris time)`.
pub fn instant(language: Language, instant: Timestamp, zone: &TimeZone) -> String {
    let local = instant.to_zoned(zone.clone()).datetime();
    let (Ok(hour), Ok(minute)) = (u8::try_from(local.hour()), u8::try_from(local.minute())) else {
        return instant.to_string();
    };
    let words = Words::of(language)
        .zip(icu_date(local.date()))
        .zip(Time::try_new(hour, minute, 0, 0).ok());
    let plain = match words {
        None => local.to_string(),
        Some(((words, day), time)) => words
            .moment
            .format(&DateTime {
                date: day.to_calendar(Gregorian),
                time,
            })
            .to_string(),
    };
    in_zone(language, &polished(language, local.date(), plain), zone, instant)
}

/// What people call the time of a zone: `Paris time`, `heure de Paris`, `巴黎時間`; `UTC` and fixed offsets as they are.
pub fn zone_name(language: Language, zone: &TimeZone) -> String {
    zone_name_at(language, zone, Timestamp::UNIX_EPOCH)
}

/// The place that stands for a zone: `Paris`; `UTC` and fixed offsets as they are.
pub fn zone_place(language: Language, zone: &TimeZone) -> String {
    let id = zone.iana_name().unwrap_or_default();
    match id.contains('/') && !id.starts_with("Etc/") {
        true => city(language, id),
        false => zone_name(language, zone),
    }
}

/// Puts things in the order in which the language lists them: by letters, or by strokes.
pub fn sort_by_name<T>(language: Language, things: &mut [T], name: impl Fn(&T) -> &str) {
    match Words::of(language) {
        Some(words) => things.sort_by(|one, other| words.order.compare(name(one), name(other))),
        None => things.sort_by(|one, other| name(one).cmp(name(other))),
    }
}

/// Texts one after the other: `a, b and c`.
pub fn list(language: Language, items: &[String]) -> String {
    let Some(words) = Words::of(language) else {
        return items.join(", ");
    };
    if language == Language::ZhHant {
        let marked = items.iter().map(|item| format!("{OPEN}{item}{CLOSE}"));
        return space_out(&words.list.format_to_string(marked));
    }
    words.list.format_to_string(items.iter())
}

/// A whole number with its groups: `1,000`.
pub fn number(language: Language, number: i64) -> String {
    Words::of(language).map_or_else(
        || number.to_string(),
        |words| words.number.format(&number.into()).to_string(),
    )
}

fn icu_date(date: civil::Date) -> Option<IcuDate<Iso>> {
    let (month, day) = (u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
    IcuDate::try_new_iso(date.year().into(), month, day).ok()
}

/// What the data has no pattern for: French counts the first of a month as an ordinal, Chinese sets the weekday apart.
fn polished(language: Language, date: civil::Date, plain: String) -> String {
    match language {
        Language::Fr if date.day() == 1 => plain.replacen(" 1 ", " 1er ", 1),
        Language::ZhHant => plain.replacen("日星期", "日 星期", 1),
        Language::En | Language::Fr => plain,
    }
}

fn in_zone(language: Language, when: &str, zone: &TimeZone, instant: Timestamp) -> String {
    let zone = zone_name_at(language, zone, instant);
    match language {
        Language::En | Language::Fr => format!("{when} ({zone})"),
        Language::ZhHant => format!("{when}（{zone}）"),
    }
}

fn zone_name_at(language: Language, zone: &TimeZone, instant: Timestamp) -> String {
    let id = zone.iana_name().unwrap_or_default();
    if id.is_empty() || !id.contains('/') || id.starts_with("Etc/") {
        return fixed(zone, instant);
    }
    let city = city(language, id);
    match language {
        Language::En => format!("{city} time"),
        Language::Fr => french_time(&city),
        Language::ZhHant => space_out(&format!("{OPEN}{city}{CLOSE}時間")),
    }
}

/// Zones that are no place: `UTC`, `UTC+05:30`.
fn fixed(zone: &TimeZone, instant: Timestamp) -> String {
    let seconds = zone.to_offset(instant).seconds();
    let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
    if minutes == 0 {
        "UTC".to_owned()
    } else {
        format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

/// The city that stands for a zone, in the language; else the end of its identifier.
fn city(language: Language, id: &str) -> String {
    let zone = IcuZone::from_iana_id(id);
    match Words::of(language) {
        Some(words) if !zone.is_unknown() => words.city.format(&zone.without_offset()).to_string(),
        _ => id.rsplit('/').next().unwrap_or(id).replace('_', " "),
    }
}

/// `heure de Paris`, `heure d’Athènes`, `heure du Caire`.
fn french_time(city: &str) -> String {
    if let Some(rest) = city.strip_prefix("Le ") {
        return format!("heure du {rest}");
    }
    if city.starts_with(|first: char| "AEIOUYÀÂÉÈÊÎÔaeiou".contains(first)) {
        return format!("heure d’{city}");
    }
    format!("heure de {city}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language::{En, Fr, ZhHant};

    #[test]
    fn every_language_has_its_data() {
        assert!(WORDS.iter().all(Option::is_some));
    }

    #[test]
    fn ux_2_names_stand_in_the_order_of_their_language() {
        let sorted = |language, names: &[&str]| {
            let mut names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            sort_by_name(language, &mut names, |name| name);
            names.join(" ")
        };
        assert_eq!(
            sorted(Fr, &["Zambie", "Égypte", "France", "Espagne"]),
            "Égypte Espagne France Zambie"
        );
        assert_eq!(
            sorted(ZhHant, &["德國", "中國", "日本", "丹麥"]),
            "中國 丹麥 日本 德國",
            "by strokes"
        );
    }

    #[test]
    fn a_zone_is_called_by_its_city() {
        for (id, en, fr, zh) in [
            ("Europe/Paris", "Paris time", "heure de Paris", "巴黎時間"),
            ("Asia/Taipei", "Taipei time", "heure de Taipei", "台北時間"),
            ("Africa/Cairo", "Cairo time", "heure du Caire", "開羅時間"),
            ("Europe/Athens", "Athens time", "heure d’Athènes", "雅典時間"),
            ("UTC", "UTC", "UTC", "UTC"),
            ("Etc/GMT+5", "UTC-05:00", "UTC-05:00", "UTC-05:00"),
        ] {
            let zone = TimeZone::get(id).unwrap();
            assert_eq!(
                [En, Fr, ZhHant].map(|language| zone_name(language, &zone)),
                [en, fr, zh],
                "{id}"
            );
        }
    }
}
