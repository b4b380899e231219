//! Rows as SeaORM sees them; private to this crate.

#![expect(
    unreachable_pub,
    reason = "the derived code asks for it; the module itself is private"
)]

pub(crate) mod acting;
pub(crate) mod admission;
pub(crate) mod admitted;
pub(crate) mod alarm;
pub(crate) mod allowance;
pub(crate) mod answer;
pub(crate) mod approval;
pub(crate) mod asked;
pub(crate) mod assignment;
pub(crate) mod attempt;
pub(crate) mod chain;
pub(crate) mod claim;
pub(crate) mod closing;
pub(crate) mod consent_link;
pub(crate) mod conversion;
pub(crate) mod credential;
pub(crate) mod customer_key;
pub(crate) mod device_extension;
pub(crate) mod device_serial;
pub(crate) mod digest;
pub(crate) mod directory_task;
pub(crate) mod door;
pub(crate) mod draft;
pub(crate) mod eligibility_exception;
pub(crate) mod entry;
pub(crate) mod event;
pub(crate) mod event_text;
pub(crate) mod gathered;
pub(crate) mod half_sign_in;
pub(crate) mod hold;
pub(crate) mod idempotency;
pub(crate) mod identity;
pub(crate) mod job;
pub(crate) mod job_row;
pub(crate) mod listing;
pub(crate) mod location;
pub(crate) mod lookup;
pub(crate) mod mail;
pub(crate) mod meta;
pub(crate) mod milestone;
pub(crate) mod number;
pub(crate) mod number_order;
pub(crate) mod one_time_code;
pub(crate) mod organization;
pub(crate) mod outbox;
pub(crate) mod passkey;
pub(crate) mod pending;
pub(crate) mod person;
pub(crate) mod program;
pub(crate) mod provisioning;
pub(crate) mod purchase_order;
pub(crate) mod recovery_code;
pub(crate) mod relationship;
pub(crate) mod session;
pub(crate) mod setting;
pub(crate) mod setup;
pub(crate) mod shipment;
pub(crate) mod shipment_line;
pub(crate) mod sign_out;
pub(crate) mod single_sign_on;
pub(crate) mod token;
pub(crate) mod trial;
pub(crate) mod usage;
