//! Pages of trials (LIST-1): every sort in both directions, whole while rows are added.

use crate::support::{
    Done, World,
    samples::{at, ending, put_new, trial},
};
use domain::trial::Trial;
use store::{
    StoreError,
    region::trial::{Scope, TrialQuery, TrialSort},
};

crate::support::engines! {
    every: list_1_every_sort_in_both_directions,
        list_1_pages_stay_whole_while_rows_are_added;
    files:
}

const SORTS: [TrialSort; 3] = [TrialSort::EndsOn, TrialSort::CustomerName, TrialSort::CreatedAt];

fn query(sort: TrialSort, descending: bool, limit: u64) -> TrialQuery {
    TrialQuery {
        scope: Scope::All,
        statuses: Vec::new(),
        customer: None,
        service: None,
        ends_before: None,
        q: None,
        sort,
        descending,
        after: None,
        limit,
    }
}

/// A trial with its customer's name.
fn sample(tail: &str, customer: &str, seconds: i64, ends_on: Option<&str>) -> Trial {
    let mut one = ending(trial(tail, customer, &["messaging"]), ends_on);
    one.created_at = at(seconds);
    one
}

async fn fill(world: &World, count: usize) -> Done {
    let names = ["zoé", "ab", "光之", "a b", "émile"];
    for number in 0..count {
        let (day, tail) = (format!("2027-03-{:02}", number % 3 + 1), format!("m{number:02}"));
        // Keys come several times each, so that the id decides; every fourth has no end yet.
        let ends_on = (number % 4 > 0).then_some(day.as_str());
        let one = sample(&tail, &tail, [0, -5, 7][number % 3], ends_on);
        put_new(world.eu(), &[(&one, names[number % names.len()])]).await?;
    }
    Ok(())
}

async fn keys(world: &World, query: &TrialQuery) -> Result<Vec<(String, String)>, StoreError> {
    let page = world.eu().read().trials(query).await?;
    Ok(page.into_iter().map(|(key, one)| (key, one.trial.id.0)).collect())
}

async fn list_1_every_sort_in_both_directions(world: World) -> Done {
    fill(&world, 15).await?;
    for sort in SORTS {
        let up = keys(&world, &query(sort, false, 100)).await?;
        assert_eq!(up.len(), 15);
        let mut sorted = up.clone();
        match sort {
            TrialSort::CreatedAt => {
                sorted.sort_by_key(|(key, id)| (key.parse::<i64>().expect("an instant"), id.clone()))
            }
            TrialSort::EndsOn | TrialSort::CustomerName => sorted.sort(),
        }
        assert_eq!(up, sorted, "{sort:?}");
        let mut down = keys(&world, &query(sort, true, 100)).await?;
        down.reverse();
        assert_eq!(up, down, "{sort:?}");
    }
    let by_end = world.eu().read().trials(&query(TrialSort::EndsOn, false, 100)).await?;
    let open: Vec<bool> = by_end.iter().map(|(_, one)| one.trial.term().is_none()).collect();
    assert!(
        open.is_sorted() && open.contains(&true),
        "those without an end come last: {open:?}"
    );
    Ok(())
}

async fn list_1_pages_stay_whole_while_rows_are_added(world: World) -> Done {
    fill(&world, 12).await?;
    for (round, sort) in SORTS.into_iter().enumerate() {
        for descending in [false, true] {
            let all = query(sort, descending, 1_000);
            let before = keys(&world, &all).await?;
            let seen = walk(&world, sort, descending, &format!("{round}{}", u8::from(descending))).await?;
            let kept: Vec<_> = seen.iter().filter(|row| before.contains(row)).cloned().collect();
            assert_eq!(
                kept, before,
                "each once and in order: {sort:?}, descending {descending}"
            );
            let now = keys(&world, &all).await?;
            assert!(now.len() > before.len() && seen.iter().all(|row| now.contains(row)));
        }
    }
    Ok(())
}

/// Reads page by page, and adds trials at both ends and in the middle after each.
async fn walk(
    world: &World,
    sort: TrialSort,
    descending: bool,
    unique: &str,
) -> Result<Vec<(String, String)>, StoreError> {
    let (mut seen, mut page) = (Vec::new(), query(sort, descending, 4));
    for round in 0.. {
        let found = world.eu().read().trials(&page).await?;
        let Some((key, last)) = found.last() else { break };
        page.after = Some((key.clone(), last.trial.id.0.clone()));
        seen.extend(found.iter().map(|(key, one)| (key.clone(), one.trial.id.0.clone())));
        if round < 3 {
            let tail = |place: &str| format!("{place}{unique}{round}");
            let first = sample(&tail("a"), &tail("a"), -1_000_000, Some("2026-01-01"));
            let mut middle = sample(&tail("n"), &tail("n"), 0, None);
            (middle.state, middle.created_at) = (last.trial.state.clone(), last.trial.created_at);
            let end = sample(&tail("z"), &tail("z"), 1_000_000, None);
            put_new(world.eu(), &[(&first, "a"), (&middle, "n"), (&end, "\u{10FFFF}")]).await?;
        }
        assert!(round < 100, "it comes to an end");
    }
    Ok(seen)
}
