use crate::support::{Done, World, samples::{line, org}};
use std::time::Instant;
use store::region::relationship::LineQuery;
crate::support::engines! { every: ; files: deep_pages, }
async fn deep_pages(world: World) -> Done {
    for (partner, count) in [("small", 1_000), ("p", 100_000)] {
        let mut number = 0;
        while number < count {
            let tx = world.eu().begin().await?;
            for _ in 0..5_000.min(count) {
                let day = format!("2027-{:02}-{:02}", number % 12 + 1, number % 28 + 1);
                tx.put_relationship(&line(&format!("c{partner}{number:06}"), partner, &format!("name {:06}", (number * 7919) % count), (number % 5 > 0).then_some(day.as_str()))).await?;
                number += 1;
            }
            tx.commit().await?;
        }
    }
    if world.place.engine == crate::support::Engine::Postgres { world.sql("eu", "ANALYZE").await; }
    for partner in ["small", "p"] { for by_end in [false, true] { for descending in [false, true] {
        let mut query = LineQuery { partner: Some(org(partner)), by_end, descending, limit: 50, ..LineQuery::default() };
        query.after = None;
        let t = Instant::now(); for _ in 0..20 { world.eu().read().lines(&query).await?; } let first = t.elapsed() / 20;
        query.after = Some((if by_end { "2027-07-08" } else { if partner == "p" {"name 050000"} else {"name 000500"} }.to_owned(), "x".to_owned()));
        let t = Instant::now(); for _ in 0..20 { assert_eq!(world.eu().read().lines(&query).await?.len(), 50); } let deep = t.elapsed() / 20;
        println!("{:?} {partner} by_end {by_end} desc {descending}: first {first:?} deep {deep:?}", world.place.engine);
    } } }
    Ok(())
}
