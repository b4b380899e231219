//! A machine that slept while it had messages in hand.

use crate::world;
use delivery::{Carried, Carrier, Courier, Outgoing, Transport};
use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, OnceLock,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

/// What each courier sent, and the one that comes while the other sleeps.
#[derive(Debug, Default)]
struct Sent {
    by: Mutex<Vec<(&'static str, String)>>,
    other: OnceLock<Courier>,
}

#[derive(Debug)]
struct Way {
    name: &'static str,
    sent: Arc<Sent>,
    real: Arc<AtomicI64>,
}

const TEN_MINUTES: i64 = 600_000_000;

impl Carrier for Way {
    fn carry<'a>(&'a self, outgoing: &'a Outgoing) -> Carried<'a> {
        Box::pin(async move {
            let first = {
                let mut by = self.sent.by.lock().unwrap();
                by.push((self.name, outgoing.message_id.clone()));
                by.len() == 1
            };
            if first {
                self.real.fetch_add(TEN_MINUTES, Ordering::SeqCst);
                self.sent.other.get().unwrap().run_once().await;
            }
            Ok(())
        })
    }

    fn timeout(&self) -> Duration {
        Duration::from_secs(30)
    }
}

#[tokio::test]
async fn note_1_what_was_in_hand_too_long_is_left_to_whoever_took_it_over() {
    let world = world().await;
    for _ in 0..20 {
        world.post("1").await;
    }
    let sent = Arc::new(Sent::default());
    let way = |name| {
        let (sent, real) = (Arc::clone(&sent), Arc::clone(&world.real));
        Transport::Smtp(Arc::new(Way { name, sent, real }))
    };
    sent.other.set(world.courier(way("second"))).unwrap();
    world.courier(way("first")).run_once().await;
    let mut times: BTreeMap<String, u32> = BTreeMap::new();
    let mut by_first = 0;
    for (name, id) in sent.by.lock().unwrap().iter() {
        *times.entry(id.clone()).or_default() += 1;
        by_first += u32::from(*name == "first");
    }
    assert_eq!(times.len(), 20, "nothing is lost");
    let twice = times.values().filter(|times| **times > 1).count();
    assert!(
        by_first <= 8 && twice <= 8,
        "only what was on its way when the machine fell asleep leaves twice: {twice}, {by_first} by the first"
    );
}
