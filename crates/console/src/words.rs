//! Words as the reader reads them: texts, dates in the reader's zone, names of countries.

use domain::{
    program::{Localized, Program},
    time::{civil_day, days_between, end_of},
};
use i18n::{Arg, Language};
use icu::{
    calendar::{Date as IcuDate, Gregorian},
    datetime::{
        FixedCalendarDateTimeFormatter,
        fieldsets::{MD, YMD},
    },
    experimental::displaynames::{DisplayNamesOptions, multi::RegionDisplayNames},
    locale::{Locale, locale, subtags::Region},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use std::sync::LazyLock;

struct Data {
    medium: Option<FixedCalendarDateTimeFormatter<Gregorian, YMD>>,
    short: Option<FixedCalendarDateTimeFormatter<Gregorian, MD>>,
    countries: Option<RegionDisplayNames>,
}

static DATA: LazyLock<[Data; 3]> = LazyLock::new(|| Language::ALL.map(data));

fn data(language: Language) -> Data {
    let locale: Locale = match language {
        Language::En => locale!("en-GB"),
        Language::Fr => locale!("fr-FR"),
        Language::ZhHant => locale!("zh-Hant-TW"),
    };
    Data {
        medium: FixedCalendarDateTimeFormatter::try_new((&locale).into(), YMD::medium()).ok(),
        short: FixedCalendarDateTimeFormatter::try_new((&locale).into(), MD::medium()).ok(),
        countries: RegionDisplayNames::try_new((&locale).into(), DisplayNamesOptions::default()).ok(),
    }
}

/// Words for one reader.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    pub(crate) language: Language,
    pub(crate) zone: TimeZone,
}

impl Words {
    pub(crate) fn new(language: Language, zone: TimeZone) -> Self {
        Self { language, zone }
    }

    fn data(&self) -> &'static Data {
        &DATA[self.language as usize]
    }

    /// A text.
    pub(crate) fn t(&self, id: &str, args: &[(&str, Arg)]) -> String {
        i18n::text(self.language, id, args)
    }

    /// A text without values.
    pub(crate) fn say(&self, id: &str) -> String {
        i18n::text(self.language, id, &[])
    }

    /// A whole number.
    pub(crate) fn number(&self, number: impl Into<i64>) -> String {
        i18n::number(self.language, number.into())
    }

    /// `a, b and c`.
    pub(crate) fn list(&self, items: &[String]) -> String {
        i18n::list(self.language, items)
    }

    /// A text of the program.
    pub(crate) fn pick(&self, text: &Localized) -> String {
        match self.language {
            Language::En => &text.en,
            Language::Fr => &text.fr,
            Language::ZhHant => &text.zh_hant,
        }
        .clone()
    }

    /// `Sunday, 14 February 2027`; with the customer's zone where its day ends at another time than the reader's.
    pub(crate) fn date(&self, date: Date, zone: &TimeZone) -> String {
        let end = end_of(date, zone);
        if zone.to_offset(end) == self.zone.to_offset(end) {
            i18n::date(self.language, date)
        } else {
            i18n::date_in(self.language, date, zone)
        }
    }

    /// `14 Feb 2027`, for tables.
    pub(crate) fn medium(&self, date: Date) -> String {
        match self.data().medium.as_ref().zip(icu(date)) {
            Some((format, day)) => format.format(&day).to_string(),
            None => date.to_string(),
        }
    }

    /// `14 Feb`, where the year is plain.
    pub(crate) fn short(&self, date: Date) -> String {
        match self.data().short.as_ref().zip(icu(date)) {
            Some((format, day)) => format.format(&day).to_string(),
            None => date.to_string(),
        }
    }

    /// `Sunday, 14 February 2027 at 09:00 (Paris time)`.
    pub(crate) fn moment(&self, at: Timestamp) -> String {
        i18n::instant(self.language, at, &self.zone)
    }

    /// `14 Feb 2027, 09:00`, in the reader's zone.
    pub(crate) fn stamp(&self, at: Timestamp) -> String {
        let local = at.to_zoned(self.zone.clone());
        let time = format!("{:02}:{:02}", local.hour(), local.minute());
        self.t(
            "when-stamp",
            &[("date", self.medium(local.date()).into()), ("time", time.into())],
        )
    }

    /// How far a day is: `today`, `in 3 days`, `5 days ago`.
    pub(crate) fn distance(&self, today: Date, day: Date) -> String {
        let days = days_between(today, day);
        if days < 0 {
            self.t("when-ago", &[("days", (-days).into())])
        } else {
            self.t("when-in", &[("days", days.into())])
        }
    }

    /// The reader's civil day.
    pub(crate) fn today(&self, now: Timestamp) -> Date {
        civil_day(now, &self.zone)
    }

    /// A country's name; the program's English one where the language has none.
    pub(crate) fn country(&self, id: &str, program: Option<&Program>) -> String {
        let region: Option<Region> = id.parse().ok();
        let known = region.and_then(|region| self.data().countries.as_ref()?.of(region).map(str::to_owned));
        let given = || {
            program
                .and_then(|program| program.country(id))
                .map(|country| country.name.clone())
        };
        known.or_else(given).unwrap_or_else(|| id.to_owned())
    }

    /// What a customer is called; of those that were erased the name is gone as well.
    pub(crate) fn customer(&self, name: &str) -> String {
        if name.is_empty() {
            self.say("customer-erased")
        } else {
            i18n::tame(name)
        }
    }

    /// The product name of a service.
    pub(crate) fn service(&self, id: &str, program: &Program) -> String {
        let named = program.service(id).or_else(|| {
            program
                .services
                .iter()
                .find(|service| service.also_known_as.iter().any(|known| known == id))
        });
        named.map_or_else(|| id.to_owned(), |service| service.name.clone())
    }

    /// The product names of services.
    pub(crate) fn services(&self, ids: &[String], program: &Program) -> Vec<String> {
        ids.iter().map(|id| self.service(id, program)).collect()
    }

    /// The name of a region.
    pub(crate) fn region(&self, id: &str, program: &Program) -> String {
        let found = program.regions.iter().find(|region| region.id == id);
        found.map_or_else(|| id.to_owned(), |region| self.pick(&region.name))
    }

    /// The place that stands for a zone, for lists of zones.
    pub(crate) fn zone_place(&self, id: &str) -> String {
        TimeZone::get(id).map_or_else(|_| id.to_owned(), |zone| i18n::zone_place(self.language, &zone))
    }

    /// What people call a zone.
    pub(crate) fn zone_name(&self, id: &str) -> String {
        TimeZone::get(id).map_or_else(|_| id.to_owned(), |zone| i18n::zone_name(self.language, &zone))
    }
}

fn icu(date: Date) -> Option<IcuDate<Gregorian>> {
    let (month, day) = (u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
    IcuDate::try_new_gregorian(date.year().into(), month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn ux_2_every_language_has_its_names_and_dates() {
        for (language, medium, country) in [
            (Language::En, "14 Feb 2027", "Germany"),
            (Language::Fr, "14 févr. 2027", "Allemagne"),
            (Language::ZhHant, "2027年2月14日", "德國"),
        ] {
            let words = Words::new(language, TimeZone::UTC);
            assert_eq!(words.medium(date(2027, 2, 14)), medium);
            assert_eq!(words.country("DE", None), country);
        }
    }
}
