//! SQLite has one writer. Those who come while it is busy share its next commit, each in a savepoint of its own: the
//! disk is waited for once. Nobody is answered before that commit.

use sea_orm::{
    DatabaseConnection, DatabaseTransaction, DbErr, RuntimeErr, SqliteTransactionMode, TransactionOptions,
    TransactionTrait as _,
};
use std::sync::Arc;
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

/// The one writer of a file, and whoever waits for its next commit.
#[derive(Clone, Debug)]
pub(crate) struct Together {
    write: DatabaseConnection,
    /// Whoever comes first is served first; the commit comes after those who waited when it was asked for.
    round: Arc<Mutex<Round>>,
}

/// What goes into one commit.
#[derive(Debug, Default)]
struct Round {
    tx: Option<DatabaseTransaction>,
    waiting: Vec<oneshot::Sender<Result<(), String>>>,
    is_ending: bool,
}

/// One writer's part of a round. Dropped, it has not happened.
#[derive(Debug)]
pub(crate) struct Part {
    tx: Option<DatabaseTransaction>,
    turn: Option<OwnedMutexGuard<Round>>,
    of: Together,
}

fn gone(what: impl ToString) -> DbErr {
    DbErr::Conn(RuntimeErr::Internal(what.to_string()))
}

/// The writer is taken from the first moment on.
pub(crate) fn writing() -> TransactionOptions {
    TransactionOptions {
        isolation_level: None,
        access_mode: None,
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
    }
}

impl Together {
    pub(crate) fn new(write: DatabaseConnection) -> Self {
        Self {
            write,
            round: Arc::default(),
        }
    }

    /// Waits for its turn. In a task of its own: a caller who goes away just after a savepoint was asked for would leave
    /// one that nobody knows of.
    pub(crate) async fn begin(&self) -> Result<Part, DbErr> {
        let of = self.clone();
        let begun = tokio::spawn(async move { of.begin_undisturbed().await });
        begun.await.map_err(gone)?
    }

    async fn begin_undisturbed(self) -> Result<Part, DbErr> {
        let mut turn = Arc::clone(&self.round).lock_owned().await;
        if turn.tx.is_none() {
            turn.tx = Some(self.write.begin_with_options(writing()).await?);
        }
        // From here on the round has to be ended, whatever becomes of this part.
        let mut part = Part {
            tx: None,
            turn: Some(turn),
            of: self,
        };
        let round = part.turn.as_ref().and_then(|turn| turn.tx.as_ref());
        let begun = round.ok_or_else(|| gone("no round"))?.begin().await?;
        part.tx = Some(begun);
        Ok(part)
    }

    /// Ends the round after those who wait for their turn by now.
    fn end_later(&self, round: &mut Round) {
        if !std::mem::replace(&mut round.is_ending, true) {
            let round = Arc::clone(&self.round);
            tokio::spawn(async move { end(&mut *round.lock_owned().await).await });
        }
    }
}

async fn end(round: &mut Round) {
    round.is_ending = false;
    let waiting = std::mem::take(&mut round.waiting);
    let Some(tx) = round.tx.take() else { return };
    let outcome = tx.commit().await.map_err(|error| error.to_string());
    for one in waiting {
        // Who has gone away meanwhile needs no answer.
        let _ = one.send(outcome.clone());
    }
}

impl Part {
    /// Its statements go here; a part that is over takes none.
    pub(crate) fn on(&self) -> Result<&DatabaseTransaction, DbErr> {
        self.tx.as_ref().ok_or_else(|| gone("a part that is over"))
    }

    /// Keeps it, and waits until it is on the disk. Who goes away meanwhile changes nothing about it.
    pub(crate) async fn commit(self) -> Result<(), DbErr> {
        let kept = tokio::spawn(self.keep()).await.map_err(gone)??;
        kept.await.map_err(gone)?.map_err(gone)
    }

    async fn keep(mut self) -> Result<oneshot::Receiver<Result<(), String>>, DbErr> {
        let (sender, answer) = oneshot::channel();
        let (Some(tx), Some(turn)) = (self.tx.take(), &mut self.turn) else {
            return Err(gone("a part that is over"));
        };
        if let Err(error) = tx.commit().await {
            spoil(turn).await;
            return Err(error);
        }
        turn.waiting.push(sender);
        Ok(answer)
    }

    pub(crate) async fn rollback(mut self) -> Result<(), DbErr> {
        match self.give_up() {
            Some(over) => tokio::spawn(over).await.map_err(gone)?,
            None => Ok(()),
        }
    }

    /// Takes back what was written, and only then lets the next one have his turn.
    fn give_up(&mut self) -> Option<impl Future<Output = Result<(), DbErr>> + Send + 'static + use<>> {
        let (tx, mut turn, of) = (self.tx.take()?, self.turn.take()?, self.of.clone());
        Some(async move {
            let back = tx.rollback().await;
            if back.is_err() {
                spoil(&mut turn).await;
            }
            of.end_later(&mut turn);
            back
        })
    }
}

/// What the others of this round wrote may be gone: nobody is told that it is there.
async fn spoil(round: &mut Round) {
    round.waiting.clear();
    if let Some(tx) = round.tx.take() {
        let _ = tx.rollback().await;
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // Where nothing runs any more nobody waits, and what is not committed is not there.
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            return;
        };
        if let Some(over) = self.give_up() {
            runtime.spawn(over);
        }
        if let Some(mut turn) = self.turn.take() {
            self.of.end_later(&mut turn);
        }
    }
}
