//! A new file in `templates/email` is embedded without being asked for.

fn main() {
    println!("cargo::rerun-if-changed=../../templates/email");
}
