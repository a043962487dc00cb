//! What can be told of a month: each kind of story with the numbers that its sentence says. Whoever shows it finds the words.

use crate::play::explain::Label;
use crate::play::figure::Figure;
use crate::sim::ChoiceTerm;
use crate::sim::state::engineering::Goal;
use crate::sim::state::events::Event;

/// Where something is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the whole market.
    Everywhere,
    /// In a category, by index.
    Category(usize),
    /// In a region, by index.
    Region(usize),
}

/// A price that everybody can see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Price {
    /// Commission, a fraction of sales.
    Commission,
    /// Fee on buyers, a fraction of the price.
    ConsumerFee,
    /// Part of the screen that is adverts.
    Adverts,
    /// The deepest coupon, a fraction of the price; nothing where there is none.
    Coupons,
    /// Yuan that a member pays a month.
    Membership,
    /// Yuan that a listed shop pays a month.
    Listing,
    /// Interest on loans to merchants, a fraction a month; nothing where there are none.
    MerchantLoans,
    /// The same of loans to buyers.
    BuyerLoans,
}

/// How a price moved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PriceMove {
    /// Which.
    pub price: Price,
    /// The category, where it moved in one alone.
    pub category: Option<usize>,
    /// What it was; the mean by sales where it differs.
    pub from: f64,
    /// What it is.
    pub to: f64,
    /// Yuan a month that change hands by it, at the sales of the month.
    pub stake: f64,
}

impl PriceMove {
    /// Whether it is dearer for whoever pays: fewer coupons are.
    pub fn is_dearer(&self) -> bool {
        let more = self.to > self.from;
        if self.price == Price::Coupons { !more } else { more }
    }
}

/// How an objective turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoalChange {
    /// It is met.
    Won,
    /// It was missed.
    Lost,
    /// It held and holds no more.
    InDanger,
    /// It did not hold and does.
    InReach,
    /// It does not hold and is due in so many months.
    Due(u32),
}

/// Something that happened in a month.
#[derive(Clone, Debug, PartialEq)]
pub enum Story {
    /// Something between companies, or that happened to one.
    Between(Event),
    /// An agreement of the player's ran out: its number, and with whom it was.
    RanOut {
        /// Number.
        agreement: u32,
        /// Partner.
        with: usize,
    },
    /// An agreement of the player's runs out soon.
    RunsOut {
        /// Number.
        agreement: u32,
        /// Partner.
        with: usize,
        /// Its last turn.
        turn: u32,
    },
    /// A rival moved its prices.
    Prices {
        /// Who.
        by: usize,
        /// What moved, the largest first.
        moves: Vec<PriceMove>,
        /// People who went there in the month from the player's garden, less those who came from there; from all gardens where
        /// nobody plays.
        won: f64,
    },
    /// What a service of another asks of the player's shop.
    ServicePrice {
        /// Service.
        service: usize,
        /// Before, in its unit.
        from: f64,
        /// Now.
        to: f64,
        /// What went through it in the month: yuan, or parcels of a carrier.
        volume: f64,
    },
    /// A company uses a service no longer.
    Dropped {
        /// Who.
        by: usize,
        /// Service.
        service: usize,
    },
    /// A company's engineers build something in: the public sees it before it is there.
    Builds {
        /// Who.
        by: usize,
        /// What.
        goal: Goal,
        /// Months that it takes from now on, at the least.
        months: u32,
    },
    /// What a company's AI does, a fraction of what perfect AI could.
    Ai {
        /// Whose.
        of: usize,
        /// Before.
        from: f64,
        /// Now.
        to: f64,
    },
    /// How far buyers trust a company, 0 to 1.
    Trust {
        /// Whom.
        of: usize,
        /// Before.
        from: f64,
        /// Now.
        to: f64,
    },
    /// What people think of a company, −1 to 1.
    Opinion {
        /// Of whom.
        of: usize,
        /// Before.
        from: f64,
        /// Now.
        to: f64,
    },
    /// A carrier's room, in parcels a month.
    Room {
        /// Service.
        service: usize,
        /// Before.
        from: f64,
        /// Now.
        to: f64,
    },
    /// What a rival spends by its open books, yuan a month.
    Budgets {
        /// Who.
        by: usize,
        /// Before.
        from: f64,
        /// Now.
        to: f64,
    },
    /// First place by sales changes hands.
    FirstPlace {
        /// Where.
        place: Place,
        /// Who has it.
        by: usize,
        /// Who had it.
        from: usize,
        /// The part of all sales that is made there.
        part: f64,
    },
    /// Of two companies, one of them the player's, one sells more than the other now.
    Overtaken {
        /// Who sells more.
        by: usize,
        /// Who did.
        whom: usize,
    },
    /// The player's share of sales where it moved most.
    Swing {
        /// Where.
        place: Place,
        /// Before.
        from: f64,
        /// Now.
        to: f64,
        /// Yuan a month that this is of what is sold there.
        sales: f64,
    },
    /// The player's share of all sales is past a whole point for the first time.
    Share {
        /// The point that it passed, as a fraction.
        mark: f64,
        /// Before.
        from: f64,
        /// Now.
        to: f64,
    },
    /// People who went from one garden to another, less those who came back.
    Crowd {
        /// From whom.
        from: usize,
        /// To whom.
        to: usize,
        /// How many.
        people: f64,
        /// What changed most in favour of going.
        mostly: Option<ChoiceTerm>,
    },
    /// People more, or less, whose first shop is the player's.
    People {
        /// How many more.
        net: f64,
    },
    /// People more, or less, who buy on any platform.
    Commons {
        /// How many more.
        net: f64,
    },
    /// Merchants came to a company's shop or left it.
    Merchants {
        /// Whose.
        of: usize,
        /// Shops more.
        net: f64,
        /// Shops listed now.
        listed: f64,
    },
    /// A figure of the player's is higher or lower than in any month before.
    Record {
        /// Which.
        figure: Figure,
        /// Whether it is higher.
        high: bool,
        /// The record so far.
        was: f64,
        /// The new one.
        is: f64,
    },
    /// The player's company earns again, or loses.
    Earns {
        /// Profit of the month, yuan.
        profit: f64,
    },
    /// The figure that came out furthest beyond its forecast.
    Missed {
        /// Which.
        figure: Figure,
        /// What was expected.
        expected: f64,
        /// What came.
        found: f64,
        /// What most of the miss comes from.
        mostly: Option<Label>,
    },
    /// An objective of the player's.
    Goal {
        /// Its place in the level.
        objective: usize,
        /// How it turned.
        turn: GoalChange,
    },
    /// What weighs on a company's file with the regulator.
    OnFile {
        /// Whose.
        of: usize,
        /// Before.
        from: f64,
        /// Now.
        to: f64,
        /// The weight at which it is warned.
        warning: f64,
    },
    /// A month begins in which people spend more than in a usual one, or less.
    Season {
        /// Its turn.
        turn: u32,
        /// What they spend over that of a usual month.
        spending: f64,
    },
    /// Incomes, over those at the opening.
    Economy {
        /// Before.
        from: f64,
        /// In the coming month.
        to: f64,
    },
    /// A newcomer opens next month.
    Opens {
        /// Who.
        platform: usize,
    },
    /// A carrier has more parcels than room, or has room again.
    Crowded {
        /// Service.
        service: usize,
        /// Parcels over the room.
        load: f64,
        /// Part of the player's parcels that it carries.
        mine: f64,
    },
    /// Part of the people online whose habit a wallet is.
    Habit {
        /// Service.
        service: usize,
        /// Before.
        from: f64,
        /// Now.
        to: f64,
    },
    /// More is paid with a wallet than with any other.
    FirstWallet {
        /// Service.
        service: usize,
        /// The one that was first.
        from: usize,
    },
    /// What all of a company is worth, yuan.
    Worth {
        /// Whose.
        of: usize,
        /// Before.
        from: f64,
        /// Now.
        to: f64,
    },
    /// Another company is worth most.
    WorthMost {
        /// Who is.
        by: usize,
        /// Who was.
        from: usize,
    },
    /// The part of its profits that a company pays out.
    Dividend {
        /// Who.
        by: usize,
        /// Before.
        from: f64,
        /// Now.
        to: f64,
    },
    /// Part of what is owed to a lender that was defaulted on.
    Defaults {
        /// The lender.
        of: usize,
        /// Before.
        from: f64,
        /// Now.
        to: f64,
        /// What is owed to it, yuan.
        owed: f64,
    },
}
