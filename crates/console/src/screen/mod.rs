//! One file a screen.

pub(crate) mod access;
pub(crate) mod account;
pub(crate) mod acting;
pub(crate) mod approvals;
pub(crate) mod code;
pub(crate) mod control;
pub(crate) mod customer;
pub(crate) mod customers;
pub(crate) mod demo;
pub(crate) mod design;
pub(crate) mod devices;
pub(crate) mod door;
pub(crate) mod error;
pub(crate) mod exceptions;
pub(crate) mod export;
pub(crate) mod forgot;
pub(crate) mod home;
pub(crate) mod mailbox;
pub(crate) mod moves;
pub(crate) mod order;
pub(crate) mod partners;
pub(crate) mod passkey;
pub(crate) mod prove;
pub(crate) mod provisioning;
pub(crate) mod purchase;
pub(crate) mod record;
pub(crate) mod removal;
pub(crate) mod request;
mod samples;
pub(crate) mod set_up;
pub(crate) mod setup;
pub(crate) mod sign_in;
pub(crate) mod single_sign_on;
pub(crate) mod start;
pub(crate) mod subscriptions;
pub(crate) mod team;
pub(crate) mod trial;
pub(crate) mod usage;
pub(crate) mod users;

pub(crate) use samples::samples;

use crate::{
    Console,
    frame::page_with,
    part::Faults,
    template::View,
    web::{Failure, Signed, encoded},
};
use app::{
    Actor, Error, Guard, Place,
    policy::{self, Action},
};
use axum::{http::StatusCode, response::Response};
use data_encoding::BASE64URL_NOPAD;
use domain::refusal::Refusal;

/// An id of an address; what has not its shape is not there.
pub(crate) fn id<T>(parsed: Option<T>) -> Result<T, Failure> {
    parsed.ok_or_else(Failure::not_found)
}

/// Checks everything, writes nothing.
pub(crate) fn dry() -> Guard {
    Guard {
        dry_run: true,
        ..Guard::default()
    }
}

/// What was seen when the form was made; without it whatever stands is changed.
pub(crate) fn seen(version: Option<i64>) -> Guard {
    Guard {
        if_match: version.map(|version| vec![version]),
        ..Guard::default()
    }
}

/// Whether somebody's roles allow it at all: what one may not do is not offered.
pub(crate) fn may(console: &Console, actor: &Actor, action: Action) -> bool {
    policy::allow(actor, action, console.app.clock.now()).is_ok()
}

/// What a form can say beside its fields; anything else is a page of its own.
pub(crate) fn mended(error: Error) -> Result<Box<Refusal>, Failure> {
    match error {
        Error::Refused(refusal) if [409, 410, 412, 422, 429].contains(&refusal.code.status()) => Ok(refusal),
        other => Err(other.into()),
    }
}

/// What may be nothing: what is not there, or not this person's to see. Whatever else went wrong is said.
pub(crate) fn if_seen<T>(found: Result<T, Error>) -> Result<Option<T>, Failure> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(Error::Refused(refusal)) if [403, 404].contains(&refusal.code.status()) => Ok(None),
        Err(other) => Err(other.into()),
    }
}

/// A page with a form: with what is wrong with it, if anything is.
pub(crate) fn form<V: View>(
    console: &Console,
    signed: &Signed,
    title: String,
    faults: &Faults,
    view: &V,
) -> Result<Response, Failure> {
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    page_with(status, console, &signed.visitor, title, view)
}

/// An address with what is not empty behind it.
pub(crate) fn address(path: &str, pairs: &[(&str, &str)]) -> String {
    let given: Vec<String> = pairs
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    if given.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", given.join("&"))
    }
}

/// A place in a list, as an address has it.
pub(crate) fn cursor(place: &Place) -> Option<String> {
    Some(BASE64URL_NOPAD.encode(&serde_json::to_vec(place).ok()?))
}

/// The place behind it; one that cannot be read is the beginning.
pub(crate) fn place(text: &str) -> Option<Place> {
    serde_json::from_slice(&BASE64URL_NOPAD.decode(text.as_bytes()).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::if_seen;
    use app::Error;
    use domain::refusal::Code;
    use store::StoreError;

    #[test]
    fn reg_4_what_cannot_be_reached_is_not_taken_for_nothing() {
        assert_eq!(if_seen(Ok(1)).ok(), Some(Some(1)));
        for hidden in [Code::NotFound, Code::RoleRequired, Code::Forbidden] {
            assert_eq!(if_seen::<u8>(Err(Error::code(hidden))).ok(), Some(None), "{hidden:?}");
        }
        let down = if_seen::<u8>(Err(Error::Store(StoreError::Unavailable("eu".to_owned()))));
        assert_eq!(down.err().map(|failure| failure.status().as_u16()), Some(503), "REG-4");
    }
}
