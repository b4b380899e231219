//! USE-1: usage as a picture, with the numbers behind it: on a trial's page, a customer's, and by the customer.

use super::{MATHILDE, SYLVIE};
use crate::{
    Result,
    journey::Round,
    tab::{ensure, equal},
};

pub(super) async fn go(round: &mut Round<'_>) -> Result {
    round.be(MATHILDE).await?;
    round.open_trial_of("Imprimerie").await?;
    let tab = &mut round.tab;
    let charts = tab.count(".chart svg[role=img]").await?;
    ensure("there is a picture", charts > 0)?;
    ensure("with columns", tab.count(".chart svg rect").await? > charts)?;
    tab.tap(".chart summary").await?;
    ensure("and numbers", tab.count(".chart details[open] tbody tr").await? > 0)?;
    tab.audit("trial-usage").await?;
    tab.press(".crumb a").await?;
    tab.press("a[href$='/usage']").await?;
    equal("the same pictures", &tab.count(".chart").await?, &charts)?;
    tab.audit("usage").await?;
    round.be(SYLVIE).await?;
    let tab = &mut round.tab;
    tab.open("/control/usage").await?;
    equal("the customer sees them, too", &tab.count(".chart").await?, &charts)?;
    tab.audit("usage-by-customer").await
}
