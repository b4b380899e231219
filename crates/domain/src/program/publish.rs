//! PROG-1: a new version meets the trials that are running before it is published.

use std::collections::BTreeSet;

use super::finding::{Findings, known};
use super::{Finding, Program};

/// What customers and trials of today hold on to (PROG-1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Used {
    /// Services in trials that have not come to their end.
    pub services: BTreeSet<String>,
    /// Regions that hold customers.
    pub regions: BTreeSet<String>,
    /// Countries that have customers.
    pub countries: BTreeSet<String>,
    /// The highest version that was ever published.
    pub highest_version: u32,
}

impl Program {
    /// PROG-1: why this program cannot follow `older`, the version that is in force. Comes after [`Program::check`].
    /// [`super::locate`] gives the findings their lines.
    pub fn conflicts(&self, older: &Program, used: &Used) -> Vec<Finding> {
        let mut found = Findings::default();
        if self.id != older.id {
            let problem = format!("`{}` is another program than `{}`", self.id, older.id);
            found.add("/id", problem, format!("write `{}`", older.id));
        }
        let next = used.highest_version.saturating_add(1);
        if self.version != next {
            let problem = format!(
                "version {} does not follow version {}",
                self.version, used.highest_version
            );
            found.add("/version", problem, format!("write {next}"));
        }
        for id in used.services.iter().filter(|id| self.service(id).is_none()) {
            let problem = format!("`{id}` is missing, and trials that are running have it");
            found.add(
                "/services",
                problem,
                "put the service back until the last of them has ended",
            );
        }
        // REG-2: the region of a customer never changes.
        for id in used
            .regions
            .iter()
            .filter(|id| !self.regions.iter().any(|region| region.id == **id))
        {
            let problem = format!("`{id}` is missing, and customers' data is stored there");
            found.add(
                "/regions",
                problem,
                format!("put the region back; now there are {}", self.region_ids()),
            );
        }
        for id in &used.countries {
            self.country_conflict(&mut found, older, id);
        }
        found.0
    }

    /// REG-1, REG-2: a country in use stays, and keeps its region.
    fn country_conflict(&self, found: &mut Findings, older: &Program, id: &str) {
        let before = older.country(id).map(|country| country.region.as_str());
        match self
            .countries
            .iter()
            .position(|country| country.id == id)
            .zip(self.country(id))
        {
            None => {
                let problem = format!("`{id}` is missing, and customers are there");
                let mend = "put the country back; `availability = \"restricted\"` refuses new trials there";
                found.add("/countries", problem, mend);
            }
            Some((index, country)) => {
                if let Some(before) = before.filter(|before| *before != country.region) {
                    let problem = format!("`{id}` has customers, and their data is stored in `{before}`");
                    found.add(
                        format!("/countries/{index}/region"),
                        problem,
                        format!("write `{before}`"),
                    );
                }
            }
        }
    }

    /// The ids of the regions, as they stand in a sentence.
    pub(super) fn region_ids(&self) -> String {
        known(self.regions.iter().map(|region| region.id.as_str()))
    }
}
