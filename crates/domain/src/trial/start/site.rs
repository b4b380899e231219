//! START-5: the site of the meetings.

use super::{MeetingsInput, field::required};
use crate::{
    refusal::{Code, FieldError},
    text,
    trial::Meetings,
};

pub(super) fn meetings(
    input: Option<&MeetingsInput>,
    is_asked: bool,
    customer_zone: Option<&str>,
    is_zone: &dyn Fn(&str) -> bool,
    errors: &mut Vec<FieldError>,
) -> Option<(String, Meetings)> {
    let input = input?;
    if !is_asked {
        errors.push(FieldError::new("/meetings", Code::BlockWithoutService));
        return None;
    }
    meetings_block(input, customer_zone, is_zone, errors)
}

/// START-5: the block itself; the site's zone is its own, the customer's where none is given.
pub fn meetings_block(
    input: &MeetingsInput,
    customer_zone: Option<&str>,
    is_zone: &dyn Fn(&str) -> bool,
    errors: &mut Vec<FieldError>,
) -> Option<(String, Meetings)> {
    let site = required("/meetings/site", input.site.as_deref(), text::site, errors);
    let zone = match input.time_zone.as_deref().or(customer_zone) {
        Some(zone) if is_zone(zone) => Some(zone.to_owned()),
        Some(_) => {
            errors.push(FieldError::new("/meetings/time_zone", Code::InvalidTimeZone));
            None
        }
        None => Some(String::new()),
    };
    Some((site?, Meetings { time_zone: zone? }))
}
