//! LIST-1: views with real counts, search, filters and sort in the address; what one reads when there is nothing.

use super::{BETTINA, LIN, MATHILDE};
use crate::{
    Result,
    journey::Round,
    tab::{Tab, ensure, equal},
};

const ROWS: &str = "tbody tr";

pub(super) async fn go(round: &mut Round<'_>) -> Result {
    round.be(MATHILDE).await?;
    // LIST-1: who looks after them.
    round.tab.see_text("Owen Lindqvist").await?;
    round.tab.audit("customers").await?;
    every_view_counts(&round.tab).await?;
    sorts(&round.tab).await?;
    finds(&mut round.tab).await?;
    round.be(LIN).await?;
    round.tab.see("customers-first").await?;
    round.tab.audit("customers-first-use").await?;
    round.be(BETTINA).await?;
    round.tab.there_is(ROWS).await?;
    // ORG-3: who only reads is offered nothing else.
    round.tab.there_is_no("a[href='/partner/start']").await?;
    round.tab.audit("customers-read-only").await
}

async fn every_view_counts(tab: &Tab) -> Result {
    let views: Vec<(String, String)> = tab
        .ask("[...document.querySelectorAll('.tabs a')].map((a) => [a.getAttribute('href'), a.querySelector('.count').innerText])")
        .await?;
    ensure("there are views", views.len() > 3)?;
    for (address, count) in views {
        tab.open(&address).await?;
        equal(&address, &tab.count(ROWS).await?.to_string(), &count)?;
        tab.there_is(".tabs a[aria-current]").await?;
    }
    Ok(())
}

async fn sorts(tab: &Tab) -> Result {
    tab.open("/partner/customers").await?;
    let names = "[...document.querySelectorAll('tbody th a')].map((a) => a.innerText)";
    let up: Vec<String> = tab.ask(names).await?;
    tab.open("/partner/customers?sort=-name").await?;
    let mut down: Vec<String> = tab.ask(names).await?;
    down.reverse();
    ensure("there is something to sort", up.len() > 2)?;
    equal("the other way round", &down, &up)
}

async fn finds(tab: &mut Tab) -> Result {
    tab.open("/partner/customers").await?;
    tab.fill("#q", "saguenay").await?;
    tab.press(".filter .button").await?;
    ensure("the address is the state", tab.address().await?.contains("q=saguenay"))?;
    equal("found", &tab.count(ROWS).await?, &1)?;
    let counted = tab.text(".tabs a[aria-current] .count").await?;
    equal("the views count what was searched for", counted.as_str(), "1")?;
    tab.fill("#q", "nowhere to be found").await?;
    tab.pick("#service", "calling").await?;
    tab.press(".filter .button").await?;
    tab.see("customers-none").await?;
    tab.audit("customers-no-match").await?;
    tab.press(".empty a.button").await?;
    equal("cleared", tab.address().await?.as_str(), "/partner/customers")
}
