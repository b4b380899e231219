//! Single fields: what is wrong with each is added to the errors.

use crate::{
    program::{Program, QuantityRule},
    refusal::{Code, FieldError},
};

pub(super) fn required<T>(
    pointer: &str,
    given: Option<&str>,
    check: impl Fn(&str) -> Result<T, Code>,
    errors: &mut Vec<FieldError>,
) -> Option<T> {
    let Some(given) = given else {
        errors.push(FieldError::new(pointer, Code::Required));
        return None;
    };
    check(given)
        .map_err(|code| errors.push(FieldError::new(pointer, code)))
        .ok()
}

pub(super) fn one_of(
    pointer: &str,
    given: Option<&str>,
    code: Code,
    allowed: &[&str],
    errors: &mut Vec<FieldError>,
) -> Option<String> {
    let Some(given) = given else {
        errors.push(FieldError::new(pointer, Code::Required).with("allowed", allowed.join(", ")));
        return None;
    };
    if !allowed.contains(&given) {
        errors.push(FieldError::new(pointer, code).with("allowed", allowed.join(", ")));
        return None;
    }
    Some(given.to_owned())
}

pub(in crate::trial) fn check_services(ids: &[String], pointer: &str, program: &Program, errors: &mut Vec<FieldError>) {
    let known: Vec<&str> = program.services.iter().map(|service| service.id.as_str()).collect();
    for (index, id) in ids.iter().enumerate() {
        let at = format!("{pointer}/{index}");
        if !known.contains(&id.as_str()) {
            errors.push(FieldError::new(at, Code::UnknownService).with("allowed", known.join(", ")));
        } else if ids[..index].contains(id) {
            errors.push(FieldError::new(at, Code::DuplicateService).with("value", id));
        }
    }
}

pub(in crate::trial) fn check_quantity(
    given: Option<i64>,
    otherwise: u32,
    rule: &QuantityRule,
    errors: &mut Vec<FieldError>,
) -> u32 {
    let Some(given) = given else { return otherwise };
    match u32::try_from(given) {
        Ok(quantity) if (rule.min..=rule.max).contains(&quantity) => quantity,
        _ => {
            errors.push(
                FieldError::new("/license_quantity", Code::QuantityOutOfRange)
                    .with("min", rule.min)
                    .with("max", rule.max)
                    .with("value", given),
            );
            otherwise
        }
    }
}

/// START-2 and 4: a fixed duration sets the whole trial's; two different ones cannot share it.
pub(super) fn duration(
    given: Option<i64>,
    services: &[String],
    program: &Program,
    errors: &mut Vec<FieldError>,
) -> u32 {
    let days = given.unwrap_or(i64::from(program.default_duration));
    let offered = program.durations.iter().find(|offered| i64::from(**offered) == days);
    let mut fixed: Vec<u32> = services
        .iter()
        .filter_map(|id| program.service(id)?.duration_days)
        .collect();
    fixed.sort_unstable();
    fixed.dedup();
    if offered.is_none() && !fixed.iter().any(|own| i64::from(*own) == days) {
        let allowed: Vec<String> = program.durations.iter().map(u32::to_string).collect();
        errors.push(
            FieldError::new("/duration_days", Code::DurationNotOffered)
                .with("allowed", allowed.join(", "))
                .with("value", days),
        );
    }
    if fixed.len() > 1 {
        errors.push(FieldError::new("/services", Code::DurationConflict));
    }
    fixed
        .first()
        .copied()
        .or(offered.copied())
        .unwrap_or(program.default_duration)
}
