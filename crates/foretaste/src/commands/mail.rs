//! `foretaste mail test`: whether the mail server takes what we send.

use crate::{
    config::MailTo,
    failure::{Failure, Outcome},
    open::Which,
    ports,
};
use clap::Subcommand;
use delivery::{Outgoing, Smtp};
use std::time::SystemTime;

#[derive(Debug, Subcommand)]
pub(crate) enum Action {
    /// Send a short email through the configured mail server
    Test {
        /// To whom
        address: String,
        /// The configuration; what it lacks is read from FORETASTE_… variables
        #[arg(long, value_name = "FILE", env = "FORETASTE_CONFIG")]
        config: Option<std::path::PathBuf>,
    },
}

pub(crate) async fn run(Action::Test { address, config }: Action) -> Outcome {
    let config = Which { config, data: None }.configured()?;
    let to = domain::text::email(&address).map_err(|_| Failure::new(format!("{address} is no email address")))?;
    let MailTo::Server(server) = config.mail()? else {
        return Err(Failure::new("`mail` is \"mailbox\": no email leaves this server"));
    };
    let (brand, url) = (config.brand()?, config.public_url()?);
    let smtp = Smtp::new(&server).map_err(|error| Failure::new(error.to_string()))?;
    let now = ports::real_now();
    let host = url
        .split("://")
        .nth(1)
        .and_then(|rest| rest.split(['/', ':']).next())
        .unwrap_or("localhost");
    let text = format!("This email was sent by `foretaste mail test` of {url}. Mail works.");
    let outgoing = Outgoing {
        message_id: format!("<test-{}@{host}>", now.as_microsecond()),
        from: brand.from,
        to: to.address,
        subject: format!("{}: a test", brand.vendor_name),
        html: format!("<p>{text}</p>"),
        text,
        language: "en".to_owned(),
        date: SystemTime::from(now),
        kind: "test".to_owned(),
    };
    smtp.send(&outgoing)
        .await
        .map_err(|error| Failure::new(error.to_string()))?;
    println!("{}:{} took it.", server.host, server.port);
    Ok(())
}
