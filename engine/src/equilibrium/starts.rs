//! Where searches for equilibria begin.

use super::game::{Game, Start, State};
use super::report::Deviation;
use crate::level::{Conduct, Expectations};
use crate::sim::continuum::{NoContinuum, Sizes};

impl Game<'_> {
    /// Where searches begin: at the level's own fees, at cost, above cost, and with everybody in one place.
    pub fn starts(&self) -> Result<Vec<Start>, NoContinuum> {
        let level = self.level();
        let count = self.players.len() as f64;
        let everywhere = |own: &dyn Fn(usize) -> Vec<f64>| -> Vec<Vec<f64>> {
            let platforms = 0..level.platforms.len();
            platforms
                .map(|p| if self.players.contains(&p) { own(p) } else { vec![0.0; self.scale.len()] })
                .collect()
        };
        let start = |name: &str, set: Vec<Vec<f64>>, sizes: Sizes| Start {
            name: name.to_owned(),
            state: State { set, sizes },
        };
        if level.market.conduct == Conduct::Quantity {
            let parts = |of: f64| everywhere(&|_| vec![of / count]);
            let begin = |name: &str, of: f64| {
                let set = parts(of);
                let sizes = self.market.sizes_of(&self.quantities(&set));
                start(name, set, sizes)
            };
            // Whether quantities have prices here at all.
            self.market.fees_for(&self.quantities(&parts(0.5)), &self.market.opening)?;
            let uneven = everywhere(&|player| {
                let place = self.players.iter().position(|&p| p == player).unwrap_or(0);
                vec![0.6 * (place as f64 + 1.0) / (count * (count + 1.0))]
            });
            let sizes = self.market.sizes_of(&self.quantities(&uneven));
            return Ok(vec![
                begin("half of the people", 0.5),
                begin("a tenth of the people", 0.1),
                begin("nine in ten people", 0.9),
                start("uneven parts", uneven, sizes),
            ]);
        }
        let cost = |player: usize, above: f64| {
            let shop = level.platforms[player].shop.as_ref();
            let costs = shop.map_or([0.0, 0.0], |shop| [shop.cost_per_member, shop.cost_per_merchant]);
            self.scale.iter().zip(costs).map(|(scale, cost)| cost + above * scale).collect()
        };
        let posted = self.market.posted_fees();
        let opening = || self.market.opening.clone();
        let as_posted = everywhere(&|player| {
            [posted[player].membership, posted[player].merchant][..self.scale.len()].to_vec()
        });
        let mut starts = vec![
            start("the level's fees", as_posted, opening()),
            start("fees at cost", everywhere(&|player| cost(player, 0.0)), opening()),
            start("fees above cost", everywhere(&|player| cost(player, 0.5)), opening()),
        ];
        let market = &level.market;
        let drawn = [market.own_side_effect, market.listing_effect, market.merchant_benefit];
        if self.players.len() > 1 && drawn.iter().any(|&effect| effect != 0.0) {
            for &leader in &self.players {
                let set = everywhere(&|player| cost(player, 0.5));
                let sizes = self.tipped(leader);
                starts.push(start(&format!("everybody at {}", level.platforms[leader].id), set, sizes));
            }
        }
        Ok(starts)
    }

    /// Everybody on one platform.
    fn tipped(&self, leader: usize) -> Sizes {
        let mut sizes = self.market.opening.clone();
        let [regions, categories, platforms] = sizes.sales.shape();
        for platform in 0..platforms {
            let part = if platform == leader { 1.0 } else { 0.0 };
            for category in 0..categories {
                for region in 0..regions {
                    sizes.sales[[region, category, platform]] =
                        part * self.level().potential(region, category);
                }
                sizes.variety[[category, platform]] = part;
            }
        }
        sizes
    }

    /// The start at which somebody does what pays more.
    pub fn after(&self, state: &State, deviation: &Deviation) -> Start {
        let mut state = state.clone();
        let own = &mut state.set[deviation.platform];
        own[0] = deviation.membership_fee;
        if let Some(merchant) = own.get_mut(1) {
            *merchant = deviation.merchant_fee;
        }
        if let (Expectations::Seen, Some((sizes, _))) =
            (self.level().market.expectations, self.play(&state, &state.set))
        {
            state.sizes = sizes;
        }
        let id = &self.level().platforms[deviation.platform].id;
        Start { name: format!("what {id} would rather do"), state }
    }
}
