//! EXT-1 and 2: before and after side by side; shortening takes a yes; the same date changes nothing.

use super::MATHILDE;
use crate::{
    Result,
    journey::Round,
    tab::{Tab, ensure},
};

const EXTEND: &str = "form[action$='/extend'] .button-main";

pub(super) async fn go(round: &mut Round<'_>) -> Result {
    round.be(MATHILDE).await?;
    round.open_trial_of("Imprimerie").await?;
    let tab = &mut round.tab;
    tab.audit("trial").await?;
    let trial = tab.address().await?;
    tab.press("a[href$='/extend']").await?;
    shorten(tab).await?;
    tab.open(&format!("{trial}/extend")).await?;
    tab.see("extend-same").await?;
    tab.there_is_no(EXTEND).await?;
    tab.audit("extend-same").await?;
    round.open_trial_of("Larkfield").await?;
    longer(&mut round.tab).await
}

/// 48 days are left; 30 from today are fewer.
async fn shorten(tab: &mut Tab) -> Result {
    tab.see_with("extend-loses", &[("days", 18.into())]).await?;
    ensure("dates move", tab.count(".compare .moved").await? > 1)?;
    tab.audit("extend-shorter").await?;
    tab.press(EXTEND).await?;
    tab.there_is(".faults").await?;
    tab.audit("extend-shorter-errors").await?;
    tab.tap("#shorten").await?;
    tab.fill("#reason", "The decision comes sooner.").await?;
    tab.press(EXTEND).await?;
    tab.see("done-extended").await
}

/// EXT-3: in grace, and the trial runs again.
async fn longer(tab: &mut Tab) -> Result {
    tab.audit("trial-expired").await?;
    tab.press("a[href$='/extend']").await?;
    tab.there_is(".verdict-more").await?;
    tab.audit("extend-longer").await
}
