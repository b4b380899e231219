//! The zones that a person chooses from.

use icu::time::zone::iana::{IanaParserExtended, IanaParserExtendedBorrowed};
use jiff::tz::TimeZone;
use std::sync::LazyLock;

static NAMES: LazyLock<IanaParserExtendedBorrowed<'static>> = LazyLock::new(IanaParserExtended::new);

static ZONES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let place = |id: &&str| id.contains('/') && !id.starts_with("Etc/") && TimeZone::get(id).is_ok();
    NAMES.iter().map(|zone| zone.canonical).filter(place).collect()
});

/// Every place with clocks of its own, by its IANA name; not the zones that are no place (`UTC`, `Etc/GMT+5`).
pub fn zones() -> &'static [&'static str] {
    &ZONES
}

/// The name that stands for all names of one zone: `Europe/Kyiv` for `Europe/Kiev`.
pub fn canonical_zone(id: &str) -> &str {
    let known = NAMES.parse(id);
    if known.time_zone.is_unknown() {
        id
    } else {
        known.canonical
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_with_several_clocks_has_them_all() {
        for id in [
            "America/Chicago",
            "America/Vancouver",
            "Australia/Perth",
            "Asia/Taipei",
            "Europe/Paris",
        ] {
            assert!(zones().contains(&id), "{id}");
        }
        assert!(zones().iter().all(|id| !id.starts_with("Etc/")));
        assert_eq!(canonical_zone("Europe/Kiev"), "Europe/Kyiv");
        assert_eq!(canonical_zone("Nowhere/Here"), "Nowhere/Here");
    }
}
