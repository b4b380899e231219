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
                for read in ["read the agreement", "Lisez le contrat", "請先閱讀裝置"] {
                    assert!(
                        !asked.text.contains(read),
                        "DEV-4: nothing is there to be read: {}",
                        asked.text
                    );
                }
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
    assert!(text.contains("Not of this shipment: XYZ0000001"), "DEV-8: {text}");
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

#[test]
fn dev_8_a_part_of_a_return_says_what_came_what_is_awaited_and_until_when() {
    for (language, came, out, due, was) in [
        (
            Language::En,
            "Received: FTA4711XK and FTA4712XK",
            "Still out: RKT0815AB",
            "The last day for the return is Monday, 15 March 2027",
            "The last day for the return was Monday, 15 March 2027",
        ),
        (
            Language::Fr,
            "Reçus\u{202f}: FTA4711XK et FTA4712XK",
            "Encore attendus\u{202f}: RKT0815AB",
            "Le dernier jour pour le retour est le lundi 15 mars 2027",
            "Le dernier jour pour le retour était le lundi 15 mars 2027",
        ),
        (
            Language::ZhHant,
            "已收到：FTA4711XK 和 FTA4712XK",
            "尚未退還：RKT0815AB",
            "最後退還日為 2027年3月15日 星期一",
            "現已逾期。",
        ),
    ] {
        for reader in ["customer-administrators", "partner-administrators"] {
            for (name, when) in [("partly", due), ("partly-late", was)] {
                let email = email(language, &format!("return-received-{reader}-{name}"));
                for part in [came, out, when, "RMA-01JD9K2M4V"] {
                    assert!(email.text.contains(part), "DEV-8 {part}: {}", email.text);
                }
                assert!(
                    email.text.contains("1. "),
                    "DEV-7: how the rest goes back: {}",
                    email.text
                );
            }
        }
    }
}

#[test]
fn dev_6_a_first_day_has_no_until() {
    let all = samples(Language::En);
    let name = "return-open-partner-administrators";
    let sample = all.iter().find(|sample| sample.name == name).unwrap();
    let letter = Letter {
        kind: MessageKind::DeviceShipped,
        ..sample.letter()
    };
    let text = render(&letter).unwrap().text;
    let note = |label: &str| {
        let mut lines = text
            .lines()
            .skip_while(|line| !line.starts_with(&format!("- {label}: ")));
        let row = lines.next().unwrap_or_else(|| panic!("{label}: {text}")).to_owned();
        (
            row,
            lines.next().filter(|line| line.starts_with("  ")).map(str::to_owned),
        )
    };
    // London's midnights, read in New York.
    let (opens, from) = note("Returns accepted from");
    assert!(
        opens.ends_with("Monday, 15 February 2027 (London time)"),
        "DEV-6: {opens}"
    );
    let from = from.unwrap();
    assert!(
        from.contains("from Sunday, 14 February 2027 at 19:00 (New York time)") && !from.contains("until"),
        "DEV-6: {from}"
    );
    let (_, until) = note("Last day for the return");
    assert!(
        until
            .unwrap()
            .contains("until Monday, 15 March 2027 at 20:00 (New York time)"),
        "DEV-6: {text}"
    );
    let (shipped, nothing) = note("Shipped on");
    assert_eq!(
        (shipped.as_str(), nothing),
        ("- Shipped on: Friday, 18 December 2026", None),
        "DEV-4: a day on which something happened"
    );
}

#[test]
fn dev_4_the_shipping_email_brings_the_tracking_number() {
    for reader in ["customer-administrators", "partner-administrators"] {
        let text = email(Language::En, &format!("device-shipped-{reader}")).text;
        assert!(text.contains("- Tracking number: JD014600003SE"), "DEV-4: {text}");
    }
}

#[test]
fn exp_9_what_a_customer_that_is_gone_still_has_is_told_by_its_numbers() {
    for language in Language::ALL {
        let told = email(language, "return-overdue-partner-administrators-erased");
        for number in ["RMA-01JD9K2M4V", "D90417733"] {
            assert!(told.subject.contains(number), "EXP-9: {}", told.subject);
        }
        assert!(told.text.contains("1. "), "DEV-7: how they go back: {}", told.text);
        let former = i18n::text(language, "customer-erased", &[]);
        assert!(!told.subject.contains(&former), "EXP-9: {}", told.subject);
    }
}
