//! What can be asked on the command line.

use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Trials of a vendor's services, run with its partners for their customers.
#[derive(Debug, Parser)]
#[command(name = "foretaste", version, about, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run a whole system with sample companies; nothing to set up, nothing leaves the machine
    Demo {
        /// Where its data lives; made when missing, kept between starts
        #[arg(long, value_name = "DIR", default_value = "./foretaste-demo")]
        data: PathBuf,
        /// Where it listens; port 0 takes a free one
        #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
        listen: String,
        /// Leave the trials out
        #[arg(long)]
        empty: bool,
    },
}
