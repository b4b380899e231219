//! Start a trial step by step: START-1 to 5, 8 and 9, with bad input corrected on the way.

use super::MATHILDE;
use crate::{
    Result,
    journey::Round,
    tab::{Tab, ensure, equal},
};

/// The button of a step.
pub(super) const ON: &str = ".wizard-main .button-main";

/// A customer whom nobody knows yet.
pub(super) struct Newcomer {
    pub(super) name: &'static str,
    pub(super) email: &'static str,
}

pub(crate) const HALDEN: Newcomer = Newcomer {
    name: "Halden Fjordhus AS",
    email: "signe.halden@fjordhus.example",
};
const VERRERIE: Newcomer = Newcomer {
    name: "Verrerie d’Argonne",
    email: "accueil@verrerie-argonne.example",
};

pub(super) async fn who(tab: &Tab, newcomer: &Newcomer) -> Result {
    tab.fill("#name", newcomer.name).await?;
    tab.fill("#admin_email", newcomer.email).await?;
    tab.pick("#vertical", "retail").await?;
    tab.pick("#country", "FR").await?;
    tab.pick("#language", tab.look.language.as_str()).await?;
    tab.tap("#acknowledged").await
}

/// How many moments the future beside the form has.
async fn moments(tab: &Tab) -> Result<usize> {
    tab.count(".future .moment").await
}

pub(super) async fn new_customer(round: &mut Round<'_>) -> Result {
    round.be(MATHILDE).await?;
    let tab = &mut round.tab;
    tab.press("a.button[href='/partner/start']").await?;
    tab.audit("start-customer").await?;
    customer_step(tab).await?;
    tab.audit("start-services").await?;
    tab.press(ON).await?;
    tab.there_is(".faults a[href='#services']").await?;
    tab.audit("start-services-errors").await?;
    tab.tap("#service-messaging").await?;
    tab.tap("#service-meetings").await?;
    tab.press(ON).await?;
    length_step(tab).await?;
    site_step(tab).await?;
    answers_step(tab).await?;
    tab.see("started-active.title").await?;
    // START-8: now, or not.
    tab.see("setup-title").await?;
    tab.audit("started").await?;
    tab.press(".pair .button-main").await?;
    tab.audit("trial-new").await
}

/// Errors come first, each linked to its field; the region is told.
async fn customer_step(tab: &mut Tab) -> Result {
    tab.press(ON).await?;
    for field in ["name", "admin_email", "vertical", "country", "acknowledged"] {
        tab.there_is(&format!(".faults a[href='#{field}']")).await?;
        tab.there_is(&format!("#{field}[aria-invalid=true]")).await?;
    }
    tab.audit("start-customer-errors").await?;
    tab.tap(".faults a[href='#admin_email']").await?;
    let there = "document.activeElement.id === 'admin_email'";
    tab.wait("the link leads to its field", there).await?;
    who(tab, &HALDEN).await?;
    tab.fill("#admin_email", "nobody at all").await?;
    if tab.look.script {
        ensure(
            "the region is told at once",
            !tab.text(".region-told").await?.is_empty(),
        )?;
    }
    tab.press(ON).await?;
    equal("only one is wrong", &tab.count(".faults li").await?, &1)?;
    tab.fill("#admin_email", HALDEN.email).await?;
    tab.press(ON).await?;
    // START-6, REG-1: what the address belongs to, and where the data will lie, in words.
    tab.see_with("start-told-nobody", &[("email", HALDEN.email.into())])
        .await
}

async fn length_step(tab: &mut Tab) -> Result {
    let short = moments(tab).await?;
    ensure("the future grows beside the form", short > 3)?;
    tab.audit("start-length").await?;
    for wrong in ["0", "5000", "many"] {
        tab.fill("#quantity", wrong).await?;
        tab.press(ON).await?;
        tab.there_is("#quantity[aria-invalid=true]").await?;
    }
    tab.audit("start-length-errors").await?;
    tab.fill("#quantity", "45").await?;
    tab.tap("#duration-60").await?;
    tab.press(ON).await
}

async fn site_step(tab: &mut Tab) -> Result {
    tab.audit("start-site").await?;
    for wrong in ["", "Not A Site!", "imprimerie-du-lac"] {
        tab.fill("#site", wrong).await?;
        tab.press(ON).await?;
        tab.there_is(".faults a[href='#site']").await?;
    }
    tab.audit("start-site-taken").await?;
    tab.fill("#site", "fjordhus").await?;
    tab.press(ON).await
}

/// A page of answers, with 'Change' beside each, and the whole future.
async fn answers_step(tab: &mut Tab) -> Result {
    tab.see_text(HALDEN.name).await?;
    let answers = tab.count(".answers > div").await?;
    equal("each can be changed", &tab.count(".answers .change a").await?, &answers)?;
    tab.audit("start-answers").await?;
    let whole = moments(tab).await?;
    tab.press(".answers .change a[href*='/start/length']").await?;
    equal(
        "nothing is lost",
        tab.ask::<String>("document.querySelector('#quantity').value")
            .await?
            .as_str(),
        "45",
    )?;
    tab.press(ON).await?;
    equal("the same future", &moments(tab).await?, &whole)?;
    tab.press(ON).await
}

/// DEV-1: devices by one shipment, with an address that is asked for only then.
pub(super) async fn devices(round: &mut Round<'_>) -> Result {
    round.be(MATHILDE).await?;
    let tab = &mut round.tab;
    tab.open("/partner/start").await?;
    who(tab, &VERRERIE).await?;
    tab.press(ON).await?;
    tab.tap("#service-messaging").await?;
    tab.tap("#service-devices").await?;
    tab.press(ON).await?;
    tab.press(ON).await?;
    tab.audit("start-devices").await?;
    tab.press(ON).await?;
    tab.there_is(".faults a[href='#devices']").await?;
    tab.tap("#what-ship").await?;
    tab.fill("#device-desk-phone, input[id^='device-']", "2").await?;
    tab.tap("#poe-yes").await?;
    tab.press(ON).await?;
    tab.there_is(".faults a").await?;
    tab.audit("start-devices-errors").await?;
    tab.tap("#what-customer_has").await?;
    tab.press(ON).await?;
    tab.see("device-skip-customer-has").await?;
    tab.audit("start-devices-answers").await
}
