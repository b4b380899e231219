//! The rules of a trial, one module a noun; every test is named after the rule that it proves.

mod given;
mod support;
mod world;

mod approval;
mod cancel;
mod consent;
mod consent_race;
mod convert;
mod devices;
mod edit;
mod eligibility;
mod expire;
mod extend;
mod extend_dates;
mod hand_over;
mod list;
mod notify;
mod numbers;
mod order;
mod order_hold;
mod outage;
mod people;
mod plan;
mod property;
mod provision;
mod provisioning_order;
mod region;
mod shipment;
mod start;
mod start_form;
mod time;
mod usage;
