//! PROV-2 through the pages: what is asked of the provisioner, what people do in its place, and what the partner sees.

use super::{acting::started, people::SERVICES, world::World};
use axum::http::StatusCode;
use domain::trial::ProvisioningOrderState;
use store::region::provisioning::{ProvisioningOrder, ProvisioningOrderQuery};

const PAGE: &str = "/vendor/provisioning";

async fn orders(world: &World) -> Vec<ProvisioningOrder> {
    let query = ProvisioningOrderQuery {
        limit: 50,
        ..ProvisioningOrderQuery::default()
    };
    world
        .app
        .stores
        .region("eu")
        .expect("a region")
        .read()
        .provisioning_orders(&query)
        .await
        .expect("orders")
}

#[tokio::test]
async fn prov_2_the_trials_team_does_by_hand_what_is_stuck_and_the_partner_sees_why() {
    let world = World::external().await;
    let mut sales = world.signed_in("sales@cordage.example").await;
    sales.cookies.insert("foretaste-language".to_owned(), "en".to_owned());
    let trial = started(&mut sales, "it@atelier.example", &SERVICES).await;
    let path = format!("/partner/trials/{trial}");
    assert!(
        sales
            .get(&path)
            .await
            .text
            .contains("Is being set up. There is nothing for you to do.")
    );
    let mut team = world.signed_in("team@vela.example").await;
    team.cookies.insert("foretaste-language".to_owned(), "en".to_owned());
    let page = team.get(PAGE).await.text;
    assert!(
        page.contains("Under way") && page.contains("Not called yet") && !page.contains("Stuck"),
        "{page}"
    );
    assert!(
        page.contains("&#x2f;vendor&#x2f;provisioning\""),
        "there is a way to it"
    );
    let first = orders(&world).await.remove(0);
    let form = format!("{PAGE}/{}", first.id);
    // A failure needs its reason, and stays text.
    let refused = team.submit(PAGE, &form, &[("answer", "failed"), ("reason", "")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let reason = "<script>alert(1)</script> No numbers";
    let done = team
        .submit(PAGE, &form, &[("answer", "failed"), ("reason", reason)])
        .await;
    assert_eq!(
        done.location(),
        "/vendor/provisioning?done=provisioning-failed",
        "{}",
        done.text
    );
    let page = team.get(PAGE).await.text;
    assert!(
        page.contains("Cannot be set up") && page.contains("No numbers"),
        "{page}"
    );
    let seen = sales.get(&path).await.text;
    for text in [&page, &seen] {
        assert!(!text.contains("<script>alert"), "SEC-3");
    }
    assert!(
        seen.contains("No numbers") && seen.contains("trials team can try again"),
        "{seen}"
    );
    // Asked again, then done by hand; the other one, too.
    let done = team.submit(PAGE, &form, &[("answer", "again")]).await;
    assert_eq!(done.location(), "/vendor/provisioning?done=provisioning-again");
    for order in orders(&world).await {
        let form = format!("{PAGE}/{}", order.id);
        let done = team.submit(PAGE, &form, &[("answer", "done")]).await;
        assert_eq!(
            done.location(),
            "/vendor/provisioning?done=provisioning-done",
            "{}",
            done.text
        );
    }
    assert!(
        orders(&world)
            .await
            .iter()
            .all(|one| one.state == ProvisioningOrderState::Done && one.by_hand)
    );
    assert!(team.get(PAGE).await.text.contains("Nothing is waiting"));
    let seen = sales.get(&path).await.text;
    assert!(
        !seen.contains("No numbers") && !seen.contains("Is being set up"),
        "{seen}"
    );
    let nonsense = team.submit(PAGE, &form, &[("answer", "perhaps")]).await;
    assert_eq!(nonsense.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn prov_2_only_the_vendor_sees_orders_and_only_the_trials_team_settles_them() {
    let world = World::external().await;
    let mut sales = world.signed_in("sales@cordage.example").await;
    started(&mut sales, "it@atelier.example", &SERVICES).await;
    let form = format!("{PAGE}/{}", orders(&world).await[0].id);
    for email in ["sales@cordage.example", "it@lumiere.example"] {
        let mut other = world.signed_in(email).await;
        assert_eq!(other.get(PAGE).await.status, StatusCode::FORBIDDEN, "{email}");
        let forged = other.submit("/welcome", &form, &[("answer", "done")]).await;
        assert_eq!(forged.status, StatusCode::FORBIDDEN, "{email}");
    }
    let mut boss = world.signed_in("boss@vela.example").await;
    let page = boss.get(PAGE).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        !page.text.contains("name=\"answer\""),
        "nothing to press for who only reads"
    );
    let forged = boss.submit("/welcome", &form, &[("answer", "done")]).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    assert!(
        orders(&world)
            .await
            .iter()
            .all(|one| one.state == ProvisioningOrderState::Open)
    );
}

#[tokio::test]
async fn prov_2_where_services_are_there_at_once_the_page_says_so() {
    let world = World::new().await;
    let mut team = world.signed_in("team@vela.example").await;
    team.cookies.insert("foretaste-language".to_owned(), "en".to_owned());
    assert!(team.get(PAGE).await.text.contains("services are ready at once"));
}
