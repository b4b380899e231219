//! `foretaste token`: bearer tokens, shown once.

use crate::{
    failure::{Failure, Outcome},
    open::Which,
};
use app::App;
use clap::{Args, Subcommand};
use domain::person::Person;
use jiff::SignedDuration;

#[derive(Debug, Subcommand)]
pub(crate) enum Action {
    /// Make a token for a person; it is printed once and kept as a digest
    Create {
        #[command(flatten)]
        of: Whose,
        /// What it is for
        #[arg(long, default_value = "command line")]
        label: String,
        /// How long it is good; without an end if not given
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=3650))]
        days: Option<u16>,
        #[command(flatten)]
        which: Which,
    },
    /// End a person's tokens at once
    Revoke {
        #[command(flatten)]
        of: Whose,
        /// Only those with this label
        #[arg(long)]
        label: Option<String>,
        #[command(flatten)]
        which: Which,
    },
}

/// A person.
#[derive(Debug, Args)]
pub(crate) struct Whose {
    /// The person's address
    email: String,
    /// The organization's id, where several know that address
    #[arg(long, value_name = "ID")]
    organization: Option<String>,
}

pub(crate) async fn run(action: Action) -> Outcome {
    match action {
        Action::Create { of, label, days, which } => {
            let app = which.app().await?;
            let result = create(&app, &of, &label, days).await;
            app.stores.clone().close().await;
            println!("{}", result?);
            Ok(())
        }
        Action::Revoke { of, label, which } => {
            let app = which.app().await?;
            let result = revoke(&app, &of, label.as_deref()).await;
            app.stores.clone().close().await;
            eprintln!("{} ended.", result?);
            Ok(())
        }
    }
}

async fn create(app: &App, of: &Whose, label: &str, days: Option<u16>) -> Outcome<String> {
    let person = find(app, of).await?;
    let days = days.map(|days| SignedDuration::from_hours(24 * i64::from(days)));
    let end = days.and_then(|days| app.clock.real().checked_add(days).ok());
    Ok(app.issue_token(&person.id, label, end).await?)
}

async fn revoke(app: &App, of: &Whose, label: Option<&str>) -> Outcome<u64> {
    let person = find(app, of).await?;
    let region = app
        .stores
        .region(person.id.region())
        .ok_or_else(|| Failure::new("the person's region has no store"))?;
    let tx = region.begin().await?;
    let ended = tx.revoke_tokens(&person.id, label, app.clock.real()).await?;
    tx.commit().await?;
    Ok(ended)
}

pub(super) async fn find(app: &App, of: &Whose) -> Outcome<Person> {
    let mut found = app.find_people(&of.email).await?;
    found.retain(|person| {
        of.organization
            .as_deref()
            .is_none_or(|id| person.organization.as_str() == id)
    });
    if found.len() > 1 {
        let ids: Vec<&str> = found.iter().map(|person| person.organization.as_str()).collect();
        return Err(Failure::new(format!(
            "several know that address: say which with --organization: {}",
            ids.join(", ")
        )));
    }
    found.pop().ok_or_else(|| Failure::new("nobody has that address"))
}
