//! `foretaste admin`: the vendor's organization and its first administrator; a way in for whom no email reaches.

use crate::{
    commands::token::{Whose, find},
    failure::{Failure, Outcome},
    open::Which,
};
use app::{App, found::NewPerson};
use clap::{Args, Subcommand};
use domain::{organization::Kind, person::Role, text};

#[derive(Debug, Subcommand)]
pub(crate) enum Action {
    /// Found the vendor's organization with its first administrator
    Create(New),
    /// Print a link with which a person opens the account: once, within 7 days
    Link {
        #[command(flatten)]
        of: Whose,
        #[command(flatten)]
        which: Which,
    },
    /// Take one-time codes away from a person whose device is lost; all sessions of that person end
    RemoveCode {
        #[command(flatten)]
        of: Whose,
        #[command(flatten)]
        which: Which,
    },
}

#[derive(Debug, Args)]
pub(crate) struct New {
    /// The administrator's address
    #[arg(long)]
    email: String,
    /// The administrator's name
    #[arg(long)]
    name: String,
    /// The vendor's name
    #[arg(long)]
    vendor_name: String,
    /// The region in which the vendor's people are kept
    #[arg(long, value_name = "ID")]
    region: String,
    /// The administrator's language
    #[arg(long, default_value = "en", value_parser = ["en", "fr", "zh-Hant"])]
    language: String,
    /// The administrator's IANA time zone
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    time_zone: String,
    #[command(flatten)]
    which: Which,
}

pub(crate) async fn run(action: Action) -> Outcome {
    match action {
        Action::Create(new) => {
            let app = new.which.app().await?;
            let result = create(&app, &new).await;
            app.stores.clone().close().await;
            let (organization, person) = result?;
            println!("{organization}\n{person}");
            eprintln!("A link that opens the account: foretaste admin link {}", new.email);
            eprintln!("A token for the API: foretaste token create {}", new.email);
            Ok(())
        }
        Action::Link { of, which } => {
            // Before a door is made: without it nobody could go through.
            let url = which.public_url()?;
            let app = which.app().await?;
            let result = link(&app, &of).await;
            app.stores.clone().close().await;
            println!("{}{}", url.trim_end_matches('/'), result?);
            Ok(())
        }
        Action::RemoveCode { of, which } => {
            let app = which.app().await?;
            let result = remove_code(&app, &of).await;
            app.stores.clone().close().await;
            if !result? {
                return Err(Failure::new("no code was asked of that person"));
            }
            eprintln!("No code is asked any more.");
            Ok(())
        }
    }
}

async fn remove_code(app: &App, of: &Whose) -> Outcome<bool> {
    let person = find(app, of).await?;
    Ok(app.forget_code(&person.id).await?)
}

async fn link(app: &App, of: &Whose) -> Outcome<String> {
    let person = find(app, of).await?;
    Ok(app.make_link(&person.id).await?)
}

async fn create(app: &App, new: &New) -> Outcome<(String, String)> {
    if let Some(vendor) = app.vendor_id().await? {
        return Err(Failure::new(format!("there is a vendor already: {vendor}")));
    }
    if app.stores.region(&new.region).is_none() {
        let known: Vec<&str> = app.stores.regions.keys().map(String::as_str).collect();
        return Err(Failure::new(format!(
            "no store is configured for the region {}; known are {}",
            new.region,
            known.join(", ")
        )));
    }
    let person = NewPerson {
        email: new.email.clone(),
        name: text::name(&new.name).map_err(|_| Failure::new("--name is empty, too long, or has hidden characters"))?,
        language: new.language.clone(),
        zone: new.time_zone.clone(),
        roles: vec![Role::VendorAdministrator],
        licenses: Vec::new(),
    };
    let (organization, people) = app
        .found(&new.region, &new.vendor_name, Kind::Vendor, &[person])
        .await?;
    let person = people.first().map(ToString::to_string).unwrap_or_default();
    Ok((organization.to_string(), person))
}
