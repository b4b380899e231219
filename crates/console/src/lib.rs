//! Pages for people: links and forms that work without script, one file a screen (`screens.md`), on one design system.

mod assets;
mod frame;
mod part;
mod routes;
mod screen;
mod template;
mod ways;
mod web;
mod words;

pub use template::{samples, sources};
pub use web::Limits;

use axum::Router;
use std::{future::Future, pin::Pin, sync::Arc};

/// Tries every message once (TIME-4).
pub type Deliver = Arc<dyn Fn() -> Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync>;

/// Somebody whom a demo offers to be.
#[derive(Clone, Debug)]
pub struct Persona {
    /// The address.
    pub email: String,
    /// As spoken to.
    pub name: String,
    /// The company.
    pub organization: String,
    /// Roles, by their stable names.
    pub roles: Vec<String>,
}

/// What the pages need of their server.
#[derive(Clone)]
pub struct Settings {
    /// ORG-11: whose pages they are.
    pub brand: delivery::Brand,
    /// What files for paper are set in (DEV-7).
    pub fonts: Arc<delivery::Fonts>,
    /// Where people reach them; `https` makes cookies secure.
    pub public_url: String,
    /// Whether there are the demo's bar, its mailbox, and the page of parts.
    pub demo: bool,
    /// How a moved test clock sends what there is to send.
    pub deliver: Deliver,
    /// The cast of a demo.
    pub people: Vec<Persona>,
    /// Bounds of requests.
    pub limits: Limits,
    /// The port of randomness.
    pub randomness: fn(&mut [u8]),
}

/// What every screen has.
#[derive(Clone)]
pub(crate) struct Console {
    pub(crate) app: Arc<app::App>,
    pub(crate) settings: Arc<Settings>,
}

impl Console {
    /// Whether browsers reach it by `https`.
    pub(crate) fn is_secure(&self) -> bool {
        self.settings.public_url.starts_with("https://")
    }

    /// A secret of 256 bits, fit for a cookie.
    pub(crate) fn secret(&self) -> String {
        let mut octets = [0; 32];
        (self.settings.randomness)(&mut octets);
        data_encoding::BASE64URL_NOPAD.encode(&octets)
    }
}

/// Every page; merge it with the API's router.
pub fn router(app: Arc<app::App>, settings: Settings) -> Router {
    routes::router(Console {
        app,
        settings: Arc::new(settings),
    })
}
