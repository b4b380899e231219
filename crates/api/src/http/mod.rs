//! What every noun needs of HTTP: problems, bodies, parameters, headers, cursors, layers, the reference page.
//!
//! A handler takes [`Body`], [`Params`], [`Path`] and the headers it wants, and returns `Result<_, Problem>`. It knows
//! nothing of the reader's language: [`layers::wrap`] tells the problem in which one to speak.

pub mod body;
mod check;
pub mod cursor;
mod decode;
pub mod docs;
pub mod headers;
mod json;
pub mod layers;
pub mod path;
pub mod problem;
pub mod query;
mod shape;

pub use body::{Body, canonical_digest_input, merge};
pub use headers::{ClientLanguage, IdempotencyKey, IfMatch, RequestId, etag};
pub use path::Path;
pub use problem::Problem;
pub use query::{DryRun, NoParams, Params, limit};
