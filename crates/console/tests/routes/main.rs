//! The pages over real stores: who is let in, what is refused, what every answer carries.

mod account;
mod acting;
mod device;
mod doors;
mod drafts;
mod everybody;
mod hostile;
mod limits;
mod loans;
mod orders;
mod passkey;
mod people;
mod provisioning;
mod rights;
mod setup;
mod world;
