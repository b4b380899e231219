//! What falls due beyond trials: in order, once, and set anew (CONV-7).

use crate::support::{Done, World, samples::at};
use domain::alarm::AlarmKind;
use store::{StoreError, region::alarm::Alarm};

crate::support::engines! {
    every: conv_7_alarms_ring_in_order_and_are_taken_once,
        conv_7_an_alarm_set_anew_takes_the_place_of_the_one_before,
        time_4_what_falls_due_next_is_an_alarm_too;
    files: conv_7_of_two_workers_one_takes_it
}

fn alarm(kind: AlarmKind, subject: &str, seconds: i64) -> Alarm {
    Alarm {
        at: at(seconds),
        kind,
        subject: subject.to_owned(),
    }
}

async fn set(world: &World, alarms: &[Alarm]) -> Done {
    let tx = world.eu().begin().await?;
    for one in alarms {
        tx.set_alarm(one).await?;
    }
    tx.commit().await
}

async fn take(world: &World, one: &Alarm) -> Result<bool, StoreError> {
    let tx = world.eu().begin().await?;
    let taken = tx.take_alarm(one).await?;
    tx.commit().await?;
    Ok(taken)
}

async fn conv_7_alarms_ring_in_order_and_are_taken_once(world: World) -> Done {
    use AlarmKind::{OrderCloses, OrderReminder};
    let (late, first, second) = (
        alarm(OrderCloses, "order_eu_1", 30),
        alarm(OrderReminder, "order_eu_2", 10),
        alarm(OrderReminder, "order_eu_1", 20),
    );
    set(&world, &[late.clone(), second.clone(), first.clone()]).await?;
    let due = async |seconds, limit| world.eu().read().due_alarms(at(seconds), limit).await;
    assert_eq!(due(9, 9).await?, []);
    assert_eq!(due(20, 9).await?, [first.clone(), second.clone()]);
    assert_eq!(due(99, 1).await?, std::slice::from_ref(&first));
    assert!(take(&world, &first).await?);
    assert!(!take(&world, &first).await?, "somebody else has taken it");
    assert_eq!(due(99, 9).await?, [second, late]);
    Ok(())
}

async fn conv_7_an_alarm_set_anew_takes_the_place_of_the_one_before(world: World) -> Done {
    use AlarmKind::{OrderCloses, OrderReminder};
    let (before, after) = (
        alarm(OrderReminder, "order_eu_1", 10),
        alarm(OrderReminder, "order_eu_1", 40),
    );
    let (other, else_where) = (
        alarm(OrderCloses, "order_eu_1", 50),
        alarm(OrderReminder, "order_eu_2", 60),
    );
    set(&world, &[before.clone(), other.clone(), else_where.clone()]).await?;
    set(&world, std::slice::from_ref(&after)).await?;
    assert!(!take(&world, &before).await?, "it is not set any more");
    let found = world.eu().read().alarm(OrderReminder, "order_eu_1").await?;
    assert_eq!(found, Some(after));
    let tx = world.eu().begin().await?;
    tx.drop_alarms("order_eu_1").await?;
    tx.commit().await?;
    assert_eq!(world.eu().read().due_alarms(at(99), 9).await?, [else_where]);
    Ok(())
}

async fn time_4_what_falls_due_next_is_an_alarm_too(world: World) -> Done {
    set(&world, &[alarm(AlarmKind::OrderCloses, "order_eu_1", 70)]).await?;
    assert_eq!(world.eu().read().next_due(false).await?, Some(at(70)));
    assert_eq!(
        world.eu().read().next_due(true).await?,
        Some(at(70)),
        "it takes nothing away"
    );
    assert_eq!(world.us().read().next_due(false).await?, None);
    Ok(())
}

async fn conv_7_of_two_workers_one_takes_it(world: World) -> Done {
    let one = alarm(AlarmKind::OrderCloses, "order_eu_1", 5);
    set(&world, std::slice::from_ref(&one)).await?;
    let (first, second) = tokio::join!(take(&world, &one), take(&world, &one));
    assert_eq!([first?, second?].iter().filter(|taken| **taken).count(), 1);
    Ok(())
}
