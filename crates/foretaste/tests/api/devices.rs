//! Devices as clients meet them: DEV 1-9, EXT-4.

use crate::support::{Answer, Demo, Person, item, start};
use jiff::{ToSpan as _, civil::Date};
use serde_json::{Value, json};

crate::on_both_engines!(
    dev_1_to_8_from_the_request_to_the_last_returned_phone,
    dev_4_a_serial_is_out_once_in_a_region,
    dev_4_two_who_ship_at_once_ship_once,
    ext_4_two_yes_at_once_never_exceed_120_days
);

const SERIALS: [&str; 2] = ["FCH2345A0BC", "FCH2345A0BD"];

struct Cast<'d> {
    anna: Person<'d>,
    team: Person<'d>,
}

fn cast(demo: &Demo) -> Cast<'_> {
    Cast {
        anna: demo.person("partner_a", "sales_administrator"),
        team: demo.person("vendor", "trials_team"),
    }
}

fn address(country: &str) -> Value {
    json!({
        "name": "Société Lumière", "lines": ["25 rue du Premier-Film"], "city": "Lyon", "postal_code": "69008",
        "country": country, "phone": "+33 4 78 00 00 00",
    })
}

/// A trial with phones to ship, for 90 days.
fn with_phones(name: &str, tail: &str) -> Value {
    let mut body = start(name, &format!("it@{tail}.example"), &["messaging", "devices"]);
    body["duration_days"] = json!(90);
    body["devices"] = json!({
        "ship": [{"type": "desk-phone", "quantity": 2}], "site_has_poe": true, "ship_to": address("FR"),
    });
    body
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn day(value: &Value) -> Date {
    value.as_str().unwrap().parse().unwrap()
}

/// The civil day in Paris.
fn today(who: &Person<'_>) -> Date {
    who.now().in_tz("Europe/Paris").unwrap().date()
}

impl Cast<'_> {
    /// A trial whose first shipment is requested; both ids.
    fn requested(&self, tail: &str) -> (String, String) {
        let trial = self.anna.post("/trials", with_phones("Lumière", tail)).is(201);
        let shipments = trial["devices"]["shipments"].as_array().unwrap();
        assert_eq!(shipments.len(), 1, "DEV-1: {trial:#}");
        assert_eq!(shipments[0]["status"], "requested", "DEV-4");
        (text(&trial["id"]), text(&shipments[0]["id"]))
    }

    fn ship_body(&self, serials: &[&str], days: i64) -> Value {
        let ends_on = today(&self.team).checked_add(days.days()).unwrap();
        json!({"order_number": "d 1234567", "serials": serials, "carrier": "dhl", "ends_on": ends_on.to_string()})
    }

    fn ship(&self, shipment: &str, serials: &[&str], days: i64) -> Answer {
        self.team
            .post(&format!("/shipments/{shipment}/ship"), self.ship_body(serials, days))
    }

    /// The same, approved and shipped.
    fn lent(&self, tail: &str, serials: &[&str], days: i64) -> (String, String) {
        let (trial, shipment) = self.requested(tail);
        self.team
            .post(&format!("/shipments/{shipment}/approve"), json!({}))
            .is(200);
        self.ship(&shipment, serials, days).is(200);
        (trial, shipment)
    }
}

fn return_of(shipment: &str) -> String {
    shipment.replacen("ship_", "return_", 1)
}

fn dev_1_to_8_from_the_request_to_the_last_returned_phone() {
    let demo = Demo::empty();
    let cast = cast(&demo);
    let Cast { anna, team } = &cast;
    let (trial, shipment) = cast.requested("lumiere");
    let path = format!("/shipments/{shipment}");
    let asked = anna.wait_for_mail("kind=shipment_requested");
    assert_eq!(asked["to"], team.email(), "DEV-1: the trials team hears of it");
    let waiting = team.get("/shipments?status=requested").is(200)["items"].clone();
    assert_eq!(waiting[0]["id"], shipment, "LIST-4");
    assert_eq!(waiting[0]["ship_to"]["city"], "Lyon", "DEV-1");
    let tasks = team.get("/tasks").is(200)["items"].clone();
    let is = |tasks: &Value, kind: &str| tasks.as_array().unwrap().iter().any(|task| task["kind"] == kind);
    assert!(is(&tasks, "shipment"), "LIST-4: {tasks}");
    let plan = anna.get(&format!("/trials/{trial}/plan")).is(200);
    assert_eq!(
        item(&plan, "device_ends")["at"],
        Value::Null,
        "DEV-6: no date before it is shipped"
    );
    cast.ship(&shipment, &SERIALS, 40).problem(409, "wrong_status");
    anna.post(&format!("{path}/approve"), json!({}))
        .problem(403, "role_required");
    team.post(&format!("{path}/approve"), json!({"reason": "In stock."}))
        .is(200);
    team.post(&format!("{path}/approve"), json!({}))
        .problem(409, "already_decided");

    let before = anna.get(&format!("/trials/{trial}")).is(200);
    let dry = team
        .post(&format!("{path}/ship?dry_run=true"), cast.ship_body(&SERIALS, 40))
        .is(200);
    assert_eq!(dry["status"], "shipped", "a dry run shows it");
    assert_eq!(team.get(&path).is(200)["status"], "approved", "and writes nothing");
    let mut body = cast.ship_body(&SERIALS, 40);
    body["tracking"] = json!("JD014600003SE");
    let key = format!("{path}/ship");
    let shipped = team.post_with_key(&key, "once", body.clone()).is(200);
    assert_eq!(
        team.post_with_key(&key, "once", body).is(200),
        shipped,
        "the same key, the same answer"
    );
    assert_eq!(
        (&shipped["order_number"], &shipped["tracking"]),
        (&json!("D1234567"), &json!("JD014600003SE"))
    );
    let trial_then = anna.get(&format!("/trials/{trial}")).is(200);
    assert_eq!(
        trial_then["ends_on"], before["ends_on"],
        "DEV-5: the expiry date is another date"
    );
    let mark = &trial_then["devices"]["shipments"][0];
    assert_eq!(mark["device_ends_on"], shipped["device_ends_on"], "DEV-5");
    assert_eq!(mark["carrier"], json!({"id": "dhl", "name": "DHL"}), "DEV-5");
    let ends_on = day(&shipped["device_ends_on"]);
    assert_eq!(
        day(&mark["return_opens_on"]),
        ends_on.checked_sub(14.days()).unwrap(),
        "DEV-6"
    );
    assert_eq!(
        day(&mark["return_due_on"]),
        ends_on.checked_add(14.days()).unwrap(),
        "DEV-6"
    );
    let notice = anna.wait_for_mail("kind=device_shipped&to=it@lumiere.example");
    let french = i18n::date(i18n::Language::Fr, ends_on);
    assert!(
        text(&notice["text"]).contains(&french),
        "DEV-4: the customer reads the device end date: {notice:#}"
    );
    assert!(
        text(&notice["text"]).contains("JD014600003SE"),
        "DEV-4: and where the parcel is: {notice:#}"
    );

    opens_and_comes_back(&cast, &shipment);
    let record = team.get(&path).is(200);
    assert_eq!(record["status"], "returned", "DEV-8");
    assert_eq!(demo.command(&["verify"]).0, 0, "AUD-1");
}

fn opens_and_comes_back(cast: &Cast<'_>, shipment: &str) {
    let Cast { anna, team } = cast;
    let back = format!("/returns/{}", return_of(shipment));
    let early = anna
        .post("/returns", json!({"shipment_id": shipment}))
        .problem(409, "wrong_status");
    assert_eq!(
        early["opens_on"],
        team.get(&back).is(200)["opens_on"],
        "DEV-6: says from when"
    );
    assert!(
        team.get("/returns").is(200)["items"].as_array().unwrap().is_empty(),
        "DEV-6: none is open"
    );
    anna.advance(json!({"advance_days": 28}));
    let mail = anna.wait_for_mail("kind=return_open&to=it@lumiere.example");
    let open = anna.get("/returns?status=open").is(200)["items"][0].clone();
    assert_eq!(open["id"], return_of(shipment), "DEV-6");
    assert!(text(&open["rma"]).starts_with("RMA-"), "DEV-7");
    assert!(text(&mail["text"]).contains(&text(&open["rma"])), "DEV-7: {mail:#}");
    assert_eq!(open["way"]["name"], "DHL", "DEV-7: the way of the country shipped to");
    assert!(!open["way"]["steps"].as_array().unwrap().is_empty(), "DEV-7");
    anna.post(&format!("{back}/label-request"), json!({}))
        .problem(409, "label_elsewhere");
    let receive = format!("{back}/receive");
    let odd = json!({"serials": ["fch 2345-a0bc", "FCH2345AOBD", "NOSUCH99", "FCH2345A0BC"]});
    anna.post(&receive, odd.clone()).problem(403, "role_required");
    let taken = team.post(&receive, odd).is(200);
    assert_eq!(taken["accepted"], json!(["FCH2345A0BC"]), "DEV-8");
    let reasons: Vec<&str> = taken["refused"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["reason"].as_str().unwrap())
        .collect();
    assert_eq!(reasons, ["look_alike", "unknown", "repeated"], "DEV-8");
    assert_eq!(taken["return"]["status"], "open", "DEV-8: partial returns stay open");
    let mismatch = anna.wait_for_mail("kind=return_mismatch");
    assert!(text(&mismatch["text"]).contains("NOSUCH99"), "DEV-8: {mismatch:#}");
    let again = team.post(&receive, json!({"serials": [SERIALS[0]]}));
    assert_eq!(
        again.errors(),
        [("/serials/0".to_owned(), "serial_mismatch".to_owned())],
        "DEV-8"
    );
    again.problem(422, "serial_mismatch");
    anna.advance(json!({"advance_days": 28}));
    assert_eq!(
        team.get("/returns?status=overdue").is(200)["items"][0]["id"],
        return_of(shipment),
        "DEV-6"
    );
    let tasks = anna.get("/tasks").is(200)["items"].clone();
    assert!(
        tasks
            .as_array()
            .unwrap()
            .iter()
            .any(|task| task["kind"] == "return_overdue"),
        "DEV-6: {tasks}"
    );
    anna.wait_for_mail("kind=return_overdue&to=it@lumiere.example");
    let done = team.post(&receive, json!({"serials": [SERIALS[1]]})).is(200);
    assert_eq!(done["return"]["status"], "complete", "DEV-8");
    anna.wait_for_mail("kind=return_received&to=it@lumiere.example");
    assert_eq!(
        team.get("/returns?status=complete").is(200)["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert!(
        team.get("/returns?status=overdue").is(200)["items"]
            .as_array()
            .unwrap()
            .is_empty()
    );
}

fn dev_4_a_serial_is_out_once_in_a_region() {
    let demo = Demo::empty();
    let cast = cast(&demo);
    let (_, first) = cast.lent("one", &SERIALS, 40);
    let (_, second) = cast.requested("two");
    cast.team
        .post(&format!("/shipments/{second}/approve"), json!({}))
        .is(200);
    let clash = cast.ship(&second, &["fch2345a0bc", "OTHER0001"], 40);
    assert_eq!(
        clash.errors(),
        [("/serials/0".to_owned(), "serial_mismatch".to_owned())],
        "DEV-4"
    );
    assert_eq!(clash.body["errors"][0]["reason"], "out", "DEV-4");
    clash.problem(422, "serial_mismatch");
    let ours = cast.ship(&second, &["OTHER0001", "OTHER0002"], 40).is(200);
    assert_eq!(ours["status"], "shipped");
    let receive = |shipment: &str, serials: Value| {
        let path = format!("/returns/{}/receive", return_of(shipment));
        cast.team.post(&path, json!({"serials": serials}))
    };
    let foreign = receive(&second, json!(["OTHER0001", "FCH2345A0BC"])).is(200);
    assert_eq!(foreign["refused"][0]["reason"], "foreign", "DEV-8");
    assert_eq!(
        foreign["refused"][0]["belongs_to"], first,
        "DEV-8: the team sees whose it is"
    );
    let mail = cast.anna.wait_for_mail("kind=return_mismatch");
    assert!(
        !text(&mail["text"]).contains("FCH2345A0BC"),
        "DEV-8: never other people's devices in an email"
    );
    receive(&first, json!(SERIALS)).is(200);
    let (_, third) = cast.requested("three");
    cast.team
        .post(&format!("/shipments/{third}/approve"), json!({}))
        .is(200);
    cast.ship(&third, &SERIALS, 40).is(200);
}

fn dev_4_two_who_ship_at_once_ship_once() {
    let demo = Demo::empty();
    let cast = cast(&demo);
    let (_, one) = cast.requested("one");
    let (_, two) = cast.requested("two");
    for shipment in [&one, &two] {
        cast.team
            .post(&format!("/shipments/{shipment}/approve"), json!({}))
            .is(200);
    }
    let body = cast.ship_body(&SERIALS, 40);
    let answers: Vec<Answer> = std::thread::scope(|scope| {
        let ship = |shipment: &str| {
            let (team, path, body) = (&cast.team, format!("/shipments/{shipment}/ship"), body.clone());
            scope.spawn(move || team.post_patiently(&path, &body))
        };
        let threads: Vec<_> = [&one, &two, &one, &two].into_iter().map(|id| ship(id)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let won = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(won, 1, "DEV-4: the same devices leave once: {answers:#?}");
    let lost: Vec<u16> = answers
        .iter()
        .map(|answer| answer.status)
        .filter(|status| *status != 200)
        .collect();
    assert!(lost.iter().all(|status| [409, 422].contains(status)), "{lost:?}");
    assert_eq!(demo.command(&["verify"]).0, 0);
}

fn ext_4_two_yes_at_once_never_exceed_120_days() {
    let demo = Demo::empty();
    let cast = cast(&demo);
    let (trial, shipment) = cast.lent("longer", &SERIALS, 90);
    let Cast { anna, team } = &cast;
    let ask = |days: i64| {
        anna.post(
            "/device-extensions",
            json!({"shipment_id": shipment, "days": days, "reason": "Tests."}),
        )
    };
    let late = ask(31).problem(422, "device_limit_exceeded");
    let last = today(team).checked_add(120.days()).unwrap();
    assert_eq!(
        (day(&late["last_possible_on"]), &late["days_possible"]),
        (last, &json!(30)),
        "EXT-4"
    );
    let asked: Vec<String> = [20, 20].map(|days| text(&ask(days).is(201)["id"])).to_vec();
    let waiting = team.get("/device-extensions?status=pending").is(200)["items"].clone();
    assert_eq!(waiting.as_array().unwrap().len(), 2, "EXT-4");
    assert_eq!(waiting[0]["reason"], "Tests.", "EXT-4");
    let first = format!("/device-extensions/{}/approve", asked[0]);
    anna.post(&first, json!({})).problem(403, "role_required");
    let answers: Vec<Answer> = std::thread::scope(|scope| {
        let decide = |id: &String| {
            let path = format!("/device-extensions/{id}/approve");
            scope.spawn(move || team.post_patiently(&path, &json!({})))
        };
        let threads: Vec<_> = asked.iter().map(decide).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 422], "EXT-4: legal alone, not together: {answers:#?}");
    let lost = answers.into_iter().find(|answer| answer.status == 422).unwrap();
    let lost = lost.problem(422, "device_limit_exceeded");
    assert_eq!(lost["extension_status"], "refused", "EXT-4: the matter is closed");
    let now = team.get(&format!("/shipments/{shipment}")).is(200);
    assert_eq!(
        day(&now["device_ends_on"]),
        today(team).checked_add(110.days()).unwrap(),
        "EXT-4"
    );
    let ends = |id: &str| anna.get(&format!("/trials/{id}")).is(200)["ends_on"].clone();
    assert_eq!(
        day(&ends(&trial)),
        today(team).checked_add(90.days()).unwrap(),
        "EXT-4: the expiry date stays"
    );
    let refused = team.get("/device-extensions?status=refused").is(200)["items"][0].clone();
    assert_eq!(refused["because"], "device_limit_exceeded", "EXT-4");
    let late = format!("/device-extensions/{}/refuse", text(&refused["id"]));
    team.post(&late, json!({})).problem(409, "already_decided");
    anna.wait_for_mail("kind=device_extension_approved");
    anna.wait_for_mail("kind=device_extension_refused");
    assert_eq!(demo.command(&["verify"]).0, 0);
}

#[test]
fn dev_2_dev_3_a_type_goes_once_and_phones_need_an_answer_about_poe() {
    let demo = Demo::empty();
    let cast = cast(&demo);
    let (trial, shipment) = cast.requested("types");
    let ask = |body: Value| cast.anna.post("/shipments", body);
    let wish =
        |types: Value| json!({"trial_id": trial, "ship": types, "site_has_poe": false, "ship_to": address("FR")});
    let again = ask(wish(json!([{"type": "desk-phone", "quantity": 1}]))).problem(409, "device_type_already_shipped");
    assert_eq!(again["device_types"], json!(["desk-phone"]), "DEV-2");
    let many = ask(wish(json!([{"type": "board", "quantity": 1_000}])));
    many.problem(422, "device_limit_exceeded");
    let mut unsaid = wish(json!([{"type": "conference-phone", "quantity": 1}]));
    unsaid.as_object_mut().unwrap().remove("site_has_poe");
    let unsaid = ask(unsaid);
    assert_eq!(
        unsaid.errors(),
        [("/site_has_poe".to_owned(), "required".to_owned())],
        "DEV-3"
    );
    let more = ask(wish(json!([{"type": "conference-phone", "quantity": 1}]))).is(201);
    assert_eq!(more["site_has_poe"], false, "DEV-3");
    cast.team
        .post(
            &format!("/shipments/{shipment}/refuse"),
            json!({"reason": "None left."}),
        )
        .is(200);
    let free = ask(wish(json!([{"type": "desk-phone", "quantity": 1}]))).is(201);
    let seen = cast.anna.get(&format!("/shipments/{shipment}")).is(200);
    assert_eq!(
        (&seen["status"], &seen["decision"]),
        (&json!("refused"), &json!("None left.")),
        "DEV-4"
    );
    assert_ne!(free["id"], shipment);
    cast.anna
        .post("/shipments", json!({"trial_id": "trial_eu_nosuch", "ship": []}))
        .problem(404, "not_found");
}

#[test]
fn dev_5_conv_6_canc_2_the_trials_own_end_moves_no_device_date() {
    let demo = Demo::empty();
    let cast = cast(&demo);
    let Cast { anna, team } = &cast;
    let (trial, shipment) = cast.lent("dates", &SERIALS, 60);
    let ends_on = || day(&team.get(&format!("/shipments/{shipment}")).is(200)["device_ends_on"]);
    let before = ends_on();
    let path = format!("/trials/{trial}");
    anna.advance(json!({"advance_days": 5}));
    anna.post(&format!("{path}/extend"), json!({"allow_shorten": true}))
        .is(200);
    assert_eq!(ends_on(), before, "EXT-1, DEV-5");
    let today = today(team);
    anna.post(&format!("{path}/cancel"), json!({})).is(200);
    let shown = team.get(&format!("/returns/{}", return_of(&shipment))).is(200);
    assert_eq!(day(&shown["due_on"]), today.checked_add(14.days()).unwrap(), "CANC-2");
    assert_eq!(shown["status"], "open", "CANC-2: accepted at once");
    anna.wait_for_mail("kind=return_open&to=it@dates.example");
    anna.post("/device-extensions", json!({"shipment_id": shipment, "days": 5}))
        .problem(409, "wrong_status");
    // EXP-4: the organization is closed long before the devices are back.
    anna.advance(json!({"advance_days": 60}));
    let still = team.get("/returns?status=overdue").is(200)["items"][0].clone();
    assert_eq!(
        still["missing"].as_array().unwrap().len(),
        2,
        "DEV-6: what identifies hardware stays"
    );
    assert_eq!(still["customer"]["name"], "", "EXP-9: who had it does not");
    let late = anna.mails("kind=return_overdue").len();
    anna.advance(json!({"advance_days": 21}));
    assert!(
        anna.mails("kind=return_overdue").len() >= late + 3,
        "DEV-6: every week, for ever"
    );
    let received = team.post(
        &format!("/returns/{}/receive", return_of(&shipment)),
        json!({"serials": SERIALS}),
    );
    assert_eq!(received.is(200)["return"]["status"], "complete", "DEV-8");
    let late = anna.mails("kind=return_overdue").len();
    anna.advance(json!({"advance_days": 21}));
    assert_eq!(
        anna.mails("kind=return_overdue").len(),
        late,
        "DEV-6: nothing once it is back"
    );
    assert_eq!(demo.command(&["verify"]).0, 0);
}

#[test]
fn dev_4_dev_8_hostile_serials_are_refused_quickly_and_in_short() {
    let demo = Demo::empty();
    let cast = cast(&demo);
    let (_, shipment) = cast.requested("hostile");
    cast.team
        .post(&format!("/shipments/{shipment}/approve"), json!({}))
        .is(200);
    let many: Vec<String> = (0..10_000).map(|n| format!("<b>{n}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let answer = cast.ship(&shipment, &many, 40);
    assert_eq!(answer.status, 422, "DEV-4");
    assert!(answer.errors().len() <= 50, "DEV-4: {} faults", answer.errors().len());
    for odd in [
        json!(["A"]),
        json!([1]),
        json!([{"serial": "FCH1"}, {"type": "x"}]),
        json!("FCH"),
        json!([null]),
    ] {
        let mut body = cast.ship_body(&[], 40);
        body["serials"] = odd.clone();
        let answer = cast.team.post(&format!("/shipments/{shipment}/ship"), body);
        assert_eq!(answer.status, 422, "{odd}: {:#}", answer.body);
    }
    for ends_on in ["tomorrow", "2027-13-40", "9999-12-31", "0001-01-01"] {
        let mut body = cast.ship_body(&SERIALS, 40);
        body["ends_on"] = json!(ends_on);
        let answer = cast.team.post(&format!("/shipments/{shipment}/ship"), body);
        assert_eq!(answer.errors()[0].0, "/ends_on", "DEV-5: {ends_on}");
    }
    cast.ship(&shipment, &[" fch-2345 a0bc", "ＦＣＨ２３４５Ａ０ＢＤ"], 40)
        .is(200);
    let receive = format!("/returns/{}/receive", return_of(&shipment));
    let answer = cast.team.post(&receive, json!({"serials": many}));
    assert_eq!(
        answer.errors(),
        [("/serials".to_owned(), "too_many".to_owned())],
        "DEV-8"
    );
}

#[test]
fn dev_9_devices_are_found_again_by_those_they_concern() {
    let demo = Demo::empty();
    let cast = cast(&demo);
    let (_, shipment) = cast.lent("lookup", &SERIALS, 40);
    let Cast { anna, team } = &cast;
    let shown = team.get(&format!("/shipments/{shipment}")).is(200);
    let org = text(&shown["customer"]["id"]);
    let ask = |who: &Person<'_>, query: &str| who.get(&format!("/device-lookup?{query}"));
    for query in [
        "order=d+1234567".to_owned(),
        format!("org_id={org}&admin_email=IT@lookup.example"),
        format!("org_id={org}&serial=fch2345a0bc&serial=FCH-2345A0BD"),
    ] {
        for who in [team, anna] {
            let found = ask(who, &query).is(200);
            assert_eq!(found["order_number"], "D1234567", "DEV-9: {query}");
            assert_eq!(found["shipments"][0]["id"], shipment, "DEV-9: {query}");
        }
    }
    let stranger = demo.person("partner_b", "sales_full_administrator");
    for query in [
        "order=D999".to_owned(),
        format!("org_id={org}&serial={}", SERIALS[0]),
        format!(
            "org_id={org}&serial={}&serial={}&serial=OTHER999",
            SERIALS[0], SERIALS[1]
        ),
        format!("org_id={org}&admin_email=nobody@lookup.example"),
        "org_id=org_eu_nosuch&serial=FCH2345A0BC".to_owned(),
    ] {
        ask(team, &query).problem(404, "not_found");
    }
    for query in [
        "order=D1234567".to_owned(),
        format!("org_id={org}&admin_email=it@lookup.example"),
    ] {
        ask(&stranger, &query).problem(404, "not_found");
    }
    for query in [
        "",
        "order=7",
        "order=D1&org_id=x",
        "org_id=org_eu_1",
        "org_id=org_eu_1&admin_email=x",
    ] {
        assert_eq!(ask(team, query).status, 422, "DEV-9: {query}");
    }
}

#[test]
fn dev_7_a_new_label_in_the_united_states_once_a_day() {
    let demo = Demo::empty();
    let cast = cast(&demo);
    let Cast { anna, team } = &cast;
    let mut body = with_phones("Orchard", "orchard");
    body["devices"]["ship_to"] = address("US");
    let trial = anna.post("/trials", body).is(201);
    let shipment = text(&trial["devices"]["shipments"][0]["id"]);
    team.post(&format!("/shipments/{shipment}/approve"), json!({})).is(200);
    cast.ship(&shipment, &SERIALS, 40).is(200);
    let label = format!("/returns/{}/label-request", return_of(&shipment));
    team.post(&label, json!({})).problem(403, "role_required");
    let asked = anna.post(&label, json!({"reason": "The boxes are gone."})).is(200);
    assert_eq!(asked["way"]["id"], "ups", "DEV-7");
    let customer = text(&trial["customer"]["id"]);
    let record = demo
        .person("vendor", "auditor")
        .get(&format!("/audit?customer_id={customer}&limit=200"));
    let record = record.is(200)["items"].as_array().unwrap().clone();
    let why = |entry: &Value| entry["name"] == "label_requested" && entry["reason"] == "The boxes are gone.";
    assert!(record.iter().any(why), "AUD-1: why: {record:#?}");
    anna.post(&label, json!({})).problem(429, "too_many_requests");
    let found = |mail: &Value| text(&mail["text"]).contains("The boxes are gone.");
    let told = (0..200).any(|_| {
        crate::support::pause(25);
        anna.mails("kind=shipment_requested").iter().any(found)
    });
    assert!(told, "DEV-7: the trials team reads why");
    anna.advance(json!({"advance_days": 1}));
    anna.post(&label, json!({})).is(200);
}

#[test]
fn dev_7_the_return_sheet_is_a_document_for_those_it_concerns() {
    let demo = Demo::empty();
    let cast = cast(&demo);
    let Cast { anna, team } = &cast;
    let (_, shipment) = cast.lent("sheet", &SERIALS, 40);
    let sheet = format!("/returns/{}/sheet.pdf", return_of(&shipment));
    let rma = text(&team.get(&format!("/returns/{}", return_of(&shipment))).is(200)["rma"]);
    let mut sizes = Vec::new();
    for language in ["", "?language=en", "?language=fr", "?language=zh-Hant"] {
        for who in [anna, team] {
            let answer = who.get(&format!("{sheet}{language}"));
            assert_eq!(
                answer.headers["content-type"], "application/pdf",
                "DEV-7: {:#}",
                answer.body
            );
            let named = answer.headers["content-disposition"].contains(&rma);
            assert!(named, "DEV-7: {:?}", answer.headers);
            let document = text(&answer.is(200));
            assert!(document.starts_with("%PDF-"), "DEV-7: {document:.20}");
            assert!(document.trim_end().ends_with("%%EOF"), "DEV-7: whole");
            sizes.push(document.len());
        }
    }
    assert_ne!(sizes[2], sizes[6], "DEV-7: in its own language");
    for wrong in ["xx", "EN", "en-GB", "", "zh"] {
        let answer = anna.get(&format!("{sheet}?language={wrong}"));
        assert_eq!(answer.status, 422, "DEV-7: {wrong}: {:#}", answer.body);
    }
    anna.get(&format!("{sheet}?colour=red"))
        .problem(400, "unknown_parameter");
    let other = demo.person("partner_b", "sales_full_administrator");
    other.get(&sheet).problem(404, "not_found");
    let customer = demo.person("stranger", "full_administrator");
    customer.get(&sheet).problem(404, "not_found");
    team.get("/returns/return_eu_nosuch/sheet.pdf")
        .problem(404, "not_found");
    let (_, waiting) = cast.requested("waits");
    let early = format!("/returns/{}/sheet.pdf", return_of(&waiting));
    team.get(&early).problem(404, "not_found");
}

#[test]
fn dev_8_lists_refuse_what_they_do_not_know_and_page_without_gaps() {
    let demo = Demo::empty();
    let cast = cast(&demo);
    let all: Vec<String> = ["a", "b", "c"].map(|tail| cast.requested(tail).1).to_vec();
    let mut seen = Vec::new();
    let mut path = "/shipments?limit=1".to_owned();
    loop {
        let page = cast.team.get(&path).is(200);
        seen.extend(page["items"].as_array().unwrap().iter().map(|one| text(&one["id"])));
        match page["next_cursor"].as_str() {
            Some(next) => path = format!("/shipments?limit=1&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen, all, "DEV-8: the oldest first, each once");
    for path in [
        "/shipments?status=lost",
        "/returns?status=planned",
        "/device-extensions?status=maybe",
    ] {
        assert_eq!(cast.team.get(path).status, 422, "{path}");
    }
    for path in [
        "/shipments?colour=red",
        "/returns?colour=red",
        "/device-extensions?colour=red",
    ] {
        cast.team.get(path).problem(400, "unknown_parameter");
    }
    let other = demo.person("partner_b", "sales_full_administrator");
    assert!(
        other.get("/shipments").is(200)["items"].as_array().unwrap().is_empty(),
        "ORG-9"
    );
    other.get(&format!("/shipments/{}", all[0])).problem(404, "not_found");
    let version = cast.team.get(&format!("/shipments/{}", all[0]));
    let stale = [("If-Match", "\"999\"")];
    let approve = format!("/shipments/{}/approve", all[0]);
    cast.team
        .call("POST", &approve, &stale, Some("{}".to_owned()))
        .problem(412, "version_conflict");
    let known = [("If-Match", version.headers["etag"].as_str())];
    cast.team.call("POST", &approve, &known, Some("{}".to_owned())).is(200);
}

#[test]
fn dev_4_dev_7_dev_8_a_parcel_is_found_by_its_number_and_a_mistyped_serial_is_put_right() {
    let demo = Demo::empty();
    let cast = cast(&demo);
    let (_, shipment) = cast.lent("mistyped", &SERIALS, 40);
    let Cast { anna, team } = &cast;
    let correct = format!("/shipments/{shipment}/correct");
    let typed = json!({"from": SERIALS[0], "to": "FCH2345A0BX"});
    anna.post(&correct, typed.clone()).problem(403, "role_required");
    let empty = team.post(&correct, json!({"from": SERIALS[0]}));
    assert_eq!(empty.errors(), [("/to".to_owned(), "required".to_owned())], "DEV-4");
    let right = team.post(&correct, typed.clone()).is(200);
    assert_eq!(right["serials"][0]["serial"], "FCH2345A0BX", "DEV-4: {right:#}");
    let gone = team.post(&correct, typed);
    assert_eq!(gone.body["errors"][0]["reason"], "unknown", "DEV-4");
    let id = return_of(&shipment);
    let receive = |serials: Value| team.post(&format!("/returns/{id}/receive"), json!({"serials": serials}));
    for _ in 0..2 {
        receive(json!(["NOSUCH99", "Jane Doe, 5 Elm St"])).problem(422, "serial_mismatch");
    }
    let mail = anna.wait_for_mail("kind=return_mismatch");
    assert!(text(&mail["text"]).contains("NOSUCH99"), "DEV-8: {mail:#}");
    assert!(!text(&mail["text"]).contains("Jane"), "EXP-9: {mail:#}");
    let customer = text(&right["customer"]["id"]);
    let record = demo
        .person("vendor", "auditor")
        .get(&format!("/audit?customer_id={customer}&limit=200"));
    let record = record.is(200)["items"].as_array().unwrap().clone();
    let names = |name: &str| record.iter().filter(|entry| entry["name"] == name).count();
    assert_eq!(names("return_mismatched"), 1, "DEV-8: once a day");
    assert_eq!(names("serial_corrected"), 1, "AUD-1");
    receive(json!(["FCH2345A0BX"])).is(200);
    let rma = text(&team.get(&format!("/returns/{id}")).is(200)["rma"]);
    for query in [rma.clone(), rma.to_lowercase(), id.clone()] {
        let found = team.get(&format!("/returns?q={query}")).is(200);
        assert_eq!(found["items"][0]["id"], id, "DEV-7: {query}");
    }
    let other = format!("/returns?q=RMA-{}", "0".repeat(10));
    assert!(
        team.get(&other).is(200)["items"].as_array().unwrap().is_empty(),
        "DEV-7"
    );
}
