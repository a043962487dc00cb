//! What can be wrong with an assignment to a value of a level.

use crate::text::tokens::{self, Kind, Token, Tokens};

/// Why a value could not be set. Each names the assignment that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SetError {
    /// There is no `=`.
    #[error("`{assignment}`: there is no `=`; expected `path=value`, such as `market.habit=2`")]
    NoEquals {
        /// What was asked for.
        assignment: String,
    },
    /// What stands before the `=` is not a path.
    #[error("`{assignment}`: {reason}; expected a path before the `=`, such as `platforms[0].cash`")]
    BadPath {
        /// What was asked for.
        assignment: String,
        /// What is wrong with the path.
        reason: String,
    },
    /// What stands after the `=` is not one value.
    #[error("`{assignment}`: {reason}; expected one value after the `=`, such as `5` or `\"north\"`")]
    BadValue {
        /// What was asked for.
        assignment: String,
        /// What is wrong with the value.
        reason: String,
    },
    /// The list has no such element.
    #[error("`{assignment}`: there is no `{path}`; expected {}{}", one_of(.available), did_you_mean(.suggestion.as_deref()))]
    NoElement {
        /// What was asked for.
        assignment: String,
        /// The element that is not there.
        path: String,
        /// The paths that are.
        available: Vec<String>,
        /// The path that was probably meant.
        suggestion: Option<String>,
    },
    /// The path goes on inside a value that has no fields.
    #[error(
        "`{assignment}`: `{path}` is `{found}` and has nothing inside; expected a struct, map or list there"
    )]
    NothingInside {
        /// What was asked for.
        assignment: String,
        /// The value that was to have a field.
        path: String,
        /// What it is instead.
        found: String,
    },
    /// The text around the place is not RON, so that it cannot be changed safely.
    #[error("`{assignment}`: the text around `{path}` cannot be changed; expected a level that can be read")]
    Unsafe {
        /// What was asked for.
        assignment: String,
        /// The value that was to be set.
        path: String,
    },
}

fn one_of(available: &[String]) -> String {
    match available {
        [] => "an element, but the list is empty".to_owned(),
        [one] => format!("`{one}`"),
        _ => format!("one of `{}`", available.join("`, `")),
    }
}

fn did_you_mean(suggestion: Option<&str>) -> String {
    suggestion.map(|name| format!("; did you mean `{name}`?")).unwrap_or_default()
}

/// Whether a text is exactly one value, so that putting it in place of another
/// changes nothing around it. If not, says why.
pub(super) fn one_value(value: &str) -> Result<(), String> {
    let mut open = Vec::new();
    let mut tokens = Tokens::new(value);
    let mut last: Option<Token> = None;
    let mut whole = false;
    for token in tokens.by_ref() {
        // Only a bracket right behind a name belongs to the value before it.
        let named = token.kind == Kind::Open('(')
            && last.is_some_and(|last| {
                last.kind == Kind::Word && tokens::is_name(tokens::plain_name(last.of(value)))
            });
        if whole && !(open.is_empty() && named) {
            return Err(format!("`{}` is too much", value.get(token.start..).unwrap_or_default()));
        }
        match token.kind {
            Kind::Open(bracket) => open.push(tokens::closer(bracket)),
            Kind::Close(bracket) if open.pop() != Some(bracket) => {
                return Err(format!("the `{bracket}` closes nothing"));
            }
            Kind::Unclosed => return Err("a quote is never closed".to_owned()),
            Kind::Comma | Kind::Colon if open.is_empty() => {
                return Err(format!("`{}` is not a value", token.of(value)));
            }
            _ => {}
        }
        whole = open.is_empty();
        last = Some(token);
    }
    match open.pop() {
        Some(bracket) => Err(format!("a `{bracket}` is missing")),
        None if tokens.comment.is_some() => Err("a comment is no part of a value".to_owned()),
        None if last.is_none() => Err("the value is empty".to_owned()),
        None => Ok(()),
    }
}
