//! The lists of customers (LIST-1): filters, sorts, and pages that stay whole while rows are added.

use crate::support::{
    Done, World,
    samples::{day, line, org},
};
use domain::text::fold;
use store::{
    StoreError,
    region::{
        listing::{LineQuery, Standing},
        relationship::Line,
    },
};

crate::support::engines! {
    every: list_1_filters_hold_together,
        list_1_both_sorts_in_both_directions,
        list_1_pages_stay_whole_while_rows_are_added,
        list_1_what_is_searched_for_is_text_and_no_pattern,
        list_2_lines_are_counted_by_status;
    files:
}

async fn put(world: &World, lines: &[Line]) -> Done {
    let tx = world.eu().begin().await?;
    for line in lines {
        tx.put_relationship(line).await?;
    }
    tx.commit().await
}

fn query() -> LineQuery {
    LineQuery::of(org("p"))
}

/// All lines of partner p, but for something.
fn but(change: impl FnOnce(&mut LineQuery)) -> LineQuery {
    let mut query = query();
    change(&mut query);
    query
}

async fn names(world: &World, query: &LineQuery) -> Result<Vec<String>, StoreError> {
    let lines = world.eu().read().lines(query).await?;
    Ok(lines.into_iter().map(|(_, line)| line.name_key).collect())
}

fn ended(tail: &str, status: &str, ends_on: Option<&str>) -> Line {
    Line {
        status: status.to_owned(),
        ..line(tail, "p", tail, ends_on)
    }
}

async fn list_1_filters_hold_together(world: World) -> Done {
    let lines = [
        ended("a", "active", Some("2027-02-14")),
        ended("b", "active", Some("2027-03-01")),
        ended("c", "expired", Some("2027-01-31")),
        ended("d", "purchased", None),
        line("e", "q", "e", Some("2027-02-14")),
    ];
    put(&world, &lines).await?;
    let found = async |query: LineQuery| names(&world, &query).await;
    assert_eq!(found(query()).await?, ["a", "b", "c", "d"]);
    assert_eq!(found(but(|query| query.partner = org("q"))).await?, ["e"]);
    let (first, last) = (Some(day("2027-02-01")), Some(day("2027-02-28")));
    let valentine = Some(day("2027-02-14"));
    assert_eq!(
        found(but(|query| query.ends.0 = valentine)).await?,
        ["a", "b"],
        "bounds are included"
    );
    assert_eq!(found(but(|query| query.ends.1 = valentine)).await?, ["a", "c"]);
    assert_eq!(found(but(|query| query.ends = (first, last))).await?, ["a"]);
    let statuses = |all: &[&str]| all.iter().map(|one| Standing::from(*one)).collect();
    let open = but(|query| query.statuses = statuses(&["active", "expired"]));
    assert_eq!(found(open).await?, ["a", "b", "c"]);
    let mut both = but(|query| query.statuses = statuses(&["expired"]));
    both.q = Some("a".to_owned());
    assert_eq!(found(both).await?, [""; 0]);
    assert_eq!(found(but(|query| query.limit = 2)).await?, ["a", "b"]);
    Ok(())
}

/// Folded names that engines and languages would sort differently, in the order of their code points.
#[rustfmt::skip]
const NAMES: [&str; 9] = ["a b", "a-b", "aa", "ab", "z", "zz", "à la carte", "œuvre", "光之股份有限公司"];

async fn list_1_both_sorts_in_both_directions(world: World) -> Done {
    let ends = ["2027-03-01", "2027-02-14", "2026-12-31"];
    // Every fourth has no end yet.
    let sample = |(place, name)| line(&format!("c{place}"), "p", name, ends.get(place % 4).copied());
    let lines: Vec<Line> = NAMES.into_iter().enumerate().rev().map(sample).collect();
    put(&world, &lines).await?;
    let mut expected = NAMES.map(str::to_owned).to_vec();
    assert_eq!(names(&world, &query()).await?, expected);
    expected.reverse();
    let back = but(|query| query.descending = true);
    assert_eq!(names(&world, &back).await?, expected);

    let keys = async |descending| {
        let query = but(|query| (query.by_end, query.descending) = (true, descending));
        let found = world.eu().read().lines(&query).await?;
        let key = |(key, line): (String, Line)| (key, line.relationship.customer.0, line.ends_on);
        Ok::<_, StoreError>(found.into_iter().map(key).collect::<Vec<_>>())
    };
    let mut up = keys(false).await?;
    let places: Vec<_> = up.iter().map(|(key, customer, _)| (key, customer)).collect();
    assert!(places.is_sorted() && places.len() == NAMES.len(), "{places:?}");
    let (first, last) = (up[0].2, up[NAMES.len() - 1].2);
    assert_eq!(
        (first, last),
        (Some(day("2026-12-31")), None),
        "those without an end come last"
    );
    up.reverse();
    assert_eq!(keys(true).await?, up);
    Ok(())
}

async fn list_1_pages_stay_whole_while_rows_are_added(world: World) -> Done {
    for (by_end, descending) in [(false, false), (false, true), (true, false), (true, true)] {
        let partner = format!("p{}{}", u8::from(by_end), u8::from(descending));
        let mut lines = Vec::new();
        for number in 0..20 {
            // Names and ends come several times each, so that the customer decides.
            let ends_on = format!("2027-02-{:02}", number % 3 + 1);
            let ends_on = (number % 4 > 0).then_some(ends_on.as_str());
            lines.push(line(
                &format!("c{number:02}"),
                &partner,
                &format!("n{}", number % 5),
                ends_on,
            ));
        }
        put(&world, &lines).await?;
        let all = LineQuery {
            by_end,
            descending,
            ..LineQuery::of(org(&partner))
        };
        let before = ids(&world, &all).await?;
        assert_eq!(before.len(), 20);
        let seen = walk(&world, &all, &partner).await?;
        let kept: Vec<_> = seen.iter().filter(|id| before.contains(id)).cloned().collect();
        assert_eq!(
            kept, before,
            "each once, in order (by end {by_end}, descending {descending})"
        );
        let now = ids(&world, &all).await?;
        assert!(now.len() > before.len() && seen.iter().all(|id| now.contains(id)));
    }
    Ok(())
}

async fn ids(world: &World, query: &LineQuery) -> Result<Vec<String>, StoreError> {
    let lines = world.eu().read().lines(query).await?;
    Ok(lines
        .into_iter()
        .map(|(_, line)| line.relationship.customer.0)
        .collect())
}

/// Reads page by page, and adds rows at both ends and in the middle after each.
async fn walk(world: &World, all: &LineQuery, partner: &str) -> Result<Vec<String>, StoreError> {
    let (mut seen, mut page) = (
        Vec::new(),
        LineQuery {
            limit: 3,
            ..all.clone()
        },
    );
    for round in 0.. {
        let found = world.eu().read().lines(&page).await?;
        let Some((key, last)) = found.last() else { break };
        page.after = Some((key.clone(), last.relationship.customer.0.clone()));
        seen.extend(found.iter().map(|(_, line)| line.relationship.customer.0.clone()));
        if round < 6 {
            let new = |place: &str, name: &str, ends_on| line(&format!("{place}{round}"), partner, name, ends_on);
            let middle = Line {
                name_key: last.name_key.clone(),
                ends_on: last.ends_on,
                ..new("b", "", None)
            };
            let ends = [new("a", "a", Some("2026-01-01")), middle, new("z", "z", None)];
            put(world, &ends).await?;
        }
        assert!(round < 50, "it comes to an end");
    }
    Ok(seen)
}

async fn list_1_what_is_searched_for_is_text_and_no_pattern(world: World) -> Done {
    let names_in_order = [
        "100% pure",
        "a_b",
        "axb",
        "back\\slash",
        "o'neill \"sons\"",
        "société lumière",
        "光之股份有限公司",
    ];
    let lines = names_in_order.iter().enumerate();
    let lines: Vec<_> = lines
        .map(|(place, name)| line(&format!("c{place}"), "p", name, None))
        .collect();
    put(&world, &lines).await?;
    let found = async |q: &str| names(&world, &but(|query| query.q = Some(q.to_owned()))).await;
    assert_eq!(found("%").await?, ["100% pure"]);
    assert_eq!(found("_").await?, ["a_b"]);
    assert_eq!(found("\\").await?, ["back\\slash"]);
    assert_eq!(found("o'neill \"").await?, ["o'neill \"sons\""]);
    assert_eq!(found("té lum").await?, ["société lumière"]);
    assert_eq!(found("股份").await?, ["光之股份有限公司"]);
    assert_eq!(found("' OR 1=1 --").await?, [""; 0]);
    assert_eq!(found("").await?.len(), names_in_order.len());
    // As people type it, not only as it is stored.
    assert_eq!(found(" SOCIÉTÉ  Lumière ").await?, [fold("Société Lumière")]);
    assert_eq!(found("nul\0").await?, [""; 0], "PostgreSQL knows no such character");
    Ok(())
}

async fn list_2_lines_are_counted_by_status(world: World) -> Done {
    let lines = [
        ended("a", "active", Some("2027-02-14")),
        ended("b", "active", None),
        ended("c", "expired", Some("2027-01-31")),
        line("d", "q", "d", None),
    ];
    put(&world, &lines).await?;
    let counted = async |query: LineQuery| {
        let mut counts = world.eu().read().count_lines(&query).await?;
        counts.sort();
        Ok::<_, StoreError>(counts)
    };
    let count = |status: &str, lines| (status.to_owned(), lines);
    let few = counted(but(|query| query.limit = 1)).await?;
    assert_eq!(
        few,
        [count("active", 2), count("expired", 1)],
        "whatever page is asked for"
    );
    let found = counted(but(|query| query.q = Some("B".to_owned()))).await?;
    assert_eq!(found, [count("active", 1)]);
    assert_eq!(
        counted(but(|query| query.partner = org("q"))).await?,
        [count("active", 1)]
    );
    Ok(())
}
