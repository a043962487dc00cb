//! How much the player has of what stories are about: what all of them are weighed by.

use crate::play::figure::Figure;
use crate::play::position::Position;
use crate::sim::state::outcome::ratio;

/// Of what happens between others the player's business is so much as they are of the market, times this.
pub(super) const OTHERS: f64 = 0.3;
/// A profit that lasts is worth so many months of it at least.
pub(super) const YEAR: f64 = 12.0;

/// What the player has of what stories are about.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// The player's company; nobody's where strategies alone play.
    pub me: Option<usize>,
    /// People at home with the player.
    pub people: f64,
    /// Sales of the month, yuan.
    pub sales: f64,
    /// What the company is worth, yuan.
    pub value: f64,
    /// The player's objectives.
    pub objectives: usize,
    /// Part of the market that each company is, by sales or by what it is worth, whichever is more.
    pub size: Vec<f64>,
}

impl Scale {
    /// What the player has after a match's last month.
    pub(super) fn of(position: &Position, me: Option<usize>) -> Self {
        let now = position.now();
        let platforms = now.platforms();
        let (total, worth) =
            (now.total(), now.market_value.iter().filter(|value| **value > 0.0).sum::<f64>());
        let at_home = |platform: usize| position.turns.last().map_or(0.0, |t| t.movement.at_home(platform));
        let shop = me.filter(|&me| now.gmv(me) > 0.0);
        let sales = shop.map_or(total, |me| now.gmv(me));
        Self {
            me,
            people: shop.map_or_else(|| platforms.clone().map(at_home).sum(), at_home),
            sales,
            // Whoever owes more than it has is no smaller than what it sells.
            value: me.map_or(worth, |me| now.market_value[me]).max(sales),
            objectives: position.level.objectives.iter().filter(|one| Some(one.seat) == me).count(),
            size: platforms
                .map(|platform| now.share(platform).max(ratio(now.market_value[platform], worth)))
                .collect(),
        }
    }

    /// People, as a part of the player's.
    pub(super) fn people(&self, people: f64) -> f64 {
        ratio(people.abs(), self.people).min(1.0)
    }

    /// Yuan a month, as a part of the month's sales.
    pub(super) fn sales(&self, yuan: f64) -> f64 {
        ratio(yuan.abs(), self.sales).min(1.0)
    }

    /// Yuan that are paid once, as a part of what the company is worth.
    pub(super) fn once(&self, yuan: f64) -> f64 {
        ratio(yuan.abs(), self.value).min(1.0)
    }

    /// How far a company's matters are the player's.
    pub(super) fn concern(&self, platform: usize) -> f64 {
        let size = self.size.get(platform).copied().unwrap_or_default();
        match self.me {
            Some(me) if me == platform => 1.0,
            Some(_) => OTHERS * size,
            None => size,
        }
    }

    /// An objective, as a part of all that the player is judged by.
    pub(super) fn objective(&self) -> f64 {
        1.0 / self.objectives.max(1) as f64
    }

    /// How far a figure is off another, as a part of the player's business.
    pub(super) fn figure(&self, figure: Figure, off: f64, of: f64) -> f64 {
        match figure {
            Figure::Share => ratio(off.abs(), of.abs()).min(1.0),
            Figure::Users => ratio(off.abs(), of.abs()).min(1.0),
            Figure::Profit => self.once(YEAR * off),
            Figure::Cash | Figure::Value => self.once(off),
        }
    }
}
