//! What the passing of time does to a life (EXP).

use super::{Checked, Life, must, text};
use jiff::civil::Date;
use serde_json::Value;
use store::region::event::Event;

impl Life {
    /// EXP-1, 2, 4, 7: in time, for a state that has not passed, once.
    pub(super) fn notified(&mut self, kind: &str, row: &Event) -> Checked {
        let at = row.at;
        must(row.by.via == "worker", || format!("by {}", row.by.via))?;
        if kind == "order_reminder" {
            return self.reminded_of_order(at);
        }
        let twice = self
            .sent
            .iter()
            .any(|(sent, _, day)| sent == kind && *day == self.ends_on);
        must(!twice, || format!("{kind} twice for {:?}", self.ends_on))?;
        self.sent.push((kind.to_owned(), at, self.ends_on));
        match kind {
            "expiry_reminder" => {
                let end = self.end()?;
                must(self.status == "active" && at < self.midnight(end, 1), || {
                    format!("for a state that has passed: {}", self.status)
                })?;
                must(at >= self.nine(end, -7), || "early".to_owned())?;
                self.tell(at, "expiry_reminder");
            }
            "expiry_notice" => {
                let end = self.end()?;
                must(self.runs() && at < self.midnight(end, 31), || {
                    format!("for a state that has passed: {}", self.status)
                })?;
                must(at >= self.nine(end, 0), || "early".to_owned())?;
                self.tell(at, "expiry_notice");
            }
            _ => {
                let gone = self.done.contains_key("removed") || self.done.contains_key("organization_closed");
                must(gone, || "before it happened".to_owned())?;
                must(at >= self.nine(self.last_day(at), 1), || "early".to_owned())?;
                self.tell(at, "access_ended");
            }
        }
        Ok(())
    }

    /// EXP-3, 4, 5, 8; CANC-2: never early, once.
    pub(super) fn ended(&mut self, event: &Value, row: &Event) -> Checked {
        let at = row.at;
        let kind = text(event, "type");
        must(row.by.via == "worker", || format!("by {}", row.by.via))?;
        let day = self.cancelled_on.or(self.ends_on).unwrap_or(Date::MAX);
        if kind == "numbers_released"
            && let Some(left) = self.calling_left.take()
        {
            let due = self.midnight(left, 16);
            return must(at >= due, || format!("before {due}"));
        }
        let (was, due) = match kind {
            "expired" => (self.status == "active", self.midnight(day, 1)),
            "removed" => (self.status == "expired", self.midnight(self.last_day(at), 1)),
            "organization_closed" => (self.status == "cancelled", self.midnight(self.last_day(at), 1)),
            _ if self.status == "cancelled" => (true, self.midnight(day, 16)),
            _ => (self.status == "removed", self.midnight(self.last_day(at), 16)),
        };
        must(was, || format!("it was {}", self.status))?;
        must(at >= due, || format!("before {due}"))?;
        match kind {
            "expired" => self.turn("expired", at),
            "removed" => {
                self.once(kind, at)?;
                self.turn("removed", at);
                self.devices.withdraw();
            }
            _ => self.once(kind, at)?,
        }
        Ok(())
    }
}
