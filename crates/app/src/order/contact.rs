//! CONV-2: who sets an order up: somebody of the partner or of a customer, whom we know.

use super::WantedContact;
use crate::{Actor, App, Error, audience::reads_mail};
use domain::{
    ids::{OrgId, PersonId},
    order::{Contact, ContactRole},
    person::Person,
    refusal::{Code, FieldError},
    text,
};

const EMAIL: &str = "/provisioning_contact/email";
const ROLE: &str = "/provisioning_contact/as";

/// Among whom a contact is looked for.
pub(super) struct Around<'a> {
    /// Whose customer it is.
    pub(super) partner: &'a OrgId,
    /// The company that orders.
    pub(super) ordered_by: &'a OrgId,
    /// The customer, where it is known; else any.
    pub(super) customer: Option<&'a OrgId>,
    /// Who is asked where nobody is named and whoever orders cannot be.
    pub(super) otherwise: &'a [PersonId],
}

impl App {
    /// The contact, checked. What is wrong with it is said like everything else in the body.
    pub(super) async fn contact_for(
        &self,
        actor: &Actor,
        wanted: &WantedContact,
        around: &Around<'_>,
    ) -> Result<(Person, Contact), Error> {
        let Some(email) = &wanted.email else {
            return self.default_contact(actor, wanted.role, around).await;
        };
        let email = text::email(email).map_err(|code| Error::field(EMAIL, code))?;
        let mut wrong_role = false;
        for company in [around.ordered_by, around.partner] {
            let reads = self.region(company.region())?.read();
            let found = reads
                .person_by_email(company, &email.key)
                .await?
                .map(|found| found.value);
            if let Some(person) = found.filter(is_sales) {
                match wanted.role {
                    Some(ContactRole::CustomerAdministrator) => wrong_role = true,
                    Some(ContactRole::PartnerAdministrator) | None => {
                        return Ok(as_contact(person, ContactRole::PartnerAdministrator));
                    }
                }
            }
        }
        if let Some(person) = self.customer_contact(actor, &email.key, around).await? {
            match wanted.role {
                Some(ContactRole::PartnerAdministrator) => wrong_role = true,
                Some(ContactRole::CustomerAdministrator) | None => {
                    return Ok(as_contact(person, ContactRole::CustomerAdministrator));
                }
            }
        }
        Err(match wrong_role {
            true => Error::field(ROLE, Code::ContactRole),
            false => vec![FieldError::new(EMAIL, Code::UnknownContact).with("value", email.address)].into(),
        })
    }

    async fn customer_contact(
        &self,
        actor: &Actor,
        email_key: &str,
        around: &Around<'_>,
    ) -> Result<Option<Person>, Error> {
        let company = match around.customer {
            Some(customer) => Some(customer.clone()),
            None => {
                // START-6: whether an address is somebody's is told to nobody too often.
                if !actor.is_vendor() {
                    self.count_lookup(actor, email_key).await?;
                }
                self.owner_of("email", email_key, "").await?
            }
        };
        let Some(company) = company else { return Ok(None) };
        let reads = self.region(company.region())?.read();
        let found = reads
            .person_by_email(&company, email_key)
            .await?
            .map(|found| found.value);
        Ok(found.filter(decides))
    }

    /// CONV-2: the partner itself is the default: whoever orders; else whoever handed it over (CONV-1), or started the
    /// trial. A distributor sets nothing up for another's customer unless it is named.
    async fn default_contact(
        &self,
        actor: &Actor,
        role: Option<ContactRole>,
        around: &Around<'_>,
    ) -> Result<(Person, Contact), Error> {
        if role == Some(ContactRole::CustomerAdministrator) {
            return Err(Error::field(EMAIL, Code::Required));
        }
        if actor.is_partner() && actor.org() == around.partner && is_sales(&actor.person) {
            return Ok(as_contact(actor.person.clone(), ContactRole::PartnerAdministrator));
        }
        for id in around.otherwise {
            let found = self
                .region(id.region())?
                .read()
                .person(id)
                .await?
                .map(|found| found.value);
            let of_partner = |person: &Person| person.organization == *around.partner && is_sales(person);
            if let Some(person) = found.filter(of_partner) {
                return Ok(as_contact(person, ContactRole::PartnerAdministrator));
            }
        }
        Err(Error::field(EMAIL, Code::Required))
    }
}

fn as_contact(person: Person, role: ContactRole) -> (Person, Contact) {
    let contact = Contact {
        person: person.id.clone(),
        role,
    };
    (person, contact)
}

/// Whether somebody of a partner sells, and reads what is written to him.
pub(super) fn is_sales(person: &Person) -> bool {
    reads_mail(person) && !person.email.is_empty() && person.roles.iter().any(|role| role.is_sales())
}

/// Whether somebody of a customer decides for it.
pub(super) fn decides(person: &Person) -> bool {
    reads_mail(person) && !person.email.is_empty() && person.has(domain::person::Role::FullAdministrator)
}
