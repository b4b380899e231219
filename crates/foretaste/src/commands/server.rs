//! `foretaste serve`, `migrate` and `config check`.

use crate::{
    config::{Config, MailTo},
    failure::{Failure, Outcome},
    logs, open, ports,
    serve::{self, Fuse, Stop},
    wiring::{self, Mail, Setting, System},
};
use app::App;
use delivery::{Smtp, Templates, Transport};
use std::sync::Arc;
use store::{StoreError, Stores};

/// `serve`
pub(crate) async fn run(config: &Config, migrate: bool) -> Outcome {
    config.check()?;
    logs::begin(logs::Look::Json, config.log())?;
    for advice in config.advice() {
        tracing::warn!(advice, "the configuration could be safer");
    }
    let stop = Stop::new()?;
    let listener = serve::listen(config.listen()?).await?;
    let stores = open::stores(config, migrate).await?;
    publish_first(&stores, config).await?;
    let app = wiring::app(stores, Setting::of(config)?).await?;
    let mail = mail(&app, config)?;
    let address = listener
        .local_addr()
        .map_err(|error| Failure::of("the address is not known", error))?;
    let ready = || {
        tracing::info!(%address, version = env!("CARGO_PKG_VERSION"), environment = ?config.environment(), "serving");
        Ok(())
    };
    let mut system = System::new(app, mail);
    system.proxies = config.trusted_proxies()?;
    system.fonts = Arc::new(config.fonts());
    if let Some(endpoint) = config.provisioner()? {
        system.provisioned_by(endpoint, config.provisioner_port()?);
    }
    serve::run(system, listener, Fuse::Operator, stop, ready).await
}

/// PROG-1: the file is the first version; later ones are published, and checked against running trials then.
async fn publish_first(stores: &Stores, config: &Config) -> Outcome {
    let file = config.program()?;
    let Some(published) = stores.directory.programs().await?.pop() else {
        return match stores.directory.publish(&file, ports::real_now()).await {
            // Another server may have been first.
            Ok(()) | Err(StoreError::Taken(_)) => Ok(()),
            Err(error) => Err(error.into()),
        };
    };
    if published != file {
        let (file, published) = (file.version, published.version);
        tracing::warn!(
            file,
            published,
            "the program file is not what is published; POST /api/v1/program publishes a newer version"
        );
    }
    Ok(())
}

fn mail(app: &Arc<App>, config: &Config) -> Outcome<Mail> {
    let unusable = |error: &dyn std::fmt::Display| Failure::new(error.to_string());
    let transport = match config.mail()? {
        MailTo::Server(server) => Transport::Smtp(Arc::new(Smtp::new(&server).map_err(|error| unusable(&error))?)),
        MailTo::Mailbox => {
            let mailbox = app.stores.mailbox.clone();
            Transport::Mailbox(mailbox.ok_or_else(|| Failure::new("the mailbox has no store"))?)
        }
    };
    let templates = Templates::new(config.templates()).map_err(|error| unusable(&error))?;
    Ok(Mail {
        transport,
        brand: config.brand()?,
        public_url: config.public_url()?.to_owned(),
        templates,
    })
}

/// `migrate`
pub(crate) async fn migrate(config: &Config) -> Outcome {
    let stores = open::stores(config, true).await?;
    let regions: Vec<String> = stores.regions.keys().cloned().collect();
    stores.close().await;
    println!(
        "The directory and the stores of {} have today's schema.",
        regions.join(", ")
    );
    Ok(())
}

/// `config check`
pub(crate) fn check(config: &Config) -> Outcome {
    config.check()?;
    for advice in config.advice() {
        eprintln!("{advice}");
    }
    println!("The configuration is in order.");
    Ok(())
}
