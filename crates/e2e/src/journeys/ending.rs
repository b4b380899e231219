//! The end (EXP-9): what goes and what stays, weeks before; what ends next; a hold that is placed and lifted.

use super::{AOIFE, ETIENNE, MATHILDE};
use crate::{
    Result,
    journey::Round,
    tab::{ensure, equal},
};

pub(super) async fn go(round: &mut Round<'_>) -> Result {
    round.be(MATHILDE).await?;
    round.open_trial_of("Larkfield").await?;
    let tab = &mut round.tab;
    tab.press("a[href$='/removal']").await?;
    tab.see("ending-erased").await?;
    tab.audit("removal").await?;
    tab.press(".actions a:last-child").await?;
    // By the customer, who is in grace.
    round.be(AOIFE).await?;
    let tab = &mut round.tab;
    tab.press(".trial-card a[href$='/removal']").await?;
    tab.there_is("a[href='/control/export']").await?;
    tab.audit("removal-by-customer").await?;
    tab.press(".actions a.button-main").await?;
    tab.there_is(".consequences .when").await?;
    tab.audit("subscriptions-ending").await?;
    vendor(round).await
}

/// The vendor holds one back, and lets it go again.
async fn vendor(round: &mut Round<'_>) -> Result {
    const LIFT: &str = "form[action^='/vendor/removals/holds/'] button";
    round.be(ETIENNE).await?;
    let tab = &mut round.tab;
    tab.open("/vendor/removals").await?;
    tab.audit("removals").await?;
    let before = tab.count(LIFT).await?;
    ensure("something ends", tab.count(".approval").await? > 0)?;
    tab.fill("input[name=reason]", "An order is on its way").await?;
    tab.press(".approval form[action='/vendor/removals'] button").await?;
    tab.see("done-held").await?;
    equal("one more is held", &tab.count(LIFT).await?, &(before + 1))?;
    tab.audit("removals-held").await?;
    tab.press(LIFT).await?;
    tab.see("done-lifted").await?;
    equal("as before", &tab.count(LIFT).await?, &before)
}
