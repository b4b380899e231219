//! What the rules say that emails say.

use crate::{brand, ending, letter};
use delivery::{RenderError, Templates, render};
use domain::notify::{Audience, Facts, MessageKind};
use jiff::tz::TimeZone;

#[test]
fn time_1_the_customers_zone_is_named_where_it_differs() {
    let (facts, brand) = (ending(), brand());
    let mut letter = letter(
        MessageKind::ExpiryNotice,
        Audience::PartnerAdministrators,
        &facts,
        &brand,
    );
    let same = render(&letter).unwrap().text;
    assert!(
        same.contains("until the end of Sunday, 14 February 2027.") && !same.contains("time)"),
        "{same}"
    );
    letter.zone = TimeZone::get("Asia/Taipei").unwrap();
    let other = render(&letter).unwrap().text;
    assert!(
        other.contains("until the end of Sunday, 14 February 2027 (Paris time)."),
        "{other}"
    );
    assert!(
        other.contains("until Monday, 15 February 2027 at 07:00 (Taipei time)"),
        "{other}"
    );
    letter.zone = TimeZone::get("Europe/Berlin").unwrap();
    assert_eq!(render(&letter).unwrap().text, same, "the same clocks need no zone");
}

#[test]
fn cons_2_the_deadline_stands_in_the_readers_zone_and_the_customers() {
    let facts = Facts {
        deadline: "2027-02-14T08:00:00Z".parse().ok(),
        duration_days: Some(30),
        ..Facts::default()
    };
    let brand = brand();
    let mut letter = letter(MessageKind::ConsentRequest, Audience::ConsentRecipients, &facts, &brand);
    letter.zone = TimeZone::get("Asia/Taipei").unwrap();
    let text = render(&letter).unwrap().text;
    assert!(
        text.contains("by Sunday, 14 February 2027 at 16:00 (Taipei time)"),
        "{text}"
    );
    assert!(
        text.contains("There: Sunday, 14 February 2027 at 09:00 (Paris time)"),
        "{text}"
    );
    for said in [
        "Réseau",
        "Calling",
        "for 30 days",
        "Nothing starts without a yes",
        "Opening the page decides nothing",
    ] {
        assert!(text.contains(said), "CONS-7 {said}: {text}");
    }
}

#[test]
fn org_9_a_request_that_lapsed_does_not_tell_where_the_customer_is() {
    let facts = Facts {
        deadline: "2027-02-14T08:00:00Z".parse().ok(),
        ..Facts::default()
    };
    let brand = brand();
    let kind = MessageKind::ConsentLapsed;
    let mut letter = letter(kind, Audience::PartnerAdministrators, &facts, &brand);
    letter.zone = TimeZone::get("Asia/Taipei").unwrap();
    let text = render(&letter).unwrap().text;
    assert!(
        text.contains("16:00 (Taipei time)") && !text.contains("Paris"),
        "ORG-9: {text}"
    );
}

#[test]
fn exp_7_late_emails_say_what_is_true() {
    let brand = brand();
    let say = |kind, facts: &Facts| {
        let email = render(&letter(kind, Audience::CustomerAdministrators, facts, &brand)).unwrap();
        format!("{}\n{}", email.subject, email.text)
    };
    let reminder = |days| {
        say(
            MessageKind::ExpiryReminder,
            &Facts {
                late: days < 7,
                days_left: Some(days),
                ..ending()
            },
        )
    };
    assert!(reminder(7).contains("ends in 7 days"));
    assert!(reminder(3).contains("ends in 3 days"));
    assert!(reminder(1).contains("ends tomorrow"));
    assert!(reminder(0).contains("ends today"));
    let late = say(MessageKind::ExpiryNotice, &Facts { late: true, ..ending() });
    assert!(
        late.contains("expired on Sunday, 14 February 2027") && !late.contains("today"),
        "{late}"
    );
    assert!(late.contains("Purchase"), "EXP-2: {late}");
}

#[test]
fn exp_4_users_learn_what_is_gone_for_good() {
    let brand = brand();
    let say = |facts: &Facts| {
        render(&letter(
            MessageKind::AccessEnded,
            Audience::CustomerUsers,
            facts,
            &brand,
        ))
        .unwrap()
        .text
    };
    let some = say(&ending());
    assert!(
        some.contains("nobody can bring it back") && !some.contains("free"),
        "{some}"
    );
    let closed = say(&Facts {
        organization_closed: true,
        ..ending()
    });
    assert!(
        closed.contains("free account") && closed.contains("Nobody can bring them back"),
        "{closed}"
    );
    let cancelled = say(&Facts {
        organization_closed: true,
        cancelled_on: Some(jiff::civil::date(2027, 1, 20)),
        ..Facts::default()
    });
    assert!(
        cancelled.contains("Cancelled on: Wednesday, 20 January 2027") && !cancelled.contains("Expired"),
        "CANC-2: {cancelled}"
    );
}

#[test]
fn exp_4_nobody_is_sent_to_a_door_that_no_longer_opens() {
    let brand = brand();
    let facts = Facts {
        organization_closed: true,
        ..ending()
    };
    let mut letter = letter(MessageKind::AccessEnded, Audience::CustomerUsers, &facts, &brand);
    let there = render(&letter).unwrap();
    assert!(there.text.contains("You sign in there as before"), "{}", there.text);
    assert_eq!(there.links, ["https://trials.example/x"]);
    letter.action_url = None;
    for language in i18n::Language::ALL {
        letter.language = language;
        let alone = render(&letter).unwrap();
        assert!(alone.links.is_empty(), "EXP-4: {:?}", alone.links);
        for address in ["http", "href"] {
            assert!(!alone.text.contains(address), "EXP-4: {}", alone.text);
        }
    }
    letter.language = i18n::Language::En;
    let alone = render(&letter).unwrap().text;
    assert!(
        alone.contains("nothing you need to do") && !alone.contains("ign in"),
        "EXP-4: {alone}"
    );
}

#[test]
fn cons_3_whoever_cannot_decide_is_asked_to_pass_it_on() {
    let facts = Facts {
        deadline: "2027-02-14T08:00:00Z".parse().ok(),
        duration_days: Some(30),
        ..Facts::default()
    };
    let brand = brand();
    for kind in [MessageKind::ConsentRequest, MessageKind::ConsentResent] {
        let mut letter = letter(kind, Audience::ConsentRecipients, &facts, &brand);
        let asked = render(&letter).unwrap().text;
        assert!(asked.contains("Please accept or decline"), "CONS-3: {asked}");
        letter.decides = false;
        let told = render(&letter).unwrap().text;
        assert!(
            told.contains("Only a full administrator of Lumière can accept or decline")
                && !told.contains("Please accept"),
            "CONS-3: {told}"
        );
    }
}

#[test]
fn conv_1_the_distributor_reads_whose_conversion_it_has_and_until_when() {
    let (facts, brand) = (ending(), brand());
    let kind = MessageKind::ConversionHandedOver;
    let letter = letter(kind, Audience::PartnerAdministrators, &facts, &brand);
    let text = render(&letter).unwrap().text;
    for said in [
        "Customer: Lumière",
        "Partner: Réseau",
        "Can be converted until: Tuesday, 16 March 2027",
        "because you place orders for Réseau at its distributor",
    ] {
        assert!(text.contains(said), "CONV-1 {said}: {text}");
    }
}

#[test]
fn values_that_are_not_known_are_left_out_or_named() {
    let brand = brand();
    let unknown = Facts::default();
    let started = render(&letter(
        MessageKind::TrialStarted,
        Audience::CustomerAdministrators,
        &unknown,
        &brand,
    ))
    .unwrap();
    assert!(!started.text.contains("It runs until"), "{}", started.text);
    let error = render(&letter(
        MessageKind::ExpiryReminder,
        Audience::CustomerAdministrators,
        &unknown,
        &brand,
    ));
    assert!(
        error
            .unwrap_err()
            .to_string()
            .contains("email-expiry-reminder-customer.subject")
    );
    // A kind that was not written for these readers is said as it is to the nearest.
    let users = render(&letter(MessageKind::Cancelled, Audience::TrialsTeam, &ending(), &brand)).unwrap();
    assert!(users.subject.contains("has been cancelled"));
}

#[test]
fn org_11_an_operator_brings_layouts_of_his_own() {
    let folder = tempfile::tempdir().unwrap();
    let (facts, brand) = (ending(), brand());
    let letter = letter(
        MessageKind::ExpiryReminder,
        Audience::CustomerAdministrators,
        &facts,
        &brand,
    );
    assert_eq!(
        Templates::new(Some(folder.path().to_owned()))
            .unwrap()
            .render(&letter)
            .unwrap(),
        render(&letter).unwrap()
    );
    std::fs::write(
        folder.path().join("layout.txt.j2"),
        "{{ heading }} for {{ trial_id }}: {{ button.url }}",
    )
    .unwrap();
    let own = Templates::new(Some(folder.path().to_owned()))
        .unwrap()
        .render(&letter)
        .unwrap();
    assert_eq!(
        own.text,
        "Your trial ends in 7 days for trial_eu_1: https://trials.example/x"
    );
    assert_eq!(own.html, render(&letter).unwrap().html);
    std::fs::write(folder.path().join("layout.txt.j2"), "{{ nothing }}").unwrap();
    let wrong = Templates::new(Some(folder.path().to_owned())).unwrap();
    assert!(matches!(wrong.render(&letter), Err(RenderError::Template(_))));
    std::fs::write(folder.path().join("layout.txt.j2"), "{% if %}").unwrap();
    assert!(Templates::new(Some(folder.path().to_owned())).is_err());
    assert!(Templates::new(Some(folder.path().join("nowhere"))).is_err());
}

#[test]
fn conv_2_the_contact_learns_whose_what_and_until_when() {
    let brand = brand();
    let facts = Facts {
        ordered: vec![("messaging".to_owned(), 1200)],
        closes_on: "2027-02-25".parse().ok(),
        ..Facts::default()
    };
    let mut letter = letter(MessageKind::OrderSetUp, Audience::Person, &facts, &brand);
    let from_trial = render(&letter).unwrap();
    assert!(
        from_trial.subject.starts_with("Set up your service: "),
        "{}",
        from_trial.subject
    );
    for said in [
        "the end of Thursday, 25 February 2027",
        "Set up your service\n",
        "(1,200)",
        "the contact who sets it up",
        letter.customer_name.as_str(),
    ] {
        assert!(from_trial.text.contains(said), "{said}: {}", from_trial.text);
    }
    // CONV-4: what is not known is not said.
    letter.trial_id = None;
    let outside = render(&letter).unwrap().text;
    assert!(!outside.contains(letter.customer_name.as_str()), "{outside}");
    assert!(
        outside.contains("decides which organization gets the services"),
        "{outside}"
    );
}

#[test]
fn conv_5_who_lost_a_licence_is_named() {
    let brand = brand();
    let facts = Facts {
        ordered: vec![("messaging".to_owned(), 1)],
        ..Facts::default()
    };
    let mut letter = letter(MessageKind::Converted, Audience::CustomerAdministrators, &facts, &brand);
    letter.dropped = vec![("Meetings".to_owned(), vec!["Ada <b>".to_owned(), "Lin".to_owned()])];
    let email = render(&letter).unwrap();
    assert!(email.text.contains("Licences taken: Meetings: Ada"), "{}", email.text);
    assert!(
        email.text.contains("and Lin") && !email.html.contains("<b>"),
        "{}",
        email.text
    );
}

#[test]
fn exp_2_the_button_is_called_as_it_is_on_the_page() {
    let (facts, brand) = (ending(), brand());
    let mut letter = letter(
        MessageKind::ExpiryNotice,
        Audience::CustomerAdministrators,
        &facts,
        &brand,
    );
    for language in i18n::Language::ALL {
        letter.language = language;
        let button = i18n::text(language, "purchase-button", &[]);
        assert_eq!(button, i18n::text(language, "overview-purchase", &[]));
        let lines = render(&letter).unwrap().text;
        assert!(lines.lines().any(|line| line == button), "{language}: {lines}");
    }
}
