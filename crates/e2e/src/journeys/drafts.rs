//! START-10: a start that is left half-way, resumed after signing in again, and one that is discarded.

use super::{
    MATHILDE,
    start::{Newcomer, ON, who},
};
use crate::{Result, journey::Round, tab::equal};

const FONDERIE: Newcomer = Newcomer {
    name: "Fonderie Belrive",
    email: "bureau@fonderie-belrive.example",
};
const SCIERIE: Newcomer = Newcomer {
    name: "Scierie du Morvan",
    email: "bureau@scierie-morvan.example",
};

/// How many drafts of a customer stand above the list.
async fn kept(round: &Round<'_>, name: &str) -> Result<usize> {
    let script = format!(
        "[...document.querySelectorAll('[aria-labelledby=drafts] strong')].filter(one => one.textContent === {name:?}).length"
    );
    round.tab.ask(&script).await
}

pub(super) async fn go(round: &mut Round<'_>) -> Result {
    round.be(MATHILDE).await?;
    round.tab.open("/partner/start").await?;
    who(&round.tab, &FONDERIE).await?;
    round.tab.press(ON).await?;
    round.tab.see("draft-kept").await?;
    round.tab.tap("#service-messaging").await?;
    round.tab.press(ON).await?;
    round.leave().await?;
    round.be(MATHILDE).await?;
    round.tab.open("/partner/customers").await?;
    equal("it is kept once", &kept(round, FONDERIE.name).await?, &1)?;
    round.tab.audit("customers-drafts").await?;
    round.tab.press("[aria-labelledby=drafts] a.button").await?;
    round.tab.fill("#quantity", "12").await?;
    round.tab.press(ON).await?;
    round.tab.see_text(FONDERIE.name).await?;
    round.tab.press(ON).await?;
    round.tab.see("started-active.title").await?;
    round.tab.open("/partner/customers").await?;
    equal("gone with its start", &kept(round, FONDERIE.name).await?, &0)?;

    round.tab.open("/partner/start").await?;
    who(&round.tab, &SCIERIE).await?;
    round.tab.press(ON).await?;
    round.tab.open("/partner/customers").await?;
    equal("the newest comes first", &kept(round, SCIERIE.name).await?, &1)?;
    round.tab.tap("[aria-labelledby=drafts] details summary").await?;
    round.tab.audit("customers-draft-discard").await?;
    round
        .tab
        .press("[aria-labelledby=drafts] details .button-danger")
        .await?;
    round.tab.see("done-draft-discarded").await?;
    equal("discarded", &kept(round, SCIERIE.name).await?, &0)
}
