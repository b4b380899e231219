//! A new file in `locales` is embedded without being asked for.

fn main() {
    println!("cargo::rerun-if-changed=../../locales");
}
