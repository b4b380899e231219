//! The HTTP API: JSON, one file for each noun, on what `http` provides.

pub mod http;
