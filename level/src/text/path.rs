//! How a place in a level is written: `platforms[1].take_rates.goods`.

use std::fmt::Write as _;

/// One step from a value to a value inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A field of a struct or an entry of a map, by its name.
    Name(String),
    /// An element of a list or tuple, counted from 0.
    Index(usize),
}

impl Step {
    /// Writes this step behind the path of the value it starts from.
    pub fn append_to(&self, path: &mut String) {
        match self {
            Step::Index(index) => {
                // Writing to a string cannot fail.
                let _ = write!(path, "[{index}]");
            }
            Step::Name(name) if is_plain(name) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(name);
            }
            Step::Name(name) => {
                let _ = write!(path, "[{name:?}]");
            }
        }
    }
}

/// The path of the entry `name` of the value at `parent`.
///
/// A name with spaces, dots or the like is quoted: `holders["tier 1.5"]`.
#[must_use]
pub fn join(parent: &str, name: &str) -> String {
    let mut path = parent.to_owned();
    Step::Name(name.to_owned()).append_to(&mut path);
    path
}

/// Takes a written path apart, or says why it is not one.
///
/// The empty path has no steps and means the whole file.
///
/// # Errors
///
/// A sentence about the first thing that does not belong in a path.
pub fn steps(path: &str) -> Result<Vec<Step>, String> {
    let mut steps = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        if let Some(inner) = rest.strip_prefix("[\"") {
            let (name, after) = quoted(inner)?;
            steps.push(Step::Name(name));
            rest = after;
        } else if let Some(inner) = rest.strip_prefix('[') {
            let Some((digits, after)) = inner.split_once(']') else {
                return Err(format!("`[{inner}` has no closing `]`"));
            };
            let Ok(index) = digits.trim().parse() else {
                return Err(format!("`[{digits}]` is not an index such as `[0]`"));
            };
            steps.push(Step::Index(index));
            rest = after;
        } else {
            let inner = match rest.strip_prefix('.') {
                Some(inner) if !steps.is_empty() => inner,
                Some(_) => return Err("it starts with a dot".to_owned()),
                None if steps.is_empty() => rest,
                None => return Err(format!("a dot is missing before `{rest}`")),
            };
            let end = inner.find(['.', '[']).unwrap_or(inner.len());
            let (name, after) = inner.split_at_checked(end).unwrap_or((inner, ""));
            if name.trim().is_empty() {
                return Err("a name between the dots is empty".to_owned());
            }
            steps.push(Step::Name(name.trim().to_owned()));
            rest = after;
        }
    }
    Ok(steps)
}

/// The path made of these steps.
#[must_use]
pub fn written(steps: &[Step]) -> String {
    let mut path = String::new();
    for step in steps {
        step.append_to(&mut path);
    }
    path
}

/// Reads `name"]` and gives the name and what follows the bracket.
fn quoted(inner: &str) -> Result<(String, &str), String> {
    let mut escaped = false;
    for (at, c) in inner.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => {
                let (text, after) = inner.split_at_checked(at).unwrap_or((inner, ""));
                let Some(after) = after.strip_prefix("\"]") else {
                    return Err("a `]` is missing after the quoted name".to_owned());
                };
                return ron::from_str(&format!("\"{text}\""))
                    .map(|name| (name, after))
                    .map_err(|_| format!("`\"{text}\"` is not a quoted name"));
            }
            _ => {}
        }
    }
    Err(format!("the quoted name `\"{inner}` has no closing quote"))
}

/// Whether a name can stand in a path without quotes.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn paths_are_names_joined_by_dots_and_indices_in_brackets() {
        let steps = steps("platforms[1].take_rates.tier-1").unwrap();
        let name = |name: &str| Step::Name(name.to_owned());
        assert_eq!(steps, [name("platforms"), Step::Index(1), name("take_rates"), name("tier-1")]);
    }

    #[test]
    fn a_name_with_dots_or_spaces_is_quoted() {
        assert_eq!(join("holders", "tier 1.5"), "holders[\"tier 1.5\"]");
        assert_eq!(join("holders", "tier-1"), "holders.tier-1");
        assert_eq!(join("", "turns"), "turns");
    }

    #[test]
    fn what_is_not_a_path_is_refused() {
        for wrong in [".a", "a..b", "a[", "a[x]", "a[1]b", "a[\"b", "a[\"b\"", "a."] {
            assert!(steps(wrong).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn any_name_survives_being_written_and_read(names in proptest::collection::vec(any::<String>(), 1..4)) {
            let wanted: Vec<Step> = names.into_iter().map(Step::Name).collect();
            prop_assert_eq!(steps(&written(&wanted)).unwrap(), wanted);
        }

        #[test]
        fn reading_a_path_never_panics(path in any::<String>()) {
            let _ = steps(&path);
        }
    }
}
