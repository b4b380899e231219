//! What the customer sees of it: how long, what next, whom to ask; and the way out.

use super::{AOIFE, NORA, SYLVIE};
use crate::{Result, journey::Round};

pub(super) async fn go(round: &mut Round<'_>) -> Result {
    round.be(NORA).await?;
    round.tab.there_is(".left-number").await?;
    round.tab.tap(".more summary").await?;
    round.tab.audit("overview").await?;
    round.tab.press(".trial-card a.button-main").await?;
    round.tab.see("purchase-text").await?;
    round.tab.audit("subscriptions").await?;
    round.tab.open("/requests").await?;
    round.tab.audit("requests").await?;
    // EXP-3: 'Expired' on its licences.
    round.be(AOIFE).await?;
    round.tab.see("status-expired").await?;
    round.tab.audit("overview-expired").await?;
    round.tab.open("/control/subscriptions").await?;
    round.tab.audit("subscriptions-grace").await?;
    round.be(SYLVIE).await?;
    round.tab.audit("overview-cancelled").await?;
    cancel(round).await
}

/// CANC-1: a full administrator cancels at any time, whatever runs.
async fn cancel(round: &mut Round<'_>) -> Result {
    const WAY_OUT: &str = ".trial-card a.button-danger";
    round.be(NORA).await?;
    let tab = &mut round.tab;
    tab.press(WAY_OUT).await?;
    tab.audit("cancel-by-customer").await?;
    tab.press(".actions a.button-main").await?;
    while tab.count(WAY_OUT).await? > 0 {
        tab.press(WAY_OUT).await?;
        tab.there_is(".consequences .when").await?;
        tab.press(".actions .button-danger").await?;
        tab.see("done-cancelled").await?;
    }
    Ok(())
}
