//! Lines of JSON: what is wrong with one is said with its place.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::level::nearest;

/// Why a line is nothing that could be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{where_}{what}{}", expected.as_ref().map(|expected| format!("; expected {expected}")).unwrap_or_default(), where_ = place(at))]
pub struct Misread {
    /// Where in it, such as `orders[0].TakeRate.rate`; empty for the whole line.
    pub at: String,
    /// What is wrong.
    pub what: String,
    /// What would be right, where that is known.
    pub expected: Option<String>,
}

fn place(at: &str) -> String {
    if at.is_empty() { String::new() } else { format!("{at}: ") }
}

impl Misread {
    fn new(at: &str, message: &str) -> Self {
        let (what, expected) = match message.split_once(", expected ") {
            Some((what, expected)) => (what, Some(expected.to_owned())),
            None => (message, None),
        };
        Self { at: at.to_owned(), what: what.to_owned(), expected }
    }
}

/// An object that says its `type`.
pub struct Typed {
    kind: String,
    fields: Map<String, Value>,
}

/// Reads one line.
///
/// # Errors
/// It is no object with a `type`.
pub fn read_object(line: &str) -> Result<Typed, Misread> {
    let value: Value = serde_json::from_str(line).map_err(|error| Misread::new("", &error.to_string()))?;
    let Value::Object(mut fields) = value else {
        return Err(Misread::new("", "no object, expected an object with a `type`"));
    };
    match fields.remove("type") {
        Some(Value::String(kind)) => Ok(Typed { kind, fields }),
        Some(_) => Err(Misread::new("type", "no text, expected the type's name")),
        None => Err(Misread::new("", "an object without a `type`, expected one with a `type`")),
    }
}

impl Typed {
    /// Its type.
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// Its other fields.
    ///
    /// # Errors
    /// They are not those of this type.
    pub fn fields<T: DeserializeOwned>(self) -> Result<T, Misread> {
        serde_path_to_error::deserialize(Value::Object(self.fields)).map_err(|error| {
            let at = error.path().to_string();
            Misread::new(if at == "." { "" } else { &at }, &error.inner().to_string())
        })
    }

    /// That nobody knows its type.
    pub fn unknown(&self, known: &[&str]) -> Misread {
        let hint = nearest(&self.kind, known.iter().copied());
        let hint = hint.map(|known| format!(" (did you mean `{known}`?)")).unwrap_or_default();
        let begin: String = self.kind.chars().take(40).filter(|c| !c.is_control()).collect();
        Misread {
            at: "type".to_owned(),
            what: format!("no type `{begin}`{hint}"),
            expected: Some(format!("one of {}", known.join(", "))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::FromBot;

    fn wrong(line: &str) -> Misread {
        FromBot::read(line).expect_err(line)
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let rate = |rate: &str| {
            format!(r#"{{"type":"orders","match":1,"turn":1,"orders":[{{"TakeRate":{{"rate":{rate}}}}}]}}"#)
        };
        assert!(FromBot::read(&rate("0.05")).is_ok());
        assert_eq!(wrong(&rate("\"much\"")).at, "orders[0].TakeRate.rate");
        assert!(wrong(&rate("NaN")).to_string().contains("expected"));
        assert!(wrong(&rate("1e999")).to_string().contains("out of range"));
        assert!(wrong(r#"{"type":"order","match":1}"#).to_string().contains("did you mean `orders`?"));
        assert!(wrong(r#"{"type":"ready","protocol":1,"nam":"x"}"#).to_string().contains("nam"));
        assert!(wrong("[1]").to_string().contains("an object with a `type`"));
        assert!(wrong(&"[".repeat(100_000)).to_string().contains("recursion limit"));
    }
}
