//! Random markets of the textbook, and how one is written as a level.

use crate::experiment::playing::ExperimentError;
use crate::level::Level;
use crate::strategy;

/// People, and shops, of a level.
const PEOPLE: f64 = 1_000.0;

/// A market of the textbook: everybody buys once a month, from one firm or from nobody. Lists are by firm.
#[derive(Clone, Debug, Default)]
pub struct Market {
    /// What a firm is worth to everybody, in utility; staying outside is worth 0.
    pub appeals: Vec<f64>,
    /// What a member costs a firm, in yuan a month.
    pub costs: Vec<f64>,
    /// Kinds of people: their share, and their median sensitivity to price, in utility per yuan.
    pub segments: Vec<(f64, f64)>,
    /// Standard deviation of the logarithm of sensitivity within a segment.
    pub spread: f64,
    /// Scale of the Gumbel noise in utility.
    pub scale: f64,
    /// Whether one may stay outside.
    pub outside: bool,
    /// What it is worth to people that everybody is where they are, in utility; by part of the people.
    pub crowd: f64,
    /// Whether people go by the sizes that firms announce, which are true in equilibrium and stay what they are while a firm
    /// tries other fees (Katz and Shapiro 1985), and not by those that come (rational expectations).
    pub announced: bool,
    /// The other side of the market, if it has one.
    pub merchants: Option<Merchants>,
}

/// Merchants, one for each of the people (Armstrong 2006).
#[derive(Clone, Debug)]
pub struct Merchants {
    /// What it is worth to people that all merchants list where they are, in utility; by part of the merchants.
    pub worth: f64,
    /// What it is worth to a merchant that everybody is where it lists, as a fraction of its usual sales.
    pub benefit: f64,
    /// What listing anywhere is worth, as a fraction of usual sales.
    pub margin: f64,
    /// Scale of the Gumbel likings of merchants, as a fraction of usual sales.
    pub noise: f64,
    /// Whether a merchant lists wherever it pays, and not only where it pays most.
    pub everywhere: bool,
    /// What a listing costs each firm, in yuan a month.
    pub costs: Vec<f64>,
}

impl Market {
    /// Markets by number, the same for ever: one to five firms, one to three segments, spread to 2, with and without staying
    /// outside, with and without network effects of every kind.
    pub fn random(number: u64) -> Self {
        let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d;
        let mut draw = |low: f64, high: f64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            low + (high - low) * ((state >> 33) as f64 / (1u64 << 31) as f64)
        };
        let firms = 1 + draw(0.0, 5.0) as usize;
        let kinds = 1 + draw(0.0, 3.0) as usize;
        let rounded = |number: f64| (number * 1e4).round() / 1e4;
        let weights: Vec<f64> = (0..kinds).map(|_| draw(0.1, 1.0)).collect();
        let all: f64 = weights.iter().sum();
        let mut market = Self {
            outside: firms == 1 || draw(0.0, 1.0) < 0.5,
            appeals: (0..firms).map(|_| rounded(draw(0.0, 3.0))).collect(),
            costs: (0..firms).map(|_| rounded(draw(0.0, 1.0))).collect(),
            segments: weights.iter().map(|weight| (weight / all, rounded(draw(0.1, 2.0)))).collect(),
            spread: if draw(0.0, 1.0) < 0.5 { 0.0 } else { rounded(draw(0.0, 2.0)) },
            scale: rounded(draw(0.2, 1.0)),
            ..Self::default()
        };
        // Strengths keep the feedback below one: see `feedback`.
        let network = draw(0.0, 3.0);
        if network >= 2.0 {
            let noise = rounded(draw(0.2, 1.0));
            if draw(0.0, 1.0) < 0.5 {
                market.crowd = rounded(2.0 * market.scale * draw(-0.2, 0.4));
            }
            market.merchants = Some(Merchants {
                worth: rounded(market.scale * draw(0.2, 1.4)),
                benefit: rounded(noise * draw(0.2, 1.4)),
                margin: rounded(draw(0.0, 2.0)),
                noise,
                everywhere: draw(0.0, 1.0) < 0.5,
                costs: (0..firms).map(|_| rounded(draw(0.0, 1.0))).collect(),
            });
        } else if network >= 1.0 {
            market.crowd = rounded(2.0 * market.scale * draw(-0.3, 0.8));
            market.announced = draw(0.0, 1.0) < 1.0 / 3.0;
        }
        market
    }

    /// By how much at most the parts of the people who go anywhere move when the parts that they go by move by one. Of logit
    /// shares no row of derivatives, taken without signs, sums up to more than half; nor does one of merchants who list
    /// where it pays most; listing wherever it pays has slopes of at most 1/e. Below one, demand is a contraction: for any fees there
    /// is one fixed point and no other.
    pub fn feedback(&self) -> f64 {
        let through = self.merchants.as_ref().map_or(0.0, |merchants| {
            let slope = if merchants.everywhere { libm::exp(-1.0) } else { 0.5 };
            (merchants.worth * merchants.benefit).abs() * slope / merchants.noise
        });
        (self.crowd.abs() + through) / (2.0 * self.scale)
    }

    /// What a merchant usually sells, in yuan a month: what merchant fees are relative to.
    pub(super) fn usual_sales(&self) -> f64 {
        if self.outside { 0.5 } else { 1.0 }
    }

    /// The market as a level, `lab/random`.
    ///
    /// # Errors
    /// It is none: numbers that levels do not allow.
    pub fn level(&self) -> Result<Level, ExperimentError> {
        // Where the search begins: what is announced in equilibrium is for it to find.
        let part = 1.0 / (self.appeals.len() as f64 + 1.0);
        let announced = if self.announced { format!(", announced: {part}") } else { String::new() };
        let firm = |index: usize| {
            let merchant = self.merchants.as_ref().map_or(0.0, |merchants| merchants.costs[index]);
            let (appeal, cost) = (self.appeals[index], self.costs[index]);
            format!(
                "(id: \"f{index}\", cash: 1e6, shop: (appeal: {appeal}, membership_fee: 1, cost_per_member: {cost}, \
                 cost_per_merchant: {merchant}{announced}))"
            )
        };
        let firms: Vec<String> = (0..self.appeals.len()).map(firm).collect();
        let segment = |(index, (share, sensitivity)): (usize, &(f64, f64))| {
            format!("(id: \"s{index}\", share: {share}, price_sensitivity: {sensitivity})")
        };
        let segments: Vec<String> = self.segments.iter().enumerate().map(segment).collect();
        let (market, setup, kinds) = self.merchants.as_ref().map_or_else(
            || (String::new(), "merchants: 0".to_owned(), ""),
            |merchants| {
                let Merchants { worth, benefit, margin, noise, everywhere, .. } = merchants;
                let homes = u8::from(*everywhere);
                let market = format!(
                    ", listing_effect: {worth}, merchant_benefit: {benefit}, merchant_margin: {margin}, \
                     merchant_noise: {noise}, multi_homing: {homes}"
                );
                let setup = format!("merchants: {PEOPLE}, shops: {PEOPLE}");
                (market, setup, "merchant_segments: [(id: \"all\", share: 1, size_spread: 0)], ")
            },
        );
        let text = format!(
            "(format: 1, meta: (id: \"lab/random\", title: \"Random\"), \
             market: (base: Textbook, logit_scale: {}, price_sensitivity_spread: {}, own_side_effect: {}, \
             expectations: {}{market}), setup: (consumers: {PEOPLE}, {setup}), \
             regions: [(id: \"r\", population: {PEOPLE})], \
             categories: [(id: \"c\", monthly_spend: 1, online_share: {})], \
             consumer_segments: [{}], {kinds}platforms: [{}])",
            self.scale,
            self.spread,
            self.crowd,
            if self.announced { "Announced" } else { "Seen" },
            self.usual_sales(),
            segments.join(", "),
            firms.join(", "),
        );
        Level::from_text("random.ron", &text, &strategy::vocabulary())
            .map_err(|error| ExperimentError(error.to_string()))
    }
}
