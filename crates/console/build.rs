//! A new template or asset is embedded without being asked for.

fn main() {
    println!("cargo::rerun-if-changed=../../templates/console");
    println!("cargo::rerun-if-changed=../../assets");
}
