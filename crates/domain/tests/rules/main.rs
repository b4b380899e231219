//! The rules of a trial, one module a noun; every test is named after the rule that it proves.

mod support;
mod world;

mod cancel;
mod consent;
mod convert;
mod edit;
mod eligibility;
mod expire;
mod extend;
mod notify;
mod outage;
mod plan;
mod provision;
mod region;
mod start;
mod start_form;
mod time;
