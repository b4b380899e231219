//! What time does beyond trials: one thing at one instant, about one subject.

/// What falls due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AlarmKind {
    /// CONV-7: an order that belongs to no trial is still not mapped.
    OrderReminder,
    /// CONV-7: it closes.
    OrderCloses,
    /// NOTE-4: what was gathered for a person leaves.
    Digest,
}

impl AlarmKind {
    /// All kinds.
    pub const ALL: [AlarmKind; 3] = [AlarmKind::OrderReminder, AlarmKind::OrderCloses, AlarmKind::Digest];

    /// The kind's stable name: that of a milestone that does the same, where there is one.
    pub fn as_str(self) -> &'static str {
        match self {
            AlarmKind::OrderReminder => "order_reminder",
            AlarmKind::OrderCloses => "order_closes",
            AlarmKind::Digest => "digest",
        }
    }

    /// The kind of that name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}
