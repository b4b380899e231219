//! Every operation of the description as everybody: who may is a table that is read and signed, who must not is told
//! nothing, not even whether something is there.

mod rows;
mod world;

use crate::support::{Answer, Demo, Person, call, start};
use rows::{Row, rows};
use serde_json::{Value, json};
use std::{collections::BTreeSet, fmt::Write as _, time::Instant};
use world::{World, text, world};

const UNKNOWN: &str = "00000000000000000000000000000";

/// Who must not, whatever the operation.
const OUTSIDERS: [&str; 3] = ["another partner", "a lapsed partner", "another customer"];

/// The address of a row, with ids of its own or with others.
fn address(row: &Row, ids: &[String]) -> String {
    let mut path = String::new();
    let mut ids = ids.iter();
    for (index, part) in row.path.split('/').enumerate() {
        if index > 0 {
            path.push('/');
        }
        path.push_str(match part.starts_with('{') {
            true => ids.next().map_or("", String::as_str),
            false => part,
        });
    }
    let mut query = row.query.clone();
    if row.method != "GET" && !["/test-clock"].contains(&row.path) {
        query = format!("{query}{}dry_run=true", if query.is_empty() { "" } else { "&" });
    }
    if query.is_empty() {
        path
    } else {
        format!("{path}?{query}")
    }
}

fn ask(who: &Person<'_>, row: &Row, address: &str) -> Answer {
    let headers: &[(&str, &str)] = match row.method {
        "PATCH" | "DELETE" | "PUT" => &[("If-Match", "*")],
        _ => &[],
    };
    // A text is a file.
    if let Some(Value::String(file)) = &row.body {
        return who.call(row.method, address, &[("Content-Type", "text/csv")], Some(file.clone()));
    }
    who.call(row.method, address, headers, row.body.as_ref().map(Value::to_string))
}

fn cell(answer: &Answer) -> &'static str {
    match answer.status {
        200..=299 | 409 | 410 | 422 => "yes",
        401 => "sign in",
        403 => "no",
        404 => "not there",
        other => panic!("{other}: {:#}", answer.body),
    }
}

/// The whole answer but for the name of the request.
fn plain(answer: &Answer) -> (u16, Value) {
    let mut body = answer.body.clone();
    if let Some(body) = body.as_object_mut() {
        body.remove("request_id");
        body.remove("instance");
    }
    (answer.status, body)
}

/// An id of the same kind and region that nothing has.
fn unknown(id: &str) -> String {
    match id.rsplit_once('_') {
        Some((front, _)) => format!("{front}_{UNKNOWN}"),
        None => id.to_owned(),
    }
}

const HEAD: &str = "\
# Who may do what, route by route

Each operation of the API was tried as each of these people, on one running server, and this is what came back; a test
writes it, and fails when an operation is missing here or answers otherwise: `UPDATE=1 cargo test -p foretaste --test api
sec_1_every_operation`. *Yes*: done, or refused by a rule that has nothing to do with who asks. *No*: 403. *Not there*:
404, exactly as for an id that nothing has. Without signing in every operation answers 401.

The customer, its trial, its people and its partner are one customer of the sample data; *another partner*, *a lapsed
partner* and *another customer* have nothing to do with it.

";

#[test]
fn sec_1_every_operation_as_everybody() {
    let flags = ["--provisioner", "http://127.0.0.1:9/"];
    let demo = Demo::start(&flags, tempfile::TempDir::new().unwrap());
    let World { people, targets } = world(&demo);
    let rows = rows(&targets);
    let described = call(&format!("{}/api/v1/openapi.json", demo.url), "GET", &[], None).is(200);
    let mut known = BTreeSet::new();
    for (path, item) in described["paths"].as_object().unwrap() {
        for method in ["get", "post", "put", "patch", "delete"]
            .iter()
            .filter(|method| item.get(**method).is_some())
        {
            let path = path.strip_prefix("/api/v1").unwrap();
            known.insert(format!("{} {path}", method.to_uppercase()));
        }
    }
    let tried: BTreeSet<String> = rows.iter().map(|row| format!("{} {}", row.method, row.path)).collect();
    let special: BTreeSet<String> = SPECIAL.iter().map(|one| (*one).to_owned()).collect();
    let missing: Vec<&String> = known.difference(&tried).filter(|one| !special.contains(*one)).collect();
    assert!(
        missing.is_empty(),
        "SEC-1: operations that nobody has tried: {missing:#?}"
    );
    let gone: Vec<&String> = tried.difference(&known).collect();
    assert!(gone.is_empty(), "SEC-1: rows without an operation: {gone:#?}");

    let names: Vec<&str> = people.iter().map(|(name, _)| *name).collect();
    let mut table = String::from(HEAD);
    let _ = writeln!(table, "| operation | on | {} |", names.join(" | "));
    let _ = writeln!(table, "|---|---|{}", "---|".repeat(names.len()));
    let mut wrong = Vec::new();
    for row in &rows {
        let path = address(row, &row.ids);
        let nobody = call(&format!("{}/api/v1{path}", demo.url), row.method, &[], None);
        assert_eq!(nobody.status, 401, "SEC-1: {} {path} without a session", row.method);
        let mut cells = Vec::new();
        for (name, who) in &people {
            let answer = ask(who, row, &path);
            assert!(answer.status < 500, "{name} {} {path}: {:#}", row.method, answer.body);
            cells.push(cell(&answer));
            let lists = row.ids.is_empty() && row.on == "one’s own list";
            if OUTSIDERS.contains(name) {
                let told = answer.body.to_string();
                for secret in [&targets.customer, &targets.name, &targets.email, &targets.trial] {
                    if told.contains(secret.as_str())
                        && row
                            .body
                            .as_ref()
                            .is_none_or(|body| !body.to_string().contains(secret.as_str()))
                    {
                        wrong.push(format!("{name} learns {secret} by {} {path}", row.method));
                    }
                }
                let other: Vec<String> = row.ids.iter().map(|id| unknown(id)).collect();
                let elsewhere = ask(who, row, &address(row, &other));
                if !row.ids.is_empty() && plain(&answer) != plain(&elsewhere) {
                    wrong.push(format!(
                        "{name} can tell {} {path} from what is not there: {:?} {:?}",
                        row.method,
                        plain(&answer),
                        plain(&elsewhere)
                    ));
                }
                if !row.ids.is_empty() && answer.status < 400 && !lists {
                    wrong.push(format!("{name} may {} {path}", row.method));
                }
            }
        }
        let _ = writeln!(
            table,
            "| `{} {}` | {} | {} |",
            row.method,
            row.path,
            row.on,
            cells.join(" | ")
        );
    }
    assert!(wrong.is_empty(), "SEC-1: {wrong:#?}");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/roles-by-route.md");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &table).unwrap();
    }
    let known = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(known, table, "docs/roles-by-route.md: UPDATE=1 writes it anew");
}

/// Reached by a link from an email alone; its tests are those of CONS-7.
const SPECIAL: [&str; 1] = ["GET /trial-requests/by-link/{secret}"];

/// Method and path, and a body.
type Asked = (String, Option<Value>);

#[test]
fn org_9_foreign_ids_in_bodies_filters_and_cursors_are_like_unknown_ones() {
    let demo = Demo::full();
    let World { people, targets } = world(&demo);
    let another = &people.iter().find(|(name, _)| *name == "another partner").unwrap().1;
    let own = another
        .post("/trials", start("Own", "it@own-of-b.example", &["messaging"]))
        .is(201);
    let own_customer = text(&own["customer"]["id"]);
    let at = |id: &str| [id.to_owned(), unknown(id)];
    let mut pairs: Vec<(String, [Asked; 2])> = Vec::new();
    let mut both = |name: &str, make: &dyn Fn(&str) -> Asked, id: &str| {
        pairs.push((name.to_owned(), at(id).map(|id| make(&id))));
    };
    let customer = targets.customer.as_str();
    both(
        "start",
        &|id| {
            let body =
                json!({"customer": {"id": id, "supported_location_acknowledged": true}, "services": ["messaging"]});
            ("POST /trials?dry_run=true".to_owned(), Some(body))
        },
        customer,
    );
    both(
        "eligibility",
        &|id| {
            (
                "POST /eligibility".to_owned(),
                Some(json!({"customer_id": id, "services": ["messaging"]})),
            )
        },
        customer,
    );
    both(
        "handover of",
        &|id| {
            let body = json!({"customer_id": id, "to_partner_id": targets.partner});
            ("POST /handovers?dry_run=true".to_owned(), Some(body))
        },
        customer,
    );
    both(
        "handover from",
        &|id| {
            let body = json!({"customer_id": own_customer, "from_partner_id": id, "to_partner_id": targets.partner});
            ("POST /handovers?dry_run=true".to_owned(), Some(body))
        },
        &targets.partner,
    );
    both(
        "assigned",
        &|id| {
            (
                format!("PATCH /customers/{own_customer}?dry_run=true"),
                Some(json!({"assigned": [id]})),
            )
        },
        &targets.seller,
    );
    both(
        "hand over to",
        &|id| {
            let me = text(&another.get("/people").is(200)["items"][0]["id"]);
            (
                format!("POST /people/{me}/remove?dry_run=true"),
                Some(json!({"hand_over_to": id})),
            )
        },
        &targets.seller,
    );
    both(
        "trials of",
        &|id| (format!("GET /trials?customer_id={id}"), None),
        customer,
    );
    both(
        "record of",
        &|id| (format!("GET /audit?customer_id={id}"), None),
        customer,
    );
    both(
        "record of an organization",
        &|id| (format!("GET /audit?organization_id={id}"), None),
        customer,
    );
    both(
        "record of a trial",
        &|id| (format!("GET /audit?trial_id={id}"), None),
        &targets.trial,
    );
    both(
        "emails of",
        &|id| (format!("GET /notifications?trial_id={id}"), None),
        &targets.trial,
    );
    both(
        "people of",
        &|id| (format!("GET /people?organization_id={id}"), None),
        customer,
    );
    both(
        "looked after by",
        &|id| (format!("GET /customers?assigned={id}"), None),
        &targets.seller,
    );
    both(
        "devices asked for",
        &|id| {
            (
                "POST /shipments?dry_run=true".to_owned(),
                Some(json!({"trial_id": id, "ship": []})),
            )
        },
        &targets.trial,
    );
    for (name, path) in [("kept longer", "/device-extensions"), ("sent back", "/returns")] {
        let body = |id: &str| match path {
            "/returns" => Some(json!({"shipment_id": id})),
            _ => Some(json!({"shipment_id": id, "days": 1})),
        };
        both(
            name,
            &|id| (format!("POST {path}?dry_run=true"), body(id)),
            &targets.shipment,
        );
    }
    for path in ["/shipments", "/returns", "/device-extensions"] {
        both(
            "devices of",
            &|id| (format!("GET {path}?customer_id={id}"), None),
            customer,
        );
        both(
            "devices in",
            &|id| (format!("GET {path}?trial_id={id}"), None),
            &targets.trial,
        );
    }
    both(
        "devices found again",
        &|id| (format!("GET /device-lookup?org_id={id}&serial=FCH4711A"), None),
        customer,
    );
    for (name, [there, not]) in pairs {
        let answer = |(what, body): &Asked| {
            let (method, path) = what.split_once(' ').unwrap();
            let headers: &[(&str, &str)] = if method == "PATCH" { &[("If-Match", "*")] } else { &[] };
            another.call(method, path, headers, body.as_ref().map(Value::to_string))
        };
        let (one, other) = (answer(&there), answer(&not));
        // An answer may repeat what was asked.
        let same = |answer: &Answer, (what, body): &Asked| {
            let (status, body_of) = plain(answer);
            let asked = body.as_ref().map(Value::to_string).unwrap_or_default() + what;
            let mut told = body_of.to_string();
            for id in at(customer)
                .iter()
                .chain(&at(&targets.trial))
                .chain(&at(&targets.seller))
                .chain(&at(&targets.partner))
                .chain(&at(&targets.shipment))
            {
                if asked.contains(id.as_str()) {
                    told = told.replace(id.as_str(), "ID");
                }
            }
            (status, told)
        };
        assert_eq!(same(&one, &there), same(&other, &not), "ORG-9: {name}");
        assert!(!one.body.to_string().contains(&targets.name), "ORG-9: {name}");
    }
    let full = &people
        .iter()
        .find(|(name, _)| *name == "sales full administrator")
        .unwrap()
        .1;
    for path in ["/customers", "/trials", "/notifications", "/people", "/audit"] {
        let page = full.get(&format!("{path}?limit=1")).is(200);
        if let Some(cursor) = page["next_cursor"].as_str() {
            another
                .get(&format!("{path}?limit=1&cursor={cursor}"))
                .problem(400, "bad_cursor");
        }
    }
}

/// Half of many answers came within so many microseconds.
fn median(mut times: Vec<u128>) -> u128 {
    times.sort_unstable();
    times[times.len() / 2]
}

#[test]
fn org_9_what_is_foreign_takes_as_long_as_what_is_not_there() {
    let demo = Demo::full();
    let World { people, targets } = world(&demo);
    let another = &people.iter().find(|(name, _)| *name == "another partner").unwrap().1;
    for id in [
        ("/customers/", &targets.customer),
        ("/trials/", &targets.trial),
        ("/people/", &targets.user),
    ] {
        let (mut foreign, mut nothing) = (Vec::new(), Vec::new());
        for _ in 0..150 {
            for (id, path, times) in [(id.1.clone(), id.0, &mut foreign), (unknown(id.1), id.0, &mut nothing)] {
                let begun = Instant::now();
                another.get(&format!("{path}{id}")).problem(404, "not_found");
                times.push(begun.elapsed().as_micros());
            }
        }
        let (foreign, nothing) = (median(foreign), median(nothing));
        println!("{}: foreign {foreign} µs, unknown {nothing} µs", id.0);
        // What differs is a row that is read or not: some tenths of a millisecond, which no network shows. The bound
        // leaves room for a busy machine, and none for work that only what is there causes.
        assert!(
            foreign < 3 * nothing + 5_000,
            "ORG-9: {}: {foreign} µs, {nothing} µs",
            id.0
        );
    }
}
