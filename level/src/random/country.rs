//! Where people live, what they buy, and when.

use super::chance::Chance;
use super::settings::Size;
use super::writing::{grouped, hundredths, section};

/// Where people live. Numbers without a unit are in hundredths.
pub(super) struct Region {
    pub id: &'static str,
    name: &'static str,
    population: u64,
    income: u64,
    price_sensitivity: u64,
    online: u64,
    delivery_sensitivity: u64,
}

/// What is sold.
#[derive(Clone, Copy)]
pub(super) struct Category {
    pub id: &'static str,
    name: &'static str,
    /// What stands in a sentence.
    pub word: &'static str,
    monthly_spend: u64,
    online_share: u64,
    parcel_value: u64,
    feed: u64,
    income_elasticity: u64,
    /// By how much more is bought in the festivals of June and November, in hundredths.
    festival: u64,
}

const fn category(
    (id, name, word): (&'static str, &'static str, &'static str),
    [monthly_spend, online_share, parcel_value, feed, income_elasticity, festival]: [u64; 6],
) -> Category {
    Category { id, name, word, monthly_spend, online_share, parcel_value, feed, income_elasticity, festival }
}

const CATEGORIES: [Category; 6] = [
    category(("electronics", "Electronics", "electronics"), [400, 50, 500, 0, 140, 50]),
    category(("apparel", "Apparel", "apparel"), [520, 50, 100, 70, 120, 40]),
    category(("groceries", "Groceries", "groceries"), [700, 30, 70, 30, 40, 5]),
    category(("home", "Home", "the home"), [420, 45, 150, 20, 110, 40]),
    category(("beauty", "Beauty", "beauty"), [260, 50, 100, 70, 110, 45]),
    category(("leisure", "Sports and leisure", "sports and leisure"), [320, 50, 80, 60, 130, 20]),
];

/// Places by size, from where people have most to where they have least.
const PLACES: [&[&[(&str, &str)]]; 3] = [
    &[&[("coast", "The coast"), ("inland", "Inland")], &[("city", "The city"), ("country", "The country")]],
    &[
        &[("coast", "The coast"), ("inland", "Inland"), ("hills", "The hills")],
        &[("capital", "The capital"), ("towns", "The towns"), ("villages", "The villages")],
        &[("harbours", "The harbours"), ("plains", "The plains"), ("islands", "The islands")],
    ],
    &[&[
        ("tier-1", "First tier"),
        ("tier-2", "Second tier"),
        ("tier-3", "Third tier"),
        ("tier-4", "Fourth tier and below"),
    ]],
];

/// People of each place in millions, from and to, by size.
const PEOPLE: [(u64, u64); 3] = [(15, 45), (30, 90), (130, 280)];
const SIZES: [(usize, u64, u64); 3] = [(3, 6_000, 1_200), (4, 12_000, 1_600), (6, 60_000, 6_000)];
/// Part of people who are thrifty, and what the others then have for a mean of one where the thrifty have 0.7; in hundredths.
const SEGMENTS: [(u64, u64); 4] = [(50, 130), (55, 137), (60, 145), (65, 156)];
/// A part of online people below which a place is still coming online.
const COMING: u64 = 85;

/// The country of a market.
pub(super) struct Country {
    pub regions: Vec<Region>,
    pub categories: Vec<Category>,
    thrifty: Option<(u64, u64)>,
    pub festivals: bool,
    /// The month in which incomes begin to fall, and what is left of them at worst.
    pub downturn: Option<(u32, u64)>,
    consumers: u64,
    merchants: u64,
}

impl Country {
    pub(super) fn draw(chance: &mut Chance, size: Size, turns: u32) -> Self {
        let (kinds, consumers, merchants) = SIZES[size as usize];
        let places = chance.one_of(PLACES[size as usize]);
        let coming = chance.happens(50);
        let steps = places.len() as u64 - 1;
        let regions = places.iter().zip(0..).map(|(&(id, name), place): (_, u64)| {
            // From the richest place to the poorest, with a little chance in each.
            let between = |rich: u64, poor: u64| (rich * (steps - place) + poor * place) / steps;
            Region {
                id,
                name,
                population: {
                    let (least, most) = PEOPLE[size as usize];
                    1_000_000 * chance.by(5, least, most)
                },
                income: between(150, 65) + chance.by(5, 0, 20),
                price_sensitivity: between(85, 115),
                online: between(98, if coming { chance.by(5, 65, 80) } else { 95 }),
                delivery_sensitivity: between(140, 70),
            }
        });
        let regions = regions.collect();
        let mut chosen = chance.shuffled(&[0, 1, 2, 3, 4, 5]);
        chosen.truncate(kinds);
        chosen.sort_unstable();
        let vary = |number: usize| {
            let mut category = CATEGORIES[number];
            category.monthly_spend = category.monthly_spend * chance.by(5, 75, 130) / 1_000 * 10;
            category
        };
        let categories = chosen.into_iter().map(vary).collect();
        let downturn = (chance.happens(30) && turns >= 12)
            .then(|| (turns / 4 + chance.between(0, u64::from(turns / 4)) as u32, chance.between(88, 95)));
        Self {
            regions,
            categories,
            thrifty: (size != Size::Small).then(|| chance.one_of(&SEGMENTS)),
            festivals: chance.happens(50),
            downturn,
            consumers,
            merchants,
        }
    }

    /// What is sold online in a place and category when the market opens, in yuan a month.
    pub(super) fn sales(&self, region: usize, category: usize) -> f64 {
        let (region, category) = (&self.regions[region], &self.categories[category]);
        let people = (region.population / 100 * region.online) as f64;
        let spending = (region.income * category.monthly_spend * category.online_share) as f64 / 1e4;
        people * spending
    }

    /// All of it.
    pub(super) fn all_sales(&self) -> f64 {
        let categories = 0..self.categories.len();
        let of = |region: usize| categories.clone().map(|category| self.sales(region, category)).sum::<f64>();
        (0..self.regions.len()).map(of).sum()
    }

    /// The parcels that these sales are, a month.
    pub(super) fn all_parcels(&self) -> f64 {
        let of = |category: usize| {
            let sold: f64 = (0..self.regions.len()).map(|region| self.sales(region, category)).sum();
            sold / self.categories[category].parcel_value as f64
        };
        (0..self.categories.len()).map(of).sum()
    }

    /// How many people there are, in millions.
    pub(super) fn millions(&self) -> u64 {
        self.regions.iter().map(|region| region.population / 1_000_000).sum()
    }

    /// How many of a hundred are still to come online in the poorest place, if it is many.
    pub(super) fn offline(&self) -> Option<u64> {
        self.regions.last().filter(|region| region.online < COMING).map(|region| 100 - region.online)
    }

    /// The agents that stand for people and merchants, as fields of `setup`.
    pub(super) fn agents(&self) -> String {
        format!("consumers: {}, merchants: {}", grouped(self.consumers), grouped(self.merchants))
    }

    /// The sections of the level that say all this.
    pub(super) fn text(&self, turns: u32) -> String {
        let regions: Vec<String> = self.regions.iter().map(Region::line).collect();
        let categories: Vec<String> =
            self.categories.iter().map(|category| category.line(self.downturn.is_some())).collect();
        let mut text = section("regions", &regions) + &section("categories", &categories);
        if let Some((thrifty, rich)) = self.thrifty {
            text += &section(
                "consumer_segments",
                &[
                    format!(
                        "(id: \"thrifty\", share: {}, income: 0.7, price_sensitivity: 1.2, delivery_sensitivity: 0.8)",
                        hundredths(thrifty)
                    ),
                    format!(
                        "(id: \"comfortable\", share: {}, income: {}, price_sensitivity: 0.8, delivery_sensitivity: 1.3)",
                        hundredths(100 - thrifty),
                        hundredths(rich)
                    ),
                ],
            );
            text += &section("merchant_segments", &[
                "(id: \"small\", share: 0.75, size: 1.0)".to_owned(),
                "(id: \"premium\", share: 0.25, size: 3.0, extra_margin: 0.01, delivery_worth: 2.2, contract_months: 3)".to_owned(),
            ]);
        }
        if self.festivals {
            text += "    // June and November are the festivals, and what is bought then is not bought before.\n    seasons: {\n";
            for category in &self.categories {
                text += &format!(
                    "        \"{}\": [{}],\n",
                    category.id,
                    category.year().map(hundredths).join(", ")
                );
            }
            text += "    },\n";
        }
        if let Some((begins, worst)) = self.downturn {
            let bottom = begins + turns / 6;
            let ends = (bottom + turns / 4).max(bottom + 1);
            text += &format!(
                "    economy: (path: [({begins}, 1.0), ({bottom}, {}), ({ends}, 1.0)]),\n",
                hundredths(worst)
            );
        }
        text
    }
}

impl Region {
    fn line(&self) -> String {
        format!(
            "(id: \"{}\", name: \"{}\", population: {}, income: {}, price_sensitivity: {}, online: {}, delivery_sensitivity: {})",
            self.id,
            self.name,
            grouped(self.population),
            hundredths(self.income),
            hundredths(self.price_sensitivity),
            hundredths(self.online),
            hundredths(self.delivery_sensitivity),
        )
    }
}

impl Category {
    fn line(&self, incomes_move: bool) -> String {
        let elasticity = if incomes_move {
            format!(", income_elasticity: {}", hundredths(self.income_elasticity))
        } else {
            String::new()
        };
        format!(
            "(id: \"{}\", name: \"{}\", monthly_spend: {}, online_share: {}, parcel_value: {}, feed: {}{elasticity})",
            self.id,
            self.name,
            grouped(self.monthly_spend),
            hundredths(self.online_share),
            self.parcel_value,
            hundredths(self.feed),
        )
    }

    /// Twelve months whose mean is one, in hundredths: November is half as much again as June, and other months pay for both.
    fn year(&self) -> [u64; 12] {
        let (june, november) = (self.festival * 2 / 3, self.festival);
        let before = (june + november) / 10;
        let mut year = [100 - before; 12];
        year[5] = 100 + june;
        year[10] = 100 + november;
        // What ten equal months cannot pay for exactly, the new year does.
        year[1] -= (june + november) - 10 * before;
        year
    }
}
