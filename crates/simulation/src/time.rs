//! What passes between rounds: time, by little or by days; and before much of it passes, whoever waits for an answer asks
//! once more. At the end everything settles.

use crate::{
    ask::orders::Brink,
    failure::Failure,
    fault::{Fault, Weather},
    run::{GOOD, Run, Work},
    world::NODES,
};
use domain::trial::{MilestoneKind, MilestoneState, Status};
use jiff::{SignedDuration, Timestamp};

impl Run {
    /// The clock goes on: by little mostly, by days with everybody at work, or over an outage.
    pub(crate) async fn time(&mut self) -> Result<(), Failure> {
        match self.chance.below(100) {
            0..=44 => {
                let seconds = self.chance.between(1, 1800);
                self.world.clock.jump(SignedDuration::from_secs(seconds));
            }
            45..=79 => {
                self.resolve(SignedDuration::from_hours(11)).await?;
                let minutes = self.chance.between(30, 660);
                self.world.clock.jump(SignedDuration::from_mins(minutes));
            }
            80..=84 => self.brink().await?,
            85..=93 => {
                self.resolve(GOOD).await?;
                for _ in 0..self.chance.between(1, 16) {
                    let minutes = self.chance.between(400, 720);
                    self.world.clock.jump(SignedDuration::from_mins(minutes));
                    self.quiet().await?;
                }
            }
            _ => {
                self.resolve(GOOD).await?;
                let hours = self.chance.between(20, 20 * 24);
                self.world.clock.jump(SignedDuration::from_hours(hours));
                self.note(|| format!("an outage of {hours} hours"));
            }
        }
        Ok(())
    }

    /// CONV-7: to the very second at which a trial is removed or an order closes, with everybody at work until then.
    async fn brink(&mut self) -> Result<(), Failure> {
        let (now, sight) = (self.world.clock.now(), self.world.look().await?);
        let far = now.checked_add(SignedDuration::from_hours(24 * 20)).unwrap_or(now);
        let mut all: Vec<(Timestamp, Brink)> = Vec::new();
        for record in sight
            .trials
            .iter()
            .filter(|record| record.trial.status() == Status::Expired)
        {
            let id = &record.trial.id;
            let Some(region) = self.world.stores.region(id.region()) else {
                continue;
            };
            let rows = region.read().milestones(id).await?;
            let ends = rows.iter().filter(|row| row.state == MilestoneState::Planned);
            let ends = ends.filter(|row| matches!(row.kind, MilestoneKind::Removed | MilestoneKind::OrderCloses));
            all.extend(ends.map(|row| (row.at, Brink::Trial(id.clone()))));
        }
        for order in sight
            .orders
            .iter()
            .filter(|order| order.is_open() && order.trial.is_none())
        {
            let zone = jiff::tz::TimeZone::get(&order.zone).unwrap_or(jiff::tz::TimeZone::UTC);
            all.push((
                domain::time::end_of(order.closes_on, &zone),
                Brink::Order(order.id.clone()),
            ));
        }
        all.retain(|(at, _)| *at > now && *at < far);
        all.sort_by_key(|(at, _)| *at);
        let Some((at, brink)) = self.chance.one(&all).cloned() else {
            return Ok(());
        };
        self.resolve(GOOD).await?;
        let near = at.checked_sub(SignedDuration::from_hours(13)).unwrap_or(at);
        while self.world.clock.now() < near {
            self.world
                .clock
                .jump(SignedDuration::from_mins(self.chance.between(400, 720)));
            self.quiet().await?;
        }
        let begin = at
            .checked_sub(SignedDuration::from_millis(self.chance.between(0, 80)))
            .unwrap_or(at);
        let left = begin.duration_since(self.world.clock.now());
        self.world.clock.jump(left.max(SignedDuration::ZERO));
        self.note(|| format!("the last second of {brink:?}"));
        self.brink = Some(brink);
        Ok(())
    }

    /// A round in which nothing goes wrong and nobody asks for anything.
    pub(crate) async fn quiet(&mut self) -> Result<(), Failure> {
        for node in 0..NODES {
            self.machine(node, Work::Worker);
            self.machine(node, Work::Courier);
        }
        self.machine(0, Work::Tend);
        self.round(Fault::None, Weather::Fair).await
    }

    /// Before so much time passes whoever waits for an answer asks once more, or gives up.
    async fn resolve(&mut self, ahead: SignedDuration) -> Result<(), Failure> {
        for turn in 0..4 {
            let now = self.world.clock.now();
            let old = now
                .checked_add(ahead)
                .and_then(|then| then.checked_sub(GOOD))
                .unwrap_or(Timestamp::MAX);
            let open: Vec<usize> = self
                .calls
                .iter()
                .filter(|call| call.is_open() && call.first <= old)
                .map(|call| call.number)
                .collect();
            if open.is_empty() {
                return Ok(());
            }
            for number in open {
                let call = &self.calls[number];
                let forgotten = now.duration_since(call.first) > SignedDuration::from_hours(23);
                let gives_up = !call.has_key || forgotten || (turn == 0 && self.chance.percent(20));
                if gives_up || turn == 3 {
                    self.calls[number].given_up = true;
                } else {
                    self.attempt(number);
                }
            }
            self.round(Fault::None, Weather::Fair).await?;
            // A key that a node held when it was killed is free again.
            self.world.clock.jump(SignedDuration::from_secs(31));
        }
        Ok(())
    }

    /// Nobody asks any more, nothing goes wrong any more, and everything that is due is done.
    pub(crate) async fn settle(&mut self) -> Result<(), Failure> {
        self.resolve(SignedDuration::from_hours(48)).await?;
        self.machine(0, Work::Acknowledge);
        self.round(Fault::None, Weather::Fair).await?;
        // Every email is tried again within four hours, and every lease is over.
        for _ in 0..4 {
            self.quiet().await?;
            for node in 0..NODES {
                self.machine(node, Work::Sweep);
            }
            self.round(Fault::None, Weather::Fair).await?;
            self.world.clock.jump(SignedDuration::from_mins(250));
        }
        // What falls due only now is told first, and goes after it.
        for _ in 0..2 {
            self.quiet().await?;
            for node in 0..NODES {
                self.machine(node, Work::Close);
            }
            self.round(Fault::None, Weather::Fair).await?;
        }
        self.quiet().await
    }
}
