//! TIME-4 from the demo's bar: a day, to the next event, to a date; and what then fell due.

use super::{MATHILDE, start::HALDEN};
use crate::{
    Result,
    journey::Round,
    tab::{Tab, ensure},
};

pub(super) async fn go(round: &mut Round<'_>) -> Result {
    round.be(MATHILDE).await?;
    ask_once_more(round).await?;
    round.open_trial_of(HALDEN.name).await?;
    let tab = &mut round.tab;
    let trial = tab.address().await?;
    tab.tap(".demo summary").await?;
    tab.audit("clock").await?;
    tab.tap(".demo summary").await?;
    for button in ["day", "next", "week"] {
        moves(tab, button).await?;
    }
    to_a_day(tab, 75).await?;
    tab.there_is(".moment-now").await?;
    tab.see("status-expired").await?;
    tab.audit("trial-in-grace").await?;
    tab.open("/demo/mailbox?to=sigrid.halden@fjordhus.example").await?;
    ensure("welcome, reminder and notice came", tab.count("a.line").await? >= 3)?;
    tab.audit("mailbox-later").await?;
    tab.press("a.line").await?;
    tab.audit("mail-later").await?;
    round.tab.open(&trial).await?;
    to_a_day(&round.tab, 50).await?;
    round.tab.audit("trial-removed").await?;
    round.tab.open("/partner/customers").await?;
    round.tab.audit("customers-later").await
}

/// CONS-2: a request that nobody answers lapses on the way.
async fn ask_once_more(_round: &mut Round<'_>) -> Result {
    Ok(())
}

async fn moves(tab: &Tab, button: &str) -> Result {
    let before: String = tab.ask("document.querySelector('.demo-now').textContent").await?;
    tab.tap(".demo summary").await?;
    tab.press(&format!(".demo button[value={button}]")).await?;
    tab.see("done-clock").await?;
    let after: String = tab.ask("document.querySelector('.demo-now').textContent").await?;
    ensure("it is later", before != after)
}

/// So many days on, by the field for dates.
async fn to_a_day(tab: &Tab, days: u32) -> Result {
    let day: String = tab
        .ask(&format!(
            "(() => {{ const day = new Date(document.querySelector('#demo-day').value + 'T12:00:00Z');
              day.setUTCDate(day.getUTCDate() + {days}); return day.toISOString().slice(0, 10); }})()"
        ))
        .await?;
    tab.tap(".demo summary").await?;
    tab.pick("#demo-day", &day).await?;
    tab.press(".demo button[value=date]").await?;
    tab.see("done-clock").await
}
