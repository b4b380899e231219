//! An organization's own provider of sign-ins. The secret that we share with it is sealed.

use super::{
    Reads, Tx,
    seal::{seal, unseal},
};
use crate::{
    StoreError,
    entity::single_sign_on,
    time::{json, parse},
};
use domain::ids::OrgId;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    sea_query::{Expr, ExprTrait as _},
};
use serde::{Deserialize, Serialize};

/// A domain of email addresses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Domain {
    /// In A-labels, lower case.
    pub name: String,
    /// Whether the vendor confirmed that it is the organization's.
    pub confirmed: bool,
}

/// How an organization's people sign in through its own provider.
#[derive(Clone, PartialEq, Eq)]
pub struct SingleSignOn {
    /// Whose.
    pub organization: OrgId,
    /// The provider.
    pub issuer: String,
    /// Who we are there.
    pub client_id: String,
    /// By what we prove it.
    pub client_secret: String,
    /// The domains of its people's addresses.
    pub domains: Vec<Domain>,
    /// Whether they may use passwords, too.
    pub passwords: bool,
    /// Counts up with every change.
    pub version: i64,
}

impl std::fmt::Debug for SingleSignOn {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("SingleSignOn")
            .field("organization", &self.organization)
            .finish_non_exhaustive()
    }
}

impl SingleSignOn {
    /// Whether a domain is confirmed.
    pub fn has(&self, domain: &str) -> bool {
        self.domains.iter().any(|one| one.confirmed && one.name == domain)
    }
}

impl Reads<'_> {
    /// An organization's provider.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn single_sign_on(&self, organization: &OrgId) -> Result<Option<SingleSignOn>, StoreError> {
        let row = single_sign_on::Entity::find_by_id(organization.as_str());
        let Some(row) = row.one(&self.on).await? else {
            return Ok(None);
        };
        let secret = unseal(self.keys.providers(), &row.nonce, &row.sealed)?;
        let secret = String::from_utf8(secret).map_err(|_| StoreError::Corrupt("a provider's secret".to_owned()))?;
        Ok(Some(SingleSignOn {
            organization: OrgId(row.organization_id),
            issuer: row.issuer,
            client_id: row.client_id,
            client_secret: secret,
            domains: parse(&row.domains, "a provider's domains")?,
            passwords: row.passwords,
            version: row.version,
        }))
    }
}

impl Tx {
    /// Writes an organization's first provider (version 0), or a changed one.
    ///
    /// # Errors
    /// `Conflict` or `Taken` when the version is another by now.
    pub async fn put_single_sign_on(&self, value: &SingleSignOn) -> Result<(), StoreError> {
        let sealed = seal(
            self.keys.providers(),
            self.keys.octets(),
            value.client_secret.as_bytes(),
        )?;
        if value.version == 0 {
            let row = single_sign_on::ActiveModel {
                organization_id: Set(value.organization.0.clone()),
                issuer: Set(value.issuer.clone()),
                client_id: Set(value.client_id.clone()),
                nonce: Set(sealed.nonce),
                sealed: Set(sealed.sealed),
                domains: Set(json(&value.domains)?),
                passwords: Set(value.passwords),
                version: Set(1),
            };
            single_sign_on::Entity::insert(row)
                .exec_without_returning(&self.on)
                .await?;
            return Ok(());
        }
        let done = single_sign_on::Entity::update_many()
            .col_expr(single_sign_on::Column::Issuer, Expr::value(value.issuer.as_str()))
            .col_expr(single_sign_on::Column::ClientId, Expr::value(value.client_id.as_str()))
            .col_expr(single_sign_on::Column::Nonce, Expr::value(sealed.nonce))
            .col_expr(single_sign_on::Column::Sealed, Expr::value(sealed.sealed))
            .col_expr(single_sign_on::Column::Domains, Expr::value(json(&value.domains)?))
            .col_expr(single_sign_on::Column::Passwords, Expr::value(value.passwords))
            .col_expr(
                single_sign_on::Column::Version,
                Expr::col(single_sign_on::Column::Version).add(1),
            )
            .filter(single_sign_on::Column::OrganizationId.eq(value.organization.as_str()))
            .filter(single_sign_on::Column::Version.eq(value.version))
            .exec(&self.on)
            .await?;
        if done.rows_affected == 1 {
            Ok(())
        } else {
            Err(StoreError::Conflict)
        }
    }

    /// Removes an organization's provider.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn drop_single_sign_on(&self, organization: &OrgId) -> Result<(), StoreError> {
        single_sign_on::Entity::delete_by_id(organization.as_str())
            .exec(&self.on)
            .await?;
        Ok(())
    }
}
