//! What can be asked on the command line.

use crate::{
    commands::{admin, clock, mail, provisioner, simulate, token},
    open::Which,
};
use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Trials of a vendor's services, run with its partners for their customers
#[derive(Debug, Parser)]
#[command(
    name = "foretaste",
    version,
    about,
    max_term_width = 100,
    arg_required_else_help = true
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run a server
    Serve {
        /// The configuration; what it lacks is read from FORETASTE_… variables
        #[arg(long, value_name = "FILE", env = "FORETASTE_CONFIG")]
        config: Option<PathBuf>,
        /// Where it listens, instead of what is configured
        #[arg(long, value_name = "ADDR")]
        listen: Option<String>,
        /// Where people reach it, instead of what is configured
        #[arg(long, value_name = "URL")]
        public_url: Option<String>,
        /// Bring the stores' schemas up to date first
        #[arg(long)]
        migrate: bool,
    },
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
        /// Keep the stores in PostgreSQL: a URL with {store} where the name of each database goes (`directory`,
        /// `mailbox`, and each region's id); the databases must be there and empty
        #[arg(long, value_name = "URL")]
        stores: Option<String>,
        /// Let services be provisioned by a system at this address, which is called with the secret in
        /// DIR/provisioner.secret and answers by the API
        #[arg(long, value_name = "URL")]
        provisioner: Option<String>,
        /// Seconds after which such a system is late with an answer
        #[arg(long, value_name = "N", default_value_t = 86_400, value_parser = clap::value_parser!(u32).range(1..=2_592_000))]
        answer_within: u32,
    },
    /// Bring the schemas of all stores up to date; makes those that are not there
    Migrate {
        /// The configuration; what it lacks is read from FORETASTE_… variables
        #[arg(long, value_name = "FILE", env = "FORETASTE_CONFIG")]
        config: Option<PathBuf>,
    },
    /// Check or show a program file
    #[command(subcommand)]
    Program(Program),
    /// Check the configuration
    #[command(subcommand)]
    Config(Config),
    /// Replay the record of changes and compare it with what is stored
    Verify {
        /// Print JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        which: Which,
    },
    /// Show the clocks, or say that they are right
    #[command(subcommand)]
    Clock(clock::Action),
    /// Play a trial from its start to its end on a virtual clock
    Simulate(simulate::Options),
    /// Test the mail server
    #[command(subcommand)]
    Mail(mail::Action),
    /// Test the provisioner
    #[command(subcommand)]
    Provisioner(provisioner::Action),
    /// Make or end tokens for the API
    #[command(subcommand)]
    Token(token::Action),
    /// Found the vendor's organization
    #[command(subcommand)]
    Admin(admin::Action),
    /// Print the description of the API (OpenAPI 3.1)
    Openapi,
    /// Print completions for a shell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Program {
    /// Name every mistake in a program file with its line, its column and the mend
    Check {
        /// The program file
        file: PathBuf,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Show what can be tried, where and for how long
    Show {
        /// The program file; the shipped one if not given
        file: Option<PathBuf>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Config {
    /// Name everything in the configuration that is missing or wrong; opens no store
    Check {
        /// The configuration; what it lacks is read from FORETASTE_… variables
        #[arg(long, value_name = "FILE", env = "FORETASTE_CONFIG")]
        config: Option<PathBuf>,
    },
}
