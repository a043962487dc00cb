//! What each shop sells where when the market opens: shares and strengths, balanced as the simulation balances them, so that objectives
//! begin where the market does.

use super::company::Companies;
use super::country::Country;

/// More rounds move no share by a thousandth.
const ROUNDS: usize = 100;

/// Sales at the opening, by company, region and category.
pub(super) struct Opening(Vec<Vec<Vec<f64>>>);

impl Opening {
    pub(super) fn of(country: &Country, companies: &Companies) -> Self {
        let (regions, categories) = (0..country.regions.len(), 0..country.categories.len());
        let strength = |list: &[(usize, u64)], place: usize| {
            list.iter()
                .find(|(named, _)| *named == place)
                .map_or(1.0, |(_, strength)| *strength as f64 / 100.0)
        };
        let mut sales = vec![vec![vec![0.0; categories.len()]; regions.len()]; companies.all.len()];
        for (number, shop) in companies.shops() {
            for region in regions.clone() {
                for category in categories.clone() {
                    let by = strength(&shop.categories, category) * strength(&shop.regions, region);
                    sales[number][region][category] = shop.share as f64 * by;
                }
            }
        }
        let all = country.all_sales();
        for _ in 0..ROUNDS {
            for (number, shop) in companies.shops() {
                let sold: f64 = sales[number].iter().flatten().sum();
                let factor = all * shop.share as f64 / 1e3 / sold;
                sales[number].iter_mut().flatten().for_each(|sold| *sold *= factor);
            }
            for region in regions.clone() {
                for category in categories.clone() {
                    let sold: f64 = sales.iter().map(|company| company[region][category]).sum();
                    let factor = country.sales(region, category) / sold;
                    sales.iter_mut().for_each(|company| company[region][category] *= factor);
                }
            }
        }
        Self(sales)
    }

    /// A company's share in a category.
    pub(super) fn of_category(&self, company: usize, category: usize) -> f64 {
        let sold = |company: &Vec<Vec<f64>>| company.iter().map(|region| region[category]).sum::<f64>();
        sold(&self.0[company]) / self.0.iter().map(sold).sum::<f64>()
    }

    /// A company's share in a region.
    pub(super) fn of_region(&self, company: usize, region: usize) -> f64 {
        let sold = |company: &Vec<Vec<f64>>| company[region].iter().sum::<f64>();
        sold(&self.0[company]) / self.0.iter().map(sold).sum::<f64>()
    }
}
