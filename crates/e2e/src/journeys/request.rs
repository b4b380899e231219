//! START-6: an organization that exists already is confirmed, asked, and nothing starts before it answers.

use super::{DANA, LIN, MATHILDE, NORA, start};
use crate::{
    Result,
    journey::Round,
    tab::{Tab, equal},
};
use start::{Newcomer, ON, who};

const HARBOUR: Newcomer = Newcomer {
    name: "Harbour Pine",
    email: NORA,
};

pub(super) async fn go(round: &mut Round<'_>) -> Result {
    round.be(MATHILDE).await?;
    found(&mut round.tab).await?;
    services(&round.tab, &["messaging", "meetings"]).await?;
    round.tab.audit("start-length-request").await?;
    round.tab.press(ON).await?;
    round.tab.audit("start-site-request").await?;
    round.tab.press(ON).await?;
    round.tab.see("start-answers-ask").await?;
    round.tab.audit("start-answers-request").await?;
    round.tab.press(ON).await?;
    round.tab.see("started-asked.title").await?;
    round.tab.audit("started-request").await?;
    round.tab.press("main a.button-main").await?;
    round.tab.audit("trial-pending-consent").await?;
    again(&mut round.tab).await?;
    for (partner, wanted) in [(DANA, ["messaging", "calling"].as_slice()), (LIN, &["messaging"])] {
        ask(round, partner, wanted).await?;
    }
    Ok(())
}

/// The page that says what was found, and the way back.
async fn found(tab: &mut Tab) -> Result {
    tab.open("/partner/start").await?;
    who(tab, &HARBOUR).await?;
    tab.press(ON).await?;
    tab.see_text("Harbour & Pine Outfitters").await?;
    tab.audit("start-existing").await?;
    tab.press(".actions a.button").await?;
    let kept: String = tab.ask("document.querySelector('#admin_email').value").await?;
    equal("the address is still there to be corrected", kept.as_str(), NORA)?;
    tab.press(ON).await?;
    tab.press(ON).await
}

async fn services(tab: &Tab, wanted: &[&str]) -> Result {
    for service in wanted {
        tab.tap(&format!("#service-{service}")).await?;
    }
    tab.press(ON).await
}

/// CONS-4: the email can be sent again.
async fn again(tab: &mut Tab) -> Result {
    tab.press("form[action$='/resend'] button").await?;
    tab.see("done-resent").await
}

pub(super) async fn ask(round: &mut Round<'_>, partner: &str, wanted: &[&str]) -> Result {
    round.be(partner).await?;
    let tab = &mut round.tab;
    tab.open("/partner/start").await?;
    who(tab, &HARBOUR).await?;
    tab.press(ON).await?;
    tab.press(ON).await?;
    services(tab, wanted).await?;
    tab.press(ON).await?;
    tab.press(ON).await?;
    tab.see("started-asked.title").await
}
