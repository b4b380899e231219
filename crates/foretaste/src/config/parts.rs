//! What a command needs of the configuration: asked for, it is there and in order, or the answer names the mend.

use super::{
    Config, Environment,
    keys::{Mail, Regions, ServerKeys},
};
use crate::{
    commands::program::{load, shipped},
    failure::{Failure, Outcome},
    logs, ports,
};
use delivery::{Brand, Fonts, HttpPort, Smtp, SmtpConfig, Templates};
use domain::program::Program;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Read as _,
    net::ToSocketAddrs as _,
    path::PathBuf,
    time::Duration,
};
use store::Keys;

const SECRET: usize = 32;
/// A systemd credential of that name stands in for `secret_file`.
const SECRET_CREDENTIAL: &str = "secret";
/// A systemd credential of that name stands in for `mail.password`.
const PASSWORD_CREDENTIAL: &str = "mail_password";
const CONNECTIONS: u32 = 10;
const STATEMENT_CACHE: usize = 100;
const COLOUR: &str = "#1f5fbf";

/// Where emails go.
pub(crate) enum MailTo {
    /// Into the mailbox.
    Mailbox,
    /// To a mail server.
    Server(Box<SmtpConfig>),
}

/// A file that systemd gives this service.
pub(super) fn credential(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("CREDENTIALS_DIRECTORY")?;
    Some(PathBuf::from(folder).join(name)).filter(|path| path.exists())
}

impl Config {
    pub(super) fn missing<T>(&self, key: &str, example: &str) -> Outcome<T> {
        Err(Failure::new(format!(
            "{}: `{key}` is missing; for example: {example}",
            self.place
        )))
    }

    pub(super) fn wrong<T>(&self, key: &str, why: impl std::fmt::Display) -> Outcome<T> {
        Err(Failure::new(format!("{}: `{key}` {why}", self.place)))
    }

    pub(crate) fn environment(&self) -> Environment {
        self.keys.environment.unwrap_or_default()
    }

    pub(crate) fn log(&self) -> &str {
        self.keys.log.as_deref().unwrap_or("info")
    }

    pub(crate) fn templates(&self) -> Option<PathBuf> {
        self.keys.templates.clone()
    }

    /// DEV-7: the system's, and those of a folder where one is named.
    pub(crate) fn fonts(&self) -> Fonts {
        Fonts::new(self.keys.fonts.clone())
    }

    /// SEC-2: the operator's own list; it is searched, never read whole, so only its first line is looked at here.
    pub(crate) fn breached_passwords(&self) -> Outcome<Option<PathBuf>> {
        let Some(path) = self.keys.breached_passwords.clone() else {
            return Ok(None);
        };
        let mut first = [0; 41];
        let read = fs::File::open(&path).and_then(|mut file| file.read_exact(&mut first));
        if let Err(error) = read {
            return self.wrong("breached_passwords", format!("cannot be read: {error}"));
        }
        if first[40] != b':' || !first[..40].iter().all(u8::is_ascii_hexdigit) {
            let form = "is no list of SHA-1 digests in their order: each line is HASH:COUNT";
            return self.wrong("breached_passwords", form);
        }
        Ok(Some(path))
    }

    /// TIME-4: refused on a production server.
    pub(crate) fn test_clock(&self) -> Outcome<bool> {
        let wanted = self.keys.test_clock.unwrap_or(false);
        if wanted && self.environment() == Environment::Production {
            return self.wrong(
                "test_clock",
                "is for test servers: remove it, or set environment = \"test\"",
            );
        }
        Ok(wanted)
    }

    pub(crate) fn listen(&self) -> Outcome<&str> {
        let Some(listen) = self.keys.listen.as_deref() else {
            return self.missing("listen", "listen = \"127.0.0.1:8080\"");
        };
        match listen.to_socket_addrs() {
            Ok(_) => Ok(listen),
            Err(error) => self.wrong("listen", format!("is no address and port: {error}")),
        }
    }

    /// The keys, from the secret of the installation.
    pub(crate) fn secret(&self) -> Outcome<Keys> {
        let Some(path) = self.keys.secret_file.clone().or_else(|| credential(SECRET_CREDENTIAL)) else {
            let example = "secret_file = \"/etc/foretaste/secret\", made once with `head -c 32 /dev/urandom`";
            return self.missing("secret_file", example);
        };
        let octets = match fs::read(&path) {
            Ok(octets) => octets,
            Err(error) => return self.wrong("secret_file", format!("cannot be read: {}: {error}", path.display())),
        };
        if octets.len() < SECRET {
            return self.wrong(
                "secret_file",
                format!("{} must hold {SECRET} random octets or more", path.display()),
            );
        }
        Ok(Keys::derive(&octets, ports::random()))
    }

    /// The program file, else the shipped program.
    pub(crate) fn program(&self) -> Outcome<Program> {
        self.keys.program.as_deref().map_or_else(shipped, load)
    }

    /// Where the stores are, for the regions of a program.
    pub(crate) fn stores(&self, wanted: &BTreeSet<String>) -> Outcome<store::Config> {
        let keys = &self.keys.stores;
        let Some(directory) = keys.directory.clone() else {
            return self.missing(
                "stores.directory",
                "directory = \"sqlite:/var/lib/foretaste/directory.db\"",
            );
        };
        let regions: BTreeMap<String, String> = match &keys.regions {
            None => return self.missing("stores.regions", "regions = \"sqlite:/var/lib/foretaste/{region}.db\""),
            Some(Regions::Map(map)) => map.clone(),
            Some(Regions::Template(template)) if !template.contains("{region}") => {
                return self.wrong(
                    "stores.regions",
                    "must have {region} in it, or be a table with a store for each region",
                );
            }
            Some(Regions::Template(template)) => wanted
                .iter()
                .map(|id| (id.clone(), template.replace("{region}", id)))
                .collect(),
        };
        // REG-1: a customer of that region could not be served.
        if let Some(id) = wanted.iter().find(|id| !regions.contains_key(*id)) {
            return self.wrong(
                "stores.regions",
                format!("has no store for the program's region `{id}`: add `{id} = \"…\"`"),
            );
        }
        let config = store::Config {
            directory,
            regions,
            mailbox: keys.mailbox.clone(),
            connections: keys.connections.unwrap_or(CONNECTIONS).max(1),
            statement_cache: keys.statement_cache.unwrap_or(STATEMENT_CACHE),
        };
        self.check_places(&config)?;
        Ok(config)
    }

    /// REG-2: each store is a place of its own.
    fn check_places(&self, config: &store::Config) -> Outcome {
        let named = config
            .regions
            .iter()
            .map(|(id, url)| (format!("stores.regions.{id}"), url));
        let all = [("stores.directory".to_owned(), &config.directory)]
            .into_iter()
            .chain(named);
        let all = all.chain(config.mailbox.iter().map(|url| ("stores.mailbox".to_owned(), url)));
        let mut seen: BTreeMap<&str, String> = BTreeMap::new();
        for (key, url) in all {
            let known = ["sqlite:", "postgres://", "postgresql://"]
                .iter()
                .any(|engine| url.starts_with(engine));
            if !known {
                return self.wrong(&key, "must begin with `sqlite:` and a path, or with `postgres://`");
            }
            self.check_line(&key, url)?;
            if let Some(first) = seen.insert(url, key.clone()) {
                return self.wrong(
                    &key,
                    format!("is the same place as `{first}`: each store needs one of its own"),
                );
            }
        }
        Ok(())
    }

    /// Where emails go.
    pub(crate) fn mail(&self) -> Outcome<MailTo> {
        match &self.keys.mail {
            None => self.missing("mail", "[mail] with host = \"mail.example.com\" and port = 587"),
            Some(Mail::Mailbox) if self.environment() == Environment::Production => self.wrong(
                "mail",
                "\"mailbox\" is for test servers: name a mail server, or set environment = \"test\"",
            ),
            Some(Mail::Mailbox) if self.keys.stores.mailbox.is_none() => {
                self.missing("stores.mailbox", "mailbox = \"sqlite:/var/lib/foretaste/mailbox.db\"")
            }
            Some(Mail::Mailbox) => Ok(MailTo::Mailbox),
            Some(Mail::Server(keys)) => Ok(MailTo::Server(Box::new(self.server(keys)?))),
        }
    }

    fn server(&self, keys: &ServerKeys) -> Outcome<SmtpConfig> {
        let Some(host) = keys.host.clone() else {
            return self.missing("mail.host", "host = \"mail.example.com\"");
        };
        let Some(port) = keys.port else {
            return self.missing("mail.port", "port = 587");
        };
        let seconds = keys.timeout.unwrap_or(30);
        if !(1..=600).contains(&seconds) {
            return self.wrong("mail.timeout", "must be a number of seconds from 1 to 600");
        }
        let file = keys
            .password_file
            .clone()
            .or_else(|| credential(PASSWORD_CREDENTIAL))
            .filter(|_| keys.password.is_none());
        let password = match file.map(|path| (fs::read_to_string(&path), path)) {
            None => keys.password.clone(),
            Some((Ok(text), _)) => Some(text.trim_end_matches(['\r', '\n']).to_owned()),
            Some((Err(error), path)) => {
                return self.wrong(
                    "mail.password_file",
                    format!("cannot be read: {}: {error}", path.display()),
                );
            }
        };
        Ok(SmtpConfig {
            host,
            port,
            security: keys.security.unwrap_or_default(),
            username: keys.username.clone(),
            password,
            timeout: Duration::from_secs(seconds),
            ca_file: keys.ca_file.clone(),
            hello_name: keys.hello_name.clone(),
        })
    }

    /// How others are asked by HTTP.
    pub(crate) fn outgoing(&self) -> Outcome<HttpPort> {
        self.port(self.allows_private())
    }

    pub(super) fn port(&self, private: bool) -> Outcome<HttpPort> {
        let keys = &self.keys.outgoing;
        let authorities = match keys.ca_file.as_ref().map(|path| (fs::read(path), path)) {
            None => None,
            Some((Ok(pem), _)) => Some(pem),
            Some((Err(error), path)) => {
                let why = format!("cannot be read: {}: {error}", path.display());
                return self.wrong("outgoing.ca_file", why);
            }
        };
        Ok(HttpPort::new(private, authorities))
    }

    /// SEC-3: whether requests to others may lead inside, and go by `http`.
    pub(crate) fn allows_private(&self) -> bool {
        self.keys.outgoing.allow_private_addresses.unwrap_or(false)
    }

    /// Who sends (ORG-11).
    pub(crate) fn brand(&self) -> Outcome<Brand> {
        let keys = &self.keys.brand;
        let Some(vendor_name) = keys.vendor_name.clone() else {
            return self.missing("brand.vendor_name", "vendor_name = \"…\"");
        };
        let Some(from) = keys.from.clone() else {
            return self.missing("brand.from", "from = \"Trials <trials@example.com>\"");
        };
        let address = from
            .rsplit_once('<')
            .map_or(from.as_str(), |(_, rest)| rest.trim_end_matches('>'));
        if domain::text::email(address).is_err() {
            return self.wrong(
                "brand.from",
                "must be an address: \"trials@example.com\" or \"Trials <trials@example.com>\"",
            );
        }
        let (support_url, legal_url) = (keys.support_url.clone(), keys.legal_url.clone());
        let colour = keys.colour.clone().unwrap_or_else(|| COLOUR.to_owned());
        let digits = colour.strip_prefix('#').filter(|digits| digits.len() == 6);
        if !digits.is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit())) {
            return self.wrong("brand.colour", "must be like \"#1f5fbf\"");
        }
        Ok(Brand {
            vendor_name,
            support_url,
            legal_url,
            agreement_url: keys.agreement_url.clone(),
            free_plan_url: keys.free_plan_url.clone(),
            colour,
            from,
        })
    }

    /// Everything that a server needs; each fault in its own line.
    pub(crate) fn check(&self) -> Outcome {
        let mail = self.mail().and_then(|mail| match mail {
            MailTo::Mailbox => Ok(()),
            MailTo::Server(config) => Smtp::new(&config)
                .map(|_| ())
                .or_else(|error| self.wrong("mail", format!("cannot be used: {error}"))),
        });
        let templates = Templates::new(self.templates())
            .map(|_| ())
            .or_else(|error| self.wrong("templates", format!("cannot be used: {error}")));
        let stores = self
            .program()
            .and_then(|program| self.stores(&regions(&program)).map(|_| ()));
        let all = [
            self.test_clock().map(|_| ()),
            self.listen().map(|_| ()),
            self.public_url().map(|_| ()),
            self.trusted_proxies().map(|_| ()),
            self.secret().map(|_| ()),
            stores,
            mail,
            self.brand().map(|_| ()),
            self.outgoing().map(|_| ()),
            self.provisioner().map(|_| ()),
            templates,
            self.breached_passwords().map(|_| ()),
            logs::filter(self.log()).map(|_| ()),
        ];
        let faults: Vec<String> = all
            .into_iter()
            .filter_map(|one| one.err().map(|fault| fault.to_string()))
            .collect();
        if faults.is_empty() {
            Ok(())
        } else {
            Err(Failure::new(faults.join("\n")))
        }
    }
}

/// A program's regions, by id.
pub(crate) fn regions(program: &Program) -> BTreeSet<String> {
    program.regions.iter().map(|region| region.id.clone()).collect()
}
