//! SETUP-3: users by hand and their licences, by the customer; a file, by its partner.

use super::{MATHILDE, NORA};
use crate::{
    Result,
    journey::Round,
    tab::{Tab, ensure},
};

pub(super) async fn go(round: &mut Round<'_>) -> Result {
    round.be(NORA).await?;
    by_hand(&mut round.tab).await?;
    round.be(MATHILDE).await?;
    round.tab.open("/partner/customers?status=active").await?;
    round.tab.press("tbody th a").await?;
    round.tab.press("a.line[href$='/users']").await?;
    file(&mut round.tab).await
}

async fn by_hand(tab: &mut Tab) -> Result {
    tab.open("/control/users").await?;
    tab.audit("users").await?;
    tab.open("/control/users?q=nobody-of-that-name").await?;
    tab.see("users-nobody").await?;
    tab.audit("users-nobody").await?;
    tab.open("/control/users/add").await?;
    tab.press(".actions button").await?;
    tab.there_is(".faults").await?;
    tab.fill("#email-0", "not an address").await?;
    tab.press(".actions button").await?;
    tab.there_is("#email-0-fault").await?;
    tab.audit("users-add-faults").await?;
    tab.fill("#email-0", "first.user@harbourpine.example").await?;
    tab.fill("#email-3", "second.user@harbourpine.example").await?;
    tab.press(".actions button").await?;
    tab.see("done-users-added").await?;
    // Nobody chosen, then one.
    tab.press("button[value=give]").await?;
    tab.there_is(".faults").await?;
    tab.open("/control/users?q=first.user").await?;
    ensure("one is found", tab.count("tbody tr").await? == 1)?;
    tab.tap("#person-1").await?;
    let service: String = tab.ask("document.querySelector('#service').options[1].value").await?;
    tab.pick("#service", &service).await?;
    tab.press("button[value=give]").await?;
    tab.see("done-licenses-given").await?;
    tab.there_is("tbody .tag").await?;
    tab.audit("users-found").await
}

/// Put into the field as if somebody had chosen it.
const CHOOSE: &str = "(() => { const all = new DataTransfer(); \
    all.items.add(new File(['email,name\\nthird.user@crew.example,Three\\nnobody,Four\\n'], 'users.csv', {type: 'text/csv'})); \
    document.querySelector('#file').files = all.files; return true; })()";

async fn file(tab: &mut Tab) -> Result {
    tab.audit("users-of-customer").await?;
    tab.press(".head a[href$='/import']").await?;
    tab.audit("users-import").await?;
    tab.press("button[value=start]").await?;
    tab.there_is("#file-fault").await?;
    ensure("a file is chosen", tab.ask(CHOOSE).await?)?;
    tab.press("button[value=check]").await?;
    tab.see("users-preview-title").await?;
    tab.audit("users-preview").await?;
    ensure("a file is chosen", tab.ask(CHOOSE).await?)?;
    tab.press("button[value=start]").await?;
    tab.wait("the import is done", "document.querySelector('a[download]') !== null")
        .await?;
    tab.see("job-mend").await?;
    tab.audit("users-job").await
}
