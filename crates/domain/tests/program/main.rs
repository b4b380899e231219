//! The program: what is shipped, what its check finds and where, and what stands against a new version.

mod form;
mod numbers;
mod publish;
mod shipped;
mod values;

use domain::program::{Finding, Program, parse};

fn shipped_text() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../programs/webex-enterprise.toml");
    std::fs::read_to_string(path).expect("the shipped program can be read")
}

fn shipped() -> Program {
    parse(&shipped_text()).unwrap_or_else(|findings| panic!("{}", told(&findings)))
}

fn told(findings: &[Finding]) -> String {
    findings.iter().map(|finding| format!("{finding}\n")).collect()
}

#[track_caller]
fn replaced(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "the shipped program has no {from:?}");
    text.replacen(from, to, 1)
}

/// The shipped text with the first occurrence of something replaced.
#[track_caller]
fn edited(from: &str, to: &str) -> String {
    replaced(&shipped_text(), from, to)
}

/// Edits of the shipped text that make one defect: it is found at `path`, exactly where `«` stands in the last edit, and
/// nothing else is found.
#[track_caller]
fn found(edits: &[(&str, &str)], path: &str) -> Finding {
    let marked = edits
        .iter()
        .fold(shipped_text(), |text, (from, to)| replaced(&text, from, to));
    let before = marked.split_once('«').expect("« stands where it shall be found").0;
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let findings = parse(&marked.replace('«', "")).expect_err(&format!("{edits:?} is accepted"));
    let [finding] = findings.as_slice() else {
        panic!("for {edits:?} this is found:\n{}", told(&findings))
    };
    assert_eq!(
        (finding.path.as_str(), finding.line, finding.column),
        (path, Some(line), Some(column)),
        "{finding}"
    );
    finding.clone()
}

fn paths(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.path.as_str()).collect()
}
