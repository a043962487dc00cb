//! Every text of the window, from one table.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

const ENGLISH: &str = include_str!("../../assets/texts/en.ftl");

static TABLE: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| {
    // A test reads the same table and would see what is wrong with it.
    let resource = FluentResource::try_new(ENGLISH.to_owned()).unwrap_or_else(|(resource, _)| resource);
    let mut bundle = FluentBundle::new_concurrent(vec![LanguageIdentifier::default()]);
    bundle.set_use_isolating(false);
    let _ = bundle.add_resource(resource);
    bundle
});

/// The text of a key.
pub fn text(key: &str) -> String {
    with(key, &[])
}

/// The text of a key, with what it leaves open.
pub fn with(key: &str, arguments: &[(&'static str, String)]) -> String {
    // A key without a text shows itself, and a test fails.
    let Some(pattern) = TABLE.get_message(key).and_then(|message| message.value()) else {
        return key.to_owned();
    };
    let mut args = FluentArgs::new();
    for (name, value) in arguments {
        args.set(*name, FluentValue::from(value.as_str()));
    }
    TABLE.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
}

/// Whether there is a text for a key.
pub fn has(key: &str) -> bool {
    TABLE.has_message(key)
}

/// `say!(KEY, name = value, …)`: the text of a key, with what it leaves open.
macro_rules! say {
    ($key:expr) => { $crate::texts::text($key) };
    ($key:expr, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::texts::with($key, &[$((stringify!($name), $value.to_string())),+])
    };
}
pub(crate) use say;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_table_reads_and_every_key_of_the_window_is_in_it() {
        assert!(FluentResource::try_new(ENGLISH.to_owned()).is_ok());
        let mut used = BTreeSet::new();
        let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("is there").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let source = std::fs::read_to_string(&path).expect("reads");
                for found in source.split("say!(\"").skip(1) {
                    let key = found.split('"').next().unwrap_or_default().to_owned();
                    if key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
                        used.insert(key);
                    }
                }
            }
        }
        let missing: Vec<_> = used.iter().filter(|key| !has(key)).collect();
        assert!(missing.is_empty(), "no text for {missing:?}");
        assert!(used.len() > 40);
    }
}
