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

/// An instant as a sort key.
pub(crate) fn instant_key(at: jiff::Timestamp) -> String {
    format!("{:020}", at.as_microsecond())
}

/// The same, so that the newest comes first.
pub(crate) fn newest_first(at: jiff::Timestamp) -> String {
    format!("{:020}", i64::MAX - at.as_microsecond())
}

fn number(key: &str) -> i64 {
    key.parse().unwrap_or(0)
}

/// The part that is asked for of a list that is short enough to be read whole; its order is that of its places.
pub(crate) fn part<T>(all: Vec<(Place, T)>, page: &PageRequest) -> Page<T> {
    let ahead = |(place, _): &(Place, T)| page.after.as_ref().is_none_or(|after| place > after);
    let rest = all.into_iter().filter(ahead).collect();
    let (found, more) = merge(vec![rest], page.limit, false, false);
    Page {
        next: found.last().filter(|_| more).map(|(place, _)| place.clone()),
        items: found.into_iter().map(|(_, item)| item).collect(),
        unavailable_regions: Vec::new(),
    }
}
