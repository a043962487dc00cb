//! A person's side of a match, without a window.

mod explained;
mod forecasts;
mod objectives;
mod offers;
mod orders;
mod random;
mod rivals;
mod saves;
mod shelf;
mod table;
mod watched;

use walled_gardens::order::{Audience, Order};
use walled_gardens::play::{Difficulty, Explained, Session};

const TWO: &str = "tutorial/two-gardens";

const FOUR: &str = "tutorial/four-gardens";

const CHINA: &str = "history/china_2024";

fn begin(level: &str, seat: Option<&str>) -> Session {
    Session::begin(level, seat, Some(5), Difficulty::Fair).expect("a shipped level plays")
}

fn coupon(depth: f64) -> Order {
    Order::Coupon { region: None, category: None, audience: Audience::Switchers, depth }
}

/// Plays some turns with an order or two in each.
fn play(session: &mut Session, turns: u32) {
    for turn in 0..turns {
        session.draft.set(Order::TakeRate { category: None, rate: 0.02 + 0.001 * f64::from(turn) });
        if turn % 2 == 0 {
            session.draft.set(Order::BrandBudget { amount: 3e6 });
        }
        session.end_turn(None);
    }
}

fn adds_up(explained: &Explained, what: &str) {
    let tolerance = 1e-9 * explained.parts.iter().map(|part| part.amount.abs()).sum::<f64>().max(1e-3);
    assert!((explained.sum() - explained.total).abs() <= tolerance, "{what}: {explained:?}");
}
