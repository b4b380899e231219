//! What the rules say that emails about lent devices say.

use delivery::{Brand, Letter, Rendered, render, samples};
use domain::notify::{Audience, MessageKind};
use i18n::Language;

fn email(language: Language, name: &str) -> Rendered {
    let all = samples(language);
    let sample = all.iter().find(|sample| sample.name == name);
    render(&sample.unwrap_or_else(|| panic!("no sample {name}")).letter()).unwrap()
}

#[test]
fn dev_5_the_device_end_date_is_never_called_the_expiry_date() {
    for (language, device, trial, day, other) in [
        (
            Language::En,
            "Device end date",
            "Trial’s expiry date",
            "1 March 2027",
            "14 February 2027",
        ),
        (
            Language::Fr,
            "Date de fin du prêt des appareils",
            "Date d’expiration de l’essai",
            "1er mars 2027",
            "14 février 2027",
        ),
        (
            Language::ZhHant,
            "裝置借用結束日",
            "試用到期日",
            "2027年3月1日",
            "2027年2月14日",
        ),
    ] {
        for reader in ["customer-administrators", "partner-administrators"] {
            for kind in [
                "device-shipped",
                "device-extension-approved",
                "return-open",
                "return-overdue",
            ] {
                let text = email(language, &format!("{kind}-{reader}")).text;
                let row = |label: &str| {
                    let lines = text.lines().filter_map(|line| line.strip_prefix("- "));
                    // The date before a longer loan stands above it.
                    let mut found = lines.filter(|line| line.starts_with(label));
                    found
                        .next_back()
                        .unwrap_or_else(|| panic!("{kind} {label}: {text}"))
                        .to_owned()
                };
                assert!(row(device).contains(day), "DEV-5 {kind}: {text}");
                assert!(row(trial).contains(other), "DEV-5 {kind}: {text}");
            }
        }
    }
}

#[test]
fn dev_4_the_agreement_is_linked_and_never_invented() {
    for language in Language::ALL {
        let all = samples(language);
        for sample in all
            .iter()
            .filter(|sample| sample.letter().kind == MessageKind::DeviceShipped)
        {
            let letter = sample.letter();
            let linked = render(&letter).unwrap();
            let address = "https://vela.example/agreement".to_owned();
            assert!(
                linked.links.contains(&address) && linked.html.contains(&address),
                "DEV-4: {}",
                linked.text
            );
            // A vendor that has no page for it: one asks where one asks about demo orders.
            for odd in [None, Some("javascript:alert(1)".to_owned())] {
                let brand = Brand {
                    agreement_url: odd,
                    ..letter.brand.clone()
                };
                let letter = Letter {
                    brand: &brand,
                    ..letter.clone()
                };
                let asked = render(&letter).unwrap();
                assert!(asked.text.contains("demo@vela.example"), "DEV-4: {}", asked.text);
                assert!(
                    !asked.html.contains("/agreement") && !asked.html.contains("javascript"),
                    "SEC-3"
                );
            }
        }
    }
}

#[test]
fn dev_3_the_trials_team_reads_first_that_there_is_no_poe() {
    for language in Language::ALL {
        let without = email(language, "shipment-requested-trials-team-no-poe");
        assert!(without.subject.contains("PoE"), "DEV-3: {}", without.subject);
        assert!(
            !email(language, "shipment-requested-trials-team")
                .subject
                .contains("PoE")
        );
    }
}

#[test]
fn dev_7_an_open_return_brings_steps_number_and_sheet() {
    let sheet = "https://trials.vela.example/returns/return_eu_01jd9k2m4v/sheet.pdf".to_owned();
    for language in Language::ALL {
        for kind in ["return-open", "return-overdue"] {
            let email = email(language, &format!("{kind}-customer-administrators"));
            assert!(
                email.links.contains(&sheet) && email.html.contains("<ol"),
                "DEV-7: {}",
                email.text
            );
            assert!(email.text.contains("RMA-01JD9K2M4V"), "DEV-7: {}", email.text);
            for step in ["1. ", "2. ", "3. "] {
                assert!(
                    email.text.lines().any(|line| line.starts_with(step)),
                    "DEV-7: {}",
                    email.text
                );
            }
        }
        let shipped = email(language, "device-shipped-customer-administrators");
        assert!(
            !shipped.links.contains(&sheet),
            "DEV-7: there is nothing to send back yet"
        );
    }
}

#[test]
fn dev_8_a_mismatch_names_what_came_and_what_is_missing_to_the_partner_alone() {
    let text = email(Language::En, "return-mismatch-partner-administrators").text;
    assert!(text.contains("Not shipped by us: XYZ0000001"), "DEV-8: {text}");
    assert!(text.contains("Still out: RKT0815AB"), "DEV-8: {text}");
    let mismatches = samples(Language::En);
    let told = mismatches
        .iter()
        .filter(|sample| sample.letter().kind == MessageKind::ReturnMismatch);
    assert!(told.clone().count() > 0);
    for sample in told {
        assert_eq!(sample.letter().audience, Audience::PartnerAdministrators);
    }
}
