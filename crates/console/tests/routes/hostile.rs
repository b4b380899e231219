//! SEC-3: whatever people write into a field that is shown again stays text, on every page that shows it.

use super::{everybody::actor, world::World};
use app::{Command, Guard, customer::CustomerPatch, people::PersonPatch};
use axum::http::StatusCode;
use domain::trial::{CustomerInput, StartInput};

/// Shapes by which texts have broken out of pages: of tags, attributes, scripts, templates, addresses and comments.
const SHAPES: [&str; 16] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "\"><b id=out>",
    "'><b id=out>",
    "\" autofocus onfocus=\"a(1)",
    "</title><b id=out>",
    "</textarea><b id=out>",
    "<!--<b id=out>-->",
    "<a href=javascript:a(1)>x",
    "{{ 7 * 7 }}<b id=out>",
    "{% raw %}<b id=out>",
    "&lt;b id=out&gt;<b>",
    "<iframe srcdoc='<b>'>",
    "<ft-menu><b id=out>",
    "=cmd|'<b id=out>'!A1",
];

#[tokio::test]
async fn sec_3_what_people_write_stays_text_on_every_page() {
    for shape in SHAPES {
        let world = World::new().await;
        let seller = actor(&world, "sales@cordage.example").await;
        let guard = Guard::default();
        let name = PersonPatch {
            name: Some(shape.to_owned()),
            ..PersonPatch::default()
        };
        let own = seller.person.id.clone();
        world
            .app
            .patch_person(&seller, &own, &name, &guard)
            .await
            .expect("a name");
        let text = |text: &str| Some(text.to_owned());
        let input = StartInput {
            customer: Some(CustomerInput {
                id: None,
                name: text(shape),
                admin_email: text("it@shape.example"),
                vertical: text("media"),
                country: text("FR"),
                time_zone: text("Europe/Paris"),
                language: text("en"),
                supported_location_acknowledged: Some(true),
                expect: None,
            }),
            services: Some(vec!["messaging".to_owned()]),
            license_quantity: Some(5),
            duration_days: Some(30),
            meetings: None,
            devices: None,
        };
        let begun = world.app.start_trial(&seller, &input, &guard).await.expect("a trial");
        let trial = begun.trial.trial;
        let tags = CustomerPatch {
            tags: Some(vec![shape.chars().take(25).collect()]),
            assigned: None,
        };
        world
            .app
            .patch_customer(&seller, &trial.customer, &tags, &guard)
            .await
            .expect("tags");
        let notes = Command::Edit(domain::trial::Edit {
            notes: Some(shape.to_owned()),
            ..domain::trial::Edit::default()
        });
        world
            .app
            .execute(&seller, &trial.id, &notes, &guard)
            .await
            .expect("notes");
        let desk = actor_at(&world, "both@cordage.example", &seller.organization.id).await;
        let customer = trial.customer.0.clone();
        world
            .app
            .request_access(&desk, Some(&customer), Some(shape), &guard)
            .await
            .expect("a request");
        world
            .app
            .set_password(&trial.administrator, super::world::PASSWORD)
            .await
            .expect("a password");
        let mut partner = world.signed_in("sales@cordage.example").await;
        let mut boss = world.signed_in("it@shape.example").await;
        let (id, of) = (&trial.id, &trial.customer);
        let mut shown = 0;
        for path in [
            "/partner/customers".to_owned(),
            format!("/partner/customers/{of}"),
            format!("/partner/trials/{id}"),
            format!("/partner/trials/{id}/cancel"),
            format!("/partner/trials/{id}/extend"),
            format!("/partner/trials/{id}/edit"),
            format!("/record?trial={id}"),
            format!("/record?customer={of}"),
            "/record".to_owned(),
            "/team".to_owned(),
            format!("/team/{own}"),
            "/account".to_owned(),
        ] {
            shown += usize::from(harmless(&path, &partner.get(&path).await, shape));
        }
        for path in ["/control/overview", "/control/access", "/record", "/account"] {
            shown += usize::from(harmless(path, &boss.get(path).await, shape));
        }
        assert!(shown > 8, "SEC-3: it is shown at all: {shape}: {shown}");
    }
}

/// Whether the text is there, as text.
fn harmless(path: &str, answer: &super::world::Answer, shape: &str) -> bool {
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
    assert!(!answer.text.contains(shape), "SEC-3: {path} shows {shape} as it is");
    assert!(!answer.text.contains("<b id=out>"), "SEC-3: {path} lets {shape} out");
    assert!(!answer.text.contains("49&lt;b"), "SEC-3: {path} runs {shape}");
    let mark: String = shape.chars().filter(char::is_ascii_alphanumeric).take(3).collect();
    answer.text.contains("&lt;") || answer.text.contains("&quot;") && answer.text.contains(&mark)
}

async fn actor_at(world: &World, email: &str, organization: &domain::ids::OrgId) -> app::Actor {
    let found = world.app.find_people(email).await.expect("people");
    let person = found
        .into_iter()
        .find(|one| one.organization == *organization)
        .expect("a person");
    app::Actor {
        person,
        ..actor(world, "sales@cordage.example").await
    }
}
