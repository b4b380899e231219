//! CONV through the pages: from the wish to buy to what was bought, without any script.

use super::{
    acting::started,
    people::link,
    world::{Browser, World},
};
use axum::http::StatusCode;

const SERVICES: [(&str, &str); 2] = [("services", "messaging"), ("services", "calling")];
const EMAIL: &str = "it@atelier.example";

/// A trial of Cordage's; the seller, and the trial's id.
async fn trial(world: &World) -> (Browser<'_>, String) {
    let mut sales = world.signed_in("sales@cordage.example").await;
    let trial = started(&mut sales, EMAIL, &SERVICES).await;
    (sales, trial)
}

/// Places an order from a trial; the order's id.
async fn placed(sales: &mut Browser<'_>, trial: &str, fields: &[(&str, &str)]) -> String {
    let path = format!("/partner/trials/{trial}/convert");
    let mut all = vec![("act", "place")];
    all.extend_from_slice(fields);
    let done = sales.submit(&path, &path, &all).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let order = done.location().strip_prefix("/partner/orders/").expect("an order");
    order.split('?').next().unwrap_or_default().to_owned()
}

const ME: (&str, &str) = ("contact", "me");
const TEN: (&str, &str) = ("quantity-messaging", "10");

#[tokio::test]
async fn conv_1_an_order_is_checked_before_it_is_placed() {
    let world = World::new().await;
    let (mut sales, trial) = trial(&world).await;
    let path = format!("/partner/trials/{trial}/convert");
    assert!(
        sales
            .get(&format!("/partner/trials/{trial}"))
            .await
            .text
            .contains(&path)
    );
    let page = sales.get(&path).await.text;
    // The trial's quantities, and CONV-2: the partner itself, chosen beforehand.
    assert_eq!(page.matches("autocomplete=\"off\" value=\"25\"").count(), 2, "{page}");
    assert!(
        page.contains("id=\"contact-me\" name=\"contact\" value=\"me\" checked"),
        "{page}"
    );
    assert!(page.contains("sales@cordage.example"));
    let tried = sales.submit(&path, &path, &[("act", "check"), ME, TEN]).await;
    assert_eq!(tried.status, StatusCode::OK, "{}", tried.text);
    for said in [
        "Lost",
        "Webex Calling",
        "On trial 25, ordered 10",
        "Place the order",
        "We remind the contact",
    ] {
        assert!(tried.text.contains(said), "{said}: {}", tried.text);
    }
    assert!(
        sales.get("/partner/orders").await.text.contains("No orders here"),
        "nothing is placed by looking"
    );
    let order = placed(&mut sales, &trial, &[ME, TEN]).await;
    let page = sales
        .get(&format!("/partner/orders/{order}?done=order-placed"))
        .await
        .text;
    for said in [
        "The order is placed.",
        "Ada Lovelace gets the email",
        "Awaiting set-up",
        "contact · 30 days",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(sales.get("/partner/orders").await.text.contains(&order));
    let seen = sales.get(&format!("/partner/trials/{trial}")).await.text;
    assert!(
        seen.contains("An order was placed on") && !seen.contains("/convert\""),
        "{seen}"
    );
    assert_eq!(sales.get(&path).await.location(), format!("/partner/orders/{order}"));
}

#[tokio::test]
async fn conv_1_what_is_wrong_with_an_order_is_said_at_its_fields() {
    let world = World::new().await;
    let (mut sales, trial) = trial(&world).await;
    let path = format!("/partner/trials/{trial}/convert");
    for (fields, field) in [
        (vec![("act", "check"), ME], "services"),
        (vec![("act", "place"), ME], "services"),
        (vec![("act", "check"), ME, ("quantity-messaging", "many")], "services"),
        (vec![("act", "check"), ME, TEN, ("device-desk-phone", "-1")], "devices"),
        (vec![("act", "check"), TEN, ("contact", "colleague")], "contact_email"),
        (
            vec![
                ("act", "check"),
                TEN,
                ("contact", "customer"),
                ("contact_email", "no@where.example"),
            ],
            "contact_email",
        ),
        (
            vec![
                ("act", "check"),
                TEN,
                ("contact", "customer"),
                ("contact_email", "seller@cordage.example"),
            ],
            "contact",
        ),
    ] {
        let answer = sales.submit(&path, &path, &fields).await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{fields:?}: {}",
            answer.text
        );
        assert!(
            answer.text.contains(&format!("href=\"#{field}\"")),
            "{fields:?}: {}",
            answer.text
        );
    }
    assert!(sales.get("/partner/orders").await.text.contains("No orders here"));
}

#[tokio::test]
async fn conv_3_an_order_is_set_up_in_three_steps_and_nothing_goes_unnamed() {
    let world = World::new().await;
    let (mut sales, trial) = trial(&world).await;
    let customer = link(
        &sales.get(&format!("/partner/trials/{trial}")).await.text,
        "/partner/customers/org",
    );
    let add = format!("{customer}/users/add");
    let user = [
        ("email-1", "zoe@atelier.example"),
        ("name-1", "Zoé Marin"),
        ("licenses", "calling"),
    ];
    let added = sales.submit(&add, &add, &user).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text);
    let order = placed(&mut sales, &trial, &[ME, TEN]).await;
    let path = format!("/orders/{order}/set-up");
    let page = sales.get(&path).await.text;
    assert!(page.contains("I am the partner") && page.contains("I am the customer’s administrator"));
    assert!(!page.contains(" checked"), "nothing is chosen beforehand");
    assert!(
        sales
            .get(&format!("{path}?step=email"))
            .await
            .text
            .contains("href=\"#as\"")
    );
    // CONV-3: what is not true of that person is refused where it was said.
    let find = |role, email| [("act", "find"), ("as", role), ("trial_admin_email", email)];
    let wrong = sales.submit(&path, &path, &find("customer_administrator", EMAIL)).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("href=\"#as\""), "{}", wrong.text);
    let missed = sales
        .submit(&path, &path, &find("partner_administrator", "it@atelier.exemple"))
        .await;
    assert!(
        missed.text.contains("No trial was found") && missed.text.contains("Atelier Nord"),
        "{}",
        missed.text
    );
    assert!(
        !missed.text.contains("new-organization"),
        "an order from a trial makes no organization"
    );
    let choose = [
        ("act", "choose"),
        ("known", "yes"),
        ("as", "partner_administrator"),
        ("trial", trial.as_str()),
        ("trial_admin_email", "it@atelier.exemple"),
    ];
    let chosen = sales.submit(&path, &path, &choose).await;
    let exact = sales
        .submit(&path, &path, &find("partner_administrator", "IT@Atelier.example"))
        .await;
    for page in [&chosen.text, &exact.text] {
        for said in [
            "Is everything right?",
            "Atelier Nord",
            "Lose the licence: Zoé Marin",
            "id=\"accept-calling\"",
        ] {
            assert!(page.contains(said), "{said}: {page}");
        }
        assert!(!page.contains(" checked"), "CONV-5: nothing is ticked beforehand");
    }
    // CONV-5: a yes is to the losses that were shown.
    let seen = exact.text.split("name=\"seen\" value=\"").nth(1).unwrap();
    let said = [
        ("act", "confirm"),
        ("as", "partner_administrator"),
        ("trial_admin_email", EMAIL),
        ("seen", seen.split('"').next().unwrap()),
    ];
    let confirmed = ("confirmed", "yes");
    for (more, field) in [(vec![confirmed], "accept"), (vec![("accept", "calling")], "confirmed")] {
        let fields: Vec<(&str, &str)> = said.iter().copied().chain(more).collect();
        let answer = sales.submit(&path, &path, &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text);
        assert!(answer.text.contains(&format!("href=\"#{field}\"")), "{}", answer.text);
    }
    let fields: Vec<(&str, &str)> = said.iter().copied().chain([confirmed, ("accept", "calling")]).collect();
    let done = sales.submit(&path, &path, &fields).await;
    assert_eq!(done.location(), format!("/orders/{order}/done"), "{}", done.text);
    let page = sales.get(done.location()).await.text;
    for said in [
        "The services are set up",
        "Webex Messaging",
        "10 licences",
        "Ended with the trial",
        "Webex Calling",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    // The same address again does not set anything up twice.
    assert_eq!(sales.get(&path).await.location(), format!("/orders/{order}/done"));
    // START-7: what was bought, and who manages it.
    let page = sales.get(&customer).await.text;
    assert!(
        page.contains("Managed by Cordage") && page.contains("Purchased"),
        "{page}"
    );
    world.came(EMAIL).await;
    let mut own = world.signed_in(EMAIL).await;
    own.cookies.insert("foretaste-language".to_owned(), "en".to_owned());
    let page = own.get("/control/subscriptions").await.text;
    assert!(
        page.contains("0 of 10 in use") && page.contains("Managed by Cordage"),
        "{page}"
    );
}

#[tokio::test]
async fn conv_2_the_email_goes_again_to_someone_else_and_the_order_is_withdrawn() {
    let world = World::new().await;
    let (mut sales, trial) = trial(&world).await;
    world.came(EMAIL).await;
    let order = placed(&mut sales, &trial, &[ME, TEN]).await;
    let path = format!("/partner/orders/{order}");
    let resend = format!("{path}/resend");
    let again = sales.submit(&path, &resend, &[("to", "same")]).await;
    assert_eq!(again.location(), format!("{path}?done=order-resent"));
    let other = |email, role| [("to", "other"), ("email", email), ("as", role)];
    let wrong = sales
        .submit(
            &path,
            &resend,
            &other("nobody@atelier.example", "customer_administrator"),
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.text.contains("href=\"#email\"") && wrong.text.contains("nobody@atelier.example"),
        "{}",
        wrong.text
    );
    let done = sales
        .submit(&path, &resend, &other(EMAIL, "customer_administrator"))
        .await;
    assert_eq!(
        done.location(),
        format!("{path}?done=order-redirected"),
        "{}",
        done.text
    );
    // Whoever was the contact is not any more; the new one finds it on the first page.
    assert_eq!(sales.get(&format!("/orders/{order}/set-up")).await.location(), path);
    let mut own = world.signed_in(EMAIL).await;
    own.cookies.insert("foretaste-language".to_owned(), "en".to_owned());
    let overview = own.get("/control/overview").await.text;
    assert!(
        plain(&overview).contains(&format!("/orders/{order}/set-up")),
        "{overview}"
    );
    let close = format!("{path}/close");
    let page = sales.get(&close).await.text;
    assert!(
        page.contains("Nothing is bought") && page.contains("autofocus>Keep the order"),
        "{page}"
    );
    let done = sales.submit(&close, &close, &[("reason", "Too early")]).await;
    assert_eq!(done.location(), format!("{path}?done=order-closed"), "{}", done.text);
    assert!(
        sales
            .get("/partner/orders?view=closed")
            .await
            .text
            .contains("Withdrawn")
    );
    let over = own.get(&format!("/orders/{order}/set-up")).await.text;
    assert!(over.contains("This order is no longer open"), "{over}");
    assert!(
        sales
            .get(&format!("/partner/trials/{trial}/convert"))
            .await
            .text
            .contains("Services to buy")
    );
}

#[tokio::test]
async fn conv_4_a_new_organization_is_a_choice_of_its_own() {
    let world = World::new().await;
    let mut desk = world.signed_in("orders@vela.example").await;
    assert_eq!(desk.get("/").await.location(), "/vendor/orders");
    let place = "/vendor/orders/place";
    let page = desk.get(place).await.text;
    let at = page.find(">Cordage<").expect("the partner");
    let value = page[..at].rfind("value=\"").expect("its id") + 7;
    let partner = page[value..at].split('"').next().unwrap_or_default().to_owned();
    let fields = [
        ("contact", "colleague"),
        ("contact_email", "sales@cordage.example"),
        TEN,
    ];
    let missing = desk.submit(place, place, &fields).await;
    assert!(missing.text.contains("href=\"#partner_id\""), "{}", missing.text);
    let all: Vec<(&str, &str)> = fields
        .iter()
        .copied()
        .chain([("partner_id", partner.as_str())])
        .collect();
    let done = desk.submit(place, place, &all).await;
    let order = done
        .location()
        .strip_prefix("/vendor/orders/")
        .unwrap_or_else(|| panic!("{}", done.text));
    let order = order.split('?').next().unwrap_or_default().to_owned();
    assert!(desk.get("/vendor/orders").await.text.contains("Order from outside"));
    let mut sales = world.signed_in("sales@cordage.example").await;
    let path = format!("/orders/{order}/set-up");
    let find = [
        ("act", "find"),
        ("as", "partner_administrator"),
        ("trial_admin_email", "new@lanterne.example"),
    ];
    let missed = sales.submit(&path, &path, &find).await.text;
    assert!(
        missed.contains("No trial was found") && missed.contains("no organization was created"),
        "{missed}"
    );
    let new = format!("{path}/new-organization");
    assert!(missed.contains(&new), "{missed}");
    let page = sales.get(&format!("{new}?as=partner_administrator")).await.text;
    assert!(
        page.contains("This cannot be undone") && page.contains("autofocus"),
        "{page}"
    );
    let fields = |again| {
        [
            ("as", "partner_administrator"),
            ("name", "Lanterne & Fils"),
            ("trial_admin_email", "new@lanterne.example"),
            ("vertical", "media"),
            ("country", "FR"),
            ("acknowledged", "yes"),
            ("again", again),
        ]
    };
    let from = format!("{new}?as=partner_administrator");
    let wrong = sales.submit(&from, &new, &fields("Lanterne")).await;
    assert!(
        wrong.text.contains("href=\"#again\"") && wrong.text.contains("Lanterne &amp; Fils"),
        "{}",
        wrong.text
    );
    assert!(
        !sales.get("/partner/customers").await.text.contains("Lanterne"),
        "nothing came to be"
    );
    let done = sales.submit(&from, &new, &fields("lanterne & fils")).await;
    assert_eq!(done.location(), format!("/orders/{order}/done"), "{}", done.text);
    assert!(sales.get("/partner/customers").await.text.contains("Lanterne"));
    assert!(desk.get("/vendor/orders?view=mapped").await.text.contains("Lanterne"));
}

#[tokio::test]
async fn conv_1_a_tier_2_partner_hands_it_to_its_distributor() {
    let world = World::new().await;
    let mut small = world.signed_in("sales@ferrage.example").await;
    let trial = started(&mut small, EMAIL, &SERVICES).await;
    let path = format!("/partner/trials/{trial}/convert");
    let page = small.get(&path).await.text;
    for said in [
        "Your distributor places this order",
        "Hand to Cordage",
        "sales@cordage.example",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let mut sales = world.signed_in("sales@cordage.example").await;
    let conversion = format!("/partner/conversions/{trial}");
    assert_eq!(
        sales.get(&conversion).await.status,
        StatusCode::NOT_FOUND,
        "not before it is handed over"
    );
    let done = small.submit(&path, &path, &[("act", "hand")]).await;
    assert_eq!(done.location(), format!("{path}?done=handed-over"), "{}", done.text);
    let page = small.get(&path).await.text;
    assert!(
        page.contains("With your distributor") && !page.contains("Hand to Cordage"),
        "{page}"
    );
    assert!(plain(&sales.get("/partner/orders").await.text).contains(&conversion));
    let page = sales.get(&conversion).await.text;
    for said in [
        "Atelier Nord",
        EMAIL,
        "Ferrage has handed",
        "Webex Calling: 25 licences",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    // ORG-9: nothing else of the customer.
    assert_eq!(
        sales.get(&format!("/partner/trials/{trial}")).await.status,
        StatusCode::NOT_FOUND
    );
    let mut other = world.signed_in("sales@amarre.example").await;
    assert_eq!(other.get(&conversion).await.status, StatusCode::NOT_FOUND);
    let faults = sales.submit(&conversion, &conversion, &[ME]).await;
    assert!(faults.text.contains("href=\"#services\""), "{}", faults.text);
    let done = sales.submit(&conversion, &conversion, &[ME, TEN]).await;
    assert!(done.location().ends_with("?done=order-placed"), "{}", done.text);
    assert_eq!(sales.get(done.location()).await.status, StatusCode::OK);
}

#[tokio::test]
async fn conv_8_the_wish_to_buy_tells_the_partner_once_a_day() {
    let world = World::new().await;
    let (mut sales, trial) = trial(&world).await;
    world.came(EMAIL).await;
    let mut own = world.signed_in(EMAIL).await;
    own.cookies.insert("foretaste-language".to_owned(), "en".to_owned());
    let page = own.get("/control/subscriptions").await.text;
    assert!(page.contains("href=\"/control/purchase\">Purchase<"), "EXP-2: {page}");
    let path = "/control/purchase";
    let page = own.get(path).await.text;
    assert!(
        page.contains("Nothing is ordered") && page.contains("Cordage"),
        "{page}"
    );
    assert_eq!(page.matches(" checked").count(), 2, "what is on trial: {page}");
    assert!(own.submit(path, path, &[]).await.text.contains("href=\"#services\""));
    let wish = [("services", "messaging"), ("note", "Call me <b>")];
    let done = own.submit(path, path, &wish).await;
    assert_eq!(
        done.location(),
        "/control/subscriptions?done=purchase-wanted#purchase",
        "{}",
        done.text
    );
    assert!(
        own.get("/control/subscriptions")
            .await
            .text
            .contains("We told Cordage on")
    );
    let again = own.submit(path, path, &wish).await;
    assert_eq!(again.location(), "/control/subscriptions?done=purchase-known#purchase");
    assert!(own.get(path).await.text.contains("You can send it again tomorrow"));
    let seen = sales.get(&format!("/partner/trials/{trial}")).await.text;
    assert!(seen.contains("would like to buy"), "{seen}");
    let customer = link(&seen, "/partner/customers/org");
    assert!(
        sales
            .get(&customer)
            .await
            .text
            .contains("Atelier Nord would like to buy")
    );
    // Those who try nothing are told whom to ask.
    let mut none = world.signed_in("it@lumiere.example").await;
    assert!(none.get(path).await.text.contains("No partner looks after a trial"));
    assert_eq!(
        world.signed_in("user@lumiere.example").await.get(path).await.status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn sec_1_pages_of_orders_are_closed_to_others() {
    let world = World::new().await;
    let (mut sales, trial) = trial(&world).await;
    let order = placed(&mut sales, &trial, &[ME, TEN]).await;
    for email in ["sales@amarre.example", "it@lumiere.example", "sales@ferrage.example"] {
        let mut other = world.signed_in(email).await;
        for path in [
            format!("/partner/orders/{order}"),
            format!("/partner/orders/{order}/close"),
            format!("/orders/{order}/set-up"),
            format!("/orders/{order}/set-up/new-organization?as=partner_administrator"),
            format!("/orders/{order}/done"),
            format!("/partner/trials/{trial}/convert"),
            format!("/partner/conversions/{trial}"),
        ] {
            let status = other.get(&path).await.status.as_u16();
            assert!([403, 404].contains(&status), "{email} {path}: {status}");
        }
        let forged = other
            .submit("/welcome", &format!("/partner/orders/{order}/close"), &[])
            .await;
        assert_eq!(forged.status, StatusCode::NOT_FOUND, "{email}");
    }
    for (email, path, status) in [
        ("sales@cordage.example", "/vendor/orders", 404),
        ("sales@cordage.example", "/vendor/orders/place", 404),
        ("sales@cordage.example", "/control/purchase", 404),
        ("orders@vela.example", "/partner/orders", 404),
        ("team@vela.example", "/vendor/orders/place", 403),
        ("it@lumiere.example", "/partner/orders", 404),
    ] {
        let answer = world.signed_in(email).await.get(path).await;
        assert_eq!(answer.status.as_u16(), status, "{email} {path}");
    }
    assert_eq!(
        sales.get(&format!("/partner/orders/{order}")).await.status,
        StatusCode::OK
    );
}

/// A page with its slashes as they are.
fn plain(page: &str) -> String {
    page.replace("&#x2f;", "/")
}
