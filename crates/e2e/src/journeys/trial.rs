//! EDIT, EXP-6, CANC: edit, remind, note, tag, correct, cancel.

use super::MATHILDE;
use crate::{
    Result,
    journey::Round,
    tab::{Tab, ensure, equal},
};

pub(super) async fn go(round: &mut Round<'_>) -> Result {
    round.be(MATHILDE).await?;
    round.open_trial_of("Imprimerie").await?;
    let trial = round.tab.address().await?;
    edit(&mut round.tab).await?;
    remind(&mut round.tab).await?;
    note(&round.tab).await?;
    round.tab.press(".crumb a").await?;
    tag(&mut round.tab).await?;
    add(&mut round.tab).await?;
    round.open_trial_of(super::start::HALDEN.name).await?;
    correct(&mut round.tab).await?;
    round.tab.open(&trial).await?;
    cancel(&mut round.tab, &trial).await
}

/// EDIT-1 and 2: what changes is shown before it does.
async fn edit(tab: &mut Tab) -> Result {
    const CHECK: &str = ".card-form .button";
    tab.press("a[href$='/edit']").await?;
    tab.audit("edit").await?;
    tab.fill("#quantity", "3").await?;
    tab.press(CHECK).await?;
    tab.there_is("#quantity[aria-invalid=true]").await?;
    // Whose licence is one too many is named.
    tab.see_text("Sylvie Rochat").await?;
    tab.audit("edit-errors").await?;
    tab.fill("#quantity", "40").await?;
    tab.tap("#service-calling").await?;
    tab.press(CHECK).await?;
    tab.there_is("#changes .plus").await?;
    tab.audit("edit-changes").await?;
    tab.press("#changes .button-main").await?;
    tab.see("done-edited").await
}

async fn remind(tab: &mut Tab) -> Result {
    tab.press("a[href$='/remind']").await?;
    tab.fill("#line", "We call you on Monday.").await?;
    tab.audit("remind").await?;
    tab.press("main .button-main").await?;
    tab.see("done-reminded").await?;
    tab.press("a[href$='/remind']").await?;
    tab.see("remind-today").await?;
    tab.audit("remind-today").await?;
    tab.press("main .button-main").await
}

async fn note(tab: &Tab) -> Result {
    tab.fill("#notes", "Asks for the price of calling.").await?;
    tab.press("form[action$='/notes'] button").await?;
    tab.see("done-notes").await?;
    let kept: String = tab.ask("document.querySelector('#notes').value").await?;
    equal("the note", kept.as_str(), "Asks for the price of calling.")
}

/// ORG-10.
async fn tag(tab: &mut Tab) -> Result {
    tab.fill("#tags", "print, north").await?;
    tab.press("form[action$='/tags'] button").await?;
    tab.audit("customer").await?;
    let kept: String = tab.ask("document.querySelector('#tags').value").await?;
    ensure("both tags are kept", kept.contains("print") && kept.contains("north"))
}

/// START-7 and ELIG-2: an own customer is not asked; what it tries already is closed, and why is said.
async fn add(tab: &mut Tab) -> Result {
    tab.press("a[href^='/partner/start?customer=']").await?;
    tab.see_with("start-told-own", &[("customer", "Imprimerie du Lac".into())])
        .await?;
    tab.see("why-not-tried-by-you").await?;
    let closed: bool = tab.ask("document.querySelector('#service-messaging').disabled").await?;
    ensure("what is tried already cannot be chosen", closed)?;
    ensure(
        "its days are its own zone's",
        !tab.text(".future").await?.contains("UTC"),
    )?;
    tab.audit("start-own").await
}

/// START-11.
async fn correct(tab: &mut Tab) -> Result {
    tab.tap("main details summary").await?;
    tab.fill("#admin_email", "sigrid.halden@fjordhus.example").await?;
    tab.audit("trial-correct").await?;
    tab.press("form[action$='/administrator'] button").await?;
    tab.see("done-corrected").await
}

/// CANC-2: a dated list of what stops, and the safe button has the focus.
async fn cancel(tab: &mut Tab, trial: &str) -> Result {
    tab.press("a[href$='/cancel']").await?;
    let safe = "document.activeElement === document.querySelector('.actions a.button-main')";
    tab.wait("the safe button has the focus", safe).await?;
    ensure("what stops is named", tab.count(".consequences li").await? > 2)?;
    tab.audit("cancel").await?;
    tab.press(".actions a.button-main").await?;
    equal("nothing happened", tab.address().await?.as_str(), trial)?;
    tab.press("a[href$='/cancel']").await?;
    tab.fill("#reason", "The budget is gone.").await?;
    tab.press(".actions .button-danger").await?;
    tab.see("done-cancelled").await?;
    tab.audit("trial-cancelled").await
}
