//! What is going wrong, in a line.

use super::metrics::{change, difference, measure};
use super::time::month;
use crate::form::Form;
use crate::texts::{of_level, say};
use walled_gardens_engine::level::Level;
use walled_gardens_engine::play::{Advice, Leaving};

/// What an adviser says to the company of a seat.
pub fn advice(level: &Level, seat: usize, advice: &Advice) -> String {
    match *advice {
        Advice::CashRunsOut { turn } => say!("advice-cash", month = month(level, turn)),
        Advice::Slips { objective, a_month, turn } => {
            let wanted = &level.objectives[objective];
            say!(
                "advice-slips",
                what = measure(level, &wanted.measure, seat),
                change = change(&wanted.measure.metric, a_month),
                title = of_level(&wanted.title),
                month = month(level, turn)
            )
        }
        Advice::OutOfReach { objective, missing, turn } => {
            let wanted = &level.objectives[objective];
            let missing = difference(&wanted.measure.metric, missing);
            say!(
                "advice-out-of-reach",
                title = of_level(&wanted.title),
                missing = missing,
                month = month(level, turn)
            )
        }
        Advice::RunsOut { partner, yuan, part, turn } => {
            let (whom, much) = (of_level(&level.platforms[partner].name), Form::Yuan.write(yuan));
            let month = month(level, turn);
            match part {
                Some(part) => {
                    let part = Form::Percent.write(part);
                    say!("advice-runs-out", whom = whom, much = much, part = part, month = month)
                }
                None => say!("advice-runs-out-all", whom = whom, much = much, month = month),
            }
        }
        Advice::Leaves { who, a_month, turn } => {
            let (rate, month) = (Form::Percent.write(a_month), month(level, turn));
            match who {
                Leaving::Buyers => say!("advice-buyers-leave", rate = rate, month = month),
                Leaving::Merchants => say!("advice-merchants-leave", rate = rate, month = month),
            }
        }
    }
}
