//! Schemas, one migration a transaction. A released migration never changes.

mod columns;
mod m0001_directory;
mod m0001_mailbox;
mod m0001_region;
mod m0002_accounts;
mod m0002_doors;
mod m0003_passkeys;
mod m0003_pending;
mod m0004_people;
mod m0005_allowance;
mod m0005_calling;
mod m0005_closing;
mod m0005_drafts;
mod m0005_jobs;
mod m0005_provisioning;
mod m0006_counts;
mod m0006_ends;
mod m0007_alarm;
mod m0007_orders;
mod m0007_shipments;
mod m0007_usage;
mod m0008_bounced;
mod m0009_bounce_reasons;

use sea_orm_migration::prelude::*;

pub(crate) struct RegionMigrator;
pub(crate) struct DirectoryMigrator;
pub(crate) struct MailboxMigrator;

impl MigratorTrait for RegionMigrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_region::Migration),
            Box::new(m0002_doors::Migration),
            Box::new(m0002_accounts::Migration),
            Box::new(m0003_passkeys::Migration),
            Box::new(m0004_people::Migration),
            Box::new(m0005_closing::Migration),
            Box::new(m0005_provisioning::Migration),
            Box::new(m0005_jobs::Migration),
            Box::new(m0005_calling::Migration),
            Box::new(m0005_drafts::Migration),
            Box::new(m0006_ends::Migration),
            Box::new(m0006_counts::Migration),
            Box::new(m0007_alarm::Migration),
            Box::new(m0007_shipments::Migration),
            Box::new(m0007_orders::Migration),
            Box::new(m0007_usage::Migration),
            Box::new(m0008_bounced::Migration),
            Box::new(m0009_bounce_reasons::Migration),
        ]
    }
}

impl MigratorTrait for DirectoryMigrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_directory::Migration),
            Box::new(m0003_pending::Migration),
            Box::new(m0005_allowance::Migration),
        ]
    }

    fn migration_table_name() -> DynIden {
        "seaql_migrations_directory".into_iden()
    }
}

impl MigratorTrait for MailboxMigrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(m0001_mailbox::Migration)]
    }

    fn migration_table_name() -> DynIden {
        "seaql_migrations_mailbox".into_iden()
    }
}
