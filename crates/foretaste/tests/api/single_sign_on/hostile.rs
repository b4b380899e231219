//! Tokens that are wrong in one thing each. The person is linked before, so that a check that were missing would let in.

use super::{
    ADMINISTRATOR, Browser, COMPANY, Page, back, begin,
    browser::parameter,
    is_in,
    provider::{By, CLIENT, Hostile, Instead, Plan, SECRET, plan},
    set_up,
};
use crate::support::Demo;
use serde_json::{Value, json};
use std::sync::atomic::Ordering;

struct Scene {
    demo: Demo,
    hostile: Hostile,
    email: String,
}

#[expect(clippy::disallowed_methods, reason = "tokens are of the real time")]
fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

impl Scene {
    fn new() -> Self {
        let demo = Demo::empty();
        let hostile = Hostile::start();
        set_up(&demo, &hostile.lying.issuer, CLIENT, SECRET);
        let email = demo.person(COMPANY, ADMINISTRATOR).email();
        let scene = Self { demo, hostile, email };
        let (page, entered) = scene.attempt("", |_| {});
        assert_eq!(
            (page.status, entered),
            (303, true),
            "a good token lets in: {}",
            page.text
        );
        scene
    }

    /// What a good token says.
    fn claims(&self, nonce: &str) -> Value {
        json!({
            "iss": self.hostile.lying.issuer, "aud": CLIENT, "sub": "7", "nonce": nonce, "iat": now(), "exp": now() + 300,
            "email": self.email, "email_verified": true,
        })
    }

    /// Signs in while the provider does something else than it should; whether it let in.
    fn attempt(&self, more: &str, change: impl FnOnce(&mut Plan)) -> (Page, bool) {
        let mut browser = Browser::default();
        let (page, way) = begin(&self.demo, &mut browser, &self.email);
        let way = way.unwrap_or_else(|| panic!("{}", page.text));
        let mut plan = plan(self.claims(&parameter(&way, "nonce")));
        change(&mut plan);
        *self.hostile.lying.plan.lock().unwrap() = plan;
        let page = browser.get(&back(&self.demo, &parameter(&way, "state"), "code", more));
        let entered = is_in(&self.demo, &mut browser, &self.email);
        (page, entered)
    }

    fn refused(&self, what: &str, more: &str, change: impl FnOnce(&mut Plan)) {
        let (page, entered) = self.attempt(more, change);
        assert_eq!((page.status, entered), (502, false), "SEC-2: {what}");
        assert!(
            page.text.contains("did not answer as it should"),
            "SEC-2: {what}: {}",
            page.text
        );
    }
}

fn claim(name: &'static str, value: Value) -> impl FnOnce(&mut Plan) {
    move |plan| {
        let claims = plan.claims.as_object_mut().unwrap();
        if value.is_null() {
            claims.shift_remove(name);
        } else {
            claims.insert(name.to_owned(), value);
        }
    }
}

#[test]
fn sec_2_a_token_that_says_something_wrong_is_refused() {
    let scene = Scene::new();
    let wrong = [
        ("iss", json!("https://login.example")),
        ("iss", Value::Null),
        ("aud", json!("another")),
        ("aud", json!([CLIENT, "another"])),
        ("aud", Value::Null),
        ("azp", json!("another")),
        ("nonce", json!("another")),
        ("nonce", Value::Null),
        ("exp", json!(now() - 1)),
        ("exp", Value::Null),
        ("iat", json!(now() - 3600)),
        ("iat", json!(now() + 3600)),
        ("sub", json!("")),
        ("sub", Value::Null),
    ];
    for (name, value) in wrong {
        scene.refused(&format!("{name} {value}"), "", claim(name, value.clone()));
    }
    let (page, entered) = scene.attempt("", claim("azp", json!(CLIENT)));
    assert_eq!((page.status, entered), (303, true), "our own name is right");
}

#[test]
fn sec_2_a_token_that_is_signed_wrongly_is_refused() {
    let scene = Scene::new();
    let signed = |algorithm: &'static str, by: By| {
        move |plan: &mut Plan| {
            plan.algorithm = algorithm;
            plan.by = by;
        }
    };
    scene.refused("none", "", signed("none", By::Nothing));
    scene.refused("none, signed", "", signed("none", By::Key(0)));
    scene.refused("without a signature", "", signed("ES256", By::Nothing));
    scene.refused("HS256 by the client's name", "", signed("HS256", By::Shared(CLIENT)));
    scene.refused("HS256 by the client's secret", "", signed("HS256", By::Shared(SECRET)));
    scene.refused("another algorithm than the key's", "", signed("RS256", By::Key(0)));
    scene.refused("an algorithm that is not allowed", "", signed("ES384", By::Key(0)));
    scene.refused("by another key of the same name", "", signed("ES256", By::Key(1)));
}

#[test]
fn sec_2_unknown_keys_are_asked_for_once() {
    let scene = Scene::new();
    let count = || scene.hostile.lying.asked_for_keys.load(Ordering::SeqCst);
    let before = count();
    let (_, entered) = scene.attempt("", |_| {});
    assert_eq!((entered, count()), (true, before), "known keys are not asked for");
    let (page, entered) = scene.attempt("", |plan| {
        (plan.kid, plan.by, plan.shown) = (Some("second"), By::Key(1), vec![("second", 1)]);
    });
    assert_eq!(
        (page.status, entered, count()),
        (303, true, before + 1),
        "the provider changed its key"
    );
    scene.refused("a key that it does not show", "", |plan| {
        (plan.kid, plan.by, plan.shown) = (Some("third"), By::Key(2), vec![("second", 1)]);
    });
    assert_eq!(count(), before + 2, "SEC-2: once");
}

#[test]
fn sec_2_answers_that_are_none_are_refused() {
    let scene = Scene::new();
    for instead in [Instead::Redirect, Instead::Flood, Instead::Error] {
        scene.refused(&format!("{instead:?}"), "", |plan| plan.instead = Some(instead));
    }
    scene.refused("another provider", "&iss=https%3A%2F%2Flogin.example", |_| {});
    let own = format!("&iss={}", super::encoded(&scene.hostile.lying.issuer));
    assert!(scene.attempt(&own, |_| {}).1, "its own name is right");
}

#[test]
fn sec_2_an_address_told_about_somebody_else_is_not_taken() {
    let scene = Scene::new();
    let email = scene.demo.person(COMPANY, "sales_administrator").email();
    let told = |plan: &mut Plan, subject: &str, of: &str| {
        for name in ["email", "email_verified"] {
            plan.claims.as_object_mut().unwrap().shift_remove(name);
        }
        plan.claims["sub"] = of.into();
        plan.user_info = json!({"sub": subject, "email": email, "email_verified": true});
    };
    scene.refused("told about another subject", "", |plan| {
        told(plan, "somebody else", "new")
    });
    let mut browser = Browser::default();
    let (_, way) = begin(&scene.demo, &mut browser, &email);
    let way = way.unwrap();
    let mut good = plan(scene.claims(&parameter(&way, "nonce")));
    told(&mut good, "new", "new");
    *scene.hostile.lying.plan.lock().unwrap() = good;
    let page = browser.get(&back(&scene.demo, &parameter(&way, "state"), "code", ""));
    assert_eq!(page.status, 303, "{}", page.text);
    assert!(is_in(&scene.demo, &mut browser, &email));
}

#[test]
fn sec_2_a_provider_that_is_not_who_it_says_is_not_asked() {
    let demo = Demo::empty();
    let hostile = Hostile::start();
    hostile.lying.plan.lock().unwrap().issuer = Some("https://login.example".to_owned());
    set_up(&demo, &hostile.lying.issuer, CLIENT, SECRET);
    let email = demo.person(COMPANY, ADMINISTRATOR).email();
    let (page, way) = begin(&demo, &mut Browser::default(), &email);
    assert_eq!((page.status, way), (502, None), "SEC-2: {}", page.text);
}
