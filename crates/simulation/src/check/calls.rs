//! What was answered is there, once; what was not is wholly there or wholly absent.

use crate::{
    ask::Ask,
    call::{Answer, Call},
    failure::Failure,
    run::Run,
    world::Sight,
};
use std::collections::BTreeMap;
use store::region::event::Event;

pub(super) fn check(run: &Run, sight: &Sight, rows: &[(String, Event)]) -> Result<(), Failure> {
    let mut of: BTreeMap<String, BTreeMap<&str, u32>> = BTreeMap::new();
    for (record, event) in rows {
        let request = event.by.request.as_deref().and_then(|request| request.split_once('.'));
        if let Some((name, _)) = request {
            *of.entry(format!("{name}.")).or_default().entry(record).or_default() += 1;
        }
    }
    let none = BTreeMap::new();
    for call in &run.calls {
        let found = of.get(&call.name()).unwrap_or(&none);
        once(call, found)?;
        answered(call, found)?;
        hold(call, sight)?;
    }
    Ok(())
}

fn wrong(invariant: &str, call: &Call, what: &str) -> Failure {
    let answer = call.answer.as_ref().map_or("none".to_owned(), ToString::to_string);
    let asked = format!(
        "{}{} ({}), answer {answer}: {what}",
        call.name(),
        call.ask.name(),
        call.by
    );
    Failure::of(invariant, asked)
}

fn once(call: &Call, found: &BTreeMap<&str, u32>) -> Result<(), Failure> {
    // CONS-6, CONS-8, CONS-4: these change several trials, each once.
    let several = matches!(call.ask, Ask::Accept(..) | Ask::Access(..) | Ask::Remove(_));
    let twice = found.values().any(|times| *times > 1) || (!several && found.len() > 1);
    if twice {
        return Err(wrong(
            "what was asked for once is done once",
            call,
            &format!("{found:?}"),
        ));
    }
    Ok(())
}

/// DEV-8, EXT-4: what these refuse is written down and told.
fn may_be_written(call: &Call) -> bool {
    matches!(call.ask, Ask::Receive(..) | Ask::DecideLonger(..))
}

fn answered(call: &Call, found: &BTreeMap<&str, u32>) -> Result<(), Failure> {
    match &call.answer {
        Some(Answer::Done {
            about: Some(record),
            changed: true,
            ..
        }) if !found.contains_key(record.as_str()) => {
            Err(wrong("what was answered is there", call, "it is not in the record"))
        }
        Some(Answer::Done { changed: false, .. }) | Some(Answer::Refused { .. })
            if !found.is_empty() && !may_be_written(call) =>
        {
            Err(wrong("what was refused did not happen", call, &format!("{found:?}")))
        }
        _ => Ok(()),
    }
}

fn hold(call: &Call, sight: &Sight) -> Result<(), Failure> {
    let text = match &call.answer {
        Some(Answer::Done { text, .. }) => Some(text.as_str()),
        _ => None,
    };
    let done = text.is_some();
    match &call.ask {
        Ask::Hold(_) => {
            let reason = call.name().replace('.', "");
            let placed = sight.holds.iter().filter(|hold| hold.reason == reason).count();
            if placed > 1 {
                return Err(wrong("what was asked for once is done once", call, "two holds"));
            }
            // Its reason goes with a customer that is erased, the hold itself does not.
            if done && !sight.holds.iter().any(|hold| Some(hold.id.as_str()) == text) {
                return Err(wrong("what was answered is there", call, "there is no hold"));
            }
        }
        Ask::Lift(id) if done => {
            let lifted = sight
                .holds
                .iter()
                .any(|hold| hold.id == *id && hold.lifted_at.is_some());
            if !lifted {
                return Err(wrong("what was answered is there", call, "it is in force still"));
            }
        }
        _ => {}
    }
    Ok(())
}
