//! A trial is a value, and everything that happens to it is a pure function: what may happen ([`trial::Trial`]'s
//! deciding methods), what will happen ([`trial::plan()`]), what it means ([`trial::Status`]). No I/O, no clock, no
//! randomness: they are arguments.

pub mod access_request;
pub mod alarm;
pub mod allowance;
pub mod closing;
pub mod csv;
pub mod digest;
pub mod draft;
pub mod eligibility;
pub mod handover;
pub mod ids;
pub mod license;
pub mod likeness;
pub mod location;
pub mod notify;
pub mod number;
pub mod order;
pub mod organization;
pub mod person;
pub mod program;
pub mod refusal;
pub mod serial;
pub mod setup;
pub mod shipment;
pub mod team;
pub mod text;
pub mod time;
pub mod trial;
pub mod usage;
