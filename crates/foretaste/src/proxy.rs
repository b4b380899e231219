//! SEC-2: who asks, where a proxy asks for him. Only proxies that the configuration names are believed; the host and the
//! scheme that they tell are never read, for links come from `public_url` alone.

use axum::{
    Router,
    extract::{ConnectInfo, Request},
    http::HeaderMap,
    middleware::map_request,
};
use std::{
    net::{IpAddr, SocketAddr},
    str::FromStr,
    sync::Arc,
};

const FORWARDED: &str = "x-forwarded-for";

/// An address, or all that begin with the same bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Network {
    address: IpAddr,
    bits: u8,
}

impl FromStr for Network {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| ())?;
        let all = if address.is_ipv4() { 32 } else { 128 };
        let bits = match bits {
            Some(bits) => bits.parse().map_err(|_| ())?,
            None => all,
        };
        (bits <= all).then_some(Self { address, bits }).ok_or(())
    }
}

impl Network {
    fn has(self, other: IpAddr) -> bool {
        match (self.address, other) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let differs = own.to_bits() ^ other.to_bits();
                differs.leading_zeros() >= u32::from(self.bits)
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                let differs = own.to_bits() ^ other.to_bits();
                differs.leading_zeros() >= u32::from(self.bits)
            }
            _ => false,
        }
    }
}

/// The proxies that are believed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Proxies(Arc<[Network]>);

impl Proxies {
    /// From addresses and networks, or the first that is neither.
    pub(crate) fn parse(texts: &[String]) -> Result<Self, &str> {
        let networks: Result<Vec<Network>, &str> = texts
            .iter()
            .map(|text| text.parse().map_err(|()| text.as_str()))
            .collect();
        Ok(Self(networks?.into()))
    }

    fn believe(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.has(address))
    }

    /// The nearest who is no proxy of ours: what stands before him he may have written himself.
    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut nearest = peer.to_canonical();
        let lines = headers.get_all(FORWARDED).iter().rev();
        for line in lines {
            for one in line.to_str().unwrap_or_default().rsplit(',') {
                if !self.believe(nearest) {
                    return nearest;
                }
                match address(one.trim()) {
                    Some(told) => nearest = told,
                    None => return nearest,
                }
            }
        }
        nearest
    }
}

/// Some proxies add the port.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.parse().ok();
    let with_port = || text.parse::<SocketAddr>().ok().map(|socket| socket.ip());
    bare.or_else(with_port).map(|address: IpAddr| address.to_canonical())
}

/// Whoever reads the connection's address after this layer reads the client's.
pub(crate) fn wrap(router: Router, proxies: Proxies) -> Router {
    router.layer(map_request(move |mut request: Request| {
        let proxies = proxies.clone();
        async move {
            let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().copied();
            if let Some(ConnectInfo(peer)) = peer {
                let client = proxies.client(peer.ip(), request.headers());
                request
                    .extensions_mut()
                    .insert(ConnectInfo(SocketAddr::new(client, peer.port())));
            }
            request
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn client(trusted: &[&str], peer: &str, lines: &[&str]) -> String {
        let texts: Vec<String> = trusted.iter().map(|text| (*text).to_owned()).collect();
        let proxies = Proxies::parse(&texts).unwrap();
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED, HeaderValue::from_str(line).unwrap());
        }
        proxies.client(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn sec_2_only_proxies_that_are_named_are_believed() {
        let ours = ["10.0.0.0/8", "::1"];
        for (peer, lines, expected) in [
            ("203.0.113.9", &["198.51.100.1"][..], "203.0.113.9"),
            ("10.1.2.3", &[], "10.1.2.3"),
            ("10.1.2.3", &["198.51.100.1"], "198.51.100.1"),
            ("::ffff:10.1.2.3", &["198.51.100.1"], "198.51.100.1"),
            ("::1", &["2001:db8::1"], "2001:db8::1"),
            // What the client wrote himself stands further left.
            ("10.1.2.3", &["192.0.2.66, 198.51.100.1, 10.9.9.9"], "198.51.100.1"),
            ("10.1.2.3", &["192.0.2.66", "198.51.100.1"], "198.51.100.1"),
            ("10.1.2.3", &["192.0.2.66, nonsense"], "10.1.2.3"),
            ("10.1.2.3", &["192.0.2.66,, 10.9.9.9"], "10.9.9.9"),
            ("10.1.2.3", &["198.51.100.1:4711"], "198.51.100.1"),
            ("10.1.2.3", &["[2001:db8::1]:443"], "2001:db8::1"),
            ("11.1.2.3", &["198.51.100.1"], "11.1.2.3"),
        ] {
            assert_eq!(client(&ours, peer, lines), expected, "{peer} {lines:?}");
            assert_eq!(
                client(&[], peer, lines),
                peer.trim_start_matches("::ffff:"),
                "nobody is believed unless said"
            );
        }
    }

    #[test]
    fn networks_have_their_bits() {
        let has = |network: &str, address: &str| network.parse::<Network>().unwrap().has(address.parse().unwrap());
        assert!(has("192.0.2.128/25", "192.0.2.129") && !has("192.0.2.128/25", "192.0.2.1"));
        assert!(has("0.0.0.0/0", "203.0.113.9") && !has("0.0.0.0/0", "::1"));
        assert!(has("2001:db8::/32", "2001:db8:1::1") && !has("2001:db8::/32", "2001:db9::1"));
        for wrong in [
            "",
            "10.0.0.0/33",
            "::/129",
            "10.0.0/8",
            "10.0.0.0/",
            "10.0.0.0/x",
            "proxy.example",
            "/8",
        ] {
            assert!(wrong.parse::<Network>().is_err(), "{wrong}");
        }
    }
}
