//! The parameters of the market model: one line each, with its meaning, its value in the standard and the
//! textbook market, and the range in which it makes sense.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where a level's market parameters start before its own changes are laid over them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum MarketBase {
    /// The market the game is played in: every term on, but for public opinion.
    #[default]
    Standard,
    /// Every term at zero, everybody reconsiders, prices linear: a level then switches on what it studies.
    Textbook,
}

/// How a price enters utility.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum PriceForm {
    /// `−β·ln P`: β is the elasticity of the odds, whatever the price level.
    Log,
    /// `−β·P`: the textbook form.
    Linear,
}

/// How the number of listed merchants enters utility.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum ListingForm {
    /// `α·ln(1 + L/L0)`: the hundredth shop adds less than the first.
    Log,
    /// `α·L`: the textbook form.
    Linear,
}

/// The space in which consumers and platforms have a position of taste.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum TasteSpace {
    /// Circumference 1: no position is favoured.
    Circle,
    /// From 0 to 1 (Hotelling): the middle is favoured.
    Line,
}

impl TasteSpace {
    /// The way between two positions from 0 to 1.
    pub fn distance(self, one: f64, other: f64) -> f64 {
        let apart = (one - other).abs();
        match self {
            Self::Circle => apart.min(1.0 - apart),
            Self::Line => apart,
        }
    }
}

/// Whether a category can be had on a platform where none of its merchants lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum EmptyShops {
    /// There is nothing to buy.
    Closed,
    /// Being there is what people choose: the textbook's membership.
    Open,
}

/// How consumers and merchants expect the sizes of platforms that their utility depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Expectations {
    /// By what they see: presence and listings as they are.
    Seen,
    /// Consumers by what each shop announces (`announced`), whatever then comes (Katz and Shapiro 1985).
    Announced,
}

/// What platforms set when they compete, for `equilibrium`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Conduct {
    /// Fees (Bertrand); quantities follow.
    Price,
    /// Numbers of members (Cournot); fees follow.
    Quantity,
}

/// The distribution of a merchant's lasting liking for a shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum LikingForm {
    /// Logistic: the shop against not listing there, each with a Gumbel draw.
    Logistic,
    /// Gumbel: single-homing merchants then choose among shops by multinomial logit.
    Gumbel,
}

macro_rules! parameters {
    (
        choices { $($(#[doc = $choice_doc:expr])+ $choice:ident: $choice_type:ty = $choice_standard:expr, $choice_textbook:expr;)* }
        numbers { $($(#[doc = $doc:expr])+ $name:ident = $standard:expr, $textbook:expr, in $range:expr;)* }
    ) => {
        /// Every parameter of the market. Doc comments give meaning and unit; `docs/model.md` the equations.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
        pub struct MarketParameters {
            $($(#[doc = $choice_doc])+ pub $choice: $choice_type,)*
            $($(#[doc = $doc])+ pub $name: f64,)*
        }

        /// A level's changes to the parameters of its base.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields, default, rename = "market")]
        pub struct RawMarket {
            /// The parameters that the changes are laid over.
            pub base: MarketBase,
            $($(#[doc = $choice_doc])+ pub $choice: Option<$choice_type>,)*
            $($(#[doc = $doc])+ pub $name: Option<f64>,)*
        }

        impl MarketParameters {
            /// The parameters of a base, unchanged.
            pub fn of(base: MarketBase) -> Self {
                match base {
                    MarketBase::Standard => Self { $($choice: $choice_standard,)* $($name: $standard,)* },
                    MarketBase::Textbook => Self { $($choice: $choice_textbook,)* $($name: $textbook,)* },
                }
            }

            /// Name, value and allowed range of each number, for checks and listings.
            pub fn numbers(&self) -> Vec<(&'static str, f64, std::ops::RangeInclusive<f64>)> {
                vec![$((stringify!($name), self.$name, $range),)*]
            }

            /// Sets a number by its name, if it is one's.
            pub(super) fn set_number(&mut self, name: &str, value: f64) {
                $(if name == stringify!($name) {
                    self.$name = value;
                })*
            }
        }

        impl RawMarket {
            /// The base with the level's changes laid over it.
            pub fn resolve(&self) -> MarketParameters {
                let base = MarketParameters::of(self.base);
                MarketParameters {
                    $($choice: self.$choice.unwrap_or(base.$choice),)*
                    $($name: self.$name.unwrap_or(base.$name),)*
                }
            }
        }
    };
}

parameters! {
    choices {
        /// How a price enters utility.
        price_form: PriceForm = PriceForm::Log, PriceForm::Linear;
        /// How listed merchants enter utility.
        listing_form: ListingForm = ListingForm::Log, ListingForm::Linear;
        /// The space of taste positions.
        taste_space: TasteSpace = TasteSpace::Circle, TasteSpace::Line;
        /// The distribution of merchants' likings.
        merchant_liking: LikingForm = LikingForm::Logistic, LikingForm::Gumbel;
        /// Whether consumers may choose a shop where no merchant lists.
        empty_shops: EmptyShops = EmptyShops::Closed, EmptyShops::Open;
        /// How consumers expect the sizes of platforms.
        expectations: Expectations = Expectations::Seen, Expectations::Seen;
        /// What platforms set when `equilibrium` lets them compete.
        conduct: Conduct = Conduct::Price, Conduct::Price;
    }
    numbers {
        /// μ, the scale of the Gumbel noise in utility: large means choices follow chance, not merit. At 0 everybody
        /// takes the best alternative, and ties are drawn.
        logit_scale = 1.0, 1.0, in 0.0..=1e3;
        /// ρ, the probability that a consumer reconsiders a category in a turn; otherwise the last choice is repeated.
        reconsideration = 0.10, 1.0, in 0.0..=1.0;
        /// How disappointment breaks routine: who finds a shop's prices and adverts worse by d (in utility)
        /// than expected repeats the choice with probability (1 − ρ)·exp(−(this · d)²).
        attention = 1.0, 0.0, in 0.0..=100.0;
        /// Weight of the past in what people, and merchants, have come to expect.
        expectation_memory = 0.8, 0.0, in 0.0..=0.999;
        /// h, utility of choosing the same platform (or offline) as last time: the cost of switching.
        habit = 1.0, 0.0, in 0.0..=20.0;
        /// β, median sensitivity to price over consumers.
        price_sensitivity = 3.0, 1.0, in 0.0..=100.0;
        /// Utility lost per squared fee on consumers, for purchases and membership, beyond its price: a fee that is felt as unfair drives more people
        /// away than a price that high (Kahneman, Knetsch and Thaler 1986).
        fee_resentment = 12.0, 0.0, in 0.0..=1000.0;
        /// How much dearer a shop feels to its own buyers for each yuan that only those get who switch to it (Feinberg, Krishna and
        /// Zhang 2002: buyers prefer a firm less that favours those who are none of its own). Chosen: at one and above, a coupon loses
        /// more sales than it wins where two shops share a market.
        coupon_betrayal = 0.5, 0.0, in 0.0..=10.0;
        /// Standard deviation of ln β over consumers.
        price_sensitivity_spread = 0.35, 0.0, in 0.0..=2.0;
        /// α, utility of the merchants listed.
        listing_effect = 0.9, 0.0, in -20.0..=20.0;
        /// L0 of the logarithmic form: the fraction of merchants listed from which more of them add little.
        listing_scale = 0.03, 0.03, in 1e-6..=10.0;
        /// σ, utility of other people's presence: of the platform's part of all potential sales in the region.
        own_side_effect = 0.2, 0.0, in -20.0..=20.0;
        /// Weight of the past in the presence that people see: 0 is last turn alone.
        presence_memory = 0.5, 0.0, in 0.0..=0.999;
        /// Disutility of filling the whole screen with adverts; proportional to the load.
        advert_annoyance = 2.5, 0.0, in 0.0..=100.0;
        /// What the highest bidder pays for a place, as advert income over sales for a whole screen of such places.
        advert_yield = 0.4, 0.0, in 0.0..=1.0;
        /// Part of the screen from which on bids are 1/e of the highest: income from adverts levels off beyond it.
        advert_depth = 0.04, 0.04, in 0.001..=10.0;
        /// Transport cost: utility lost per unit of distance between a consumer's taste and a platform.
        taste_strength = 1.2, 0.0, in 0.0..=100.0;
        /// Utility of a brand per unit of ln(1 + stock / reference).
        brand_effect = 0.17, 0.0, in 0.0..=20.0;
        /// Reference of the brand stock: sustained monthly spending as a fraction of all potential sales.
        brand_reference = 1.0e-4, 1.0e-4, in 1e-9..=1.0;
        /// Utility of category strength per unit of ln(1 + stock / reference).
        category_effect = 0.19, 0.0, in 0.0..=20.0;
        /// Reference of a category's stock: sustained monthly spending as a fraction of the category's potential sales.
        category_reference = 1.5e-4, 1.5e-4, in 1e-9..=1.0;
        /// Part of a brand or category stock that fades in a turn.
        stock_decay = 0.05, 0.05, in 0.0..=1.0;
        /// Monthly hazard of learning of a platform per unit of ln(1 + marketing / reference).
        marketing_effect = 0.06, 0.0, in 0.0..=10.0;
        /// Reference of marketing: monthly spending in a region as a fraction of its potential sales.
        marketing_reference = 1.0e-4, 1.0e-4, in 1e-9..=1.0;
        /// Word of mouth: monthly hazard of learning of a platform per unit of its presence in the region.
        word_of_mouth = 0.15, 0.0, in 0.0..=10.0;
        /// Probability that somebody who does not buy on a platform forgets it in a turn; 0 means everybody knows all.
        forgetting = 0.05, 0.0, in 0.0..=1.0;
        /// Mean margin of merchants before platform fees, as a fraction of sales.
        merchant_margin = 0.085, 0.0, in -100.0..=100.0;
        /// Standard deviation of that margin over merchants.
        merchant_margin_spread = 0.015, 0.0, in 0.0..=1.0;
        /// ζ, scale of a merchant's lasting liking for a platform, in margin.
        merchant_noise = 0.008, 0.0, in 0.0..=10.0;
        /// α₂, margin per unit of a shop's presence: what buyers are worth to a merchant beyond its sales.
        merchant_benefit = 0.0, 0.0, in -20.0..=20.0;
        /// Transport cost of merchants: margin lost per unit of distance between their taste and a platform.
        merchant_taste_strength = 0.0, 0.0, in 0.0..=100.0;
        /// F: a merchant's cost of each listing, in margin, is spread evenly from 0 to this over merchants.
        merchant_entry_cost = 0.0, 0.0, in 0.0..=100.0;
        /// Cost of running one more shop, in margin, for a merchant of size 1 at usual sales; larger ones carry it lightly.
        listing_cost = 0.008, 0.0, in 0.0..=1.0;
        /// Probability that a merchant reconsiders its listings in a turn.
        listing_reconsideration = 0.20, 1.0, in 0.0..=1.0;
        /// The same disappointment for merchants whose fees rise: they repeat their listings with probability
        /// (1 − that)·exp(−(this · rise)²), the rise as a fraction of sales.
        merchant_attention = 30.0, 0.0, in 0.0..=1000.0;
        /// Probability that a merchant of size 1 can also serve one given further platform.
        multi_homing = 0.30, 1.0, in 0.0..=1.0;
        /// How much that probability rises per unit of ln(size).
        multi_homing_slope = 0.12, 0.0, in 0.0..=10.0;
        /// Part of the platform's fees that merchants pass on in their prices.
        pass_through = 0.5, 0.0, in 0.0..=1.0;
        /// Fraction of sales lost to fraud on a platform that does not police itself.
        fraud_rate = 0.036, 0.0, in 0.0..=1.0;
        /// Governance spending, as a fraction of sales, that halves fraud.
        governance_reference = 2.5e-3, 2.5e-3, in 1e-9..=1.0;
        /// Part of policing that is in vain where a platform sees nothing of what people look at, buy, pay and send.
        blindness = 0.3, 0.0, in 0.0..=1.0;
        /// Part of the damage that the platform makes good to its buyers.
        fraud_refund = 0.15, 0.0, in 0.0..=1.0;
        /// Trust tends to 1 − this × fraud.
        trust_slope = 9.0, 0.0, in 0.0..=1000.0;
        /// Part of the way up to its target that trust moves in a turn.
        trust_rise = 0.04, 0.04, in 0.0..=1.0;
        /// Part of the way down to its target that trust moves in a turn: faster lost than won.
        trust_fall = 0.08, 0.08, in 0.0..=1.0;
        /// Utility of full trust against none.
        trust_effect = 2.0, 0.0, in 0.0..=100.0;
        /// A platform's cost of handling sales, as a fraction of them.
        operating_cost = 0.005, 0.0, in 0.0..=1.0;
        /// Bass: hazard of coming online unprompted, a month.
        adoption_innovation = 0.004, 0.0, in 0.0..=1.0;
        /// Bass: hazard of coming online by imitation, a month, when everybody else is online.
        adoption_imitation = 0.09, 0.0, in 0.0..=10.0;
        /// A platform's standing monthly budgets at the opening, as a fraction of its sales, where the level
        /// gives none: for brand, categories and marketing together, a third each.
        opening_investment = 0.006, 0.0, in 0.0..=1.0;
        /// The same for governance.
        opening_governance = 0.0025, 0.0, in 0.0..=1.0;
        /// Commission at the opening where the level gives none, a fraction of sales.
        opening_take_rate = 0.03, 0.0, in 0.0..=0.5;
        /// Part of the screen that is adverts at the opening where the level gives none.
        opening_advert_load = 0.04, 0.0, in 0.0..=0.5;
        /// Part of online people's spending that goes to platforms at the opening where the level gives none.
        opening_online_share = 0.5, 1.0, in 1e-6..=1.0;
        /// κ0, utility lost at a checkout that takes none of a buyer's wallets.
        payment_friction = 2.0, 0.0, in 0.0..=100.0;
        /// κ1, utility lost at a checkout that takes one of a buyer's wallets, but not the habitual one.
        second_wallet_friction = 0.25, 0.0, in 0.0..=100.0;
        /// Utility lost by a buyer who has no wallet yet, wherever it buys.
        no_wallet_friction = 0.3, 0.0, in 0.0..=100.0;
        /// ω, utility of a shop whose own wallet is the buyer's habitual one.
        wallet_tie = 0.9, 0.0, in 0.0..=20.0;
        /// Probability that a buyer with no wallet that the checkout takes adopts one in a month; whoever has none at all
        /// adopts one at once.
        wallet_adoption = 0.10, 0.10, in 0.0..=1.0;
        /// Probability that a buyer's habitual wallet is drawn anew in a month, from those it paid with.
        wallet_redraw = 0.03, 0.03, in 0.0..=1.0;
        /// Payments outside the platforms, which stay with the habitual wallet, over potential sales.
        wallet_offline_use = 0.35, 0.35, in 0.0..=10.0;
        /// How much more likely a checkout is to be paid with the shop's own wallet than with another that is no habit.
        wallet_steering = 2.0, 1.0, in 1.0..=100.0;
        /// Utility of being reached through all the apps there are.
        access_effect = 0.6, 0.0, in 0.0..=20.0;
        /// How far an advert reaches into a shop's market, 0 to 1.
        advert_reach = 0.10, 0.10, in 0.0..=1.0;
        /// How far links that jump into the shop reach.
        jump_reach = 0.25, 0.25, in 0.0..=1.0;
        /// How far a shop inside the app reaches.
        mini_program_reach = 0.45, 0.45, in 0.0..=1.0;
        /// How far an app reaches for its owner's shop.
        native_reach = 0.60, 0.60, in 0.0..=1.0;
        /// Monthly hazard of learning of a shop through an app that reaches it wholly.
        access_learning = 0.06, 0.0, in 0.0..=10.0;
        /// Part of the habit that a shop loses with people who come to it by jumping.
        jump_habit_loss = 0.05, 0.0, in 0.0..=1.0;
        /// The same with people who use it inside another's app.
        mini_program_habit_loss = 0.25, 0.0, in 0.0..=1.0;
        /// Monthly hazard of learning of a shop per unit of ln(1 + paid visits a user of the app) · conversion.
        visit_effect = 0.06, 0.0, in 0.0..=10.0;
        /// Monthly hazard of learning of a shop by invitation per unit of ln(1 + reward / marketing's reference) · presence ·
        /// reach.
        invitation_effect = 0.8, 0.0, in 0.0..=100.0;
        /// δ, utility of delivery of quality 1 against quality 0.
        delivery_effect = 0.8, 0.0, in 0.0..=100.0;
        /// What quality 1 against quality 0 is worth to a merchant when it chooses a carrier, over sales.
        carrier_quality_worth = 0.06, 0.06, in 0.0..=10.0;
        /// Scale of the noise in that choice, over sales.
        carrier_noise = 0.010, 0.010, in 0.0..=10.0;
        /// Quality of an overloaded carrier is (capacity / parcels) to this power of its usual one.
        congestion = 0.7, 0.7, in 0.0..=10.0;
        /// Quality that a carrier gains with its owner's own parcels, lost by degrees as it serves others.
        linkage = 0.06, 0.0, in 0.0..=1.0;
        /// Rise of a crowd's cost when it takes as many parcels as all others together.
        surge = 1.0, 1.0, in 0.0..=100.0;
        /// Yuan that room for one more parcel a month costs to build.
        capacity_cost = 20.0, 20.0, in 0.0..=1e4;
        /// Part of its room that a carrier can at most give up in a month.
        capacity_decline = 0.05, 0.05, in 0.0..=1.0;
        /// λ, utility of a perfect match between people and goods, in a category that is searched.
        match_effect = 0.35, 0.0, in 0.0..=20.0;
        /// Data at which the match is half perfect.
        data_reference = 2.0, 2.0, in 1e-9..=1e9;
        /// Data that a month of all potential sales would bring.
        data_yield = 4.0, 4.0, in 0.0..=1e9;
        /// Part of the data that grows stale in a month.
        data_decay = 0.05, 0.05, in 0.0..=1.0;
        /// How much more a sale tells that is paid with a wallet of the shop's own, or of one that shares its data.
        payment_data = 0.3, 0.0, in 0.0..=100.0;
        /// How much of a partner's data is news.
        data_fusion = 0.5, 0.0, in 0.0..=1.0;
        /// Capability in AI at which it does half of what it could with the same data: sustained monthly spending as a fraction of
        /// all potential sales. Chosen so that half a percent of its sales does so for a shop that sells a tenth of all that could
        /// be sold.
        ai_reference = 5.0e-4, 5.0e-4, in 1e-9..=1.0;
        /// Data at which AI does half of what it could with the same capability: what a shop gathers that sells a tenth of all that
        /// could be sold, four times as many as a match needs.
        ai_data = 8.0, 8.0, in 1e-9..=1e9;
        /// Utility of perfect AI in a category that is searched: odds a tenth better, as better translation did to exports on
        /// a marketplace (Brynjolfsson, Hui and Liu 2019).
        ai_search = 0.1, 0.0, in 0.0..=20.0;
        /// The same where people are shown everything they see. Chosen three times as large: a feed is nothing but a choice of what
        /// to show.
        ai_feed = 0.3, 0.0, in 0.0..=20.0;
        /// Part of the cost of one more listing that perfect AI saves a merchant: the time that it saves those who write (Noy and
        /// Zhang 2023).
        ai_listing = 0.4, 0.0, in 0.0..=1.0;
        /// What merchants save on returns with perfect AI, over sales. Chosen so that a tenth of all returns is saved, where a fifth
        /// of what is sold comes back and costs a fifth of its price.
        ai_returns = 0.004, 0.0, in 0.0..=1.0;
        /// How many more parcels, as a part, an own carrier handles in the same room with perfect AI. Chosen.
        ai_planning = 0.15, 0.0, in 0.0..=10.0;
        /// Utility of stores in a region per unit of ln(1 + stock / marketing's reference).
        store_effect = 0.06, 0.0, in 0.0..=20.0;
        /// Spending on stores, over a region's potential sales, at which they bring in two thirds of those who would
        /// never come online by themselves.
        store_reference = 2.0e-3, 2.0e-3, in 1e-9..=1.0;
        /// What opening a service does to what people think of its owner, where everybody is concerned.
        opinion_opening = 0.25, 0.0, in 0.0..=10.0;
        /// What closing one, or everything at once, costs of it.
        opinion_closing = 0.6, 0.0, in 0.0..=10.0;
        /// What prices and adverts that are worse than expected cost of it, per unit of utility and month, where everybody buys.
        opinion_fees = 0.5, 0.0, in 0.0..=100.0;
        /// What fraud beyond what is forgiven costs of it, per sales lost and month, where everybody buys.
        opinion_fraud = 5.0, 0.0, in 0.0..=1000.0;
        /// Fraud that is forgiven, as a fraction of sales.
        opinion_forgiven = 0.02, 0.0, in 0.0..=1.0;
        /// Part of what people think that fades in a month.
        opinion_fading = 0.08, 0.08, in 0.0..=1.0;
        /// What the best opinion adds to where trust tends to, and the worst takes away.
        opinion_trust = 0.1, 0.0, in 0.0..=1.0;
        /// How much more invitations do for a company that everybody likes, as a factor on top of 1; less for one that nobody does.
        opinion_invitations = 0.5, 0.0, in 0.0..=1.0;
        /// Part by which an independent firm changes its room or its prices in a month, once it has run out of patience.
        third_party_response = 0.05, 0.0, in 0.0..=0.5;
        /// Months in a row of gains or losses that it takes; after three times as many of losses it closes down.
        third_party_patience = 6.0, 6.0, in 1.0..=120.0;
        /// Credit that merchants want, in months of what they sell on a platform.
        merchant_credit_need = 0.25, 0.0, in 0.0..=24.0;
        /// Credit that buyers want, in months of what they spend on a platform.
        buyer_credit_need = 0.25, 0.0, in 0.0..=24.0;
        /// Part of the cost of one more listing that is saved where everybody has the credit wanted.
        merchant_credit_lift = 0.25, 0.0, in 0.0..=1.0;
        /// How much more is bought on a platform whose every buyer has the credit wanted, as a fraction of sales.
        buyer_credit_lift = 0.05, 0.0, in 0.0..=1.0;
        /// What a yuan of credit is worth a month to those who are likeliest to default; to others in proportion to their type.
        credit_worth = 0.025, 0.025, in 1e-4..=1.0;
        /// Part of its debt on which a borrower of no particular type defaults in a month of a usual economy.
        default_rate = 0.015, 0.015, in 0.0..=1.0;
        /// Power of a borrower's type, from 0 to 1, that its hazard of default rises by.
        default_slope = 2.0, 2.0, in 0.0..=20.0;
        /// Power of the economy's index that hazards fall by.
        default_cycle = 4.0, 4.0, in 0.0..=20.0;
        /// Part of what is defaulted on that comes back.
        credit_recovery = 0.3, 0.3, in 0.0..=1.0;
        /// Months in which a loan is paid back, in equal instalments.
        loan_months = 6.0, 6.0, in 1.0..=60.0;
        /// Part of the interest on what outside funds lent that they keep; the platform has the rest for bringing the borrower.
        fund_interest = 0.6, 0.6, in 0.0..=1.0;
        /// Part of the losses on what outside funds lent that they bear; the platform makes the rest good.
        fund_loss = 0.8, 0.8, in 0.0..=1.0;
        /// How much more of what shares are worth the public pays, in logarithms, for each of the economy's growth over a year.
        mood_economy = 2.0, 0.0, in 0.0..=20.0;
        /// The same for each of what earlier issues have brought their buyers.
        mood_issues = 0.2, 0.0, in 0.0..=20.0;
        /// The mood below which nothing can be sold to the public: one is a usual month's.
        mood_window = 0.9, 0.9, in 0.0..=2.0;
        /// Part of what shares are worth that their buyers keep (Ritter 2003: first-day returns of some tenth, and fees).
        issue_discount = 0.1, 0.0, in 0.0..=0.9;
        /// How much more they keep of a company that is sold whole, in proportion to the part.
        issue_impact = 0.2, 0.0, in 0.0..=0.9;
        /// Months after which a company may try the public again when it has called off a sale.
        issue_wait = 6.0, 6.0, in 0.0..=120.0;
        /// Months in a row beyond its credit line after which an administrator runs a company; 0: never. Whole ones.
        distress_months = 0.0, 0.0, in 0.0..=60.0;
        /// How far below zero banks let a company's cash fall, in months of its sales. Chosen: with usual fees, what it takes in one to
        /// two months.
        credit_line = 0.05, 0.05, in 0.0..=12.0;
        /// Months that an administrator has before it closes the company. Whole ones.
        administration_months = 6.0, 6.0, in 1.0..=60.0;
        /// The least price of a service that an administrator sells, in months of what it earned last.
        least_price_months = 12.0, 12.0, in 0.0..=1200.0;
        /// What an engineer costs, yuan a month.
        engineer_cost = 50_000.0, 50_000.0, in 1.0..=1e9;
        /// Part of the work that good relations save.
        familiarity = 0.4, 0.0, in 0.0..=0.9;
        /// Part of what companies remember of each other that fades in a month.
        relation_decay = 0.04, 0.04, in 0.0..=1.0;
        /// Monthly rate at which a platform's future profit is discounted.
        discount_rate = 0.01, 0.01, in 1e-4..=1.0;
        /// Part in which the public believes what is estimated of an announcement; 0 where value follows profits alone.
        expectation = 0.0, 0.0, in 0.0..=1.0;
        /// Months in which the public expects 63% of the answer to whatever is opened or agreed.
        expectation_delay = 8.0, 8.0, in 0.1..=120.0;
        /// The same of whatever is closed.
        expectation_loss_delay = 1.5, 1.5, in 0.1..=120.0;
    }
}

impl MarketParameters {
    /// Whether anything that companies do moves what people think of them.
    pub fn moves_opinion(&self) -> bool {
        let weights = [self.opinion_opening, self.opinion_closing, self.opinion_fees, self.opinion_fraud];
        weights.iter().any(|weight| *weight > 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_lies_in_its_own_range() {
        for base in [MarketBase::Standard, MarketBase::Textbook] {
            for (name, value, range) in MarketParameters::of(base).numbers() {
                assert!(range.contains(&value), "{base:?} {name} = {value} outside {range:?}");
            }
        }
    }

    #[test]
    fn a_change_is_laid_over_its_base_and_over_nothing_else() {
        let raw = RawMarket { base: MarketBase::Textbook, habit: Some(2.0), ..RawMarket::default() };
        let expected = MarketParameters { habit: 2.0, ..MarketParameters::of(MarketBase::Textbook) };
        assert_eq!(raw.resolve(), expected);
    }
}
