//! Pages by their last row, not by their number: they stay whole while rows come and go, and a deep one costs no more
//! than the first.

use sea_orm::{
    ColumnTrait, EntityTrait, Order, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select, Value,
    sea_query::{Expr, ExprTrait as _},
};

/// Where a page begins and how long it is.
pub(super) struct Page<'a> {
    pub(super) descending: bool,
    /// The key and id of the last row of the page before.
    pub(super) after: Option<(Value, &'a str)>,
    pub(super) limit: u64,
}

/// One page of rows in the order of a key and, where that is the same, of an id.
pub(super) fn page<E: EntityTrait>(rows: Select<E>, key: Expr, id: impl ColumnTrait, page: Page<'_>) -> Select<E> {
    let mut rows = rows;
    if let Some((at, last)) = page.after {
        // Compared as one, an index over both leads straight there; SQLite sees that for columns only, and needs to be
        // told about the key alone where that is computed.
        let place = Expr::tuple([key.clone(), Expr::col(id)]);
        let from = Expr::tuple([Expr::value(at.clone()), Expr::value(last)]);
        rows = rows.filter(if page.descending {
            key.clone().lte(at).and(place.lt(from))
        } else {
            key.clone().gte(at).and(place.gt(from))
        });
    }
    let order = if page.descending { Order::Desc } else { Order::Asc };
    rows.order_by(key, order.clone()).order_by(id, order).limit(page.limit)
}

/// By the end date; those without one come last.
pub(super) fn by_end() -> Expr {
    Expr::cust(ENDS)
}

/// The same as an index has it.
pub(crate) const ENDS: &str = "COALESCE(ends_on, '~')";

/// The key of a row sorted by its end date.
pub(super) fn end_key(ends_on: Option<&str>) -> String {
    ends_on.unwrap_or("~").to_owned()
}
