//! `foretaste provisioner test`: whether the provisioner takes what we sign (PROV-2).

use crate::{
    failure::{Failure, Outcome},
    open::Which,
    ports,
};
use clap::Subcommand;
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(crate) enum Action {
    /// Call the configured provisioner once, with a signed call that asks for nothing
    Test {
        /// The configuration; what it lacks is read from FORETASTE_… variables
        #[arg(long, value_name = "FILE", env = "FORETASTE_CONFIG")]
        config: Option<PathBuf>,
    },
}

pub(crate) async fn run(Action::Test { config }: Action) -> Outcome {
    let config = Which { config, data: None }.configured()?;
    let Some(endpoint) = config.provisioner()? else {
        return Err(Failure::new(
            "`provisioner.kind` is \"embedded\": services are there at once, and nobody is called",
        ));
    };
    let (now, port) = (ports::real_now(), config.provisioner_port()?);
    let id = format!("prov_test_{}", now.as_microsecond());
    let body = serde_json::json!({
        "specversion": "1.0", "id": id, "source": config.public_url()?, "type": "foretaste.provisioning.ping",
        "time": now.to_string(), "subject": id, "datacontenttype": "application/json", "data": {},
    });
    let failed = |error: delivery::HttpError| Failure::new(format!("{}: {error}", endpoint.url));
    let request = delivery::signed(&endpoint, &id, body.to_string().as_bytes(), now).map_err(failed)?;
    let status = port.send(request).await.map_err(failed)?.status();
    if !status.is_success() {
        let why = format!("{} answered {status}: the call was not taken", endpoint.url);
        return Err(Failure::new(why));
    }
    println!("{} took it.", endpoint.url);
    Ok(())
}
