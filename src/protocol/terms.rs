//! The form in which it is said what may be ordered.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use crate::order::Kind;

/// A kind of order that can be given now.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Legal {
    /// The kind.
    pub kind: &'static str,
    /// The numbers that it sets.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<Number>,
    /// What it can be about: an order whose other fields each take a value of one of these is legal; null is a field left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Target>,
}

/// Fields of an order, each with the values that it can take.
pub type Target = BTreeMap<&'static str, Vec<Value>>;

/// A number of an order.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Number {
    /// The field that holds it.
    pub field: &'static str,
    /// What it counts in.
    pub unit: &'static str,
    /// The least that is legal.
    pub least: f64,
    /// The most that is legal; absent where cash alone sets a limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most: Option<f64>,
}

impl Legal {
    /// A kind about nothing in particular, with its number as far as it goes.
    pub(super) fn of(kind: &'static str) -> Self {
        let numbers = Kind::named(kind).and_then(|kind| kind.number).map(|number| Number {
            field: number.field,
            unit: number.unit,
            least: 0.0,
            most: Some(number.most).filter(|most| most.is_finite()),
        });
        Self { kind, numbers: numbers.into_iter().collect(), targets: Vec::new() }
    }

    /// The same about something.
    pub(super) fn about<const N: usize>(mut self, fields: [(&'static str, Vec<Value>); N]) -> Self {
        self.targets.push(Target::from(fields));
        self
    }

    /// The same with other bounds of its number.
    pub(super) fn within(mut self, least: f64, most: Option<f64>) -> Self {
        for number in &mut self.numbers {
            (number.least, number.most) = (least, most);
        }
        self
    }
}

/// Ids, and null for all of them at once.
pub(super) fn any_of<'a>(ids: impl Iterator<Item = &'a String>) -> Vec<Value> {
    std::iter::once(Value::Null).chain(ids.map(|id| json!(id))).collect()
}
