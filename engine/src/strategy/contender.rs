//! Who takes a seat: a strategy with its parameters set, written `name` or `name(parameter: value)`.

use std::sync::Arc;

use crate::level::nearest;
use crate::sim::{Order, Orders};
use crate::strategy::interface::{Chance, Notes, Parameter, Strategy, Values};
use crate::strategy::registry::STRATEGIES;
use crate::strategy::view::PlatformView;
use crate::strategy::waiting::{Answers, answer_rest};

/// A strategy with its parameters set.
#[derive(Clone)]
pub struct Contender {
    strategy: &'static dyn Strategy,
    values: Values,
    name: Arc<str>,
}

impl Contender {
    /// A strategy as it usually is.
    pub fn usual(strategy: &'static dyn Strategy) -> Self {
        Self { strategy, values: Values::usual(strategy), name: strategy.name().into() }
    }

    /// A strategy by what is written: its name, and in brackets whichever parameters are not as usual.
    ///
    /// # Errors
    /// There is no such strategy or parameter, or a value is none or out of its range.
    pub fn read(text: &str) -> Result<Self, ContenderError> {
        if text.trim_start().starts_with("cmd:") {
            return Err(ContenderError::Command(text.to_owned()));
        }
        let (name, listed) = match text.trim().split_once('(') {
            None => (text.trim(), ""),
            Some((name, rest)) => {
                let listed =
                    rest.strip_suffix(')').ok_or_else(|| ContenderError::Unclosed(text.to_owned()))?;
                (name.trim(), listed)
            }
        };
        let strategy = *STRATEGIES.iter().find(|strategy| strategy.name() == name).ok_or_else(|| {
            ContenderError::Strategy {
                name: name.to_owned(),
                hint: meant(nearest(name, STRATEGIES.iter().map(|strategy| strategy.name()))),
            }
        })?;
        let mut given = vec![None; strategy.parameters().len()];
        for part in listed.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (place, value) = parameter(strategy, part)?;
            if given[place].replace(value).is_some() {
                return Err(ContenderError::Twice {
                    strategy: name.to_owned(),
                    parameter: strategy.parameters()[place].name,
                });
            }
        }
        Ok(Self::with(strategy, &given))
    }

    fn with(strategy: &'static dyn Strategy, given: &[Option<f64>]) -> Self {
        let parameters = strategy.parameters();
        let values = parameters.iter().zip(given).map(|(parameter, given)| given.unwrap_or(parameter.usual));
        let unusual: Vec<String> = (parameters.iter().zip(given))
            .filter_map(|(parameter, given)| given.map(|value| (parameter, value)))
            .filter(|(parameter, value)| *value != parameter.usual)
            .map(|(parameter, value)| format!("{}: {value}", parameter.name))
            .collect();
        let name = if unusual.is_empty() {
            strategy.name().to_owned()
        } else {
            format!("{}({})", strategy.name(), unusual.join(", "))
        };
        Self { strategy, values: Values(values.collect()), name: name.into() }
    }

    /// As it is written, without what is as usual: the same for the same contender.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The strategy.
    pub fn strategy(&self) -> &'static dyn Strategy {
        self.strategy
    }

    /// Decides on a turn, and answers what waits for an answer.
    pub fn decide(&self, view: &PlatformView, notes: &Notes, chance: &mut Chance) -> (Orders, Notes) {
        let (mut orders, notes) = self.strategy.decide(view, &self.values, notes, chance);
        answer_rest(view, &mut orders, &mut Own { contender: self, chance });
        (orders, notes)
    }
}

/// A strategy's own answers.
struct Own<'a> {
    contender: &'a Contender,
    chance: &'a mut Chance,
}

impl Answers for Own<'_> {
    fn choice(&mut self, view: &PlatformView, event: usize) -> usize {
        self.contender.strategy.choose(view, event, &self.contender.values, self.chance)
    }

    fn bids(&mut self, view: &PlatformView) -> Orders {
        self.contender.strategy.bid(view, &self.contender.values)
    }

    fn plea(&mut self, view: &PlatformView) -> Option<Order> {
        self.contender.strategy.plead(view, &self.contender.values)
    }
}

/// A parameter's place and value from `name: value`.
fn parameter(strategy: &dyn Strategy, text: &str) -> Result<(usize, f64), ContenderError> {
    let of = || strategy.name().to_owned();
    let (name, value) = text
        .split_once(':')
        .map(|(name, value)| (name.trim(), value.trim()))
        .ok_or_else(|| ContenderError::NotGiven { strategy: of(), text: text.to_owned() })?;
    let parameters = strategy.parameters();
    let known = || parameters.iter().map(|parameter| parameter.name);
    let place = known().position(|known| known == name).ok_or_else(|| ContenderError::Parameter {
        strategy: of(),
        name: name.to_owned(),
        hint: match known().collect::<Vec<_>>().join(", ") {
            none if none.is_empty() => "; it has none".to_owned(),
            all => format!("{}; it has {all}", meant(nearest(name, known()))),
        },
    })?;
    let Parameter { least, most, .. } = parameters[place];
    let number = value.parse::<f64>().ok().filter(|number| (least..=most).contains(number));
    let number = number.ok_or_else(|| ContenderError::Value {
        strategy: of(),
        parameter: parameters[place].name,
        value: value.to_owned(),
        least,
        most,
    })?;
    Ok((place, number))
}

fn meant(known: Option<&str>) -> String {
    known.map(|known| format!(" (did you mean `{known}`?)")).unwrap_or_default()
}

/// Why a text names no contender.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ContenderError {
    /// A program, where none may be started.
    #[error(
        "`{0}`: no program is started from here; expected a strategy (a bot sits by `--seat` or in a tournament's plan)"
    )]
    Command(String),
    /// A name that no strategy has.
    #[error("no strategy `{name}`{hint}; `walled-gardens strategies` lists them")]
    Strategy {
        /// The name.
        name: String,
        /// What may have been meant.
        hint: String,
    },
    /// A bracket too few.
    #[error("`{0}`: expected `name` or `name(parameter: value, …)`, and the last `)` is missing")]
    Unclosed(String),
    /// Not `parameter: value`.
    #[error("`{strategy}`: `{text}`: expected `parameter: value`")]
    NotGiven {
        /// The strategy.
        strategy: String,
        /// What stands there.
        text: String,
    },
    /// A name that none of the strategy's parameters has.
    #[error("`{strategy}` has no parameter `{name}`{hint}")]
    Parameter {
        /// The strategy.
        strategy: String,
        /// The name.
        name: String,
        /// What may have been meant.
        hint: String,
    },
    /// Not a number, or not in range.
    #[error("`{strategy}`: {parameter}: `{value}`: expected a number from {least} to {most}")]
    Value {
        /// The strategy.
        strategy: String,
        /// The parameter.
        parameter: &'static str,
        /// What stands there.
        value: String,
        /// The least it can be.
        least: f64,
        /// The most it can be.
        most: f64,
    },
    /// Given more than once.
    #[error("`{strategy}`: {parameter} is given twice")]
    Twice {
        /// The strategy.
        strategy: String,
        /// The parameter.
        parameter: &'static str,
    },
}

/// The contender that a text names: a strategy's name, and in brackets whichever parameters are not as usual.
///
/// # Errors
/// There is no such strategy or parameter, or a value is out of its range.
pub fn strategy(text: &str) -> Result<Contender, ContenderError> {
    Contender::read(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        Contender::read(text).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_contender_is_named_by_what_is_unusual_about_it() {
        for (text, name) in [
            ("passive", "passive"),
            ("coupon-raider()", "coupon-raider"),
            (" coupon-raider( depth:0.2 ) ", "coupon-raider(depth: 0.2)"),
            ("coupon-raider(months: 4, depth: 0.2)", "coupon-raider(depth: 0.2)"),
        ] {
            assert_eq!(Contender::read(text).map(|c| c.name().to_owned()), Ok(name.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_what_would_be_right() {
        assert!(refused("pasive").contains("did you mean `passive`?"));
        assert!(refused("passive(depth: 1)").contains("it has none"));
        assert!(refused("coupon-raider(dept: 0.2)").contains("did you mean `depth`?"));
        assert!(refused("coupon-raider(depth: 7)").contains("from 0 to 0.5"));
        assert!(refused("coupon-raider(depth: NaN)").contains("expected a number"));
        assert!(refused("coupon-raider(depth 0.2)").contains("expected `parameter: value`"));
        assert!(refused("coupon-raider(depth: 0.1, depth: 0.2)").contains("twice"));
        assert!(refused("coupon-raider(depth: 0.1").contains("missing"));
    }

    #[test]
    fn usual_values_lie_in_their_ranges_and_names_differ() {
        for strategy in STRATEGIES {
            let mut names = std::collections::BTreeSet::new();
            for parameter in strategy.parameters() {
                assert!(
                    (parameter.least..=parameter.most).contains(&parameter.usual),
                    "{}: {parameter:?}",
                    strategy.name()
                );
                assert!(names.insert(parameter.name), "{}: {parameter:?}", strategy.name());
            }
        }
    }
}
