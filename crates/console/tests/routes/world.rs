//! An installation in a folder of its own, and a browser without a screen.

use app::{App, Clock, Settings, found::NewPerson};
use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use domain::{
    ids::{OrgId, PersonId},
    organization::{Customer, Kind, Partner},
    person::Role,
    program::parse,
    trial::Provisioner,
};
use http_body_util::BodyExt as _;
use jiff::{SignedDuration, Timestamp};
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};
use store::{Config, Keys, Stores};
use tower::ServiceExt as _;

/// The password of everybody.
pub(crate) const PASSWORD: &str = "correct horse battery";

pub(crate) struct World {
    pub(crate) app: Arc<App>,
    router: Router,
    /// Another server on the same stores.
    pub(crate) second: Router,
    /// Seconds by which the real clock was put on.
    pub(crate) later: Arc<AtomicI64>,
    _folder: tempfile::TempDir,
}

#[expect(clippy::disallowed_methods, reason = "the test's port of randomness")]
pub(crate) fn randomness(octets: &mut [u8]) {
    getrandom::fill(octets).expect("randomness");
}

fn person(email: &str, role: Role) -> NewPerson {
    NewPerson {
        email: email.to_owned(),
        name: "Ada Lovelace".to_owned(),
        language: "en".to_owned(),
        zone: "Europe/Paris".to_owned(),
        roles: vec![role],
        licenses: Vec::new(),
    }
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(Provisioner::Embedded).await
    }

    /// One in which somebody else provisions.
    pub(crate) async fn external() -> Self {
        Self::with(Provisioner::External).await
    }

    async fn with(provisioner: Provisioner) -> Self {
        let random: store::Random = Arc::new(randomness);
        let folder = tempfile::tempdir().expect("a folder");
        let file = |name: &str| format!("sqlite:{}", folder.path().join(name).display());
        let config = Config {
            directory: file("directory"),
            regions: BTreeMap::from([("eu".to_owned(), file("eu")), ("us".to_owned(), file("us"))]),
            mailbox: Some(file("mailbox")),
            connections: 4,
            statement_cache: 100,
        };
        let keys = Keys::derive(&[7; 32], random.clone());
        let stores = Stores::open(&config, keys, true).await.expect("stores");
        let later = Arc::new(AtomicI64::new(0));
        let start: Timestamp = "2027-01-15T10:00:00Z".parse().expect("an instant");
        let put_on = Arc::clone(&later);
        let clock = Clock::new(Arc::new(move || {
            start + SignedDuration::from_secs(put_on.load(Ordering::SeqCst))
        }));
        let settings = Settings {
            provisioner,
            answer_within: app::provisioning::ANSWER_WITHIN,
            test_clock: true,
            shared: false,
            lookups: (30, 100),
            breached_passwords: None,
            public_url: "http://localhost:8080".to_owned(),
            outgoing: app::Outgoing::closed(),
        };
        let app = App::new(stores, clock.clone(), settings.clone(), random.clone())
            .await
            .expect("an app");
        let program = parse(include_str!("../../../../programs/webex-enterprise.toml")).expect("the shipped program");
        app.publish(&program).await.expect("published");
        let router = console::router(Arc::clone(&app), pages(true));
        let second = App::new(app.stores.clone(), clock, settings, random).await;
        let second = console::router(second.expect("another app"), pages(true));
        let world = Self {
            app,
            router,
            second,
            later,
            _folder: folder,
        };
        world.people().await;
        world
    }

    async fn people(&self) {
        let buys = |tier, distributor| {
            Kind::Partner(Partner {
                tier,
                distributor,
                certified_until: Some("2030-01-01T00:00:00Z".parse().expect("an instant")),
                allowance: domain::organization::Allowance::default(),
            })
        };
        let partner = |tier| buys(tier, None);
        let customer = Kind::Customer(Customer {
            country: "FR".to_owned(),
            zone: "Europe/Paris".to_owned(),
            language: "fr".to_owned(),
            vertical: "media".to_owned(),
            purchased: Vec::new(),
            orders: Vec::new(),
            closed_on: None,
        });
        let vendor = [
            person("team@vela.example", Role::TrialsTeam),
            person("boss@vela.example", Role::VendorAdministrator),
            person("orders@vela.example", Role::OrderDesk),
        ];
        self.found("Vela", Kind::Vendor, &vendor).await;
        let sellers = [
            person("sales@cordage.example", Role::SalesFullAdministrator),
            person("seller@cordage.example", Role::SalesAdministrator),
            person("desk@cordage.example", Role::HelpDesk),
            person("both@cordage.example", Role::HelpDesk),
        ];
        let cordage = self.found("Cordage", partner(1), &sellers).await;
        let small = [person("sales@ferrage.example", Role::SalesFullAdministrator)];
        self.found("Ferrage", buys(2, Some(cordage)), &small).await;
        self.found(
            "Amarre",
            partner(1),
            &[
                person("sales@amarre.example", Role::SalesFullAdministrator),
                person("both@cordage.example", Role::SalesAdministrator),
            ],
        )
        .await;
        let people = [
            person("it@lumiere.example", Role::FullAdministrator),
            person("user@lumiere.example", Role::User),
        ];
        self.found("Lumière", customer, &people).await;
    }

    async fn found(&self, name: &str, kind: Kind, people: &[NewPerson]) -> OrgId {
        let (company, ids): (OrgId, Vec<PersonId>) = self.app.found("eu", name, kind, people).await.expect("founded");
        for id in ids {
            self.app.set_password(&id, PASSWORD).await.expect("a password");
        }
        company
    }

    /// Somebody whom a page has made, who chooses a password; the id.
    pub(crate) async fn came(&self, email: &str) -> PersonId {
        let reads = self.app.stores.region("eu").expect("a region").read();
        let found = reads.people_with_email(email).await.expect("a store");
        let id = found.first().expect("a person").id.clone();
        self.app.set_password(&id, PASSWORD).await.expect("a password");
        id
    }

    pub(crate) fn browser(&self) -> Browser<'_> {
        Browser {
            router: &self.router,
            cookies: BTreeMap::new(),
        }
    }

    /// A browser of somebody who has signed in.
    pub(crate) async fn signed_in(&self, email: &str) -> Browser<'_> {
        let mut browser = self.browser();
        let answer = browser.sign_in(email, PASSWORD).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        browser
    }
}

pub(crate) fn pages(demo: bool) -> console::Settings {
    console::Settings {
        brand: delivery::Brand {
            vendor_name: "Vela".to_owned(),
            support_url: None,
            legal_url: None,
            agreement_url: None,
            free_plan_url: None,
            colour: "#123456".to_owned(),
            from: "trials@vela.example".to_owned(),
        },
        public_url: "http://localhost:8080".to_owned(),
        demo,
        deliver: Arc::new(|| Box::pin(async {})),
        people: Vec::new(),
        limits: console::Limits::default(),
        fonts: Arc::default(),
        randomness,
    }
}

/// Keeps cookies; fills the token into forms.
pub(crate) struct Browser<'a> {
    router: &'a Router,
    pub(crate) cookies: BTreeMap<String, String>,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: axum::http::HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn location(&self) -> &str {
        self.headers
            .get(header::LOCATION)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The value of the first hidden field of a name.
    pub(crate) fn hidden(&self, name: &str) -> String {
        let mark = format!("name=\"{name}\" value=\"");
        let at = self
            .text
            .find(&mark)
            .unwrap_or_else(|| panic!("no {name} in {}", self.text))
            + mark.len();
        self.text[at..at + self.text[at..].find('"').expect("an end")].replace("&#x2f;", "/")
    }
}

impl<'a> Browser<'a> {
    /// From now on another server answers.
    pub(crate) fn meet(&mut self, router: &'a Router) {
        self.router = router;
    }

    async fn send(&mut self, request: axum::http::request::Builder, body: String) -> Answer {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = request
            .header(header::COOKIE, cookies.join("; "))
            .header(header::HOST, "localhost:8080");
        let answer = self
            .router
            .clone()
            .oneshot(request.body(Body::from(body)).expect("a request"))
            .await
            .expect("an answer");
        let (parts, body) = answer.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let line = cookie.to_str().expect("text");
            assert!(line.contains("HttpOnly") && line.contains("SameSite=Lax"), "{line}");
            let (name, value) = line
                .split(';')
                .next()
                .and_then(|pair| pair.split_once('='))
                .expect("a pair");
            if line.contains("Max-Age=0") {
                self.cookies.remove(name)
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned())
            };
        }
        let octets = body.collect().await.expect("a body").to_bytes();
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&octets).into_owned(),
        }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path), String::new()).await
    }

    pub(crate) async fn post_from(&mut self, origin: &str, path: &str, body: String) -> Answer {
        let request = Request::post(path).header(header::ORIGIN, origin);
        self.send(
            request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded"),
            body,
        )
        .await
    }

    /// Posts a form as it stands on a page: with the page's token.
    pub(crate) async fn submit(&mut self, page: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.get(page).await.hidden("csrf");
        let mut all = vec![("csrf", token.as_str())];
        all.extend_from_slice(fields);
        let encode = |text: &str| {
            text.bytes()
                .map(|b| {
                    if b.is_ascii_alphanumeric() || b == b'-' || b == b'_' || b == b'.' {
                        (b as char).to_string()
                    } else {
                        format!("%{b:02X}")
                    }
                })
                .collect::<String>()
        };
        let body: Vec<String> = all
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect();
        self.post_from("http://localhost:8080", path, body.join("&")).await
    }

    pub(crate) async fn sign_in(&mut self, email: &str, password: &str) -> Answer {
        self.submit(
            "/sign-in",
            "/sign-in",
            &[("email", email), ("password", password), ("back", "/")],
        )
        .await
    }
}
