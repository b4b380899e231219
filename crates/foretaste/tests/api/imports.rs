//! Users from a file (SETUP-3): what is wrong with the file, what is wrong with a row, again, and against the end.

use crate::{
    support::{Demo, Person, pause},
    users::{customer, messaging},
};
use serde_json::{Value, json};
use std::{collections::BTreeSet, fmt::Write as _, time::Instant};

crate::on_both_engines! {
    setup_3_every_defect_of_a_file_changes_nothing,
    setup_3_a_row_fails_alone_and_the_same_file_again_is_harmless,
    setup_3_an_import_against_the_end_of_the_trial,
    setup_3_licences_used_up_are_refused_in_their_rows,
    sec_3_hostile_cells_are_text,
    org_4_jobs_are_part_of_a_customers_export,
    sec_1_a_job_is_its_authors_alone,
    start_6_an_import_finds_out_no_addresses,
    rel_2_an_import_of_20000_survives_kill_9,
}

const CSV: [(&str, &str); 1] = [("Content-Type", "text/csv; charset=utf-8")];

fn send(who: &Person<'_>, customer: &str, more: &str, file: impl Into<String>) -> crate::support::Answer {
    let path = format!("/customers/{customer}/user-imports{more}");
    who.call("POST", &path, &CSV, Some(file.into()))
}

/// The job when it is over.
fn over(who: &Person<'_>, id: &str) -> Value {
    for _ in 0..9_000 {
        let job = who.get(&format!("/jobs/{id}")).is(200);
        if job["status"] == "done" {
            return job;
        }
        pause(50);
    }
    panic!("the job {id} does not end");
}

fn done(who: &Person<'_>, customer: &str, file: impl Into<String>) -> Value {
    let job = send(who, customer, "", file).is(202);
    over(who, job["id"].as_str().unwrap())
}

fn rows(who: &Person<'_>, job: &Value, query: &str) -> Vec<Value> {
    let (mut all, mut next) = (Vec::new(), String::new());
    loop {
        let path = format!("/jobs/{}/rows?limit=200{query}{next}", job["id"].as_str().unwrap());
        let page = who.get(&path).is(200);
        all.extend(page["items"].as_array().unwrap().clone());
        match page["next_cursor"].as_str() {
            Some(cursor) => next = format!("&cursor={cursor}"),
            None => return all,
        }
    }
}

fn counts(job: &Value) -> (u64, u64, u64) {
    let count = |name: &str| job[name].as_u64().unwrap();
    (count("total"), count("succeeded"), count("failed"))
}

fn setup_3_every_defect_of_a_file_changes_nothing() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let (customer, _) = customer(&anna, "defects", 5);
    let people = format!("/customers/{customer}/users");
    let before = anna.get(&people).is(200);
    let long = format!("email,name\na@x.example,{}\n", "x".repeat(65 * 1024));
    let quoted = format!("email,name\na@x.example,\"{}\"\n", "x".repeat(65 * 1024));
    let mut many = String::from("email\n");
    for number in 0..20_001 {
        let _ = writeln!(many, "u{number}@x.example");
    }
    let cases: [(&str, &str, u64, u64); 20] = [
        ("", "no_header", 1, 1),
        ("\u{feff}", "no_header", 1, 1),
        ("\n\n", "no_header", 3, 1),
        ("email\n", "no_rows", 2, 1),
        ("email\n\n\n", "no_rows", 4, 1),
        ("email,shoe\na@x.example,9\n", "unknown_column", 1, 2),
        ("name\nKim\n", "missing_column", 1, 1),
        ("email,name,Email\na@x.example,b,c\n", "repeated_column", 1, 3),
        ("email,name\na@x.example\n", "field_count", 2, 1),
        ("email,name\na@x.example,b,c\n", "field_count", 2, 3),
        (
            "email,name\r\na@x.example,b\r\nb@x.example,\"c\r\n",
            "unclosed_quote",
            3,
            2,
        ),
        ("email,name\na@x.example,\"b\"c\n", "stray_quote", 2, 2),
        ("email,name\na@x.example,b\"c\"\n", "stray_quote", 2, 2),
        ("email,name\na@x.example,b\u{0}c\n", "control_character", 2, 2),
        ("email,name\na@x.example,\"b\nc\u{7}\"\n", "control_character", 3, 2),
        ("email\ra@x.example\r", "control_character", 1, 1),
        (&long, "too_long", 2, 2),
        (&quoted, "too_long", 2, 2),
        (&many, "too_many_rows", 20_002, 1),
        ("email;name\na@x.example;b\n", "unknown_column", 1, 1),
    ];
    for (file, code, line, column) in cases {
        for more in ["", "?dry_run=true"] {
            let answer = send(&anna, &customer, more, file);
            assert_eq!(
                answer.errors(),
                [(format!("/{line}/{column}"), code.to_owned())],
                "{file:.60}"
            );
            let error = answer.body["errors"][0].clone();
            assert_eq!(
                (&error["line"], &error["column"]),
                (&json!(line), &json!(column)),
                "{error}"
            );
            answer.problem(422, "invalid_input");
        }
    }
    for (octets, line) in [(&b"email\n\xff@x.example\n"[..], 2), (b"\xff\xfee\0m\0", 1)] {
        let problem = raw(&anna, &customer, "text/csv", octets);
        assert_eq!(problem["errors"][0]["code"], "not_utf8", "{problem:#}");
        assert_eq!(problem["errors"][0]["line"], line);
    }
    for kind in ["application/json", "text/plain", "text/csv; charset=latin1"] {
        assert_eq!(
            raw(&anna, &customer, kind, b"email\na@x.example\n")["code"],
            "unsupported_media_type"
        );
    }
    let huge = vec![b'x'; 10 * 1024 * 1024 + 1];
    assert_eq!(raw(&anna, &customer, "text/csv", &huge)["code"], "too_large", "REL-7");
    assert_eq!(anna.get(&people).is(200), before, "a bad file changes nothing");
    // A mark in front, any order of columns, lines within a field, no line end at the end: all that is a file.
    let file = "\u{feff}Name,EMAIL\r\n\"Kim, \"\"the\"\" First\",kim@x.example";
    assert_eq!(counts(&done(&anna, &customer, file)), (1, 1, 0));
    let found = anna.get(&format!("{people}?q=kim@x.example")).is(200);
    assert_eq!(found["items"][0]["name"], "Kim, \"the\" First");
}

/// A file of whatever octets; the answer's body.
fn raw(who: &Person<'_>, customer: &str, kind: &str, octets: &[u8]) -> Value {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let request = ureq::http::Request::builder()
        .method("POST")
        .uri(format!("{}/api/v1/customers/{customer}/user-imports", who.demo.url))
        .header(
            "Authorization",
            format!("Bearer {}", who.who["token"].as_str().unwrap()),
        )
        .header("Content-Type", kind)
        .body(octets.to_vec())
        .unwrap();
    let text = agent.run(request).unwrap().body_mut().read_to_string().unwrap();
    serde_json::from_str(&text).unwrap()
}

fn setup_3_a_row_fails_alone_and_the_same_file_again_is_harmless() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let stranger = demo.person("stranger", "full_administrator").email();
    let (customer, _) = customer(&anna, "rows", 10);
    let file = format!(
        "email,name,language,time_zone,roles,licenses\n\
         one@crew.example,One,en,Europe/London,,messaging\n\
         not an address,Two,,,,\n\
         ONE@crew.example,Again,,,,\n\
         {stranger},Four,,,,\n\
         five@crew.example,Five,,,,telepathy\n\
         six@crew.example,Six,,,emperor,\n\
         seven@crew.example,Seven,de,,,\n\
         eight@crew.example,Eight,,,user_administrator,\n\
         nine@crew.example,Nine,,,user,messaging;calling\n\
         ten@crew.example,,,,,\n\
         eleven@crew.example,Eleven,,,,messaging; messaging\n"
    );
    let dry = send(&anna, &customer, "?dry_run=true", file.clone()).is(200);
    assert_eq!(counts(&dry), (11, 4, 7), "whose an address is a dry run does not tell");
    assert_eq!((&dry["id"], &dry["rows"][0]["row"]), (&json!(null), &json!(2)));
    let job = done(&anna, &customer, file.clone());
    assert_eq!(counts(&job), (11, 3, 8), "{job:#}");
    let all = rows(&anna, &job, "");
    let told: Vec<(&str, &str)> = all
        .iter()
        .map(|row| {
            (
                row["status"].as_str().unwrap(),
                row["code"].as_str().unwrap_or_default(),
            )
        })
        .collect();
    let expected = [
        ("created", ""),
        ("failed", "invalid_email"),
        ("failed", "duplicate_address"),
        ("failed", "address_taken"),
        ("failed", "unknown_service"),
        ("failed", "unknown_value"),
        ("failed", "invalid_language"),
        ("failed", "role_required"),
        ("failed", "service_not_held"),
        ("created", ""),
        ("created", ""),
    ];
    assert_eq!(told, expected);
    assert!(all.iter().all(|row| row["code"].is_null() == row["detail"].is_null()));
    let id = all[0]["id"].as_str().unwrap();
    let user = anna.get(&format!("/customers/{customer}/users/{id}")).is(200);
    assert_eq!(
        (&user["email"], &user["language"], &user["time_zone"]),
        (&json!("one@crew.example"), &json!("en"), &json!("Europe/London"))
    );
    assert_eq!(
        messaging(&anna, &customer),
        (10, 2),
        "no licence is lost to a failed row"
    );
    let french = anna.call(
        "GET",
        &format!("/jobs/{}/rows?status=failed&limit=1", job["id"].as_str().unwrap()),
        &[("Accept-Language", "fr")],
        None,
    );
    let french = french.is(200)["items"][0]["detail"].clone();
    assert_ne!(french, all[1]["detail"], "UX-2: {french}");
    // Again: nobody twice, nothing lost.
    let again = done(&anna, &customer, file);
    assert_eq!(counts(&again), (11, 3, 8));
    let statuses: Vec<Value> = rows(&anna, &again, "")
        .iter()
        .map(|row| row["status"].clone())
        .collect();
    assert_eq!(
        statuses.iter().filter(|status| *status == "unchanged").count(),
        3,
        "SETUP-3"
    );
    assert_eq!(messaging(&anna, &customer), (10, 2));
    // Brought up to the row; what the row does not say stays.
    let job = done(
        &anna,
        &customer,
        "email,name,licenses\none@crew.example,Uno,\nten@crew.example,,messaging\n",
    );
    let statuses: Vec<Value> = rows(&anna, &job, "").iter().map(|row| row["status"].clone()).collect();
    assert_eq!(statuses, ["updated", "updated"]);
    assert_eq!(messaging(&anna, &customer), (10, 3));
    let (code, said) = demo.command(&["verify"]);
    assert_eq!(code, 0, "{said}");
}

fn many(count: usize, service: &str) -> String {
    let mut file = String::from("email,name,licenses\n");
    for number in 0..count {
        let _ = writeln!(file, "person{number}@crew.example,Person {number},{service}");
    }
    file
}

fn setup_3_an_import_against_the_end_of_the_trial() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let (customer, trial) = customer(&anna, "ending", 1_000);
    let job = send(&anna, &customer, "", many(3_000, "messaging")).is(202);
    anna.post(&format!("/trials/{trial}/cancel"), json!({})).is(200);
    let job = over(&anna, job["id"].as_str().unwrap());
    let (total, succeeded, failed) = counts(&job);
    assert_eq!(
        (total, succeeded + failed),
        (3_000, 3_000),
        "SETUP-3: every row has its result"
    );
    let refused = rows(&anna, &job, "&status=failed");
    assert!(!refused.is_empty());
    assert!(
        refused
            .iter()
            .all(|row| row["code"] == "service_not_held" || row["code"] == "licenses_exhausted"),
        "{:#}",
        refused[0]
    );
    // EXP-4: what nothing gives any more nobody has.
    assert_eq!(messaging(&anna, &customer), (0, 0));
    // The organization closes after 30 days: then nothing is added, and the job is gone with what it knew.
    anna.advance(json!({"advance_days": 40}));
    send(&anna, &customer, "", many(2, "")).problem(404, "not_found");
    anna.get(&format!("/jobs/{}", job["id"].as_str().unwrap()))
        .problem(404, "not_found");
}

fn setup_3_licences_used_up_are_refused_in_their_rows() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let (customer, _) = customer(&anna, "scarce", 300);
    let path = format!("/customers/{customer}/users");
    // Two files and somebody by hand, all at once.
    let jobs: Vec<Value> = ["a", "b"]
        .iter()
        .map(|part| {
            let file = many(250, "messaging").replace("person", &format!("{part}-"));
            send(&anna, &customer, "", file).is(202)
        })
        .collect();
    let mut by_hand = 0;
    for number in 0..30 {
        let body = json!({"email": format!("hand{number}@crew.example"), "licenses": ["messaging"]});
        by_hand += u64::from(anna.post(&path, body).status == 201);
    }
    let done: Vec<Value> = jobs
        .iter()
        .map(|job| over(&anna, job["id"].as_str().unwrap()))
        .collect();
    let (succeeded, failed): (u64, u64) = done
        .iter()
        .map(counts)
        .fold((0, 0), |sum, job| (sum.0 + job.1, sum.1 + job.2));
    assert_eq!(succeeded + failed, 500);
    assert_eq!(succeeded + by_hand, 300, "SETUP-3: all of them, and not one more");
    assert_eq!(messaging(&anna, &customer), (300, 300));
}

fn org_4_jobs_are_part_of_a_customers_export() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let (customer, _) = customer(&anna, "kept", 5);
    let export = || anna.get(&format!("/customers/{customer}/export")).is(200);
    assert_eq!(export()["jobs"], json!([]));
    let file = "email,name\none@kept.example,One\nnot an address,Two\n";
    let job = done(&anna, &customer, file);
    let all = export();
    let kept = all["jobs"].as_array().unwrap();
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert_eq!(
        (&kept[0]["id"], counts(&kept[0])),
        (&job["id"], counts(&job)),
        "ORG-4: {kept:?}"
    );
    let given: Vec<Value> = rows(&anna, &job, "");
    let exported = kept[0]["rows"].as_array().unwrap();
    for (one, known) in exported.iter().zip(&given) {
        assert_eq!(
            (&one["row"], &one["status"], &one["id"]),
            (&known["row"], &known["status"], &known["id"])
        );
    }
    assert_eq!((exported.len(), given.len()), (2, 2));
    let people = anna.get(&format!("/customers/{customer}/users")).is(200);
    assert_eq!(people["items"][0]["address_bounced"], false, "NOTE-4: {people:#}");
}

fn sec_3_hostile_cells_are_text() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let (customer, _) = customer(&anna, "hostile", 5);
    let file = "email,name,licenses\n\
         h1@crew.example,\"=HYPERLINK(\"\"http://x.example\"\")\",\n\
         h2@crew.example,<script>alert(1)</script>,\n\
         h3@crew.example,\u{202e}drow,\n\
         \"h4@crew.example\r\nBcc: x@x.example\",Name,\n\
         h5@crew.example,Robert'); DROP TABLE person;--,\"messaging'; --\"\n\
         h6@cr\u{0435}w.example,Mixed,\n";
    let job = done(&anna, &customer, file);
    let all = rows(&anna, &job, "");
    let told: Vec<&str> = all
        .iter()
        .map(|row| row["code"].as_str().unwrap_or(row["status"].as_str().unwrap()))
        .collect();
    let expected = [
        "created",
        "created",
        "invalid_characters",
        "invalid_characters",
        "unknown_service",
        "mixed_script",
    ];
    assert_eq!(told, expected, "SEC-3");
    let found = anna.get(&format!("/customers/{customer}/users?q=h2@")).is(200);
    assert_eq!(found["items"][0]["name"], "<script>alert(1)</script>", "kept as it is");
}

fn sec_1_a_job_is_its_authors_alone() {
    let demo = Demo::full();
    let boss = demo.person("own_active", "full_administrator");
    let full = demo.person("partner_a", "sales_full_administrator");
    let job = send(&boss, &boss.id(), "", "email\nmine@crew.example\n").is(202);
    let path = format!("/jobs/{}", job["id"].as_str().unwrap());
    for other in [
        &full,
        &demo.person("own_active", "user_administrator"),
        &demo.person("partner_b", "sales_full_administrator"),
        &demo.person("vendor", "vendor_administrator"),
    ] {
        for path in [path.clone(), format!("{path}/rows")] {
            other.get(&path).problem(404, "not_found");
        }
    }
    over(&boss, job["id"].as_str().unwrap());
    boss.get(&format!("{path}/rows?status=lost"))
        .problem(422, "invalid_input");
    // Whose access was withdrawn sees nothing of his job any more.
    let job = send(&full, &boss.id(), "", "email\nhis@crew.example\n").is(202);
    let path = format!("/jobs/{}", job["id"].as_str().unwrap());
    over(&full, job["id"].as_str().unwrap());
    let access = format!("/customers/{}/partners/{}", boss.id(), full.id());
    boss.patch(&access, json!({"level": "provisioning_administrator"}))
        .is(200);
    full.get(&path).problem(404, "not_found");
    // The same key, the same job.
    let csv = [("Content-Type", "text/csv"), ("Idempotency-Key", "import")];
    let imports = format!("/customers/{}/user-imports", boss.id());
    let file = || Some("email\nkeyed@crew.example\n".to_owned());
    let first = boss.call("POST", &imports, &csv, file());
    assert!(first.headers["location"].ends_with(first.body["id"].as_str().unwrap()));
    assert_eq!(
        boss.call("POST", &imports, &csv, file()).is(202)["id"],
        first.is(202)["id"]
    );
    boss.call("POST", &imports, &csv, Some("email\nother@crew.example\n".to_owned()))
        .problem(422, "idempotency_key_reused");
}

fn start_6_an_import_finds_out_no_addresses() {
    let demo = Demo::empty();
    let anna = demo.person("partner_a", "sales_full_administrator");
    let seller = &demo.people("partner_a", "sales_administrator")[0];
    let (other, _) = customer(&anna, "theirs", 5);
    let (own, _) = customer(seller, "prying", 5);
    let file = many(60, "");
    assert_eq!(counts(&done(&anna, &other, file.clone())), (60, 60, 0));
    let job = done(seller, &own, file + "free@nobody.example,,\n");
    let codes: Vec<Value> = rows(seller, &job, "").iter().map(|row| row["code"].clone()).collect();
    let told = codes.iter().filter(|code| *code == "address_taken").count();
    let silent = codes.iter().filter(|code| *code == "too_many_requests").count();
    assert_eq!((told, silent), (30, 31), "START-6: {codes:?}");
}

/// Memory at its highest, in MiB.
fn highest(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    let kib = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    kib.unwrap_or(0) / 1024
}

fn rel_2_an_import_of_20000_survives_kill_9() {
    const ROWS: u64 = 20_000;
    let mut demo = Demo::empty();
    let (customer, mut job) = {
        let anna = demo.person("partner_a", "sales_full_administrator");
        let (customer, _) = customer(&anna, "legion", 1_000);
        let job = send(&anna, &customer, "", many(20_000, "messaging")).is(202);
        (customer, job)
    };
    let (begun, mut kills, mut most) = (Instant::now(), 0, 0);
    let path = format!("/jobs/{}", job["id"].as_str().unwrap());
    while job["status"] != "done" {
        pause(100);
        job = demo.person("partner_a", "sales_full_administrator").get(&path).is(200);
        let (_, succeeded, failed) = counts(&job);
        most = highest(demo.process_id()).max(most);
        // In the middle of it, at places that nobody chooses.
        if kills < 3 && succeeded + failed > [400, 5_000, 12_000][kills] {
            kills += 1;
            demo = demo.crash_and_restart();
        }
        assert!(begun.elapsed().as_secs() < 600, "{job:#}");
    }
    println!(
        "20,000 rows, killed {kills} times: {:.1} s in all, {most} MiB at the highest",
        begun.elapsed().as_secs_f64()
    );
    let anna = demo.person("partner_a", "sales_full_administrator");
    assert_eq!(kills, 3, "the server was killed in the middle of it");
    assert_eq!(
        counts(&job),
        (ROWS, 1_000, 19_000),
        "SETUP-3: every licence, and not one more"
    );
    assert_eq!(messaging(&anna, &customer), (1_000, 1_000));
    let all = rows(&anna, &job, "");
    let numbers: BTreeSet<u64> = all.iter().map(|row| row["row"].as_u64().unwrap()).collect();
    assert_eq!((all.len() as u64, numbers.len() as u64), (ROWS, ROWS), "every row once");
    let made: BTreeSet<String> = all
        .iter()
        .filter(|row| row["status"] == "created")
        .map(|row| row["id"].to_string())
        .collect();
    assert_eq!(made.len(), 1_000);
    // What the dead servers had reserved holds nobody up: the rest comes without licences.
    let begun = Instant::now();
    let rest = done(&anna, &customer, many(20_000, ""));
    println!(
        "20,000 rows, 19,000 of them new: {:.1} s, {} MiB at the highest",
        begun.elapsed().as_secs_f64(),
        highest(demo.process_id())
    );
    assert_eq!(counts(&rest), (ROWS, ROWS, 0), "REL-2: no address is lost");
    assert_eq!(messaging(&anna, &customer), (1_000, 1_000), "no licence is lost");
    let (code, said) = demo.command(&["verify"]);
    assert_eq!(code, 0, "{said}");
}
