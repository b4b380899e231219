//! Users, licences, imports.

use super::{Collection, company, faults, world};
use crate::{
    part::Faults,
    screen::team,
    screen::users::{
        self, Base, Users,
        add::AddUsers,
        import::{ImportPage, PreviewPart},
        job::{self, RowLine},
    },
};
use app::{
    job::{JobView, RowView},
    user::{Licensed, UserView},
};
use domain::{
    ids::{JobId, OrgId},
    person::Role,
    program::Program,
};

fn base(partner: bool) -> Base {
    Base {
        customer: OrgId("org_eu_1".into()),
        name: "Lumière <script>".into(),
        url: "/control/users".into(),
        back: partner.then(|| "/partner/customers/org_eu_1".to_owned()),
    }
}

fn job_view(status: &str, failed: u64) -> JobView {
    JobView {
        id: JobId("job_eu_1".into()),
        kind: "user_import".into(),
        customer: OrgId("org_eu_1".into()),
        status: status.into(),
        total: 20_000,
        succeeded: 19_000,
        failed,
        created_at: world::now(),
        finished_at: (status == "done").then(world::now),
    }
}

fn row() -> RowView {
    RowView {
        row: 17,
        status: "failed".into(),
        code: Some("licenses_exhausted".into()),
        details: [("service", "messaging"), ("quantity", "5"), ("assigned", "5")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec(),
        id: None,
    }
}

pub(super) fn users(all: &mut Collection<'_>, program: &Program) {
    let words = all.words;
    let lines = || {
        let line = |(service, assigned): (&str, u32)| Licensed {
            service: service.into(),
            quantity: 5,
            assigned,
        };
        let lines = [("messaging", 4), ("meetings", 5), ("calling", 6)].map(line);
        lines
            .iter()
            .map(|line| users::license_line(words, line, program))
            .collect()
    };
    let person = UserView {
        person: domain::person::Person {
            licenses: vec!["messaging".into()],
            bounced_at: Some(world::now()),
            ..company::actor().person
        },
        version: 1,
    };
    for full in [true, false] {
        let base = base(full);
        all.add(&Users {
            faults: if full { faults(words) } else { Faults::default() },
            lines: if full { lines() } else { Vec::new() },
            people: if full {
                vec![users::user_line(words, &person, program)]
            } else {
                Vec::new()
            },
            count: i64::from(full),
            q: String::new(),
            license: "messaging".into(),
            filters: vec![("messaging".into(), "x".into())],
            first: full.then(|| "/".to_owned()),
            next: full.then(|| "/".to_owned()),
            may_manage: full,
            jobs: ["queued", "running", "done", "failed"]
                .iter()
                .filter(|_| full)
                .map(|status| job::line(words, &base, &job_view(status, 1)))
                .collect(),
            base,
        });
        all.add(&AddUsers {
            base: self::base(full),
            faults: if full { faults(words) } else { Faults::default() },
            rows: vec![("a@b.example".into(), "<b>".into()); 5],
            lengths: vec![(10, "/".into()), (25, "/".into())],
            lines: if full { lines() } else { Vec::new() },
            chosen: vec!["messaging".into()],
            roles: Role::ALL
                .iter()
                .filter(|_| full)
                .map(|role| team::choice(words, *role, &[]))
                .collect(),
        });
        let preview = PreviewPart {
            total: 4,
            created: 1,
            updated: 1,
            unchanged: 1,
            failed: 1,
            rows: vec![RowLine::of(words, &row())],
        };
        all.add(&ImportPage {
            base: self::base(full),
            faults: if full { Faults::default() } else { faults(words) },
            columns: vec![("email", "x".into())],
            rows: 20_000,
            preview: full.then_some(preview),
        });
    }
    all.add(&job::of(words, base(true), &job_view("running", 1), &[row()]));
    all.add(&job::of(words, base(true), &job_view("done", 0), &[]));
}
