//! All samples, in all languages.

use delivery::{Letter, Rendered, render, samples};
use domain::notify::MessageKind;
use domain::refusal::Code;
use i18n::Language;

/// What a reader sees of an HTML document, in one line.
fn visible(html: &str) -> String {
    let text = html2text::config::plain_no_decorate()
        .string_from_read(html.as_bytes(), 10_000)
        .unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn note_2_every_email_renders_in_every_language() {
    for language in Language::ALL {
        for sample in samples(language) {
            let letter = sample.letter();
            let email = render(&letter).unwrap_or_else(|error| panic!("{} {language}: {error}", sample.name));
            let place = format!("{} in {language}\n{}\n\n{}", sample.name, email.subject, email.text);
            whole(&email, &place);
            names_the_trial(&letter, &email, &place);
        }
    }
}

fn whole(email: &Rendered, place: &str) {
    let shown = visible(&email.html);
    assert!(
        !email.subject.trim().is_empty() && !email.subject.chars().any(char::is_control),
        "{place}"
    );
    for text in [&email.subject, &email.text, &shown] {
        assert!(
            !text.contains('{') && !text.contains('}') && !text.contains("email-"),
            "{place}"
        );
        assert!(
            !text.contains("None") && !text.contains("undefined") && !text.contains("()"),
            "{place}"
        );
    }
    assert!(
        email.text.lines().all(|line| line == line.trim_end() || line == "-- "),
        "{place}"
    );
    assert!(!email.text.contains("\n\n\n"), "{place}");
}

/// NOTE-2: the trial, the date, and the one thing to do.
fn names_the_trial(letter: &Letter<'_>, email: &Rendered, place: &str) {
    let shown = visible(&email.html);
    let mut said = vec![letter.partner_name.clone(), letter.reference.clone()];
    // CONV-4: whose an order from outside is, is not known yet.
    if !(letter.kind.is_of_order() && letter.trial_id.is_none()) {
        said.push(letter.customer_name.clone());
    }
    for (service, people) in &letter.dropped {
        said.push(service.clone());
        said.extend(people.clone());
    }
    said.extend(letter.services.clone());
    let facts = letter.facts;
    said.push(
        match (
            facts.ends_on.filter(|_| letter.kind != MessageKind::Cancelled),
            facts.deadline,
        ) {
            (Some(day), _) => i18n::date(letter.language, day),
            (None, None) if facts.cancelled_on.is_some() => {
                i18n::date(letter.language, facts.cancelled_on.unwrap_or_default())
            }
            (None, None) if facts.closes_on.is_some() => {
                i18n::date(letter.language, facts.closes_on.unwrap_or_default())
            }
            (None, Some(at)) => i18n::instant(letter.language, at, &letter.zone),
            (None, None) => i18n::instant(letter.language, letter.at, &letter.zone),
        },
    );
    // NOTE-4: it speaks of many trials, each with its customer and date.
    if letter.kind == MessageKind::Digest {
        let line = |(customer, day, _): &(String, jiff::civil::Date, i64)| {
            [customer.clone(), i18n::date(letter.language, *day)]
        };
        said = letter.gathered.iter().flat_map(line).collect();
        assert!(!said.is_empty(), "{place}");
    }
    said.extend(letter.action_url.clone());
    for part in said {
        let part = flat(&part);
        assert!(flat(&email.text).contains(&part), "text lacks {part}: {place}");
        assert!(shown.contains(&part), "HTML lacks {part}: {place}");
    }
    match &letter.action_url {
        Some(url) => {
            let href = format!("href=\"{}\"", url.replace('&', "&amp;"));
            let found = email.html.matches(&href).count();
            assert_eq!(found, 2, "one button and its plain link: {place}");
            assert_eq!(email.links[0], *url);
        }
        None => assert!(!email.html.contains("class=\"button"), "no button: {place}"),
    }
    for link in &email.links {
        assert!(email.text.contains(link), "{place}");
    }
}

#[test]
fn ux_1_html_says_its_language_and_structure_and_calls_nobody() {
    for language in Language::ALL {
        for sample in samples(language) {
            let html = render(&sample.letter()).unwrap().html;
            assert!(html.contains(&format!("<html lang=\"{language}\"")), "{}", sample.name);
            assert_eq!(html.matches("<h1").count(), 1);
            assert!(html.contains("<th scope=\"row\"") && html.contains("name=\"color-scheme\""));
            for called in ["<img", "<link", "@import", "url(", "<script", "src="] {
                assert!(!html.contains(called), "{called} in {}", sample.name);
            }
        }
    }
}

#[test]
fn every_code_has_its_text() {
    for code in Code::ALL {
        for language in Language::ALL {
            let problem = i18n::problem(language, code.as_str(), &[]);
            assert!(
                !problem.title.starts_with("problem-") && !problem.detail.starts_with("problem-"),
                "{code:?} {language}"
            );
            assert!(!problem.detail.contains('{'), "{code:?} {language}: {}", problem.detail);
        }
    }
}
