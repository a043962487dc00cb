//! The companies: how large each is, what it is good at, and what it can pay.

use super::chance::Chance;
use super::country::Country;
use super::names::NAMES;
use super::writing::{grouped, hundredths, pointed, round};

/// How the shops of a market compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// One is larger than the next two.
    Giant,
    /// Two of a size, and the others far behind.
    Pair,
    /// Each is three quarters of the next.
    Ladder,
    /// All alike.
    Even,
}

/// A company that competes.
pub(super) struct Company {
    pub id: String,
    pub name: &'static str,
    cash: u64,
    fixed_cost: u64,
    /// What the public owns of it, in hundredths.
    pub public: u64,
    /// Another company that owns some of it, and how much in hundredths.
    pub owner: Option<(usize, u64)>,
    /// The month in which it enters; nothing where it is there from the start.
    pub enters: Option<u32>,
    /// Nothing where it lives by services alone.
    pub shop: Option<Shop>,
}

/// A company's shop.
#[derive(Clone)]
pub(super) struct Shop {
    /// Of all sales at the opening, in thousandths.
    pub share: u64,
    /// In ten thousandths.
    take_rate: u64,
    /// A newcomer's, in hundredths of utility.
    appeal: Option<u64>,
    /// Where it is stronger or weaker than elsewhere, in hundredths: by category.
    pub categories: Vec<(usize, u64)>,
    /// The same by region.
    pub regions: Vec<(usize, u64)>,
}

/// All companies of a market: shops, the largest anywhere among them, then who comes later, then who has no shop.
pub(super) struct Companies {
    pub all: Vec<Company>,
    pub shape: Shape,
}

impl Companies {
    pub(super) fn draw(chance: &mut Chance, country: &Country, count: usize, turns: u32) -> Self {
        let later = chance.happens(40) && count >= 4 && turns >= 12;
        let dealer = chance.happens(35) && count >= 3;
        let shops = count - usize::from(later) - usize::from(dealer);
        let shape = chance.one_of(&[Shape::Giant, Shape::Pair, Shape::Ladder, Shape::Ladder, Shape::Even]);
        let shares = shares(chance, shape, shops);
        let shares = chance.shuffled(&shares);
        let mut names = chance.shuffled(&NAMES);
        let mut specialities = Specialities::draw(chance, country);
        let mean = country.all_sales() / shops as f64;
        // Two shops have less to fear from each other than six: both ask for more, as either would alone.
        let usual_rate = match shops {
            2 => 500,
            3 => 400,
            _ => 300,
        };
        let mut all = Vec::new();
        for company in 0..count {
            let name = names.pop().unwrap_or_default();
            let (sales, purse, costs, shop, enters);
            if company < shops {
                let share = shares[company];
                sales = country.all_sales() * share as f64 / 1e3;
                let (categories, regions) = specialities.of_a_shop(chance, share);
                let take_rate = usual_rate - 75 + chance.by(25, 0, 125);
                // One in six has little to spend.
                purse = if chance.happens(16) { chance.by(5, 15, 25) } else { chance.by(5, 35, 100) };
                costs = chance.between(1, 4);
                (shop, enters) = (Some(Shop { share, take_rate, appeal: None, categories, regions }), None);
            } else if later && company == shops {
                sales = mean;
                let (categories, regions) = specialities.of_a_shop(chance, 0);
                let (take_rate, appeal) = (usual_rate / 2, Some(chance.by(10, 50, 100)));
                purse = chance.by(5, 45, 70);
                costs = 1;
                let month = chance.between(u64::from(turns / 6) + 2, u64::from(turns / 3) + 1);
                enters = Some(month as u32);
                shop = Some(Shop { share: 0, take_rate, appeal, categories, regions });
            } else {
                (sales, purse, costs) = (mean, chance.by(5, 30, 60), chance.between(1, 3));
                (shop, enters) = (None, None);
            }
            all.push(Company {
                id: name.to_lowercase(),
                name,
                cash: round(sales * purse as f64 / 100.0),
                fixed_cost: round(sales * costs as f64 / 1_000.0),
                public: if chance.happens(65) { chance.by(5, 20, 70) } else { 0 },
                owner: None,
                enters,
                shop,
            });
        }
        let mut companies = Self { all, shape };
        companies.draw_owners(chance);
        companies
    }

    /// At times a company owns a part of another.
    fn draw_owners(&mut self, chance: &mut Chance) {
        let there: Vec<usize> =
            (0..self.all.len()).filter(|&number| self.all[number].enters.is_none()).collect();
        if there.len() < 3 || !chance.happens(30) {
            return;
        }
        let pair = chance.shuffled(&there);
        let part = chance.by(5, 5, 20);
        self.all[pair[0]].owner = Some((pair[1], part));
    }

    /// Who sell when the market opens.
    pub(super) fn shops(&self) -> impl Iterator<Item = (usize, &Shop)> {
        let there = self.all.iter().enumerate().filter(|(_, company)| company.enters.is_none());
        there.filter_map(|(number, company)| Some((number, company.shop.as_ref()?)))
    }

    /// The company that comes later, if one does.
    pub(super) fn newcomer(&self) -> Option<&Company> {
        self.all.iter().find(|company| company.enters.is_some())
    }

    /// The company without a shop, if there is one.
    pub(super) fn dealer(&self) -> Option<&Company> {
        self.all.iter().find(|company| company.shop.is_none())
    }

    /// The shops there by size, the largest first.
    pub(super) fn by_size(&self) -> Vec<(usize, &Shop)> {
        let mut shops: Vec<_> = self.shops().collect();
        shops.sort_by_key(|(_, shop)| std::cmp::Reverse(shop.share));
        shops
    }

    /// A line for each.
    pub(super) fn lines(&self, country: &Country) -> Vec<String> {
        self.all.iter().map(|company| company.line(self, country)).collect()
    }
}

impl Company {
    fn line(&self, companies: &Companies, country: &Country) -> String {
        let mut line = format!(
            "(id: \"{}\", name: \"{}\", cash: {}, fixed_cost: {}",
            self.id,
            self.name,
            grouped(self.cash),
            grouped(self.fixed_cost)
        );
        if self.public > 0 {
            line += &format!(", public: {}", hundredths(self.public));
        }
        if let Some((owner, part)) = self.owner {
            line += &format!(", owners: {{\"{}\": {}}}", companies.all[owner].id, hundredths(part));
        }
        if let Some(month) = self.enters {
            line += &format!(", enters: Turn({month})");
        }
        match &self.shop {
            None => line += ", shop: None",
            Some(shop) => line += &format!(", shop: ({})", shop.fields(country)),
        }
        line + ")"
    }
}

impl Shop {
    fn fields(&self, country: &Country) -> String {
        let mut fields = match self.appeal {
            Some(appeal) => format!("appeal: {}", hundredths(appeal)),
            None => format!("share: {}", pointed(self.share, 3)),
        };
        fields += &format!(", take_rate: {}", pointed(self.take_rate, 4));
        let map = |entries: Vec<String>| entries.join(", ");
        let entry = |id: &str, strength: u64| format!("\"{id}\": {}", hundredths(strength));
        if !self.categories.is_empty() {
            let entries = self.categories.iter().map(|&(place, by)| entry(country.categories[place].id, by));
            fields += &format!(", category_strength: {{{}}}", map(entries.collect()));
        }
        if !self.regions.is_empty() {
            let entries = self.regions.iter().map(|&(place, by)| entry(country.regions[place].id, by));
            fields += &format!(", region_strength: {{{}}}", map(entries.collect()));
        }
        fields
    }

    /// The category that it is best at, where it is better at one.
    pub(super) fn speciality(&self) -> Option<usize> {
        self.categories.iter().find(|(_, strength)| *strength > 100).map(|(category, _)| *category)
    }

    /// The region where it is at home, where it is more so in one.
    pub(super) fn home(&self) -> Option<usize> {
        self.regions.iter().find(|(_, strength)| *strength > 100).map(|(region, _)| *region)
    }
}

/// What shops are good at, dealt out so that no two have the same while there is another.
struct Specialities {
    categories: Vec<usize>,
    dealt: usize,
    /// Places from the richest to the poorest, less one.
    poorest: usize,
}

impl Specialities {
    fn draw(chance: &mut Chance, country: &Country) -> Self {
        let all: Vec<usize> = (0..country.categories.len()).collect();
        Self { categories: chance.shuffled(&all), dealt: 0, poorest: country.regions.len() - 1 }
    }

    /// Strengths by category and by region; milder ones for whoever sells to nearly everybody.
    fn of_a_shop(&mut self, chance: &mut Chance, share: u64) -> (Vec<(usize, u64)>, Vec<(usize, u64)>) {
        let large = share > 350;
        let (mut categories, mut regions) = (Vec::new(), Vec::new());
        let kind = chance.between(0, 99);
        if kind < 65 {
            let best = self.categories[self.dealt % self.categories.len()];
            let worst = self.categories[(self.dealt + 1) % self.categories.len()];
            self.dealt += 1;
            categories.push((best, if large { 130 } else { chance.by(10, 150, 240) }));
            categories.push((worst, if large { 85 } else { chance.by(5, 60, 80) }));
        }
        if (45..90).contains(&kind) {
            let (here, there) = if chance.happens(60) { (self.poorest, 0) } else { (0, self.poorest) };
            regions.push((here, if large { 115 } else { chance.by(5, 125, 160) }));
            regions.push((there, if large { 90 } else { chance.by(5, 65, 80) }));
        }
        (categories, regions)
    }
}

/// Shares of so many shops in thousandths, which are a thousand together; the largest first.
fn shares(chance: &mut Chance, shape: Shape, shops: usize) -> Vec<u64> {
    let mut weights: Vec<u64> = match shape {
        Shape::Giant => {
            let rest: Vec<u64> = (1..shops).map(|_| chance.between(70, 130)).collect();
            let sum: u64 = rest.iter().sum();
            // Of all sales 40% to 55%; 60% and more between two.
            let part = if shops == 2 { chance.between(58, 66) } else { chance.between(40, 52) };
            std::iter::once(sum * part / (100 - part)).chain(rest).collect()
        }
        Shape::Pair => {
            let rest: Vec<u64> = (2..shops).map(|_| chance.between(70, 130)).collect();
            let sum: u64 = rest.iter().sum::<u64>().max(100);
            let each = sum * chance.between(65, 100) / 100;
            [each.max(150); 2].into_iter().chain(rest).collect()
        }
        Shape::Ladder => {
            let mut step = 1_000;
            (0..shops)
                .map(|_| {
                    let weight = step;
                    step = step * chance.between(68, 82) / 100;
                    weight
                })
                .collect()
        }
        Shape::Even => (0..shops).map(|_| chance.between(92, 108)).collect(),
    };
    weights.sort_unstable_by(|one, other| other.cmp(one));
    let sum: u64 = weights.iter().sum();
    // Half percents, and the largest takes what rounding leaves.
    let mut shares: Vec<u64> = weights.iter().map(|weight| (200 * weight + sum / 2) / sum * 5).collect();
    shares[0] = 1_000 - shares[1..].iter().sum::<u64>();
    shares
}
