//! What a market is called, and what is said of it: what was drawn, in words.

use super::chance::Chance;
use super::company::{Companies, Shape};
use super::country::Country;
use super::ownership::{Kind, Services};
use super::writing::{hundredths, listed, pointed};

/// Small numbers in words.
const WORDS: [&str; 9] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight"];

/// All that a story is about.
pub(super) struct Story<'a> {
    pub country: &'a Country,
    pub companies: &'a Companies,
    pub services: &'a Services,
    pub regulated: bool,
}

impl Story<'_> {
    /// A title, by something that is particular about the market.
    pub(super) fn title(&self, chance: &mut Chance) -> String {
        let companies = self.companies;
        let by_size = companies.by_size();
        let (first, second, count) = (self.shop(0), self.shop(1), by_size.len());
        let mut titles = vec![match companies.shape {
            _ if count == 2 => format!("{first} against {second}"),
            Shape::Giant => format!("In the shadow of {first}"),
            Shape::Pair => format!("Between {first} and {second}"),
            Shape::Ladder => format!("On the heels of {first}"),
            Shape::Even => format!("{first} and {} like it", WORDS[count - 1]),
        }];
        titles.extend(companies.dealer().map(|dealer| format!("{} holds the purse", dealer.name)));
        titles.extend(companies.newcomer().map(|newcomer| format!("Room for {}", newcomer.name)));
        if self.country.downturn.is_some() {
            titles.push(format!("{first} before the lean months"));
        }
        if self.country.offline().is_some() {
            titles.push(format!("{first} and a country to come"));
        }
        titles.swap_remove(chance.below(titles.len()))
    }

    /// What is at stake, in a few sentences.
    pub(super) fn summary(&self) -> String {
        let Self { country, companies, .. } = self;
        let mut told = vec![self.sizes()];
        let mut taken = Vec::new();
        let known = companies.by_size().into_iter().filter_map(|(number, shop)| {
            let category = shop.speciality().filter(|category| !taken.contains(category))?;
            taken.push(category);
            Some(format!("{} for {}", companies.all[number].name, country.categories[category].word))
        });
        let known: Vec<String> = known.take(3).collect();
        if !known.is_empty() {
            told.push(format!("People go to {}.", listed(&known)));
        }
        told.extend(self.dealer());
        if let Some(newcomer) = companies.newcomer() {
            let month = newcomer.enters.unwrap_or_default();
            told.push(format!("{} opens in month {month}, without buyers or merchants.", newcomer.name));
        }
        if let Some(percent) = country.offline() {
            told.push(format!("Where people have least, {percent}% are not online yet."));
        }
        let besides = [
            (country.festivals, "two festivals a year"),
            (country.downturn.is_some(), "lean months"),
            (self.regulated, "a regulator that watches"),
        ];
        let besides: Vec<String> =
            besides.iter().filter(|(is_so, _)| *is_so).map(|(_, what)| (*what).to_owned()).collect();
        if !besides.is_empty() {
            told.push(format!("Expect {}.", listed(&besides)));
        }
        told.join(" ")
    }

    /// Who is how large, in a sentence.
    fn sizes(&self) -> String {
        let by_size = self.companies.by_size();
        let percent =
            |place: usize| format!("{}%", pointed(by_size[place].1.share, 1).trim_end_matches(".0"));
        let millions = self.country.millions();
        let people = if millions < 1_000 {
            format!("{millions} M people")
        } else {
            format!("{} bn people", hundredths(millions / 10))
        };
        let (first, second, last) = (self.shop(0), self.shop(1), self.shop(by_size.len() - 1));
        let alike = by_size[0].1.share == by_size[1].1.share;
        match (by_size.len(), self.companies.shape) {
            (2, _) if alike => {
                format!("{first} and {second} have half of all sales each in a country of {people}.")
            }
            (2, _) => format!(
                "{first} has {} of all sales in a country of {people}, and {second} the rest.",
                percent(0)
            ),
            (count, Shape::Even) => {
                format!(
                    "{} shops of nearly the same size share a country of {people}.",
                    capital(WORDS[count])
                )
            }
            (count, Shape::Pair) => {
                let parts = if alike {
                    format!("{} of all sales each", percent(0))
                } else {
                    format!("{} and {} of all sales", percent(0), percent(1))
                };
                let between = if count == 3 {
                    format!("{last} lives")
                } else {
                    format!("{} shops live", WORDS[count - 2])
                };
                format!(
                    "{first} and {second} lead with {parts} in a country of {people}, and {between} between them."
                )
            }
            (count, _) => format!(
                "{first} has {} of all sales in a country of {people}; of {} shops {last} is the smallest, with {}.",
                percent(0),
                WORDS[count],
                percent(count - 1)
            ),
        }
    }

    /// What the company without a shop lives by.
    fn dealer(&self) -> Option<String> {
        let dealer = self.companies.dealer()?;
        let owned = |owner: usize| self.companies.all[owner].id == dealer.id;
        let has_an_app = self
            .services
            .owned
            .iter()
            .any(|service| matches!(service.kind, Kind::App { .. }) && service.owner.is_some_and(owned));
        let lives_by = if has_an_app { "a wallet and an app" } else { "a wallet" };
        Some(format!("{} has no shop and lives by {lives_by} that most people use.", dealer.name))
    }

    /// What the shop of a place is called, the largest first.
    fn shop(&self, place: usize) -> &'static str {
        self.companies.all[self.companies.by_size()[place].0].name
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
