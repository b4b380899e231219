//! ELIG-5: what of the partner's allowance is left, said before anything is filled in.

use super::{At, Common, Step};
use crate::web::{Failure, said};
use domain::allowance::Taking;

/// On the first page, and where one chooses services.
pub(super) async fn tell(at: &At<'_>, common: &mut Common) -> Result<(), Failure> {
    if !matches!(at.step, Step::Customer | Step::Services) {
        return Ok(());
    }
    let Some(room) = at.console.app.allowance(at.actor).await? else {
        return Ok(());
    };
    let now = at.console.app.clock.now();
    if let Err(refusal) = room.limits.check(&room.used, Taking::Start, now) {
        common.full = Some(said(at.words.language, &refusal).detail);
        return Ok(());
    }
    let line = |id: &str, used: u32, of: Option<u32>| {
        let of = of?;
        Some(at.words.t(id, &[("used", used.into()), ("of", of.into())]))
    };
    common.room = [
        line("allowance-month", room.used.this_month, room.limits.per_month),
        line("allowance-active", room.used.active, room.limits.active),
    ]
    .into_iter()
    .flatten()
    .collect();
    Ok(())
}
