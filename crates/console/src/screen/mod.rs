//! One file a screen.

pub(crate) mod account;
pub(crate) mod approvals;
pub(crate) mod code;
pub(crate) mod control;
pub(crate) mod customer;
pub(crate) mod customers;
pub(crate) mod demo;
pub(crate) mod design;
pub(crate) mod door;
pub(crate) mod error;
pub(crate) mod forgot;
pub(crate) mod home;
pub(crate) mod mailbox;
pub(crate) mod passkey;
pub(crate) mod prove;
pub(crate) mod request;
mod samples;
pub(crate) mod sign_in;
pub(crate) mod single_sign_on;
pub(crate) mod start;
pub(crate) mod trial;

pub(crate) use samples::samples;

use crate::web::Failure;
use app::Guard;

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
