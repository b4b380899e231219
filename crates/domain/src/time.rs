//! Civil days in a customer's zone (TIME-1 to 3).

use jiff::{
    Timestamp,
    civil::{Date, Time},
    tz::{AmbiguousOffset, TimeZone},
};

/// Whole seconds after which an instant has come.
pub fn seconds_until(then: Timestamp, now: Timestamp) -> i64 {
    let left = then.duration_since(now);
    left.as_secs() + i64::from(left.subsec_nanos() > 0)
}

/// The civil day of an instant in a zone.
pub fn civil_day(instant: Timestamp, zone: &TimeZone) -> Date {
    zone.to_datetime(instant).date()
}

/// TIME-2: the first instant of a day that exists, also where a clock change skips midnight.
pub fn first_instant(day: Date, zone: &TimeZone) -> Timestamp {
    at_civil(day, Time::midnight(), zone)
}

/// TIME-2: the end of a day is the first instant of the next one.
pub fn end_of(day: Date, zone: &TimeZone) -> Timestamp {
    first_instant(plus_days(day, 1), zone)
}

/// TIME-3: a wall clock time of a day; in a gap the instant after it, in a repeated hour the first.
pub fn at_civil(day: Date, time: Time, zone: &TimeZone) -> Timestamp {
    let ambiguous = zone.to_ambiguous_timestamp(day.to_datetime(time));
    let gap = matches!(ambiguous.offset(), AmbiguousOffset::Gap { .. });
    let instant = ambiguous
        .compatible()
        .unwrap_or(if day.year() < 0 { Timestamp::MIN } else { Timestamp::MAX });
    if !gap {
        return instant;
    }
    let after = instant
        .checked_add(jiff::SignedDuration::from_nanos(1))
        .unwrap_or(instant);
    zone.preceding(after)
        .next()
        .map_or(instant, |transition| transition.timestamp())
}

/// A day some days on; the calendar's last day where that lies beyond it.
pub fn plus_days(day: Date, days: i64) -> Date {
    let span = jiff::Span::new().try_days(days).ok();
    span.and_then(|span| day.checked_add(span).ok())
        .unwrap_or(if days < 0 { Date::MIN } else { Date::MAX })
}

/// Whole days from one day to another; negative when it lies before.
pub fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    fn zone(name: &str) -> TimeZone {
        jiff::tz::TimeZoneDatabase::bundled().get(name).expect("a known zone")
    }

    #[test]
    fn time_2_a_skipped_midnight_begins_with_its_first_instant() {
        // Cairo's clocks go from 23:59:59 on the last Thursday of April to 01:00.
        let day = date(2027, 4, 30);
        assert_eq!(
            first_instant(day, &zone("Africa/Cairo")).to_string(),
            "2027-04-29T22:00:00Z"
        );
        assert_eq!(
            civil_day(first_instant(day, &zone("Africa/Cairo")), &zone("Africa/Cairo")),
            day
        );
        assert_eq!(
            end_of(date(2027, 2, 14), &zone("Europe/Paris")).to_string(),
            "2027-02-14T23:00:00Z"
        );
        assert_eq!(
            end_of(date(2027, 2, 14), &zone("Pacific/Kiritimati")).to_string(),
            "2027-02-14T10:00:00Z"
        );
    }

    #[test]
    fn time_3_in_a_gap_the_instant_after_it_in_a_repeated_hour_the_first() {
        let los_angeles = zone("America/Los_Angeles");
        let gap = at_civil(date(2027, 3, 14), time(2, 30, 0, 0), &los_angeles);
        assert_eq!(
            gap.to_string(),
            "2027-03-14T10:00:00Z",
            "03:00 PDT, the first instant after the gap"
        );
        let fold = at_civil(date(2027, 11, 7), time(1, 30, 0, 0), &los_angeles);
        assert_eq!(
            fold.to_string(),
            "2027-11-07T08:30:00Z",
            "01:30 PDT, the first of the two"
        );
        let plain = at_civil(date(2027, 3, 15), time(9, 0, 0, 0), &los_angeles);
        assert_eq!(plain.to_string(), "2027-03-15T16:00:00Z");
    }

    #[test]
    fn time_1_a_day_that_a_zone_never_had_begins_with_the_next() {
        // Apia skipped 2011-12-30 when it changed sides of the date line.
        let apia = zone("Pacific/Apia");
        assert_eq!(
            first_instant(date(2011, 12, 30), &apia),
            first_instant(date(2011, 12, 31), &apia)
        );
    }

    #[test]
    fn time_1_days_add_up_at_the_ends_of_the_calendar() {
        assert_eq!(plus_days(Date::MAX, 1), Date::MAX);
        assert_eq!(plus_days(date(2027, 1, 15), i64::MAX), Date::MAX);
        assert_eq!(plus_days(date(2027, 1, 15), i64::MIN), Date::MIN);
        assert_eq!(plus_days(date(2028, 2, 28), 1), date(2028, 2, 29));
        assert_eq!(days_between(date(2027, 12, 31), date(2028, 3, 1)), 61);
        assert_eq!(days_between(date(2028, 3, 1), date(2027, 12, 31)), -61);
    }
}
