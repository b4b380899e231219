//! Lists: keyset pages of several regions, merged and never copied (REG-4).

use serde::{Deserialize, Serialize};

/// Which part of a list.
#[derive(Clone, Debug)]
pub struct PageRequest {
    /// After this place.
    pub after: Option<Place>,
    /// At most so many.
    pub limit: usize,
}

/// A place in a list: the sort key and the id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place(pub String, pub String);

/// A part of a list.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// Where the next page begins; none after the last.
    pub next: Option<Place>,
    /// Regions whose store did not answer.
    pub unavailable_regions: Vec<String>,
}

/// Merges what each region gave, in order; each region was asked for one more than the limit.
pub(crate) fn merge<T>(
    parts: Vec<Vec<(Place, T)>>,
    limit: usize,
    descending: bool,
    numeric: bool,
) -> (Vec<(Place, T)>, bool) {
    let mut all: Vec<(Place, T)> = parts.into_iter().flatten().collect();
    all.sort_by(|(a, _), (b, _)| {
        let keys = if numeric {
            number(&a.0).cmp(&number(&b.0))
        } else {
            a.0.cmp(&b.0)
        };
        let order = keys.then_with(|| a.1.cmp(&b.1));
        if descending { order.reverse() } else { order }
    });
    let more = all.len() > limit;
    all.truncate(limit);
    (all, more)
}

fn number(key: &str) -> i64 {
    key.parse().unwrap_or(0)
}
