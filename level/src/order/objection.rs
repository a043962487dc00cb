//! Why something between two companies is worth something, and why an offer is refused.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Why something is worth something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Reason {
    /// More is sold in the own shop, or less.
    Sales,
    /// Fees of an own service, less what it costs to serve.
    Service,
    /// Habitual users of an own wallet, won or lost.
    Habit,
    /// Fees for sales that somebody else's app refers.
    Referrals,
    /// Engineers who build it in.
    Engineering,
    /// What is open stays open.
    Safety,
    /// Money.
    Payment,
    /// Refunds to people who were cheated.
    Fraud,
    /// What a third company would have won by being let in.
    Front,
    /// Shares that are worth more than they cost, or less.
    Shares,
    // New reasons stand last: saved matches know them by their place.
    /// Parcels come later, or sooner, because a carrier has more of them than room, or less.
    Room,
}

impl Reason {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Sales,
        Self::Service,
        Self::Habit,
        Self::Referrals,
        Self::Engineering,
        Self::Safety,
        Self::Payment,
        Self::Fraud,
        Self::Front,
        Self::Shares,
        Self::Room,
    ];
}

impl Objection {
    /// Whether a better offer could be accepted: what speaks against this one is what it is worth.
    pub fn is_about_worth(self) -> bool {
        matches!(self, Self::Costs(_) | Self::BringsNothing | Self::TooLittle)
    }
}

/// Why an offer is refused, as its maker is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Objection {
    /// It costs more than it brings, mostly by this.
    Costs(Reason),
    /// It brings nothing.
    BringsNothing,
    /// It brings too little.
    TooLittle,
    /// Somebody else has been promised that nothing more is opened to whoever asks.
    Promised,
    /// What whoever asks has done is not forgotten.
    Grudge,
    /// Whoever asks is not to become any stronger.
    Feared,
    /// It would shut somebody out.
    ShutsOut,
    /// Nothing is shared with anybody.
    KeepsToItself,
    /// No offers are considered.
    NotInterested,
}
