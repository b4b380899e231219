//! What the address of the list says: search, filter, sort, page.

use crate::web::{Fields, encoded};
use app::customer::CustomerFilter;

/// What stands in the address.
#[derive(Clone, Default)]
pub(super) struct Wish {
    pub(super) q: String,
    pub(super) status: String,
    pub(super) service: String,
    pub(super) region: String,
    pub(super) sort: String,
    pub(super) after: Option<String>,
}

impl Wish {
    pub(super) fn of(query: &Fields) -> Self {
        let text = |name: &str| query.owned(name).unwrap_or_default();
        let (q, status, service, region, sort) =
            (text("q"), text("status"), text("service"), text("region"), text("sort"));
        Self {
            q,
            status,
            service,
            region,
            sort,
            after: query.owned("after"),
        }
    }

    pub(super) fn url(&self) -> String {
        let pairs = [
            ("q", &self.q),
            ("status", &self.status),
            ("service", &self.service),
            ("region", &self.region),
            ("sort", &self.sort),
        ];
        let mut parts: Vec<String> = pairs
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        parts.extend(self.after.iter().map(|after| format!("after={}", encoded(after))));
        if parts.is_empty() {
            "/partner/customers".to_owned()
        } else {
            format!("/partner/customers?{}", parts.join("&"))
        }
    }

    /// The same list from another place on.
    pub(super) fn at(&self, after: Option<String>) -> String {
        Self { after, ..self.clone() }.url()
    }

    pub(super) fn is_narrowed(&self) -> bool {
        [&self.q, &self.status, &self.service, &self.region]
            .iter()
            .any(|value| !value.is_empty())
    }

    pub(super) fn filter(&self) -> CustomerFilter {
        let some = |text: &String| (!text.is_empty()).then(|| text.clone());
        CustomerFilter {
            statuses: some(&self.status).into_iter().collect(),
            service: some(&self.service),
            region: some(&self.region),
            q: some(&self.q),
            by_end: self.sort.ends_with("end"),
            descending: self.sort.starts_with('-'),
            ..CustomerFilter::default()
        }
    }
}
