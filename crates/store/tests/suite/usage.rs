//! Daily figures (USE-1): the last one said counts, they are listed by service, metric and day, and go with the customer.

use crate::support::{
    Done, World,
    samples::{at, day, org},
};
use domain::usage::{Figure, Window};
use store::{StoreError, region::usage::UsageQuery};

crate::support::engines! {
    every: use_1_the_last_figure_said_counts,
        use_1_figures_are_listed_to_the_last_one,
        use_1_only_the_days_of_a_window_are_somebodys_business,
        exp_9_a_customers_figures_go_with_it_and_nobody_elses;
    files:
}

fn figure(service: &str, metric: &str, on: &str, value: i64) -> Figure {
    Figure {
        service: service.to_owned(),
        metric: metric.to_owned(),
        on: day(on),
        value,
    }
}

async fn put(world: &World, of: &str, figures: &[Figure]) -> Result<usize, StoreError> {
    let tx = world.eu().begin().await?;
    let changed = tx.put_usage(&org(of), figures, at(0)).await?;
    tx.commit().await?;
    Ok(changed)
}

fn all(of: &str) -> UsageQuery {
    UsageQuery {
        customer: org(of),
        windows: None,
        service: None,
        metric: None,
        from: None,
        to: None,
        after: None,
        limit: 10_000,
    }
}

async fn use_1_the_last_figure_said_counts(world: World) -> Done {
    let first = [
        figure("calling", "minutes", "2027-01-15", 10),
        figure("calling", "minutes", "2027-01-16", 20),
    ];
    assert_eq!(put(&world, "a", &first).await?, 2);
    assert_eq!(put(&world, "a", &first).await?, 0, "said again");
    let second = [figure("calling", "minutes", "2027-01-16", i64::MAX), first[0].clone()];
    assert_eq!(put(&world, "a", &second).await?, 1);
    let found = world.eu().read().usage(&all("a")).await?;
    assert_eq!(found, [first[0].clone(), second[0].clone()]);
    assert_eq!(put(&world, "a", &[]).await?, 0);
    Ok(())
}

async fn use_1_figures_are_listed_to_the_last_one(world: World) -> Done {
    // More than one statement writes.
    let days = jiff::civil::date(2025, 1, 1).series(jiff::ToSpan::days(1)).take(700);
    let many: Vec<Figure> = days
        .map(|on| Figure {
            on,
            ..figure("messaging", "messages", "2027-01-15", 1)
        })
        .collect();
    assert_eq!(put(&world, "a", &many).await?, 700);
    let few = [
        figure("calling", "users", "2027-01-15", 3),
        figure("calling", "minutes", "2027-01-15", 2),
    ];
    put(&world, "a", &few).await?;
    let mut query = UsageQuery { limit: 200, ..all("a") };
    let mut read = Vec::new();
    loop {
        let page = world.eu().read().usage(&query).await?;
        let Some(last) = page.last() else { break };
        query.after = Some((last.service.clone(), last.metric.clone(), last.on.to_string()));
        read.extend(page);
    }
    assert_eq!(read[..2], [few[1].clone(), few[0].clone()]);
    assert_eq!(read[2..], many);
    let query = UsageQuery {
        service: Some("messaging".to_owned()),
        metric: Some("messages".to_owned()),
        from: Some(day("2025-01-02")),
        to: Some(day("2025-01-03")),
        ..all("a")
    };
    assert_eq!(world.eu().read().usage(&query).await?, many[1..3], "both days included");
    Ok(())
}

async fn use_1_only_the_days_of_a_window_are_somebodys_business(world: World) -> Done {
    let figures = [
        figure("calling", "minutes", "2027-01-14", 1),
        figure("calling", "minutes", "2027-01-15", 2),
        figure("calling", "minutes", "2027-01-16", 3),
        figure("messaging", "messages", "2027-01-15", 4),
    ];
    put(&world, "a", &figures).await?;
    let window = |to: Option<&str>| Window {
        services: vec!["calling".to_owned()],
        from: day("2027-01-15"),
        to: to.map(day),
    };
    for (windows, wanted) in [
        (Vec::new(), &figures[..0]),
        (vec![window(Some("2027-01-15"))], &figures[1..2]),
        (vec![window(None)], &figures[1..3]),
    ] {
        let query = UsageQuery {
            windows: Some(windows.clone()),
            ..all("a")
        };
        assert_eq!(world.eu().read().usage(&query).await?, wanted, "{windows:?}");
    }
    Ok(())
}

async fn exp_9_a_customers_figures_go_with_it_and_nobody_elses(world: World) -> Done {
    let one = [figure("calling", "minutes", "2027-01-15", 1)];
    put(&world, "a", &one).await?;
    put(&world, "b", &one).await?;
    let services = async |of: &str| world.eu().read().used_services(&org(of)).await;
    assert_eq!(services("a").await?, ["calling".to_owned()].into());
    let tx = world.eu().begin().await?;
    tx.erase_usage(&org("a")).await?;
    tx.commit().await?;
    assert!(services("a").await?.is_empty());
    assert_eq!(world.eu().read().usage(&all("a")).await?, []);
    assert_eq!(world.eu().read().usage(&all("b")).await?, one);
    Ok(())
}
