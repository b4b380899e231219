//! Bugs that are planted on purpose, around the product and never in it: a simulation that does not find them would not
//! find others.

/// A planted bug.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bug {
    /// A repeated request comes without its idempotency key, as if nobody had looked at it.
    KeyForgotten,
    /// A change's email is written in a transaction of its own, before the change.
    MailOutside,
    /// A reminder that was sent is planned again, as if nobody had finished it.
    MilestoneAgain,
    /// An email gets a new identity at every attempt.
    NewIdentity,
    /// An email counts as sent although the mail server did not take it.
    SaysSent,
}

impl Bug {
    /// All of them.
    pub const ALL: [Bug; 5] = [
        Bug::KeyForgotten,
        Bug::MailOutside,
        Bug::MilestoneAgain,
        Bug::NewIdentity,
        Bug::SaysSent,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Bug::KeyForgotten => "key-forgotten",
            Bug::MailOutside => "mail-outside",
            Bug::MilestoneAgain => "milestone-again",
            Bug::NewIdentity => "new-identity",
            Bug::SaysSent => "says-sent",
        }
    }
}
