//! Writes every sample email, in every language, as HTML and text: `cargo run -p delivery --example emails -- DIR`.

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: emails DIR");
        return ExitCode::from(2);
    };
    match write(&folder) {
        Ok(count) => {
            println!("{count} emails in {}", folder.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn write(folder: &std::path::Path) -> Result<usize, Box<dyn std::error::Error>> {
    let mut count = 0;
    for language in i18n::Language::ALL {
        let folder = folder.join(language.as_str());
        std::fs::create_dir_all(&folder)?;
        for sample in delivery::samples(language) {
            let email = delivery::render(&sample.letter())?;
            std::fs::write(folder.join(format!("{}.html", sample.name)), email.html)?;
            std::fs::write(
                folder.join(format!("{}.txt", sample.name)),
                format!("{}\n\n{}", email.subject, email.text),
            )?;
            count += 1;
        }
    }
    Ok(count)
}
