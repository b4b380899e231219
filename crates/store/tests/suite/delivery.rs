//! What was sent, as far as somebody may see it (ORG-3), in pages.

use crate::support::{
    Done, World,
    samples::{at, letter, org, person_id, put_new, request, trial_id},
};
use domain::notify::{Audience, Bounce};
use jiff::SignedDuration;
use store::{
    StoreError,
    region::{
        outbox::{Attempt, DeliveryQuery, DeliveryState, Letter},
        trial::Scope,
    },
};

const LEASE: SignedDuration = SignedDuration::from_secs(60);

crate::support::engines! {
    every: org_3_letters_are_seen_with_their_trials,
        note_4_letters_are_found_by_their_state,
        letters_are_paged_by_their_instant_and_id;
    files:
}

fn query(scope: Scope) -> DeliveryQuery {
    DeliveryQuery {
        scope,
        audiences: vec![Audience::CustomerAdministrators, Audience::PartnerAdministrators],
        trial: None,
        state: None,
        after: None,
        limit: 100,
    }
}

async fn seen(world: &World, query: &DeliveryQuery) -> Result<Vec<String>, StoreError> {
    let page = world.eu().read().deliveries_page(query).await?;
    let tail = |id: String| id.replace("msg_eu_", "");
    Ok(page.into_iter().map(|one| tail(one.letter.id.0)).collect())
}

/// A trial of a partner for a customer, started by somebody.
async fn started(world: &World, tail: &str, partner: &str, customer: &str, by: &str) -> Done {
    let mut one = request(tail, customer, &["messaging"]);
    (one.partner, one.started_by) = (org(partner), person_id(by));
    put_new(world.eu(), &[(&one, "A")]).await
}

async fn post(world: &World, letters: &[(&str, i64, &str, Audience)]) -> Done {
    let tx = world.eu().begin().await?;
    for (tail, seconds, trial, audience) in letters {
        let mut one: Letter = letter(tail, *seconds);
        (one.trial, one.audience) = (Some(trial_id(trial)), *audience);
        tx.post(&[one], crate::support::samples::at(0)).await?;
    }
    tx.commit().await
}

async fn org_3_letters_are_seen_with_their_trials(world: World) -> Done {
    use Audience::{CustomerAdministrators, CustomerUsers, PartnerAdministrators};
    started(&world, "1", "p", "a", "ada").await?;
    started(&world, "2", "p", "b", "bob").await?;
    started(&world, "3", "q", "b", "quinn").await?;
    let letters = [
        ("1c", 0, "1", CustomerAdministrators),
        ("1u", 1, "1", CustomerUsers),
        ("2p", 2, "2", PartnerAdministrators),
        ("3c", 3, "3", CustomerAdministrators),
        ("4c", 4, "4", CustomerAdministrators),
    ];
    post(&world, &letters).await?;
    let of = |scope| query(scope);
    assert_eq!(
        seen(&world, &of(Scope::All)).await?,
        ["1c", "2p", "3c"],
        "about trials that are there"
    );
    assert_eq!(seen(&world, &of(Scope::Partner(org("p")))).await?, ["1c", "2p"]);
    assert_eq!(seen(&world, &of(Scope::Customer(org("b")))).await?, ["2p", "3c"]);
    let ada = of(Scope::Person(org("p"), person_id("ada")));
    assert_eq!(seen(&world, &ada).await?, ["1c"]);
    let mut users = of(Scope::All);
    users.audiences = vec![CustomerUsers];
    assert_eq!(seen(&world, &users).await?, ["1u"]);
    users.audiences = Vec::new();
    assert_eq!(seen(&world, &users).await?, [""; 0]);
    let mut one = of(Scope::Partner(org("p")));
    one.trial = Some(trial_id("2"));
    assert_eq!(seen(&world, &one).await?, ["2p"]);
    one.trial = Some(trial_id("3"));
    assert_eq!(seen(&world, &one).await?, [""; 0], "another partner's");
    Ok(())
}

async fn letters_are_paged_by_their_instant_and_id(world: World) -> Done {
    started(&world, "1", "p", "a", "ada").await?;
    let mut all = Vec::new();
    for number in 0..11 {
        all.push((number / 3, format!("m{:02}", 20 - number)));
    }
    let letters: Vec<_> = all
        .iter()
        .map(|(seconds, tail)| (tail.as_str(), *seconds, "1", Audience::PartnerAdministrators))
        .collect();
    post(&world, &letters).await?;
    all.sort();
    let (mut found, mut page) = (Vec::new(), query(Scope::All));
    page.limit = 2;
    loop {
        let letters = world.eu().read().deliveries_page(&page).await?;
        let Some(last) = letters.last() else { break };
        let last = &last.letter;
        page.after = Some((last.created_at.as_microsecond(), last.id.0.clone()));
        found.extend(letters.iter().map(|one| one.letter.id.0.replace("msg_eu_", "")));
    }
    let expected: Vec<_> = all.into_iter().map(|(_, tail)| tail).collect();
    assert_eq!(found, expected);
    Ok(())
}

async fn note_4_letters_are_found_by_their_state(world: World) -> Done {
    started(&world, "1", "p", "a", "ada").await?;
    let one = |tail, seconds| (tail, seconds, "1", Audience::CustomerAdministrators);
    post(&world, &[one("a", 1), one("b", 2), one("c", 3), one("d", 4)]).await?;
    let held = world.eu().claim_letters(at(9), LEASE, 10).await?;
    let fates = [
        Attempt::Sent(at(9)),
        Attempt::GivenUp("looks like spam".to_owned()),
        Attempt::Bounced(Bounce::MailboxFull, "over quota".to_owned()),
    ];
    let ended = held
        .iter()
        .zip(fates)
        .map(|(one, fate)| (one.letter.id.clone(), one.fence, fate));
    world.eu().finish_letters(&ended.collect::<Vec<_>>()).await?;
    let mut found = Vec::new();
    for state in DeliveryState::ALL {
        let query = DeliveryQuery {
            state: Some(state),
            ..query(Scope::All)
        };
        found.push(seen(&world, &query).await?.concat());
    }
    assert_eq!(found, ["d", "a", "bc", "c"], "NOTE-4");
    let page = world.eu().read().deliveries_page(&query(Scope::All)).await?;
    let why: Vec<Option<Bounce>> = page.into_iter().map(|one| one.bounced).collect();
    assert_eq!(why, [None, None, Some(Bounce::MailboxFull), None]);
    Ok(())
}
