//! Made-up companies and people, one set for each language.

use crate::letter::Brand;
use i18n::Language;
use std::sync::LazyLock;

pub(super) struct World {
    pub(super) customer: &'static str,
    pub(super) partner: &'static str,
    pub(super) person: &'static str,
    pub(super) actor: &'static str,
    pub(super) line: &'static str,
    pub(super) reason: &'static str,
    pub(super) zone: &'static str,
}

pub(super) fn world(language: Language) -> World {
    match language {
        Language::En => World {
            customer: "Fernhill & Sons",
            partner: "Brightwater Systems",
            person: "Maya Okafor",
            actor: "Tom Reyes",
            line: "Shall we talk on Tuesday?\nI have prepared an offer for your team.",
            reason: "We have decided to wait until next year.",
            zone: "Europe/London",
        },
        Language::Fr => World {
            customer: "Maison Aubépine",
            partner: "Atelier Réseau",
            person: "Camille Durand",
            actor: "Hugo Lemaire",
            line: "En parlons-nous mardi ?\nJ’ai préparé une offre pour votre équipe.",
            reason: "Nous avons décidé d’attendre l’an prochain.",
            zone: "Europe/Paris",
        },
        Language::ZhHant => World {
            customer: "綠光科技股份有限公司",
            partner: "遠望系統",
            person: "陳怡君",
            actor: "林志明",
            line: "週二方便通個電話嗎？\n我已為您的團隊準備好報價。",
            reason: "我們決定等到明年再說。",
            zone: "Asia/Taipei",
        },
    }
}

pub(super) static BRAND: LazyLock<Brand> = LazyLock::new(|| Brand {
    vendor_name: "Vela".to_owned(),
    support_url: Some("https://vela.example/support".to_owned()),
    legal_url: Some("https://vela.example/legal".to_owned()),
    agreement_url: Some("https://vela.example/agreement".to_owned()),
    free_plan_url: Some("https://vela.example/free".to_owned()),
    colour: "#1f5fbf".to_owned(),
    from: "Vela Trials <trials@vela.example>".to_owned(),
});
