//! The languages that people read: messages (Fluent), and dates, lists and numbers (ICU4X).
//!
//! Pure: every text is embedded in the binary. What a person or a company is called is *placed* into a message as an
//! argument, never written inside one, and is made harmless on the way ([`tame`]).

mod language;
mod messages;
mod problem;
mod safe;
mod words;
mod zones;

pub use language::Language;
pub use messages::{Arg, complete, has, text};
pub use problem::{Problem, problem};
pub use safe::tame;
pub use words::{date, date_in, instant, list, number, sort_by_name, zone_name, zone_place};
pub use zones::{canonical_zone, zones};
