//! Demand of infinitely many consumers turned round: fees for quantities.

use crate::level::PriceForm;
use crate::sim::continuum::sizes::{SETTLED, Sizes};
use crate::sim::continuum::{Continuum, Fees, NoContinuum};
use crate::sim::rules::demand;

impl Continuum<'_> {
    /// The fees at which these parts of the people online are members, by platform, when consumers go by `expected` sizes:
    /// demand inverted. Platforms that nobody tells apart share one price level.
    ///
    /// # Errors
    /// The market is not of the kind whose demand can be inverted: one region, category and kind of consumer, linear
    /// prices, an offline option, no merchants.
    pub fn fees_for(&self, parts: &[f64], expected: &Sizes) -> Result<Vec<Fees>, NoContinuum> {
        const ROUNDS: usize = 400;
        const CLOSE: f64 = 1e-13;
        let level = self.level;
        let market = &level.market;
        let single =
            level.regions.len() == 1 && level.categories.len() == 1 && level.consumer_segments.len() == 1;
        let plain = market.price_sensitivity_spread == 0.0 && market.price_form == PriceForm::Linear;
        let shops = level.shops();
        if !single || !plain || level.categories[0].online_share >= 1.0 || level.setup.merchants > 0 {
            return Err(NoContinuum(
                "quantities have no prices here: they need one region, one category, one kind of consumer without spread, \
                 linear prices, an offline option and no merchants"
                    .to_owned(),
            ));
        }
        let mut companies = self.companies.clone();
        companies.iter_mut().for_each(|company| company.policy.prices.membership_fee = 0.0);
        let offers = self.offers(&companies);
        let supply = self.supply(expected);
        let free = self.utilities(&offers, &supply, &self.presence(expected), (0, 0));
        let sensitivity = market.price_sensitivity
            * level.regions[0].price_sensitivity
            * level.consumer_segments[0].price_sensitivity;
        let taste = |shop: usize| level.platforms[shops[shop]].shop.as_ref().map(|shop| shop.taste);
        let unit = demand::noise_unit(level);
        let best = market.logit_scale == 0.0;
        // Without noise, shops of one taste are the same to everybody: one level for all of them.
        let same = |a: usize, b: usize| best && (market.taste_strength == 0.0 || taste(a) == taste(b));
        let leader: Vec<usize> = (0..shops.len())
            .map(|shop| (0..=shop).find(|&first| same(first, shop)).unwrap_or(shop))
            .collect();
        let wanted = |shop: usize| -> f64 {
            (0..shops.len()).filter(|&s| leader[s] == shop).map(|s| parts[shops[s]]).sum()
        };
        let leaders: Vec<usize> = (0..shops.len()).filter(|&shop| leader[shop] == shop).collect();
        let mut levels = vec![f64::NEG_INFINITY; shops.len()];
        leaders.iter().for_each(|&shop| levels[shop] = 0.0);
        let share = |levels: &[f64], shop: usize| -> f64 {
            let (mut sum, mut room) = (0.0, Vec::new());
            self.chooser.each(levels, &[true], &mut room, &mut |weight, shares| sum += weight * shares[shop]);
            sum
        };
        let widest = 50.0 + 2.0 * (market.taste_strength + market.habit) / unit;
        let mut off = f64::INFINITY;
        for _ in 0..ROUNDS {
            for &shop in &leaders {
                // A shop's own share rises with its own level.
                let (mut low, mut high) = (-widest, widest);
                for _ in 0..100 {
                    levels[shop] = (low + high) / 2.0;
                    if share(&levels, shop) < wanted(shop) { low = levels[shop] } else { high = levels[shop] }
                }
            }
            let misses = leaders.iter().map(|&shop| (share(&levels, shop) - wanted(shop)).abs());
            off = misses.fold(0.0, f64::max);
            if off < CLOSE {
                break;
            }
        }
        if off > SETTLED {
            return Err(NoContinuum("no fees sell these quantities".to_owned()));
        }
        let mut fees = self.posted_fees();
        for (shop, &platform) in shops.iter().enumerate() {
            let (common, price) = free[shop];
            let net = common - sensitivity * price - levels[leader[shop]];
            fees[platform].membership = net * unit / sensitivity;
        }
        Ok(fees)
    }
}
