//! Who reaches whom, and by what line: people the server, the server its stores.

use super::{Config, Environment};
use crate::{failure::Outcome, proxy::Proxies};
use std::net::IpAddr;

/// Modes of PostgreSQL's `sslmode` in which the server has to prove itself.
const PROVEN: [&str; 2] = ["verify-full", "verify-ca"];

impl Config {
    /// Without a slash at its end. SEC-2: in production by `https`, except on this machine.
    pub(crate) fn public_url(&self) -> Outcome<&str> {
        let example = "public_url = \"https://trials.example.com\"";
        let Some(url) = self.keys.public_url.as_deref() else {
            return self.missing("public_url", example);
        };
        let url = url.trim_end_matches('/');
        let plain = url.strip_prefix("http://");
        let rest = url.strip_prefix("https://").or(plain).unwrap_or_default();
        let fine = rest
            .bytes()
            .all(|b| b.is_ascii_graphic() && !b"?#@\"'<>\\`".contains(&b));
        if rest.is_empty() || rest.starts_with('/') || !fine {
            return self.wrong(
                "public_url",
                format!("must be where people reach this server, without ? or #; {example}"),
            );
        }
        let open = plain.is_some_and(|rest| !is_here(host(rest)));
        if open && self.environment() == Environment::Production {
            return self.wrong(
                "public_url",
                format!("must begin with https:// on a production server: passwords and sessions would go in the clear; {example}, or environment = \"test\""),
            );
        }
        Ok(url)
    }

    /// Whose `X-Forwarded-For` is believed.
    pub(crate) fn trusted_proxies(&self) -> Outcome<Proxies> {
        let texts = self.keys.trusted_proxies.as_deref().unwrap_or_default();
        Proxies::parse(texts).or_else(|text| {
            self.wrong(
                "trusted_proxies",
                format!("must name addresses or networks such as \"127.0.0.1\" or \"10.0.0.0/8\"; `{text}` is neither"),
            )
        })
    }

    /// SEC-2: what goes over a network to a store is encrypted for a server that proved itself.
    pub(super) fn check_line(&self, key: &str, url: &str) -> Outcome {
        if self.environment() != Environment::Production || is_guarded(url) {
            return Ok(());
        }
        self.wrong(
            key,
            "must end with `?sslmode=verify-full` (or verify-ca) where PostgreSQL is not on this machine, with `&sslrootcert=FILE` for an authority of your own",
        )
    }
}

/// The host of what follows `://`, without its port.
fn host(rest: &str) -> &str {
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let authority = authority.rsplit('@').next().unwrap_or_default();
    match authority.strip_prefix('[') {
        Some(six) => six.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    }
}

fn is_here(host: &str) -> bool {
    host == "localhost" || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

/// Whether a store's line is safe: a file, a socket, this machine, or TLS with a server that proves itself.
fn is_guarded(url: &str) -> bool {
    let postgres = url.strip_prefix("postgres://").or(url.strip_prefix("postgresql://"));
    let Some(rest) = postgres else {
        return true;
    };
    let query = rest.split_once('?').map_or("", |(_, query)| query);
    let named = |names: &'static [&str]| {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs
            .filter(move |(name, _)| names.contains(name))
            .map(|(_, value)| value)
    };
    let on_socket = |host: &str| host.starts_with('/') || host.to_ascii_lowercase().starts_with("%2f");
    let near = |host: &str| is_here(host) || on_socket(host);
    // Without a host it is a socket; what the query names counts more.
    let authority = host(rest);
    let near_by = (authority.is_empty() || near(authority)) && named(&["host", "hostaddr"]).all(near);
    let mut modes = named(&["sslmode", "ssl-mode"]).peekable();
    near_by || (modes.peek().is_some() && modes.all(|mode| PROVEN.contains(&mode)))
}

#[cfg(test)]
mod tests {
    use super::is_guarded;

    #[test]
    fn sec_2_the_line_to_a_store_is_safe() {
        for safe in [
            "sqlite:/var/lib/foretaste/eu.db",
            "postgres://foretaste@localhost/eu",
            "postgres://foretaste:p%40ss@127.0.0.1:5433/eu?sslmode=disable",
            "postgresql://foretaste@[::1]:5432/eu",
            "postgres:///eu?host=/var/run/postgresql",
            "postgres://foretaste@%2Fvar%2Frun%2Fpostgresql/eu",
            "postgres:///eu",
            "postgres://foretaste@db.example/eu?sslmode=verify-full",
            "postgres://foretaste@db.example/eu?application_name=x&sslmode=verify-ca&sslrootcert=/etc/ca.pem",
            "postgres://foretaste@db.example/eu?ssl-mode=verify-full",
        ] {
            assert!(is_guarded(safe), "{safe}");
        }
        for open in [
            "postgres://foretaste@db.example/eu",
            "postgres://foretaste:localhost@db.example/eu",
            "postgres://localhost@db.example/eu",
            "postgres://foretaste@localhost.example/eu",
            "postgresql://foretaste@db.example:5432/eu?sslmode=require",
            "postgres://foretaste@db.example/eu?sslmode=prefer",
            "postgres://foretaste@db.example/verify-full?application_name=verify-full",
            "postgres://foretaste@db.example/eu?sslmode=verify-full&sslmode=disable",
            "postgres://foretaste@localhost/eu?host=db.example",
            "postgres:///eu?hostaddr=203.0.113.9",
            "postgres://foretaste@203.0.113.9/eu",
        ] {
            assert!(!is_guarded(open), "{open}");
        }
    }
}
