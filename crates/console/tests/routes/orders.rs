//! CONV through the pages: from the wish to buy to what was bought, without any script.

use super::{
    acting::started,
    people::link,
    world::{Answer, Browser, World},
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

/// Sends a form, and opens the page to which that leads: an address of its own, that says nothing of what was typed.
async fn follow(browser: &mut Browser<'_>, path: &str, fields: &[(&str, &str)]) -> (String, Answer) {
    let sent = browser.submit(path, path, fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{fields:?}: {}", sent.text);
    let there = sent.location().to_owned();
    assert!(
        there.len() < 3_000 && !there.contains('@') && !there.contains("%40"),
        "{there}"
    );
    let page = browser.get(&there).await;
    (there, page)
}

/// Places an order from a trial; the order's id.
async fn placed(sales: &mut Browser<'_>, trial: &str, fields: &[(&str, &str)]) -> String {
    let path = format!("/partner/trials/{trial}/convert");
    let (there, answers) = follow(sales, &path, fields).await;
    let draft = answers.hidden("draft");
    let done = sales
        .submit(&there, &path, &[("act", "place"), ("draft", &draft)])
        .await;
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
    let (there, tried) = follow(&mut sales, &path, &[("act", "check"), ME, TEN]).await;
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
    // What is ordered is what is shown: nothing can be typed there.
    assert!(!tried.text.contains("name=\"quantity-"), "{}", tried.text);
    assert_eq!(sales.get(&there).await.status, StatusCode::OK, "reloaded");
    let change = link(&tried.text, &format!("{path}?change=yes")).replace("&amp;", "&");
    let form = sales.get(change.split('#').next().unwrap_or_default()).await.text;
    assert!(
        form.contains("name=\"quantity-messaging\" inputmode=\"numeric\" autocomplete=\"off\" value=\"10\"")
            && form.contains("name=\"quantity-calling\" inputmode=\"numeric\" autocomplete=\"off\" value=\"\""),
        "as it was typed: {form}"
    );
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
async fn conv_1_of_two_tabs_the_second_is_told_that_the_first_ordered() {
    let world = World::new().await;
    let (mut sales, trial) = trial(&world).await;
    let path = format!("/partner/trials/{trial}/convert");
    let (same, first) = follow(&mut sales, &path, &[ME, TEN]).await;
    let (other, second) = follow(&mut sales, &path, &[ME, ("quantity-messaging", "11")]).await;
    let (first, second) = (first.hidden("draft"), second.hidden("draft"));
    let token = sales.get(&same).await.hidden("csrf");
    let press = |draft: &str| format!("csrf={token}&act=place&draft={draft}");
    let origin = "http://localhost:8080";
    let done = sales.post_from(origin, &path, press(&first)).await;
    let order = done.location().trim_end_matches("?done=order-placed").to_owned();
    assert!(order.starts_with("/partner/orders/order"), "{}", done.text);
    // The same button pressed twice orders once, and says so both times.
    let again = sales.post_from(origin, &path, press(&first)).await;
    assert_eq!(again.location(), format!("{order}?done=order-placed"));
    let late = sales.post_from(origin, &path, press(&second)).await;
    assert_eq!(late.location(), format!("{order}?done=order-already-other"));
    let page = sales.get(late.location()).await.text;
    assert!(
        page.contains("not all of it is what you wanted") && page.contains("10 licences"),
        "{page}"
    );
    // The pages of both tabs, reloaded.
    assert_eq!(sales.get(&same).await.location(), format!("{order}?done=order-already"));
    assert_eq!(
        sales.get(&other).await.location(),
        format!("{order}?done=order-already-other")
    );
    assert!(
        sales
            .get(&format!("{order}?done=order-already"))
            .await
            .text
            .contains("Nothing was added")
    );
    // Once it is withdrawn the same page orders anew.
    let close = format!("{order}/close");
    sales.submit(&close, &close, &[]).await;
    let draft = sales.get(&same).await.hidden("draft");
    let new = sales.post_from(origin, &path, press(&draft)).await;
    assert!(new.location().ends_with("?done=order-placed"), "{}", new.text);
    assert!(!new.location().starts_with(&order), "another one");
}

#[tokio::test]
async fn conv_1_what_is_wrong_with_an_order_is_said_at_its_fields() {
    let world = World::new().await;
    let (mut sales, trial) = trial(&world).await;
    let path = format!("/partner/trials/{trial}/convert");
    for (fields, field) in [
        (vec![("act", "check"), ME], "services"),
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
        let (_, answer) = follow(&mut sales, &path, &fields).await;
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
    let (_, many) = follow(&mut sales, &path, &[ME, ("quantity-messaging", "many")]).await;
    assert!(many.text.contains("Webex Messaging: "), "{}", many.text);
    // CONV-2: in the words of what was chosen.
    for (contact, said) in [
        ("customer", "none of the customer’s full administrators"),
        ("colleague", "has a sales role at the partner"),
    ] {
        let fields = [TEN, ("contact", contact), ("contact_email", "no@where.example")];
        let (_, answer) = follow(&mut sales, &path, &fields).await;
        assert!(answer.text.contains(said), "{said}: {}", answer.text);
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
    let (_, wrong) = follow(&mut sales, &path, &find("customer_administrator", EMAIL)).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("href=\"#as\""), "{}", wrong.text);
    let (_, missed) = follow(&mut sales, &path, &find("partner_administrator", "it@atelier.exemple")).await;
    assert!(
        missed.text.contains("No trial was found") && missed.text.contains("Atelier Nord"),
        "{}",
        missed.text
    );
    assert!(
        !missed.text.contains("new-organization"),
        "an order from a trial makes no organization"
    );
    let said = missed.hidden("said");
    let choose = [
        ("act", "choose"),
        ("known", "yes"),
        ("trial", trial.as_str()),
        ("said", said.as_str()),
    ];
    let (_, chosen) = follow(&mut sales, &path, &choose).await;
    let (verify, exact) = follow(&mut sales, &path, &find("partner_administrator", "IT@Atelier.example")).await;
    let again = sales.get(&verify).await;
    for page in [&chosen.text, &exact.text, &again.text] {
        for said in [
            "Is everything right?",
            "Atelier Nord",
            "Lose the licence: Zoé Marin",
            "id=\"accept-calling\"",
        ] {
            assert!(page.contains(said), "{said}: {page}");
        }
        // The address as it is known, and who administrates.
        assert!(page.contains(EMAIL) && !page.contains("IT@Atelier"), "{page}");
        assert!(!page.contains(" checked"), "CONV-5: nothing is ticked beforehand");
    }
    // CONV-5: a yes is to the losses that were shown.
    let (said, seen) = (exact.hidden("said"), exact.hidden("seen"));
    let said = [("act", "confirm"), ("said", said.as_str()), ("seen", seen.as_str())];
    let confirmed = ("confirmed", "yes");
    for (more, field, ticked) in [
        (vec![confirmed], "accept", "confirmed"),
        (vec![("accept", "calling")], "confirmed", "accept-calling"),
    ] {
        let fields: Vec<(&str, &str)> = said.iter().copied().chain(more).collect();
        let (there, answer) = follow(&mut sales, &path, &fields).await;
        for answer in [answer, sales.get(&there).await] {
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text);
            assert!(answer.text.contains(&format!("href=\"#{field}\"")), "{}", answer.text);
            assert_eq!(answer.text.matches(" checked").count(), 1, "{}", answer.text);
            assert!(answer.text.contains(&format!("id=\"{ticked}\"")), "{}", answer.text);
        }
    }
    let fields: Vec<(&str, &str)> = said.iter().copied().chain([confirmed, ("accept", "calling")]).collect();
    let done = sales.submit(&path, &path, &fields).await;
    assert_eq!(done.location(), format!("/orders/{order}/done"), "{}", done.text);
    // The pages before lead there now.
    assert_eq!(sales.get(&verify).await.location(), format!("/orders/{order}/done"));
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
    // CONV-8: whom to ask, where nothing is tried.
    assert!(
        page.contains("Cordage manages what you have bought") && !page.contains("No partner"),
        "{page}"
    );
    let page = own.get("/control/purchase").await.text;
    assert!(page.contains("Cordage manages what you have bought"), "{page}");
    let page = own.get("/control/overview").await.text;
    assert!(
        page.contains("Ended with the trial: Webex Calling") && !page.contains("Withdrawn"),
        "{page}"
    );
    // Both pages of the trial tell what was done.
    let seen = sales.get(&format!("/partner/trials/{trial}")).await.text;
    for page in [seen, page] {
        let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}: {page}"));
        assert!(at("Order placed") < at("class=\"title\">Purchased"), "{page}");
    }
}

#[tokio::test]
async fn conv_7_the_customer_sees_that_something_is_ordered() {
    let world = World::new().await;
    let (mut sales, trial) = trial(&world).await;
    world.came(EMAIL).await;
    let mut own = world.signed_in(EMAIL).await;
    own.cookies.insert("foretaste-language".to_owned(), "en".to_owned());
    let purchase = "href=\"/control/subscriptions#purchase\"";
    assert!(plain(&own.get("/control/overview").await.text).contains(purchase));
    placed(&mut sales, &trial, &[ME, TEN]).await;
    let page = own.get("/control/overview").await.text;
    assert!(!plain(&page).contains(purchase), "{page}");
    let bought = own.get("/control/subscriptions").await.text;
    assert!(!bought.contains("href=\"/control/purchase\""), "{bought}");
    for page in [&page, &bought] {
        assert!(
            page.contains("Ordered by Ada Lovelace, Cordage on") && page.contains("Ada Lovelace still has to"),
            "{page}"
        );
    }
    // The reminder is its contact's email.
    assert!(
        page.contains("Order closes") && !page.contains("Reminder of the order"),
        "{page}"
    );
    assert_eq!(
        own.get("/control/purchase").await.location(),
        "/control/subscriptions#purchase"
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
    let (there, missing) = follow(&mut desk, place, &fields).await;
    for page in [missing, desk.get(&there).await] {
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            page.text.contains("href=\"#partner_id\"") && page.text.contains("value=\"sales@cordage.example\""),
            "{}",
            page.text
        );
    }
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
    let missed = follow(&mut sales, &path, &find).await.1.text;
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
            ("first_email", "new@lanterne.example"),
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
    // An address that is somebody's is the address's fault; what is wrong is said all at once.
    let mut taken = fields("lanterne & fils");
    taken[2].1 = "it@lumiere.example";
    let answer = sales.submit(&from, &new, &taken).await.text;
    assert!(
        answer.contains("href=\"#first_email\"") && answer.contains("belongs to an organization already"),
        "{answer}"
    );
    let empty = sales
        .submit(&from, &new, &[("as", "partner_administrator"), ("name", "L")])
        .await
        .text;
    for field in ["again", "first_email"] {
        assert!(empty.contains(&format!("href=\"#{field}\"")), "{field}: {empty}");
    }
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
    // Whether anything is lent is not told; who sets it up is the partner, unless somebody is named (CONV-2).
    assert!(
        !page.contains("are on loan and go back") && !page.contains("You know the trial"),
        "{page}"
    );
    assert!(page.contains("value=\"handed\" checked"), "{page}");
    assert!(
        !page.contains("name=\"act\" value=\"place\""),
        "CONV-5: not before it is seen: {page}"
    );
    let (_, faults) = follow(&mut sales, &conversion, &[ME]).await;
    assert!(faults.text.contains("href=\"#services\""), "{}", faults.text);
    let (there, answers) = follow(&mut sales, &conversion, &[("contact", "handed"), TEN]).await;
    for said in [
        "Lost",
        "Webex Calling",
        "On trial 25, ordered 10",
        "Ada Lovelace (a partner",
    ] {
        assert!(answers.text.contains(said), "{said}: {}", answers.text);
    }
    let draft = answers.hidden("draft");
    let place = [("act", "place"), ("draft", draft.as_str())];
    let done = sales.submit(&there, &conversion, &place).await;
    assert!(done.location().ends_with("?done=order-placed"), "{}", done.text);
    assert_eq!(sales.get(done.location()).await.status, StatusCode::OK);
    // A second tab.
    let order = done.location().trim_end_matches("?done=order-placed");
    assert_eq!(
        sales.get(&there).await.location(),
        format!("{order}?done=order-already")
    );
    assert_eq!(sales.get(&conversion).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn conv_5_a_distributor_sees_how_many_would_lose_a_licence_and_not_who() {
    let world = World::new().await;
    let mut small = world.signed_in("sales@ferrage.example").await;
    let trial = started(&mut small, EMAIL, &SERVICES).await;
    let seen = small.get(&format!("/partner/trials/{trial}")).await.text;
    let add = format!("{}/users/add", link(&seen, "/partner/customers/org"));
    let user = [
        ("email-1", "zoe@atelier.example"),
        ("name-1", "Zoé Marin"),
        ("licenses", "calling"),
    ];
    let added = small.submit(&add, &add, &user).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text);
    let path = format!("/partner/trials/{trial}/convert");
    small.submit(&path, &path, &[("act", "hand")]).await;
    let mut sales = world.signed_in("sales@cordage.example").await;
    let conversion = format!("/partner/conversions/{trial}");
    let (_, answers) = follow(&mut sales, &conversion, &[ME, TEN]).await;
    assert!(
        answers.text.contains("On trial 25, 1 assigned") && answers.text.contains("for Ferrage or the customer"),
        "{}",
        answers.text
    );
    assert!(!answers.text.contains("Zoé"), "CONV-1: {}", answers.text);
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
        page.contains("This orders nothing") && page.contains("Cordage"),
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
