//! Devices that are asked for, on loan, and back: what lists and look-ups find them by. What they are stands in their
//! trial.

use super::columns::*;
use sea_orm_migration::prelude::*;

/// Shipments, their types, the serials that are out, and requests to keep devices longer.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let engine = manager.get_database_backend();
        let shipment = [
            text("id"),
            text("trial_id"),
            text("customer_id"),
            text("status"),
            text("return_status"),
            text_null("order_number"),
            big("requested_at"),
            big_null("due_at"),
        ];
        let line = [text("trial_id"), text("device_type"), text("shipment_id")];
        let serial = [text("serial"), text("shipment_id"), text("trial_id")];
        let extension = [
            text("id"),
            text("shipment_id"),
            text("trial_id"),
            text("state"),
            big("asked_at"),
        ];
        manager
            .create_table(table(engine, "shipment", &shipment, &["id"]))
            .await?;
        // DEV-2: one shipment per device type and trial.
        let key = ["trial_id", "device_type"];
        manager
            .create_table(table(engine, "shipment_line", &line, &key))
            .await?;
        // DEV-4: a device is out once.
        manager
            .create_table(table(engine, "device_serial", &serial, &["serial"]))
            .await?;
        manager
            .create_table(table(engine, "device_extension", &extension, &["id"]))
            .await?;
        for (table, columns) in [
            ("shipment", ["trial_id"].as_slice()),
            ("shipment", &["customer_id"]),
            ("shipment", &["order_number"]),
            ("shipment", &["status", "requested_at"]),
            ("shipment", &["return_status", "due_at"]),
            ("device_serial", &["trial_id"]),
            ("device_extension", &["trial_id"]),
            ("device_extension", &["state", "asked_at"]),
        ] {
            manager.create_index(index(table, columns, false)).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
