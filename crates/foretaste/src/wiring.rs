//! Puts the system together over its stores.

use crate::{
    config::Config,
    failure::Outcome,
    headers, open, ports,
    proxy::{self, Proxies},
};
use app::{Answering, App, Clock, HttpRequest, Outgoing, Settings, Unanswered};
use delivery::{Brand, Caller, Clocks, Courier, Endpoint, Fonts, HttpPort, Templates, Transport};
use domain::trial::Provisioner;
use jiff::SignedDuration;
use std::{future::Future, path::PathBuf, pin::Pin, sync::Arc};
use store::Stores;

/// Everything that runs.
pub(crate) struct System {
    pub(crate) app: Arc<App>,
    pub(crate) courier: Arc<Courier>,
    /// PROV-2: asks the provisioner, where it is external.
    pub(crate) caller: Option<Arc<Caller>>,
    brand: Brand,
    public_url: String,
    /// DEV-7: what sheets are set in.
    pub(crate) fonts: Arc<Fonts>,
    /// Whose word about the client's address counts.
    pub(crate) proxies: Proxies,
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

/// What the use cases are told of their place.
pub(crate) struct Setting {
    pub(crate) test_clock: bool,
    pub(crate) shared: bool,
    pub(crate) public_url: String,
    pub(crate) outgoing: Outgoing,
    pub(crate) breached_passwords: Option<PathBuf>,
    /// PROV-2: how long an external provisioner may take to answer; none where services are there at once.
    pub(crate) answer_within: Option<SignedDuration>,
}

impl Setting {
    /// A demo's: everything on one machine.
    pub(crate) fn demo(public_url: &str, answer_within: Option<SignedDuration>) -> Self {
        Self {
            test_clock: true,
            shared: false,
            public_url: public_url.to_owned(),
            outgoing: outgoing(HttpPort::new(true, None), true),
            breached_passwords: None,
            answer_within,
        }
    }

    /// A server's.
    pub(crate) fn of(config: &Config) -> Outcome<Self> {
        Ok(Self {
            test_clock: config.test_clock()?,
            shared: open::is_shared(config)?,
            public_url: config.public_url()?.to_owned(),
            outgoing: outgoing(config.outgoing()?, config.allows_private()),
            breached_passwords: config.breached_passwords()?,
            answer_within: config.provisioner()?.map(|endpoint| endpoint.answer_within),
        })
    }

    /// A command's, which shows no page and asks nobody.
    pub(crate) fn quiet(test_clock: bool, shared: bool) -> Self {
        Self {
            test_clock,
            shared,
            public_url: String::new(),
            outgoing: Outgoing::closed(),
            breached_passwords: None,
            answer_within: None,
        }
    }
}

/// The port through which use cases ask others.
fn outgoing(port: HttpPort, plain: bool) -> Outgoing {
    let port = Arc::new(port);
    let send = move |request: HttpRequest| -> Answering {
        let port = Arc::clone(&port);
        Box::pin(async move { port.send(request).await.map_err(|error| Unanswered(error.to_string())) })
    };
    Outgoing::new(Arc::new(send), plain)
}

/// The use cases over stores, without mail.
pub(crate) async fn app(stores: Stores, setting: Setting) -> Outcome<Arc<App>> {
    let Setting {
        test_clock,
        shared,
        public_url,
        outgoing,
        breached_passwords,
        answer_within,
    } = setting;
    let settings = Settings {
        provisioner: match answer_within {
            Some(_) => Provisioner::External,
            None => Provisioner::Embedded,
        },
        answer_within: answer_within.unwrap_or(app::provisioning::ANSWER_WITHIN),
        test_clock,
        shared,
        lookups: LOOKUPS,
        public_url,
        outgoing,
        breached_passwords,
    };
    let clock = Clock::new(Arc::new(ports::real_now));
    Ok(App::new(stores, clock, settings, ports::random()).await?)
}

fn clocks(app: &App) -> Clocks {
    let rules = app.clock.clone();
    Clocks {
        rules: Arc::new(move || rules.now()),
        real: Arc::new(ports::real_now),
        jitter: Arc::new(ports::jitter),
    }
}

impl System {
    pub(crate) fn new(app: Arc<App>, mail: Mail) -> Self {
        let (brand, public_url) = (mail.brand.clone(), mail.public_url.clone());
        let clocks = clocks(&app);
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
            caller: None,
            brand,
            public_url,
            fonts: Arc::default(),
            proxies: Proxies::default(),
            cast: None,
        }
    }

    /// PROV-2: services are provisioned by somebody else, who is asked through this port.
    pub(crate) fn provisioned_by(&mut self, endpoint: Endpoint, port: HttpPort) {
        let (stores, source) = (self.app.stores.clone(), self.public_url.clone());
        let caller = Caller::new(stores, port, endpoint, source, clocks(&self.app));
        self.caller = Some(Arc::new(caller));
    }

    /// Everything that is served: the API, and the pages.
    pub(crate) fn router(&self) -> axum::Router {
        let randomness = ports::randomness;
        let pages = console::Settings {
            fonts: Arc::clone(&self.fonts),
            brand: self.brand.clone(),
            public_url: self.public_url.clone(),
            demo: self.cast.is_some(),
            deliver: self.deliver(),
            people: self.cast.clone().unwrap_or_default(),
            limits: console::Limits::default(),
            randomness,
        };
        let app = || Arc::clone(&self.app);
        let calls = api::Settings {
            deliver: self.deliver(),
            randomness,
            preview: self.preview(),
            vendor_name: self.brand.vendor_name.clone(),
            support_url: self.brand.support_url.clone(),
            fonts: Arc::clone(&self.fonts),
        };
        let router = api::router(app(), calls).merge(console::router(app(), pages));
        let router = proxy::wrap(router, self.proxies.clone());
        headers::wrap(router, &self.public_url)
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

    /// NOTE-2: how messages read.
    fn preview(&self) -> api::Preview {
        let courier = Arc::clone(&self.courier);
        Arc::new(move |letter| {
            let courier = Arc::clone(&courier);
            Box::pin(async move {
                let found = courier.preview(&letter).await?;
                Ok(found.map(|(language, rendered)| api::Previewed {
                    language: language.as_str().to_owned(),
                    subject: rendered.subject,
                    text: rendered.text,
                    html: rendered.html,
                }))
            })
        })
    }

    /// Closes the stores; what is written is on disk.
    pub(crate) async fn close(self) {
        self.app.stores.clone().close().await;
    }
}
