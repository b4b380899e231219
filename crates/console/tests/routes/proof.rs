//! SEC-2: acts of weight ask who one is once more.

use super::world::{PASSWORD, World};
use axum::http::StatusCode;
use std::sync::atomic::Ordering;

const EMAIL: &str = "sales@cordage.example";

/// Page with the form, where it is posted to, and where one comes back to.
const WEIGHTY: [(&str, &str); 5] = [
    ("/account/passkeys", "/prove?back=%2Faccount%2Fpasskeys"),
    ("/account/passkeys/begin", "/prove?back=%2Faccount%2Fpasskeys"),
    (
        "/account/passkeys/passkey_eu_1/remove",
        "/prove?back=%2Faccount%2Fpasskeys",
    ),
    ("/account/password", "/prove?back=%2Faccount%2Fpassword"),
    ("/account/sessions", "/prove?back=%2Faccount"),
];

#[tokio::test]
async fn sec_2_ways_in_are_changed_by_who_has_just_proven_who_he_is() {
    let world = World::new().await;
    let mut other = world.signed_in(EMAIL).await;
    let mut browser = world.signed_in(EMAIL).await;
    for page in ["/account/passkeys", "/account/password"] {
        assert_eq!(browser.get(page).await.status, StatusCode::OK, "{page}: just signed in");
    }
    world.later.store(11 * 60, Ordering::SeqCst);
    for page in ["/account/passkeys", "/account/password"] {
        let answer = browser.get(page).await;
        assert!(
            answer.location().starts_with("/prove?back="),
            "{page}: {}",
            answer.status
        );
    }
    let fields = [
        ("which", "others"),
        ("current", PASSWORD),
        ("password", "seven knots and a half"),
        ("label", "Laptop"),
    ];
    for (path, to) in WEIGHTY {
        let answer = browser.submit("/account", path, &fields).await;
        assert_eq!(
            (answer.status, answer.location()),
            (StatusCode::SEE_OTHER, to),
            "{path}"
        );
    }
    assert_eq!(other.get("/account").await.status, StatusCode::OK, "nothing was ended");
    world.signed_in(EMAIL).await;

    let back = [("password", PASSWORD), ("back", "/account/passkeys")];
    let proven = browser.submit("/prove", "/prove", &back).await;
    assert_eq!(proven.location(), "/account/passkeys", "{}", proven.text);
    assert_eq!(browser.get("/account/passkeys").await.status, StatusCode::OK);
    let ended = browser.submit("/account", "/account/sessions", &fields[..1]).await;
    assert_eq!(ended.location(), "/account?done=signed-out-others");
    assert_eq!(other.get("/account").await.status, StatusCode::SEE_OTHER, "ended");
}
