//! Who bears what buyers are asked for beside the price.

use crate::level::{Level, PriceForm};
use crate::sim::grid::Grid;
use crate::sim::state::companies::Prices;
use crate::sim::state::outcome::ratio;

/// Part of a fee on buyers that they bear themselves. Whoever has to hand a tax over, it is borne the same: merchants who pass on half of a
/// commission lower their prices by half of a fee on their buyers (Weyl and Fabinger 2013). All of it where there are no merchants,
/// and where prices are utilities themselves.
pub fn buyers_part(level: &Level) -> f64 {
    if level.market.price_form == PriceForm::Linear || level.setup.merchants == 0 {
        return 1.0;
    }
    let sizes = level.merchant_segments.iter().map(|kind| (kind.share * kind.size, kind.pass_through));
    let (whole, passed) =
        sizes.fold((0.0, 0.0), |(whole, passed), (size, part)| (whole + size, passed + size * part));
    passed / whole
}

/// What buyers are asked for beside the price, as a part of what they spend: the fee on what they buy, and a membership fee over what a
/// member spends there. A membership is a fee like any other; as a utility (textbook) it is none.
pub fn asked_of_buyers(
    level: &Level,
    prices: &Prices,
    (region, category): (usize, usize),
    baskets: &[f64],
) -> f64 {
    prices.consumer_fees[[region, category]] + membership_part(level, prices.membership_fee, baskets[region])
}

/// What is asked of buyers of a category that its merchants count with, as a fraction of sales: a mean over regions by what people could
/// spend there. Nothing where buyers bear all of it.
pub fn counted_by_merchants(level: &Level, prices: &Prices, category: usize, baskets: &[f64]) -> f64 {
    if buyers_part(level) >= 1.0 {
        return 0.0;
    }
    let fee = |region: usize| {
        asked_of_buyers(level, prices, (region, category), baskets) * level.region_potential(region)
    };
    (0..level.regions.len()).map(fee).sum::<f64>() / level.total_potential()
}

/// Yuan that a buyer of a platform spends there in a month, by platform and region: what a membership fee is weighed against. Where nobody
/// has bought yet, all that a person spends.
pub fn baskets(level: &Level, sales: &Grid<3>, users: &Grid<2>) -> Grid<2> {
    let [regions, categories, platforms] = sales.shape();
    let mut baskets = Grid::filled([platforms, regions], 0.0);
    let spend: f64 = level.categories.iter().map(|category| category.monthly_spend).sum();
    for region in 0..regions {
        for platform in 0..platforms {
            let sold: f64 = (0..categories).map(|category| sales[[region, category, platform]]).sum();
            let basket = ratio(sold, users[[region, platform]]);
            baskets[[platform, region]] =
                if basket > 0.0 { basket } else { spend * level.regions[region].income };
        }
    }
    baskets
}

/// A membership fee as a part of what a member spends there, which is how it weighs in a price; nothing where prices are utilities themselves.
fn membership_part(level: &Level, fee: f64, basket: f64) -> f64 {
    match level.market.price_form {
        PriceForm::Linear => 0.0,
        PriceForm::Log => fee / basket,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::opening::Opening;
    use crate::strategy::vocabulary;

    fn level(name: &str, changes: &[&str]) -> Level {
        let changes: Vec<String> = changes.iter().map(|&change| change.to_owned()).collect();
        Level::find(name, &changes, &vocabulary()).expect("reads")
    }

    #[test]
    fn buyers_bear_what_merchants_pass_on_and_all_where_there_are_none() {
        let bear = |changes: &[&str]| buyers_part(&level("arena/duel", changes));
        assert_eq!(bear(&[]), 0.5);
        assert_eq!(bear(&["market.pass_through=0.8"]), 0.8);
        assert_eq!(bear(&["setup.merchants=0"]), 1.0);
        assert_eq!(
            buyers_part(&level("lab/hotelling", &[])),
            1.0,
            "a price that is a utility is nobody else's"
        );
    }

    #[test]
    fn a_membership_weighs_by_what_a_member_spends_there() {
        let level = level("arena/duel", &[]);
        let mut prices = Opening::of(&level).companies[0].policy.prices.clone();
        (prices.membership_fee, prices.consumer_fees[[0, 0]]) = (10.0, 0.01);
        assert!((asked_of_buyers(&level, &prices, (0, 0), &[200.0]) - 0.06).abs() < 1e-12);
        assert!((asked_of_buyers(&level, &prices, (0, 1), &[50.0]) - 0.2).abs() < 1e-12);
        assert!((counted_by_merchants(&level, &prices, 0, &[200.0]) - 0.06).abs() < 1e-12);
        let sales = Grid::filled([1, 3, 2], 1e6);
        let mut users = Grid::filled([1, 2], 0.0);
        users[[0, 0]] = 1e4;
        let baskets = baskets(&level, &sales, &users);
        assert_eq!((baskets[[0, 0]], baskets[[1, 0]]), (300.0, 1000.0), "all they spend where nobody bought");
    }
}
