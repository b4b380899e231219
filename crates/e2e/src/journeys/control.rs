//! What the customer sees of it: how long, what next, whom to ask; and the way out.

use super::{AOIFE, NORA, SYLVIE};
use crate::{Result, journey::Round, tab::ensure};

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

/// CANC-1: a full administrator cancels at any time.
async fn cancel(round: &mut Round<'_>) -> Result {
    round.be(NORA).await?;
    let tab = &mut round.tab;
    tab.press(".trial-card a.button-danger").await?;
    tab.audit("cancel-by-customer").await?;
    ensure("dated consequences", tab.count(".consequences .when").await? > 1)?;
    tab.press(".actions .button-danger").await?;
    tab.see("done-cancelled").await
}
