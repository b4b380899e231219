//! A whole system with nothing to set up: embedded stores, a clock that can be moved, a mailbox, and a cast that has
//! lived through sixty days (`api.md`, Command line).

mod cast;
mod found;
mod json;
mod lent;
mod people;
mod place;
mod stage;
mod story;
mod usage;

pub(crate) use place::Place;

use crate::{
    commands::program::shipped,
    failure::{Failure, Outcome},
    serve::{self, Fuse, Stop},
    wiring::{self, Mail, Setting, System},
};
use delivery::{Brand, Endpoint, HttpPort, Templates, Transport};
use domain::{ids::OrgId, program::Program};
use jiff::SignedDuration;
use stage::Stage;
use std::{collections::BTreeMap, fs, path::Path};
use store::{Keys, Stores};

/// Where the ids of the cast are kept: ids and parts, no names (REG-2).
const CAST: &str = "demo_cast";
/// How long before today the play begins.
const PROLOGUE: SignedDuration = SignedDuration::from_hours(24 * 60);

/// What was asked for.
pub(crate) struct Demo<'a> {
    pub(crate) data: &'a Path,
    pub(crate) listen: &'a str,
    /// Without A's own customers and their trials.
    pub(crate) empty: bool,
    /// Where the stores are, when not in the folder.
    pub(crate) stores: Option<&'a str>,
    /// PROV-2: who provisions, when it is not the demo itself.
    pub(crate) provisioner: Option<&'a str>,
    /// How long that may take to answer.
    pub(crate) answer_within: SignedDuration,
}

/// Runs a demo until it is told to stop.
pub(crate) async fn run(demo: &Demo<'_>) -> Outcome {
    let place = Place::new(demo.data);
    let _lock = place.take()?;
    json::remove(place.dir())?;
    let stop = Stop::new()?;
    let listener = serve::listen(demo.listen).await?;
    let address = listener
        .local_addr()
        .map_err(|error| Failure::of("the address is not known", error))?;
    let url = url(demo.listen, address);
    let (program, keys) = (shipped()?, place.make_keys()?);
    if let Some(template) = demo.stores {
        place.put_elsewhere(template)?;
    }
    match place.elsewhere()? {
        Some(template) => seed_elsewhere(&template, &program, keys, &url, demo.empty).await?,
        None if place.stores().is_dir() => {}
        None => seed(&place, &program, keys, &url, demo.empty).await?,
    }
    let stores = place.open(&program).await?;
    let mut system = system(stores, &url, demo.provisioner.map(|_| demo.answer_within)).await?;
    if let Some(provisioner) = demo.provisioner {
        let endpoint = Endpoint {
            url: provisioner.to_owned(),
            secrets: vec![place.provisioner_secret()?],
            answer_within: demo.answer_within,
        };
        system.provisioned_by(endpoint, HttpPort::new(true, None));
    }
    let people = people::list(&system.app, &companies(&system).await?).await?;
    people::let_in(&system.app, &people).await?;
    system.cast = Some(people.iter().map(people::Player::persona).collect());
    let ready = || {
        json::publish(place.dir(), &url, &people)?;
        banner(&url, place.dir(), &people);
        Ok(())
    };
    serve::run(system, listener, Fuse::Itself, stop, ready).await
}

/// Where people reach what listens everywhere. By its name where it was given one: browsers have passkeys for
/// `localhost`, and none for a number.
fn url(listen: &str, mut address: std::net::SocketAddr) -> String {
    if listen.starts_with("localhost:") {
        return format!("http://localhost:{}", address.port());
    }
    match address {
        std::net::SocketAddr::V4(ref mut v4) if v4.ip().is_unspecified() => v4.set_ip(std::net::Ipv4Addr::LOCALHOST),
        std::net::SocketAddr::V6(ref mut v6) if v6.ip().is_unspecified() => v6.set_ip(std::net::Ipv6Addr::LOCALHOST),
        _ => {}
    }
    format!("http://{address}")
}

/// The cast comes to be in a folder of its own, which gets its name when all is there.
async fn seed(place: &Place, program: &Program, keys: Keys, url: &str, empty: bool) -> Outcome {
    let folder = place.new_stores();
    let failed = |error: std::io::Error| Failure::of(format!("cannot use {}", folder.display()), error);
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(failed)?;
    }
    let system = system(place::open(&folder, keys, program).await?, url, None).await?;
    let played = play(&system, program, empty).await;
    system.close().await;
    played?;
    fs::rename(&folder, place.stores()).map_err(failed)
}

/// The cast comes to be in databases that were made for it; what broke off there cannot be begun anew.
async fn seed_elsewhere(template: &str, program: &Program, keys: Keys, url: &str, empty: bool) -> Outcome {
    let system = system(place::open_elsewhere(template, keys, program).await?, url, None).await?;
    let played = if system.app.stores.directory.setting(CAST).await?.is_some() {
        Ok(())
    } else if system.app.stores.directory.programs().await?.is_empty() {
        play(&system, program, empty).await
    } else {
        Err(Failure::new(
            "a demo broke off while it was made in these databases: give it empty ones",
        ))
    };
    system.close().await;
    played
}

async fn play(system: &System, program: &Program, empty: bool) -> Outcome {
    let mut stage = Stage::new(system);
    stage.at(PROLOGUE).await?;
    system.app.publish(program).await?;
    found::everybody(&mut stage).await?;
    if !empty {
        story::play(&mut stage).await?;
        usage::report(&stage).await?;
    }
    let cast = serde_json::to_string(&stage.cast).map_err(|error| Failure::of("the cast", error))?;
    system.app.stores.directory.put_setting(CAST, &cast).await?;
    stage.today().await?;
    Ok(system.app.acknowledge_clock().await.map(|_| ())?)
}

async fn companies(system: &System) -> Outcome<BTreeMap<String, OrgId>> {
    let kept = system.app.stores.directory.setting(CAST).await?;
    let kept = kept.ok_or_else(|| Failure::new("the stores are no demo's: who is who is not kept there"))?;
    serde_json::from_str(&kept).map_err(|error| Failure::of("who is who cannot be read", error))
}

async fn system(stores: Stores, url: &str, answer_within: Option<SignedDuration>) -> Outcome<System> {
    let mailbox = stores
        .mailbox
        .clone()
        .ok_or_else(|| Failure::new("a demo needs its mailbox"))?;
    let app = wiring::app(stores, Setting::demo(url, answer_within)).await?;
    let templates = Templates::new(None).map_err(|error| Failure::new(error.to_string()))?;
    let brand = Brand {
        vendor_name: cast::VENDOR.name.to_owned(),
        support_url: None,
        legal_url: None,
        agreement_url: None,
        free_plan_url: None,
        colour: "#1f5fbf".to_owned(),
        from: format!("Meridian Trials <trials@{}>", cast::VENDOR.domain),
    };
    Ok(System::new(
        app,
        Mail {
            transport: Transport::Mailbox(mailbox),
            brand,
            public_url: url.to_owned(),
            templates,
        },
    ))
}

/// For the one who started it.
fn banner(url: &str, dir: &Path, people: &[people::Player]) {
    println!("Foretaste is ready: {url}\n");
    println!("  Pages              {url}: choose who you are at the top, or sign in");
    println!("  The API            {url}/api/v1, described at {url}/docs");
    println!("  Emails             GET {url}/api/v1/mailbox: nothing leaves this machine");
    println!("  Time               POST {url}/api/v1/test-clock {{\"advance_days\": 7}}");
    println!("  Tokens, passwords  {}", dir.join("demo.json").display());
    println!("\nWho is who (all made up):");
    let mut last = "";
    for player in people.iter().filter(|player| player.roles != ["user"]) {
        if last != player.organization.cast {
            last = &player.organization.cast;
            println!(
                "\n  {last}: {} ({})",
                player.organization.name, player.organization.region
            );
        }
        println!(
            "    {:<28} {:<44} {}",
            player.roles.join(", "),
            player.email,
            player.name
        );
    }
    println!("\nStop with Ctrl+C; the data stays in {}.", dir.display());
}
