//! Puts the system together over its stores.

use crate::{failure::Outcome, ports};
use app::{App, Clock, Settings};
use delivery::{Brand, Clocks, Courier, Templates, Transport};
use domain::trial::Provisioner;
use std::{future::Future, path::PathBuf, pin::Pin, sync::Arc};
use store::Stores;

/// Everything that runs.
pub(crate) struct System {
    pub(crate) app: Arc<App>,
    pub(crate) courier: Arc<Courier>,
    brand: Brand,
    public_url: String,
    /// Whom a demo offers to be; none on any other server.
    pub(crate) cast: Option<Vec<console::Persona>>,
}

/// How emails look and where they go.
pub(crate) struct Mail {
    pub(crate) transport: Transport,
    pub(crate) brand: Brand,
    pub(crate) public_url: String,
    pub(crate) templates: Templates,
}

/// START-6: different addresses an hour, for a person and for a partner.
const LOOKUPS: (usize, usize) = (30, 100);

/// The use cases over stores, without mail.
pub(crate) async fn app(
    stores: Stores,
    test_clock: bool,
    shared: bool,
    breached_passwords: Option<PathBuf>,
) -> Outcome<Arc<App>> {
    let settings = Settings {
        provisioner: Provisioner::Embedded,
        test_clock,
        shared,
        lookups: LOOKUPS,
        breached_passwords,
    };
    let clock = Clock::new(Arc::new(ports::real_now));
    Ok(App::new(stores, clock, settings, ports::random()).await?)
}

impl System {
    pub(crate) fn new(app: Arc<App>, mail: Mail) -> Self {
        let (brand, public_url) = (mail.brand.clone(), mail.public_url.clone());
        let rules = app.clock.clone();
        let clocks = Clocks {
            rules: Arc::new(move || rules.now()),
            real: Arc::new(ports::real_now),
            jitter: Arc::new(ports::jitter),
        };
        let courier = Courier::new(
            app.stores.clone(),
            mail.templates,
            mail.brand,
            mail.public_url,
            mail.transport,
            clocks,
        );
        Self {
            app,
            courier: Arc::new(courier),
            brand,
            public_url,
            cast: None,
        }
    }

    /// Everything that is served: the API, and the pages.
    pub(crate) fn router(&self) -> axum::Router {
        let randomness = ports::randomness;
        let pages = console::Settings {
            brand: self.brand.clone(),
            public_url: self.public_url.clone(),
            demo: self.cast.is_some(),
            deliver: self.deliver(),
            people: self.cast.clone().unwrap_or_default(),
            randomness,
        };
        let app = || Arc::clone(&self.app);
        let deliver = self.deliver();
        api::router(app(), api::Settings { deliver, randomness }).merge(console::router(app(), pages))
    }

    /// TIME-4: how a moved test clock sends what there is to send. What was begun is finished, even where the one who
    /// waits for it goes away.
    pub(crate) fn deliver(&self) -> api::Deliver {
        let courier = Arc::clone(&self.courier);
        Arc::new(move || -> Pin<Box<dyn Future<Output = ()> + Send>> {
            let courier = Arc::clone(&courier);
            Box::pin(async move {
                let sending = tokio::spawn(async move { courier.run_once().await });
                if let Err(error) = sending.await {
                    tracing::error!(%error, "sending broke off");
                }
            })
        })
    }

    /// Closes the stores; what is written is on disk.
    pub(crate) async fn close(self) {
        self.app.stores.clone().close().await;
    }
}
