//! DEV, EXT-4 through the pages, without any script: asked for, shipped, kept longer, received.

use super::{
    acting::{CUSTOMER, step},
    people::link,
    world::{Answer, Browser, World},
};
use axum::http::StatusCode;

const EMAIL: &str = "it@atelier.example";
const SERIALS: [&str; 2] = ["FCH2811B0K1", "FCH2811B0K2"];
const TO: [(&str, &str); 5] = [
    ("ship_name", "Atelier Nord"),
    ("ship_line1", "4 quai de la Loire"),
    ("ship_postal_code", "44000"),
    ("ship_city", "Nantes"),
    ("ship_country", "FR"),
];

fn phones<'f>(count: &'f str, more: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let said = [("what", "ship"), ("device-desk-phone", count), ("poe", "no")];
    let phone = ("ship_phone", "+33 2 40 00 00 00");
    let all = said.into_iter().chain(TO).chain([phone]);
    all.chain(more.iter().copied()).collect()
}

/// A trial of Cordage's with two phones asked for; the seller, the trial's id and the shipment's.
async fn asked(world: &World) -> (Browser<'_>, String, String) {
    let mut sales = world.signed_in("sales@cordage.example").await;
    let first = sales.get("/partner/start").await.location().to_owned();
    let mut fields = CUSTOMER.to_vec();
    fields.push(("admin_email", EMAIL));
    let url = step(&mut sales, &first, &fields).await;
    let url = step(&mut sales, &url, &[("services", "messaging"), ("services", "devices")]).await;
    let url = step(&mut sales, &url, &[("quantity", "25"), ("duration", "60")]).await;
    assert!(url.starts_with("/partner/start/devices"), "{url}");
    let url = step(&mut sales, &url, &phones("2", &[("registrations", "10")])).await;
    let done = step(&mut sales, &url, &[]).await;
    let trial = done.split("trial=").nth(1).unwrap_or_default().to_owned();
    let mut team = world.signed_in("team@vela.example").await;
    let page = team.get("/vendor/shipments").await.text;
    assert!(
        page.contains("2 × Webex Desk Phone") && page.contains("Atelier Nord"),
        "{page}"
    );
    let shipment = link(&page, "/vendor/shipments/ship_");
    (sales, trial, shipment.replace("/vendor/shipments/", ""))
}

fn shipping<'f>(order: &'f str, serials: &'f str, ends_on: &'f str) -> [(&'f str, &'f str); 7] {
    [
        ("act", "ship"),
        ("order_number", order),
        ("type", "desk-phone"),
        ("serials-desk-phone", serials),
        ("carrier", "dhl"),
        ("shipped_on", "2027-01-15"),
        ("ends_on", ends_on),
    ]
}

/// The same, approved and shipped for 40 days.
async fn shipped(world: &World, shipment: &str) {
    let mut team = world.signed_in("team@vela.example").await;
    let path = format!("/vendor/shipments/{shipment}");
    let yes = team.submit(&path, &path, &[("act", "approve")]).await;
    assert_eq!(yes.location(), format!("{path}?done=shipment-approved"), "{}", yes.text);
    let serials = SERIALS.join("\r\n");
    let fields = shipping("D7654321", &serials, "2027-02-24");
    let left = team.submit(&path, &path, &fields).await;
    assert_eq!(
        left.location(),
        format!("{path}?done=shipment-shipped"),
        "{}",
        left.text
    );
}

fn holds(answer: &Answer, texts: &[&str]) {
    for text in texts {
        assert!(answer.text.contains(text), "{text}: {}", answer.text);
    }
}

#[tokio::test]
async fn dev_4_what_is_wrong_with_a_shipment_is_said_and_nothing_typed_is_lost() {
    let world = World::new().await;
    let (_, _, shipment) = asked(&world).await;
    let mut team = world.signed_in("team@vela.example").await;
    let path = format!("/vendor/shipments/{shipment}");
    let page = team.get(&path).await;
    // DEV-3: no PoE at the site.
    holds(&page, &["no PoE", "value=\"approve\"", "Nantes"]);
    team.submit(&path, &path, &[("act", "approve")]).await;
    // DEV-5: nobody is led to take the trial's expiry date, which is named for what it is.
    let form = team.get(&path).await;
    assert!(!form.text.contains("value=\"2027-03-16\""), "{}", form.text);
    holds(
        &form,
        &["value=\"2027-01-15\"", "Device end date", "Not the trial’s expiry date"],
    );
    let both = SERIALS.join("\n");
    for (fields, field, kept) in [
        (
            shipping("7654321", &both, "2027-02-24"),
            "order_number",
            "value=\"7654321\"",
        ),
        (shipping("D7654321", SERIALS[0], "2027-02-24"), "serials", SERIALS[0]),
        (shipping("D7654321", &both, "soon"), "ends_on", "value=\"soon\""),
        (
            shipping("D7654321", &both, "2027-06-01"),
            "ends_on",
            "value=\"2027-06-01\"",
        ),
        (
            shipping("D7654321", "<b>1</b>\nFCH2811B0K2", "2027-02-24"),
            "serials",
            "&lt;b&gt;1",
        ),
    ] {
        let answer = team.submit(&path, &path, &fields).await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{fields:?}: {}",
            answer.text
        );
        let place = format!("href=\"#{field}\"");
        holds(&answer, &[&place, kept, SERIALS[1].get(..3).unwrap_or_default()]);
        assert!(!answer.text.contains("<b>1"), "{}", answer.text);
    }
    holds(&team.get(&path).await, &["Will be shipped", "value=\"ship\""]);
}

#[tokio::test]
async fn dev_2_a_second_request_keeps_what_was_typed() {
    let world = World::new().await;
    let (mut sales, trial, _) = asked(&world).await;
    let path = format!("/partner/trials/{trial}/devices");
    let page = sales.get(&path).await;
    holds(
        &page,
        &["Ask for devices", "It is not the trial’s expiry date", "Asked for: 2"],
    );
    // DEV-5: before they are shipped it is said when their end date will be known.
    holds(
        &sales.get(&format!("/partner/trials/{trial}")).await,
        &["sets a device end date when it ships", "Trial’s expiry date"],
    );
    // What the page calls its fields is what is read.
    for (name, _) in TO {
        holds(&page, &[&format!(" name=\"{name}\"")]);
    }
    let again = phones("1", &[("reason", "For the fair.")]);
    let many = phones("1000", &[("reason", "For the fair.")]);
    let junk = phones("many", &[("reason", "For the fair.")]);
    for fields in [again, many, junk, vec![("what", "ship"), ("reason", "For the fair.")]] {
        let answer = sales.submit(&path, &path, &fields).await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{fields:?}: {}",
            answer.text
        );
        holds(&answer, &["class=\"faults\"", "value=\"For the fair.\""]);
        let typed = fields.iter().any(|(name, _)| *name == "ship_city");
        assert_eq!(answer.text.contains("value=\"Nantes\""), typed, "{}", answer.text);
    }
    let other: Vec<(&str, &str)> = phones("0", &[("device-headset", "2")]);
    let done = sales.submit(&path, &path, &other).await;
    assert_eq!(
        done.location(),
        format!("/partner/trials/{trial}?done=devices-asked#devices"),
        "{}",
        done.text
    );
    holds(
        &sales.get(&format!("/partner/trials/{trial}")).await,
        &["2 × Webex Headset"],
    );
}

#[tokio::test]
async fn dev_5_both_dates_stand_on_the_pages_of_partner_and_customer() {
    let world = World::new().await;
    let (mut sales, trial, shipment) = asked(&world).await;
    shipped(&world, &shipment).await;
    let dates = [
        "Device end date",
        "24 February 2027",
        "Trial’s expiry date",
        "16 March 2027",
    ];
    let page = format!("/partner/trials/{trial}");
    holds(&sales.get(&page).await, &dates);
    holds(&sales.get("/partner/devices").await, &dates);
    world.came(EMAIL).await;
    let mut own = world.signed_in(EMAIL).await;
    own.cookies.insert("foretaste-language".to_owned(), "en".to_owned());
    let seen = own.get("/control/devices").await;
    holds(&seen, &dates);
    // DEV-7: the steps for its country, and the sheet.
    holds(&seen, &["Contact DHL and arrange a pick-up.", "/sheet.pdf", SERIALS[0]]);
    // DEV-6: too early.
    let back = format!("/control/devices/{shipment}/return");
    assert!(!seen.text.replace("&#x2f;", "/").contains(&back), "{}", seen.text);
    let early = own.submit("/control/devices", &back, &[]).await;
    assert_eq!(
        early.location(),
        "/control/devices?done=return-not-yet",
        "{}",
        early.text
    );
}

#[tokio::test]
async fn ext_4_days_more_are_asked_for_and_decided_with_before_and_after() {
    let world = World::new().await;
    let (mut sales, trial, shipment) = asked(&world).await;
    shipped(&world, &shipment).await;
    let page = format!("/partner/trials/{trial}");
    let path = format!("{page}/devices/{shipment}");
    let asking = |days| [("act", "longer"), ("days", days), ("reason", "The fair.")];
    for days in ["many", "0", "-3", "81", ""] {
        let again = sales.submit(&page, &path, &asking(days)).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{days}: {}", again.text);
        let typed = format!("name=\"days\" inputmode=\"numeric\" required autocomplete=\"off\" value=\"{days}\"");
        let said = "Enter a whole number from 1 to 80: Saturday, 15 May 2027 is the last day possible.";
        holds(
            &again,
            &["href=\"#more_days\"", "<details open>", said, &typed, "The fair."],
        );
    }
    let back = sales.get(&path).await;
    assert_eq!(
        back.location(),
        format!("{page}#devices"),
        "a page that is gone back to"
    );
    let done = sales.submit(&page, &path, &asking("30")).await;
    assert_eq!(
        done.location(),
        format!("{page}?done=longer-asked#devices"),
        "{}",
        done.text
    );
    let waiting = sales.get(&page).await;
    holds(&waiting, &["A request for more days is waiting for the trials team."]);
    let told = sales.get(done.location().split('#').next().unwrap_or_default()).await;
    let (before, after) = told.text.split_once("id=\"devices\"").expect("the card");
    let said = "The trials team has been asked.";
    assert!(
        !before.contains(said) && after.contains(said),
        "where one looks: {}",
        told.text
    );
    assert!(!waiting.text.contains("value=\"longer\""), "{}", waiting.text);
    let list = "/vendor/device-extensions";
    let mut team = world.signed_in("team@vela.example").await;
    let seen = team.get(list).await;
    holds(
        &seen,
        &[
            "30 more days",
            "24 February 2027",
            "26 March 2027",
            "15 May 2027",
            "The fair.",
        ],
    );
    let decide = link(&seen.text.replace("action=\"", "href=\""), "/vendor/device-extensions/");
    let done = team.submit(list, &decide, &[("decision", "approve")]).await;
    assert_eq!(done.location(), format!("{list}?done=longer-approved"), "{}", done.text);
    let late = team.submit(list, &decide, &[("decision", "refuse")]).await;
    assert_eq!(
        late.location(),
        format!("{list}?state=all&done=approval-late"),
        "{}",
        late.text
    );
    holds(&sales.get(&page).await, &["26 March 2027", "16 March 2027"]);
    let decided = team.get(&format!("{list}?state=all")).await;
    holds(&decided, &["24 February 2027", "26 March 2027"]);
}

#[tokio::test]
async fn dev_4_a_serial_typed_wrongly_is_put_right_on_the_shipment_s_page() {
    let world = World::new().await;
    let (mut sales, _, shipment) = asked(&world).await;
    let mut team = world.signed_in("team@vela.example").await;
    let path = format!("/vendor/shipments/{shipment}");
    assert!(
        !team.get(&path).await.text.contains("value=\"correct\""),
        "nothing is out"
    );
    shipped(&world, &shipment).await;
    holds(&team.get(&path).await, &["value=\"correct\"", "<details>"]);
    let typed = |from, to| [("act", "correct"), ("from", from), ("to", to)];
    for (from, to, field) in [
        ("", "FCH2811B0K7", "from"),
        ("FCH9999Z9Z9", "FCH2811B0K7", "from"),
        (SERIALS[0], "", "to"),
        (SERIALS[0], SERIALS[1], "to"),
        (SERIALS[0], "<b>1</b>", "to"),
    ] {
        let again = team.submit(&path, &path, &typed(from, to)).await;
        assert_eq!(
            again.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{from} {to}: {}",
            again.text
        );
        let link = format!("href=\"#{field}\"");
        holds(
            &again,
            &[
                &link,
                "<details open>",
                &to.replace('<', "&lt;").replace('>', "&gt;").replace('/', "&#x2f;"),
            ],
        );
    }
    let done = team.submit(&path, &path, &typed(SERIALS[0], "fch2811b0k7")).await;
    assert_eq!(
        done.location(),
        format!("{path}?done=serial-corrected"),
        "{}",
        done.text
    );
    let after = team.get(&path).await;
    holds(&after, &["FCH2811B0K7"]);
    assert!(!after.text.contains(SERIALS[0]), "{}", after.text);
    let not_theirs = sales
        .submit("/partner/devices", &path, &typed(SERIALS[1], "FCH2811B0K8"))
        .await;
    assert_eq!(not_theirs.status, StatusCode::FORBIDDEN, "{}", not_theirs.text);
    let back = format!("/vendor/returns/{}", shipment.replacen("ship_", "return_", 1));
    team.submit(&back, &back, &[("serials", &format!("FCH2811B0K7\n{}", SERIALS[1]))])
        .await;
    assert!(
        !team.get(&path).await.text.contains("value=\"correct\""),
        "all are back"
    );
}

#[tokio::test]
async fn dev_5_canc_1_a_customer_s_page_has_what_can_be_done_its_devices_and_orders() {
    let world = World::new().await;
    let (mut sales, trial, shipment) = asked(&world).await;
    let page = sales.get(&format!("/partner/trials/{trial}")).await;
    let customer = link(&page.text, "/partner/customers/org_");
    let seen = sales.get(&customer).await;
    let to = |what: &str| format!("/partner/trials/{trial}{what}").replace('/', "&#x2f;");
    let escaped = |answer: &Answer| answer.text.replace('/', "&#x2f;");
    for what in ["/extend", "/edit", "/convert", "/cancel", "#timeline", "#devices"] {
        assert!(escaped(&seen).contains(&to(what)), "{what}: {}", seen.text);
    }
    holds(
        &seen,
        &[
            "2 × Webex Desk Phone",
            "Device end date: set when they are shipped",
            EMAIL,
            "Trial administrator",
            &customer.replace("/partner/customers/", ""),
            "Trial’s expiry date: 16 Mar 2027",
        ],
    );
    shipped(&world, &shipment).await;
    holds(
        &sales.get(&customer).await,
        &[
            "Device end date: 24 Feb 2027",
            "Last day for the return: 10 Mar 2027",
            "Trial’s expiry date: 16 Mar 2027",
        ],
    );
    let convert = format!("/partner/trials/{trial}/convert");
    let asked = sales.get(&convert).await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.text);
    let cancel = format!("/partner/trials/{trial}/cancel");
    let done = sales.submit(&cancel, &cancel, &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let after = sales.get(&customer).await;
    for what in ["/extend", "/edit", "/convert", "/cancel"] {
        assert!(
            !escaped(&after).contains(&format!("{}\"", to(what))),
            "{what}: {}",
            after.text
        );
    }
}

#[tokio::test]
async fn dev_8_each_wrong_serial_is_named_and_the_rest_is_taken() {
    let world = World::new().await;
    let (_, _, shipment) = asked(&world).await;
    shipped(&world, &shipment).await;
    let path = format!("/vendor/returns/{}", shipment.replacen("ship_", "return_", 1));
    let mut team = world.signed_in("team@vela.example").await;
    let none = team.submit(&path, &path, &[("serials", " \n ")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", none.text);
    holds(&none, &["href=\"#serials\""]);
    // Nothing right looks like something wrong, each is said once, and reload receives nothing again.
    let odd = team.submit(&path, &path, &[("serials", "FCH9999Z9Z9")]).await;
    assert!(odd.location().starts_with(&format!("{path}?result=")), "{}", odd.text);
    assert!(!odd.location().contains("FCH"), "SEC-4: {}", odd.location());
    let odd = team.get(odd.location()).await;
    holds(
        &odd,
        &[
            "1 was not received",
            "It does not belong to this shipment.",
            "0 of 2 back",
        ],
    );
    assert_eq!(odd.text.matches("<code>FCH9999Z9Z9</code>").count(), 1, "{}", odd.text);
    let typed = format!("{}\r\n<i>x</i>", SERIALS[0].to_lowercase());
    let some = team.submit(&path, &path, &[("serials", &typed)]).await;
    let result = some.location().to_owned();
    for _ in 0..2 {
        let some = team.get(&result).await;
        holds(&some, &["1 device received.", "1 was not received", "1 of 2 back"]);
        assert!(!some.text.contains("<i>x"), "{}", some.text);
    }
    let foreign = world.signed_in("team@vela.example").await.get(&path).await;
    assert!(!foreign.text.contains("was not received"), "{}", foreign.text);
    let rest = team.submit(&path, &path, &[("serials", SERIALS[1])]).await;
    let rest = team.get(rest.location()).await;
    holds(&rest, &["2 of 2 back", "All back"]);
    assert!(
        !rest.text.contains("name=\"serials\""),
        "nothing is out any more: {}",
        rest.text
    );
    let complete = team.get("/vendor/returns?status=complete").await;
    holds(&complete, &["D7654321", "Atelier Nord", "All back"]);
}

#[tokio::test]
async fn org_9_devices_are_seen_by_those_they_concern() {
    let world = World::new().await;
    let (_, trial, shipment) = asked(&world).await;
    shipped(&world, &shipment).await;
    let back = shipment.replacen("ship_", "return_", 1);
    let paths = [
        format!("/vendor/shipments/{shipment}"),
        format!("/vendor/returns/{back}"),
        format!("/returns/{back}/sheet.pdf"),
        format!("/partner/trials/{trial}/devices"),
    ];
    for stranger in ["sales@amarre.example", "it@lumiere.example", "user@lumiere.example"] {
        let mut browser = world.signed_in(stranger).await;
        for path in &paths {
            let answer = browser.get(path).await;
            assert!(
                [403, 404].contains(&answer.status.as_u16()),
                "{stranger} {path}: {}",
                answer.status
            );
        }
        for path in [
            "/partner/devices",
            "/control/devices",
            "/vendor/shipments",
            "/vendor/returns",
        ] {
            let answer = browser.get(path).await;
            for secret in ["Atelier Nord", "D7654321", SERIALS[0]] {
                assert!(!answer.text.contains(secret), "{stranger} {path}: {}", answer.text);
            }
        }
    }
    // DEV-9: whoever guesses finds nothing.
    let mut stranger = world.signed_in("sales@amarre.example").await;
    let page = "/partner/device-lookup";
    let asked = [("org_id", "org_eu_1"), ("admin_email", EMAIL)];
    let by = stranger.submit(page, page, &asked).await;
    assert!(
        !by.location().contains("atelier") && by.location().contains("?by="),
        "SEC-4: {}",
        by.location()
    );
    holds(&stranger.get(by.location()).await, &["Nothing found"]);
    let nothing = stranger.get("/partner/device-lookup?order=D7654321").await;
    holds(&nothing, &["Nothing found"]);
    assert!(!nothing.text.contains("Atelier Nord"), "{}", nothing.text);
}

#[tokio::test]
async fn sec_2_the_forms_of_others_move_no_device() {
    let world = World::new().await;
    let (mut sales, trial, shipment) = asked(&world).await;
    let mut team = world.signed_in("team@vela.example").await;
    let path = format!("/vendor/shipments/{shipment}");
    let ours = "http://localhost:8080";
    let token = team.get(&path).await.hidden("csrf");
    for (origin, body) in [
        (ours, "act=approve".to_owned()),
        (ours, "csrf=wrong&act=approve".to_owned()),
        ("https://evil.example", format!("csrf={token}&act=approve")),
    ] {
        let answer = team.post_from(origin, &path, body).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{origin}: {}", answer.text);
    }
    holds(
        &team.get(&path).await,
        &["Waiting for the trials team", "value=\"approve\""],
    );
    shipped(&world, &shipment).await;
    let back = shipment.replacen("ship_", "return_", 1);
    for (who, path, body) in [
        (
            true,
            format!("/vendor/returns/{back}"),
            format!("serials={}", SERIALS[0]),
        ),
        (
            false,
            format!("/partner/trials/{trial}/devices/{shipment}"),
            "act=longer&days=3".to_owned(),
        ),
        (
            false,
            format!("/partner/trials/{trial}/devices"),
            "what=ship&device-headset=1".to_owned(),
        ),
    ] {
        let browser = if who { &mut team } else { &mut sales };
        let answer = browser.post_from(ours, &path, body).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}: {}", answer.text);
    }
    holds(&team.get(&format!("/vendor/returns/{back}")).await, &["0 of 2 back"]);
    holds(&team.get("/vendor/device-extensions").await, &["Nothing waits"]);
}
