//! NOTE-2: how an email reads, for somebody else than its reader.

use super::{
    Courier,
    desk::{Desk, Unwritten},
};
use crate::letter::Rendered;
use i18n::Language;
use store::{StoreError, region::outbox::Letter};

impl Courier {
    /// A message as it would be written now; none where it cannot be any more. CONS-7: its button leads to nobody's link.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn preview(&self, letter: &Letter) -> Result<Option<(Language, Rendered)>, StoreError> {
        let Some(region) = self.stores.region(letter.id.region()) else {
            return Ok(None);
        };
        let written = Desk::new(self, region)
            .write_with(letter, Some(self.public_url.clone()))
            .await;
        match written {
            Ok(written) => Ok(Some((written.language, written.rendered))),
            Err(Unwritten::Never(_)) => Ok(None),
            Err(Unwritten::Later(error)) => Err(error),
        }
    }
}
