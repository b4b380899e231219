//! Phone numbers (SETUP-2): written as E.164 has it, and valid in the country of their location.

use crate::{
    organization::Purchase,
    program::Program,
    refusal::Code,
    trial::{MilestoneKind, ServiceState, State, Trial, plan},
};
use jiff::{Timestamp, tz::TimeZone};
use phonenumber::{
    Type,
    metadata::{DATABASE, Metadata},
};

/// E.164: so many digits at most, the country's included.
const DIGITS: usize = 15;
/// What a number of a company can be; short codes and emergency numbers cannot be its own.
const KINDS: [Type; 9] = [
    Type::FixedLine,
    Type::Mobile,
    Type::Voip,
    Type::TollFree,
    Type::SharedCost,
    Type::PremiumRate,
    Type::PersonalNumber,
    Type::Uan,
    Type::Pager,
];

/// A number in E.164: a plus sign and up to 15 digits, nothing between them, of whatever country.
///
/// # Errors
/// `empty`, `too_long` or `invalid_number`.
pub fn international(given: &str) -> Result<String, Code> {
    let given = given.trim();
    if given.is_empty() {
        return Err(Code::Empty);
    }
    let digits = given.strip_prefix('+').ok_or(Code::InvalidNumber)?;
    if digits.starts_with('0') || digits.len() < 7 || !digits.bytes().all(|octet| octet.is_ascii_digit()) {
        return Err(Code::InvalidNumber);
    }
    match digits.len() > DIGITS {
        true => Err(Code::TooLong),
        false => Ok(given.to_owned()),
    }
}

/// SETUP-2: a number that is valid in a country.
///
/// # Errors
/// Those of [`international`]; `number_of_another_country` where it is none of that country.
pub fn of_country(given: &str, country: &str) -> Result<String, Code> {
    let number = international(given)?;
    let known = DATABASE.by_id(country).ok_or(Code::NumberOfAnotherCountry)?;
    let own = number
        .strip_prefix('+')
        .and_then(|digits| digits.strip_prefix(&known.country_code().to_string()));
    match own {
        Some(national) if is_national(known, national) => Ok(number),
        Some(_) | None => Err(Code::NumberOfAnotherCountry),
    }
}

fn is_national(known: &Metadata, national: &str) -> bool {
    let kinds = known.descriptors();
    let fits = |kind: Type| kinds.get(kind).is_some_and(|one| one.is_match(national));
    kinds.general().is_match(national) && KINDS.into_iter().any(fits)
}

/// A valid number of a country by a number that somebody drew: for a provider that has numbers to give. None where the
/// country's are not known, or this draw leads to none.
pub fn drawn(country: &str, draw: u64) -> Option<String> {
    let known = DATABASE.by_id(country)?;
    let kinds = known.descriptors();
    let example = kinds.fixed_line().or_else(|| kinds.mobile())?.example()?;
    // The area stays, the subscriber's digits are drawn.
    let kept = example.len().saturating_sub(6).max(1);
    let digits = u32::try_from(example.len() - kept).ok()?;
    let tail = draw % 10u64.checked_pow(digits)?;
    let width = example.len() - kept;
    let number = format!("+{}{}{tail:0width$}", known.country_code(), example.get(..kept)?);
    of_country(&number, country).ok()
}

/// Whether calling runs under a trial, so that it can have numbers (SETUP-2).
pub fn runs_calling(trial: &Trial, program: &Program) -> bool {
    let runs = |state: ServiceState| matches!(state, ServiceState::Provisioned | ServiceState::Suspended);
    let calling = |id: &str| program.service(id).is_some_and(|service| service.numbers);
    let mut services = trial.services.iter();
    matches!(trial.state, State::Active(_) | State::Expired(_))
        && services.any(|service| calling(&service.id) && runs(service.state))
}

/// Whether something that was bought comes with numbers; it may have had another name (ELIG-1).
pub fn bought_calling(purchased: &[Purchase], program: &Program) -> bool {
    let calling = program.services.iter().filter(|service| service.numbers);
    let names: Vec<&String> = calling
        .flat_map(|service| std::iter::once(&service.id).chain(&service.also_known_as))
        .collect();
    purchased.iter().any(|purchase| names.contains(&&purchase.service))
}

/// EXP-5: whether what another trial of the customer has, or had until lately, keeps the numbers: calling that runs, or
/// a rest that is not over.
pub fn keeps_numbers(other: &Trial, program: &Program, zone: &TimeZone, now: Timestamp) -> bool {
    let rests = |item: &crate::trial::Planned| {
        item.kind == MilestoneKind::NumbersReleased && item.at.is_some_and(|at| at > now)
    };
    runs_calling(other, program) || plan(other, program, zone).iter().any(rests)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setup_2_a_number_is_written_as_e_164_has_it() {
        assert_eq!(international(" +33140205050 ").as_deref(), Ok("+33140205050"));
        for (wrong, code) in [
            ("", Code::Empty),
            ("   ", Code::Empty),
            ("0140205050", Code::InvalidNumber),
            ("0033140205050", Code::InvalidNumber),
            ("+33 1 40 20 50 50", Code::InvalidNumber),
            ("+33-140205050", Code::InvalidNumber),
            ("+3314020505O", Code::InvalidNumber),
            ("+٣٣١٤٠٢٠٥٠٥٠", Code::InvalidNumber),
            ("＋33140205050", Code::InvalidNumber),
            ("+33140205050;ext=1", Code::InvalidNumber),
            ("+33\u{200B}140205050", Code::InvalidNumber),
            ("+0140205050", Code::InvalidNumber),
            ("+33140", Code::InvalidNumber),
            ("+3314020505012345", Code::TooLong),
        ] {
            assert_eq!(international(wrong), Err(code), "SETUP-2: {wrong:?}");
        }
    }

    #[test]
    fn setup_2_a_number_belongs_to_the_country_of_its_location() {
        for (number, country) in [
            ("+33140205050", "FR"),
            ("+886223456789", "TW"),
            ("+12015550123", "US"),
            ("+14165550134", "CA"),
            ("+442079460958", "GB"),
            ("+390612345678", "IT"),
            ("+81312345678", "JP"),
        ] {
            assert_eq!(of_country(number, country).as_deref(), Ok(number), "SETUP-2: {country}");
        }
        for (number, country) in [
            ("+33140205050", "TW"),
            ("+14165550134", "US"),
            ("+12015550123", "CA"),
            ("+330140205050", "FR"),
            ("+3314020505", "FR"),
            ("+331402050501", "FR"),
            ("+33140205050", "AQ"),
        ] {
            let wrong = of_country(number, country);
            assert_eq!(wrong, Err(Code::NumberOfAnotherCountry), "SETUP-2: {number} {country}");
        }
    }

    #[test]
    fn setup_2_a_provider_draws_valid_numbers_of_a_country() {
        for country in ["FR", "TW", "US", "CA", "GB", "DE", "JP", "AU", "SG", "IT"] {
            let found = (0..400u64).filter_map(|draw| drawn(country, draw.wrapping_mul(7919)));
            let found: std::collections::BTreeSet<String> = found.collect();
            assert!(found.len() > 50, "SETUP-2: {country} has {}", found.len());
            assert!(found.iter().all(|one| of_country(one, country).is_ok()), "SETUP-2");
        }
        assert_eq!(drawn("AQ", 1), None, "SETUP-2: nobody gives numbers there");
    }
}
