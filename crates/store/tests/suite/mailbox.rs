//! The mailbox of demo and test servers: each email once, in the order of arrival.

use crate::support::{Done, World, keys, samples::at};
use store::{
    Mailbox, StoreError, Stores,
    mailbox::{Mail, MailQuery},
};

crate::support::engines! {
    every: note_1_an_email_is_there_once_however_often_it_is_delivered,
        emails_are_found_by_what_they_are,
        later_emails_are_read_after_earlier_ones,
        the_newest_emails_come_first;
    files:
}

/// The mailbox stands for the outside world; most tests have none.
async fn mailbox(world: &World) -> Result<Mailbox, StoreError> {
    let config = world.place.more(true).await;
    Ok(Stores::open(&config, keys(), true).await?.mailbox.expect("a mailbox"))
}

fn mail(message_id: &str, to: &str) -> Mail {
    Mail {
        id: 0,
        message_id: message_id.to_owned(),
        to: to.to_owned(),
        kind: "welcome".to_owned(),
        trial_id: Some("trial_eu_1".to_owned()),
        language: "zh-Hant".to_owned(),
        subject: "歡迎 — Bienvenue".to_owned(),
        text: "text \u{1F389}".to_owned(),
        html: "<p>'\"\\</p>".to_owned(),
        links: vec!["https://x.example/?a=1&b=2".to_owned()],
        sent_at: at(0),
    }
}

/// All emails, but for something.
fn but(change: impl FnOnce(&mut MailQuery)) -> MailQuery {
    let mut query = MailQuery {
        limit: 1_000,
        ..MailQuery::default()
    };
    change(&mut query);
    query
}

async fn note_1_an_email_is_there_once_however_often_it_is_delivered(world: World) -> Done {
    let mailbox = mailbox(&world).await?;
    mailbox.deliver(&[]).await?;
    let one = mail("<1@x.example>", "It@Lumiere.example");
    mailbox
        .deliver(&[one.clone(), mail("<1@x.example>", "other@x.example")])
        .await?;
    mailbox
        .deliver(&[
            mail("<1@x.example>", "IT@lumiere.example"),
            mail("<2@x.example>", "it@lumiere.example"),
        ])
        .await?;
    mailbox.deliver(std::slice::from_ref(&one)).await?;
    let found = mailbox.list(&but(|_| {})).await?;
    assert_eq!(found.len(), 3, "by message and recipient");
    assert_eq!(
        Mail {
            id: 0,
            ..found[0].clone()
        },
        one
    );
    Ok(())
}

async fn emails_are_found_by_what_they_are(world: World) -> Done {
    let mailbox = mailbox(&world).await?;
    let mut other = mail("<2@x.example>", "b@x.example");
    (other.kind, other.trial_id) = ("extended".to_owned(), None);
    mailbox.deliver(&[mail("<1@x.example>", "a@x.example"), other]).await?;
    let found = async |query: MailQuery| {
        let mails = mailbox.list(&query).await?;
        Ok::<_, StoreError>(mails.into_iter().map(|one| one.message_id).collect::<Vec<_>>())
    };
    let some = |text: &str| Some(text.to_owned());
    let to = but(|query| query.to = some("A@X.example"));
    assert_eq!(found(to).await?, ["<1@x.example>"]);
    let kind = but(|query| query.kind = some("extended"));
    assert_eq!(found(kind).await?, ["<2@x.example>"]);
    let about = but(|query| query.trial_id = some("trial_eu_1"));
    assert_eq!(found(about).await?, ["<1@x.example>"]);
    let both = but(|query| (query.to, query.kind) = (some("b@x.example"), some("welcome")));
    assert_eq!(found(both).await?, [""; 0]);
    assert_eq!(found(but(|query| query.limit = 0)).await?, [""; 0]);
    Ok(())
}

async fn later_emails_are_read_after_earlier_ones(world: World) -> Done {
    let mailbox = mailbox(&world).await?;
    let many: Vec<_> = (0..450)
        .map(|number| mail(&format!("<{number}@x.example>"), "a@x.example"))
        .collect();
    mailbox.deliver(&many).await?;
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let query = but(|query| (query.after, query.limit) = (after, 100));
        let page = mailbox.list(&query).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        seen.extend(page.into_iter().map(|one| one.message_id));
    }
    assert_eq!(seen, many.into_iter().map(|one| one.message_id).collect::<Vec<_>>());
    Ok(())
}

async fn the_newest_emails_come_first(world: World) -> Done {
    let mailbox = mailbox(&world).await?;
    for number in 0..5 {
        let to = if number == 3 { "B@x.example" } else { "a@x.example" };
        mailbox.deliver(&[mail(&number.to_string(), to)]).await?;
    }
    let found = async |to, before, limit| {
        let mails = mailbox.newest(to, before, limit).await?;
        Ok::<_, StoreError>(
            mails
                .into_iter()
                .map(|one| (one.message_id, one.id))
                .collect::<Vec<_>>(),
        )
    };
    let first = found(None, None, 2).await?;
    assert_eq!((first[0].0.as_str(), first[1].0.as_str(), first.len()), ("4", "3", 2));
    let next = found(Some("A@x.example"), Some(first[1].1), 10).await?;
    assert_eq!(
        next.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(),
        ["2", "1", "0"]
    );
    assert_eq!(found(Some("b@x.example"), None, 10).await?, first[1..]);
    assert_eq!(
        mailbox.mail(first[0].1).await?.map(|one| one.message_id).as_deref(),
        Some("4")
    );
    assert_eq!(mailbox.mail(0).await?, None);
    Ok(())
}
