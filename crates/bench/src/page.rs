//! PERF-4: every page of the console, as long as it takes over a connection that stays, and what it weighs on the wire;
//! in a demo with some customers more, so that its lists have deep pages.

mod browser;

use crate::{
    Done, Scale, list,
    report::{Figure, Goal, Report},
    target::{Engine, Place, Server},
};
use browser::Browser;
use serde_json::Value;
use std::{
    collections::{BTreeMap, HashSet, VecDeque},
    time::Instant,
};

/// What the customers of a partner are asked for, beside the links of the page.
const LISTS: [&str; 7] = [
    "q=lac",
    "service=calling",
    "region=eu",
    "status=expires_in_30_days",
    "status=active&sort=-end",
    "service=meetings&sort=-end",
    "q=nowhere",
];
/// The answers of a start that meets every step.
const STEPS: [(&str, &str); 5] = [
    (
        "customer",
        "name=Halden&admin_email=it%40halden.example&vertical=retail&country=FR&language=fr&acknowledged=yes",
    ),
    ("services", "services=messaging&services=meetings&services=devices"),
    ("length", "quantity=40&duration=30"),
    ("site", "site=halden-bench&site_zone=Europe%2FParis"),
    ("devices", "what=customer_has&registrations=10"),
];
const TIMES: usize = 300;
/// Pages of one kind that are looked at, to find the heaviest.
const ALIKE: usize = 8;

/// One page, and who looks at it.
struct Page {
    person: usize,
    url: String,
    octets: usize,
    assets: Vec<String>,
}

/// What a page is asked for, by name.
fn asked(url: &str) -> Vec<&str> {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let mut names: Vec<&str> = pairs
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, _)| name)
        .collect();
    names.dedup();
    names
}

/// What all pages with the same template are called: ids and values away.
fn kind(url: &str) -> String {
    let path = url.split('?').next().unwrap_or_default();
    let path: Vec<&str> = path
        .split('/')
        .map(|part| {
            if part.contains('_') || part.parse::<u64>().is_ok() {
                "…"
            } else {
                part
            }
        })
        .collect();
    let names = asked(url);
    let query = if names.is_empty() {
        String::new()
    } else {
        format!("?{}", names.join("&"))
    };
    format!("{}{query}", path.join("/"))
}

/// Where a page leads, and what it loads.
fn links(html: &str) -> (Vec<String>, Vec<String>) {
    let found = ["href=\"", "src=\""]
        .into_iter()
        .flat_map(|name| html.split(name).skip(1));
    let plain = |text: &str| text.replace("&#x2f;", "/").replace("&amp;", "&").replace("&#x27;", "'");
    let all = found.filter_map(|rest| Some(plain(rest.split_once('"')?.0)));
    let own = all.filter(|link| link.starts_with('/'));
    let bare = own.map(|link| link.split('#').next().unwrap_or_default().to_owned());
    let (assets, mut pages): (Vec<String>, Vec<String>) = bare.partition(|link| link.starts_with("/assets/"));
    pages.dedup();
    let assets: HashSet<String> = assets.into_iter().collect();
    (pages, assets.into_iter().collect())
}

/// The heaviest page of each kind.
#[derive(Default)]
struct Found {
    kinds: BTreeMap<String, (usize, Page)>,
    seen: HashSet<String>,
}

impl Found {
    /// Looks at a page, and says where it leads.
    fn look(&mut self, browser: &mut Browser, person: usize, url: &str) -> Done<Vec<String>> {
        let kind = kind(url);
        let known = self.kinds.get(&kind).map_or(0, |(count, _)| *count);
        // Lists can be asked for in any combination; two at a time are enough.
        let deep = asked(url).len() > 2 && url.starts_with("/partner/customers");
        if deep || known >= ALIKE || !self.seen.insert(format!("{person} {url}")) {
            return Ok(Vec::new());
        }
        let answer = browser.get(url)?;
        if (300..400).contains(&answer.status) {
            return Ok(answer.location.into_iter().collect());
        }
        if answer.status != 200 {
            return Ok(Vec::new());
        }
        let (pages, assets) = links(&answer.text());
        let page = Page {
            person,
            url: url.to_owned(),
            octets: answer.octets,
            assets,
        };
        let entry = self.kinds.entry(kind).or_insert_with(|| {
            (
                0,
                Page {
                    person,
                    url: url.to_owned(),
                    octets: 0,
                    assets: Vec::new(),
                },
            )
        });
        entry.0 += 1;
        if page.octets > entry.1.octets {
            entry.1 = page;
        }
        Ok(pages)
    }

    /// Everything that one person can reach.
    fn walk(&mut self, browser: &mut Browser, person: usize, from: &[String]) -> Done {
        let mut open: VecDeque<String> = from.iter().cloned().collect();
        while let Some(url) = open.pop_front() {
            open.extend(self.look(browser, person, &url)?);
        }
        Ok(())
    }
}

/// The last page that `next` leads to.
fn deepest(browser: &mut Browser, first: &str) -> Done<Option<String>> {
    let mut deep = None;
    let mut url = first.to_owned();
    loop {
        let html = browser.get(&url)?.text();
        let next = html.split("<a ").skip(1).find(|link| {
            let tag = link.split('>').next().unwrap_or_default();
            tag.contains("rel=\"next\"")
        });
        let Some(next) = next.and_then(|link| links(&format!("<a {link}")).0.into_iter().next()) else {
            return Ok(deep);
        };
        url.clone_from(&next);
        deep = Some(next);
    }
}

/// The pages of a start, each with the answers before it.
fn start(browser: &mut Browser) -> Done<Vec<String>> {
    let mut pages = Vec::new();
    let mut draft = String::new();
    for (step, answers) in STEPS {
        let answer = browser.post(&format!("/partner/start/{step}"), &format!("draft={draft}&{answers}"))?;
        let next = answer
            .location
            .ok_or_else(|| format!("the step {step} was not accepted: {}", answer.status))?;
        draft = next
            .split_once("draft=")
            .map(|(_, draft)| draft.to_owned())
            .unwrap_or_default();
        pages.push(next);
    }
    Ok(pages)
}

/// What beside the links is to be looked at by somebody who sells.
fn more(browser: &mut Browser, found: &Found) -> Done<Vec<String>> {
    let mut more: Vec<String> = LISTS
        .iter()
        .map(|query| format!("/partner/customers?{query}"))
        .collect();
    for first in ["/partner/customers", "/partner/customers?status=active&sort=-end"] {
        more.extend(deepest(browser, first)?);
    }
    more.extend(start(browser)?);
    let edit = found.kinds.get("/partner/trials/…/edit").map(|(_, page)| &page.url);
    more.extend(
        edit.map(|url| format!("{url}?check=1&services=messaging&services=meetings&services=calling&quantity=40")),
    );
    Ok(more)
}

/// One of each role in each company, and nobody.
fn people(place: &Place) -> Done<Vec<Option<(String, bool)>>> {
    let demo: Value = serde_json::from_slice(&std::fs::read(place.folder().join("demo.json"))?)?;
    let mut parts = HashSet::new();
    let mut people = vec![None];
    for person in demo["people"].as_array().into_iter().flatten() {
        let cast = person["organization"]["cast"].as_str().unwrap_or_default();
        let sells = cast == "partner_a" && person["roles"].to_string().contains("sales_full_administrator");
        if parts.insert(format!("{cast} {}", person["roles"])) {
            people.push(person["email"].as_str().map(|email| (email.to_owned(), sells)));
        }
    }
    Ok(people)
}

pub(crate) async fn measure(engine: &Engine, scale: Scale, report: &mut Report) -> Done {
    let (place, server) = list::with(engine, scale.few).await?;
    let mut browsers = Vec::new();
    let mut found = Found::default();
    for (number, person) in people(&place)?.into_iter().enumerate() {
        let mut browser = Browser::open(&server.url, person.as_ref().map(|(email, _)| email.as_str()))?;
        let from = ["/", "/welcome", "/sign-in", "/design", "/demo/mailbox"].map(str::to_owned);
        found.walk(&mut browser, number, &from)?;
        if person.is_some_and(|(_, sells)| sells) {
            let more = more(&mut browser, &found)?;
            found.walk(&mut browser, number, &more)?;
        }
        browsers.push(browser);
    }
    timed(engine, &server, browsers, found, report)?;
    drop(server);
    place.remove().await
}

fn timed(engine: &Engine, server: &Server, mut browsers: Vec<Browser>, found: Found, report: &mut Report) -> Done {
    let mut add = |what: String, value, unit, goal| {
        report.add(Figure {
            id: "PERF-4",
            store: engine.name().to_owned(),
            what,
            value,
            unit,
            goal,
        });
    };
    let (mut slowest, mut heaviest) = (0.0f64, 0.0f64);
    let mut stranger = Browser::open(&server.url, None)?;
    for (kind, (_, page)) in found.kinds {
        let browser = browsers.get_mut(page.person).ok_or("nobody looks")?;
        let mut times = Vec::with_capacity(TIMES);
        let computed = server.computed()?;
        for _ in 0..TIMES {
            let begin = Instant::now();
            browser.get(&page.url)?;
            times.push(begin.elapsed().as_secs_f64() * 1e3);
        }
        let computed = (server.computed()? - computed) * 1e3 / TIMES as f64;
        times.sort_by(f64::total_cmp);
        let (middle, late, last) = (times[TIMES / 2], times[TIMES * 99 / 100 - 1], times[TIMES - 1]);
        let alone = page.octets as f64 / 1024.0;
        let mut whole = alone;
        for asset in &page.assets {
            whole += stranger.get(asset)?.octets as f64 / 1024.0;
        }
        (slowest, heaviest) = (slowest.max(late), heaviest.max(whole));
        add(
            format!(
                "{kind} (p50 {middle:.2}, max {last:.2}, computed {computed:.2} ms; {alone:.1} KiB, first visit {whole:.1})"
            ),
            late,
            "ms",
            None,
        );
    }
    add("any page: p99".to_owned(), slowest, "ms", Some(Goal::AtMost(10.0)));
    add(
        "any page: with everything it loads".to_owned(),
        heaviest,
        "KiB",
        Some(Goal::AtMost(100.0)),
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{kind, links};

    #[test]
    fn perf_4_pages_of_one_kind_have_one_name() {
        assert_eq!(kind("/partner/trials/trial_eu_06g/extend"), "/partner/trials/…/extend");
        assert_eq!(kind("/demo/mailbox/12/html"), "/demo/mailbox/…/html");
        assert_eq!(kind("/partner/customers?q=lac&status="), "/partner/customers?q");
    }

    #[test]
    fn perf_4_a_page_leads_to_its_own_pages() {
        let html = "<a href=\"/a&#x2f;b?x=1&amp;y=2#z\"></a><a href=\"https://else.example\"></a>\
                    <img src=\"/assets/mark.svg\"><use href=\"/assets/mark.svg#a\">";
        let (pages, assets) = links(html);
        assert_eq!(pages, ["/a/b?x=1&y=2"]);
        assert_eq!(assets, ["/assets/mark.svg"]);
    }
}
