//! The few column types that both engines know alike.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

pub(super) enum Column {
    Text { name: &'static str, null: bool },
    Big { name: &'static str, null: bool },
    Small(&'static str),
    Flag(&'static str),
    Counter(&'static str),
}

pub(super) fn text(name: &'static str) -> Column {
    Column::Text { name, null: false }
}

pub(super) fn text_null(name: &'static str) -> Column {
    Column::Text { name, null: true }
}

pub(super) fn big(name: &'static str) -> Column {
    Column::Big { name, null: false }
}

pub(super) fn big_null(name: &'static str) -> Column {
    Column::Big { name, null: true }
}

pub(super) fn small(name: &'static str) -> Column {
    Column::Small(name)
}

pub(super) fn flag(name: &'static str) -> Column {
    Column::Flag(name)
}

pub(super) fn counter(name: &'static str) -> Column {
    Column::Counter(name)
}

impl Column {
    fn define(&self, engine: DbBackend) -> ColumnDef {
        let nullable = |mut column: ColumnDef, null: bool| {
            if null {
                column.null().take()
            } else {
                column.not_null().take()
            }
        };
        match self {
            // Keys are folded in Rust and compared octet by octet by both engines.
            Column::Text { name, null } if engine == DbBackend::Postgres => {
                nullable(ColumnDef::new(*name).custom("text COLLATE \"C\"").take(), *null)
            }
            Column::Text { name, null } => nullable(ColumnDef::new(*name).text().take(), *null),
            Column::Big { name, null } => nullable(ColumnDef::new(*name).big_integer().take(), *null),
            Column::Small(name) => ColumnDef::new(*name).integer().not_null().take(),
            Column::Flag(name) => ColumnDef::new(*name).boolean().not_null().take(),
            Column::Counter(name) => ColumnDef::new(*name)
                .big_integer()
                .not_null()
                .auto_increment()
                .primary_key()
                .take(),
        }
    }
}

pub(super) fn table(
    engine: DbBackend,
    name: &'static str,
    columns: &[Column],
    key: &[&'static str],
) -> TableCreateStatement {
    let mut table = Table::create();
    table.table(name);
    for column in columns {
        table.col(column.define(engine));
    }
    if !key.is_empty() {
        let mut primary = Index::create();
        for column in key {
            primary.col(*column);
        }
        table.primary_key(&mut primary);
    }
    table.take()
}

pub(super) fn index(table: &'static str, columns: &[&'static str], unique: bool) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(format!("{table}_{}", columns.join("_"))).table(table);
    for column in columns {
        index.col(*column);
    }
    if unique {
        index.unique();
    }
    index.take()
}

/// For lists sorted by the end date: those of one party, as pages compare them. In SQL, alike for both engines: the
/// query builder makes no index over an expression for SQLite.
pub(super) fn ends_index(table: &'static str, party: &'static str, id: &'static str) -> String {
    let ends = crate::region::ENDS;
    format!("CREATE INDEX \"{table}_{party}_ends\" ON \"{table}\" (\"{party}\", ({ends}), \"{id}\")")
}
