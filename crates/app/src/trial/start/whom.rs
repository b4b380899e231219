//! START-6: whom a start is for.

use super::Whom;
use crate::{Actor, App, Error};
use domain::{
    program::Program,
    refusal::Code,
    trial::{Target, Wish},
};

impl App {
    pub(super) async fn whom(
        &self,
        actor: &Actor,
        wish: &Wish,
        program: &Program,
        holder: &str,
    ) -> Result<Whom, Error> {
        let (email, country, expect) = match &wish.target {
            // ORG-7
            Target::Own(id) if id == actor.org() => return Err(Error::field("/customer/id", Code::OwnOrganization)),
            Target::Own(id) => return Ok(Whom::Own(self.own_customer(actor, id.as_str(), "/customer/id").await?)),
            Target::Form {
                email, country, expect, ..
            } => (email, country, expect.as_deref()),
        };
        self.refuse_colleague(actor, &email.key, "/customer/admin_email")
            .await?;
        let owner = self.owner_of("email", &email.key, holder).await?;
        let mismatch = match expect {
            Some("new") => owner.is_some(),
            Some(_) => owner.is_none(),
            None => false,
        };
        if mismatch {
            return Err(Error::code(Code::CustomerMismatch));
        }
        let Some(owner) = owner else {
            let region = program
                .country(country)
                .map(|country| country.region.clone())
                .unwrap_or_default();
            return Ok(Whom::New { region });
        };
        let line = self
            .region(owner.region())?
            .read()
            .relationship(&owner, actor.org())
            .await?;
        match line {
            Some(line) if !line.pending => Ok(Whom::Own(
                self.own_customer(actor, owner.as_str(), "/customer/admin_email")
                    .await?,
            )),
            Some(_) | None => Ok(Whom::Stranger(owner)),
        }
    }
}
