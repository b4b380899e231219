//! A real mail server: Exim from the system, as an ordinary user, on three loopback ports (STARTTLS, implicit TLS, plain).

use crate::Result;
use crate::process::{Account, Server, find_program, free_ports, password, run_quietly};
use rustix::process::Signal;
use std::fs;
use std::io::Read as _;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const USERNAME: &str = "foretaste";

pub(crate) fn program() -> Option<PathBuf> {
    ["exim4", "exim"].into_iter().find_map(find_program)
}

/// Starts a server in `folder` and returns it with its environment for the tests.
pub(crate) fn start(account: Account, folder: &Path) -> Result<(Server, Vec<(&'static str, String)>)> {
    let exim = program().ok_or("Exim is missing")?;
    certificates(account, folder)?;
    run_quietly(
        account
            .command("mkdir", folder)
            .args(["spool", "log", "mail", "mail/tmp", "mail/new", "mail/cur"]),
    )?;
    let password = password()?;
    let ports: [u16; 3] = free_ports()?;
    let config = folder.join("exim.conf");
    let text = configuration(account, folder, ports, &password);
    fs::write(&config, text).map_err(|error| format!("{}: {error}", config.display()))?;

    let mut command = account.command(exim, folder);
    command.arg("-C").arg(&config).arg("-bdf");
    let mut server = Server::start("Exim", command, folder.join("exim.out"), Signal::TERM)?;
    server.wait_until(|| greets(ports[0]))?;
    let path = |name: &str| folder.join(name).display().to_string();
    let environment = vec![
        ("FORETASTE_TEST_SMTP_HOST", "127.0.0.1".to_owned()),
        ("FORETASTE_TEST_SMTP_PORT", ports[0].to_string()),
        ("FORETASTE_TEST_SMTP_TLS_PORT", ports[1].to_string()),
        ("FORETASTE_TEST_SMTP_PLAIN_PORT", ports[2].to_string()),
        ("FORETASTE_TEST_SMTP_CA_FILE", path("ca.pem")),
        ("FORETASTE_TEST_SMTP_USERNAME", USERNAME.to_owned()),
        ("FORETASTE_TEST_SMTP_PASSWORD", password),
        ("FORETASTE_TEST_SMTP_MAILDIR", path("mail")),
    ];
    Ok((server, environment))
}

fn configuration(account: Account, folder: &Path, [starttls, tls, plain]: [u16; 3], password: &str) -> String {
    include_str!("../mail/exim.conf")
        .replace("@UID@", &account.uid.to_string())
        .replace("@GID@", &account.gid.to_string())
        .replace("@DIR@", &folder.display().to_string())
        .replace("@STARTTLS@", &starttls.to_string())
        .replace("@TLS@", &tls.to_string())
        .replace("@PLAIN@", &plain.to_string())
        .replace("@USERNAME@", USERNAME)
        .replace("@PASSWORD@", password)
}

/// An authority for this run and a certificate of it for localhost and 127.0.0.1. Two, since clients refuse an
/// authority's own certificate as a server's.
fn certificates(account: Account, folder: &Path) -> Result<()> {
    let request = |names: [&str; 3]| -> Command {
        let [subject, key, certificate] = names;
        let mut command = account.command("openssl", folder);
        command.args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "2",
        ]);
        command.args(["-subj", subject, "-keyout", key, "-out", certificate, "-addext"]);
        command
    };
    let mut authority = request(["/CN=Foretaste test authority", "ca.key", "ca.pem"]);
    run_quietly(authority.args([
        "basicConstraints=critical,CA:true",
        "-addext",
        "keyUsage=critical,keyCertSign",
    ]))?;
    let mut server = request(["/CN=localhost", "key.pem", "cert.pem"]);
    server.args([
        "basicConstraints=critical,CA:false",
        "-addext",
        "subjectAltName=DNS:localhost,IP:127.0.0.1",
    ]);
    run_quietly(server.args(["-CA", "ca.pem", "-CAkey", "ca.key"]))
}

fn greets(port: u16) -> bool {
    let Ok(mut connection) = TcpStream::connect(("127.0.0.1", port)) else {
        return false;
    };
    let mut code = [0; 3];
    connection.set_read_timeout(Some(Duration::from_secs(2))).is_ok()
        && connection.read_exact(&mut code).is_ok()
        && &code == b"220"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_configuration_has_no_hole_left() {
        let account = Account { uid: 1000, gid: 1001 };
        let text = configuration(account, Path::new("/tmp/run"), [20_001, 20_002, 20_003], "secret");
        let settings = text.lines().filter(|line| !line.starts_with('#'));
        assert_eq!(
            settings.filter(|line| line.contains('@')).collect::<Vec<_>>(),
            Vec::<&str>::new()
        );
        assert!(text.contains("exim_user = 1000\nexim_group = 1001\n"));
    }
}
