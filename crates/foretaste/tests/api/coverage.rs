//! `docs/coverage.md` goes through the two documents line by line; what it names exists.

use std::{collections::BTreeSet, fs, path::Path};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// The functions of a folder's Rust files.
fn functions(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() && path.file_name().is_none_or(|name| name != "target") {
            functions(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let names = text
                .split("fn ")
                .skip(1)
                .filter_map(|rest| rest.split(['(', '<']).next());
            found.extend(names.map(str::to_owned));
        }
    }
}

/// What stands between backticks in a cell.
fn quoted(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

#[test]
fn every_line_of_the_documents_names_a_rule_and_only_what_there_is() {
    let page = fs::read_to_string(format!("{ROOT}/docs/coverage.md")).unwrap();
    let calls = fs::read_to_string(format!("{ROOT}/docs/roles-by-route.md")).unwrap();
    let pages = fs::read_to_string(format!("{ROOT}/crates/console/src/routes.rs")).unwrap();
    let mut tests = BTreeSet::new();
    functions(Path::new(&format!("{ROOT}/crates")), &mut tests);
    let (mut missing, mut last) = (Vec::new(), 0);
    for line in page.lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let Some(number) = cells.get(1).and_then(|cell| cell.parse::<u32>().ok()) else {
            continue;
        };
        assert_eq!(number, last + 1, "lines are numbered");
        last = number;
        let [_, _, _, _, rule, at, call, test, _] = cells[..] else {
            panic!("line {number} has {} cells", cells.len());
        };
        let mut want = |good: bool, what: &str| {
            if !good {
                missing.push(format!("{number}: {what}"));
            }
        };
        want(
            rule.split(", ")
                .all(|id| id.split_once('-').is_some_and(|(_, n)| n.parse::<u8>().is_ok())),
            rule,
        );
        for address in quoted(at) {
            want(pages.contains(&format!("\"{address}\"")), address);
        }
        for name in quoted(call) {
            want(calls.contains(&format!("`{name}`")), name);
        }
        want(!quoted(test).is_empty(), "a test");
        for name in quoted(test) {
            want(tests.contains(name), name);
        }
    }
    assert!(last >= 89, "all lines of both documents: {last}");
    assert!(
        missing.is_empty(),
        "docs/coverage.md names what is not there:\n{}",
        missing.join("\n")
    );
}
