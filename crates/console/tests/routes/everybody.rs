//! Every page and every form as those who must not: the table of contents itself says which there are (SEC-1).

use super::world::{PASSWORD, World};
use app::{Actor, Guard, found::NewPerson};
use axum::http::StatusCode;
use domain::{
    organization::{Customer, Kind},
    person::Role,
    trial::{CustomerInput, StartInput},
};
use std::collections::BTreeSet;

const SOURCE: &str = include_str!("../../src/routes.rs");

/// What nobody else may learn.
const SECRETS: [&str; 3] = ["Lanterne Secrète", "it@lanterne.example", "ours alone"];

/// The routes that the table of contents names.
fn routes() -> BTreeSet<String> {
    let parts = SOURCE.split(".route(").skip(1);
    let paths = parts.filter_map(|part| part.trim_start().strip_prefix('"')?.split('"').next());
    paths
        // The demo's own tools stand for the outside world.
        .filter(|path| !path.starts_with("/demo") && !path.starts_with("/assets") && *path != "/design")
        .map(str::to_owned)
        .collect()
}

/// The path with an id in its places.
fn filled(path: &str, id: &str) -> String {
    let parts = path
        .split('/')
        .map(|part| if part.starts_with('{') { id } else { part });
    parts.collect::<Vec<&str>>().join("/")
}

pub(crate) async fn actor(world: &World, email: &str) -> Actor {
    let person = world.app.find_people(email).await.expect("people").remove(0);
    let region = world.app.stores.region("eu").expect("a region");
    let found = region.read().organization(&person.organization).await.expect("read");
    Actor {
        person,
        organization: found.expect("an organization").value,
        via: "api",
        request: None,
        from: None,
        scopes: app::token::Scopes::all(),
        language: "en".to_owned(),
        acting: None,
    }
}

/// A customer of Cordage with a trial; the ids of everything about it.
async fn secret(world: &World) -> Vec<String> {
    let seller = actor(world, "sales@cordage.example").await;
    let text = |text: &str| Some(text.to_owned());
    let input = StartInput {
        customer: Some(CustomerInput {
            id: None,
            name: text(SECRETS[0]),
            admin_email: text(SECRETS[1]),
            vertical: text("media"),
            country: text("FR"),
            time_zone: text("Europe/Paris"),
            language: text("fr"),
            supported_location_acknowledged: Some(true),
            expect: None,
        }),
        services: Some(vec!["messaging".to_owned()]),
        license_quantity: Some(5),
        duration_days: Some(30),
        meetings: None,
        devices: None,
    };
    let begun = world
        .app
        .start_trial(&seller, &input, &Guard::default())
        .await
        .expect("a trial");
    let trial = begun.trial.trial;
    let tags = app::customer::CustomerPatch {
        tags: Some(vec![SECRETS[2].to_owned()]),
        assigned: None,
    };
    world
        .app
        .patch_customer(&seller, &trial.customer, &tags, &Guard::default())
        .await
        .expect("tags");
    vec![
        trial.customer.0.clone(),
        trial.id.0.clone(),
        trial.id.request().0,
        trial.partner.0.clone(),
        seller.person.id.0.clone(),
        trial.administrator.0.clone(),
    ]
}

/// Somebody of a company that has nothing to do with it.
async fn another_customer(world: &World) {
    let kind = Kind::Customer(Customer {
        country: "FR".to_owned(),
        zone: "Europe/Paris".to_owned(),
        language: "fr".to_owned(),
        vertical: "media".to_owned(),
        purchased: Vec::new(),
        orders: Vec::new(),
        closed_on: None,
    });
    let boss = NewPerson {
        email: "boss@ailleurs.example".to_owned(),
        name: "Bo".to_owned(),
        language: "en".to_owned(),
        zone: "Europe/Paris".to_owned(),
        roles: vec![Role::FullAdministrator],
        licenses: Vec::new(),
    };
    let (_, ids) = world.app.found("eu", "Ailleurs", kind, &[boss]).await.expect("founded");
    world.app.set_password(&ids[0], PASSWORD).await.expect("a password");
}

#[tokio::test]
async fn sec_1_every_page_and_form_as_those_who_must_not() {
    let world = World::new().await;
    let ids = secret(&world).await;
    another_customer(&world).await;
    let seller = actor(&world, "sales@cordage.example").await;
    let customer = domain::ids::OrgId(ids[0].clone());
    let before = world.app.export_customer(&seller, &customer).await.expect("an export");
    let routes = routes();
    assert!(routes.len() > 40, "the table of contents is read: {routes:?}");
    let mut wrong = Vec::new();
    for email in ["sales@amarre.example", "boss@ailleurs.example", ""] {
        let mut browser = match email {
            "" => world.browser(),
            _ => world.signed_in(email).await,
        };
        for route in &routes {
            let tried: &[String] = if route.contains('{') { &ids } else { &ids[..1] };
            for id in tried {
                let path = filled(route, id);
                // Signing out ends what is tried here.
                if path.starts_with("/sign-out") {
                    continue;
                }
                let seen = browser.get(&path).await;
                let token = match email {
                    "" => browser.get("/sign-in").await.hidden("csrf"),
                    _ => {
                        // A form may have ended the session.
                        if browser.get("/account").await.status != StatusCode::OK {
                            browser = world.signed_in(email).await;
                        }
                        browser.get("/account").await.hidden("csrf")
                    }
                };
                let query = format!("{path}?customer={id}&trial={id}&id={id}");
                let asked = browser.get(&query).await;
                let body = format!("csrf={token}&id={id}&person={id}&customer={id}&trial={id}&back=/");
                let posted = browser.post_from("http://localhost:8080", &path, body).await;
                for (method, answer) in [("GET", &seen), ("GET ?", &asked), ("POST", &posted)] {
                    let told = SECRETS.iter().find(|secret| answer.text.contains(**secret));
                    if let Some(told) = told {
                        wrong.push(format!("{email} learns {told} by {method} {path}"));
                    }
                    let failed = answer.status.is_server_error() && answer.status != StatusCode::SERVICE_UNAVAILABLE;
                    if failed {
                        wrong.push(format!("{email}: {method} {path}: {}", answer.status));
                    }
                    let inside = email.is_empty() && route.contains('{') && answer.status == StatusCode::OK;
                    if inside && !answer.text.contains("/sign-in") {
                        wrong.push(format!("nobody gets {method} {path}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "SEC-1: {wrong:#?}");
    let mut after = world.app.export_customer(&seller, &customer).await.expect("an export");
    after["exported_at"] = before["exported_at"].clone();
    assert_eq!(after, before, "SEC-1: nothing has changed");
}
