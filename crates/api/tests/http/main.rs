//! What surrounds every handler, seen from outside: one binary, one file for each matter.

#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

mod bodies;
mod cursors;
mod hostile;
mod parameters;
mod shapes;
mod surroundings;
mod versions;
mod world;
