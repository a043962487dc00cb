//! What each seat is to reach: up to three things that do not come by standing still, one of them against a rival by name.

use super::chance::Chance;
use super::company::{Companies, Company};
use super::country::Country;
use super::opening::Opening;
use super::ownership::{Kind, Service, Services};
use super::writing::{grouped, pointed, round};

/// Months in which trust, or a machine that learns, can be built.
const BUILT_IN: u32 = 12;

/// All that objectives are drawn from.
pub(super) struct Goals<'a> {
    pub country: &'a Country,
    pub companies: &'a Companies,
    pub services: &'a Services,
    pub opening: Opening,
    pub turns: u32,
}

impl Goals<'_> {
    /// The objectives of all seats, a line for each.
    pub(super) fn lines(&self, chance: &mut Chance) -> Vec<String> {
        let all = self.companies.all.iter().enumerate();
        all.flat_map(|(number, company)| {
            let goals = match &company.shop {
                None => self.of_a_dealer(number, chance),
                Some(_) => match company.enters {
                    Some(month) => self.of_a_newcomer(number, month),
                    None => self.of_a_shop(number, chance),
                },
            };
            let line = |goal: String| format!("(seat: \"{}\", {goal})", company.id);
            goals.into_iter().map(line).collect::<Vec<_>>()
        })
        .collect()
    }

    fn of_a_shop(&self, number: usize, chance: &mut Chance) -> Vec<String> {
        let mut goals = vec![self.growth(number), self.against_a_rival(number, chance)];
        let mut others = Vec::new();
        if self.turns >= BUILT_IN {
            others.push(format!(
                "title: \"A place to trust\", metric: \"trust\", of: \"{}\", at_least: {}, by: {}",
                self.id(number),
                pointed(self.trust(), 3),
                self.turns
            ));
            others.push(format!(
                "title: \"A machine that learns\", metric: \"ai\", of: \"{}\", at_least: {}, by: {}",
                self.id(number),
                pointed(self.machine(number), 3),
                self.turns
            ));
        }
        if self.could_deal(number) || others.is_empty() {
            others.push(self.agreements("Not alone any more", number, 1));
        }
        goals.push(others.swap_remove(chance.below(others.len())));
        goals
    }

    /// A larger part of what it is best at: its category, its home, or the market.
    fn growth(&self, number: usize) -> String {
        let (company, id) = (&self.companies.all[number], self.id(number));
        let Some(shop) = &company.shop else { return String::new() };
        let (title, place, share) = if let Some(category) = shop.speciality() {
            let sold = &self.country.categories[category];
            let place = format!(", category: \"{}\"", sold.id);
            (format!("More of {}", sold.word), place, self.opening.of_category(number, category))
        } else if let Some(region) = shop.home() {
            let region_id = self.country.regions[region].id;
            let place = format!(", region: \"{region_id}\"");
            ("Stronger at home".to_owned(), place, self.opening.of_region(number, region))
        } else {
            let title =
                if self.companies.by_size()[0].0 == number { "Further ahead" } else { "A larger part" };
            (title.to_owned(), String::new(), shop.share as f64 / 1e3)
        };
        // Whoever comes takes from everybody: what is left may be less than there was.
        let wanted = self.above(share - share * self.taken());
        let title = if wanted as f64 / 1e3 <= share { "Stand your ground".to_owned() } else { title };
        format!(
            "title: \"{title}\", metric: \"share\", of: \"{id}\"{place}, at_least: {}, at: {}",
            pointed(wanted, 3),
            self.turns
        )
    }

    /// Something that a rival has to give: its till, its first place, a part of its sales.
    fn against_a_rival(&self, number: usize, chance: &mut Chance) -> String {
        let by_size = self.companies.by_size();
        let place = by_size.iter().position(|&(other, _)| other == number).unwrap_or(0);
        // The next larger one, or the second where nobody is larger.
        let (rival, shop) = by_size[if place == 0 { 1 } else { place - 1 }];
        if let Some((service, tills)) = self.wallet(number)
            && chance.happens(50)
        {
            let other = tills[chance.below(tills.len())];
            return self.at_the_till(service, other);
        }
        let name = self.companies.all[rival].name;
        let company = self.companies.all[number].shop.as_ref();
        let own = company.map_or(0, |shop| shop.share);
        let grows_in_all = company.is_some_and(|shop| shop.speciality().is_none() && shop.home().is_none());
        // Past it where that is hardly further than growing is; otherwise it has to shrink.
        if place > 0
            && !grows_in_all
            && self.companies.newcomer().is_none()
            && shop.share <= self.above(own as f64 / 1e3) + 5
        {
            let wanted = self.above(own as f64 / 1e3).max(shop.share + 5);
            return format!(
                "title: \"Past {name}\", metric: \"share\", of: \"{}\", at_least: {}, at: {}",
                self.id(number),
                pointed(wanted, 3),
                self.turns
            );
        }
        let less = (shop.share / 12).max(15) + (shop.share as f64 * self.taken()) as u64;
        format!(
            "title: \"Cut {name} down to size\", metric: \"share\", of: \"{}\", at_most: {}, at: {}",
            self.id(rival),
            pointed(shop.share - less / 5 * 5, 3),
            self.turns
        )
    }

    fn of_a_newcomer(&self, number: usize, month: u32) -> Vec<String> {
        let id = self.id(number);
        let months = u64::from(self.turns - month);
        let mut goals = vec![format!(
            "title: \"A place in the market\", metric: \"share\", of: \"{id}\", at_least: {}, at: {}",
            pointed(self.place_won(months), 3),
            self.turns
        )];
        let (largest, shop) = self.companies.by_size()[0];
        // It takes from everybody alike.
        let taken = (shop.share * self.place_won(months) / 1_000).max(15).next_multiple_of(5);
        goals.push(format!(
            "title: \"Felt by {}\", metric: \"share\", of: \"{}\", at_most: {}, at: {}",
            self.companies.all[largest].name,
            self.id(largest),
            pointed(shop.share - taken, 3),
            self.turns
        ));
        if self.could_deal(number) {
            goals.push(self.agreements("Friends in the market", number, 1));
        }
        goals
    }

    fn of_a_dealer(&self, number: usize, chance: &mut Chance) -> Vec<String> {
        let wanted = if self.companies.shops().count() >= 3 { 2 } else { 1 };
        let mut goals = vec![self.agreements("A friend of many", number, wanted)];
        if let Some((service, tills)) = self.wallet(number) {
            goals.push(self.at_the_till(service, tills[chance.below(tills.len())]));
        }
        // Whose shares nobody can buy, it cannot hold.
        let for_sale = |other: &&Company| other.public > 0 && other.shop.is_some() && other.enters.is_none();
        let owns =
            self.companies.all.iter().any(|company| company.owner.is_some_and(|(owner, _)| owner == number));
        if !owns && self.companies.all.iter().filter(for_sale).count() > 0 {
            goals.push(format!(
                "title: \"A stake in a garden\", metric: \"stakes\", of: \"{}\", at_least: {}, by: {}",
                self.id(number),
                grouped(round(self.country.all_sales() / 25.0)),
                self.turns
            ));
        }
        goals
    }

    /// An own wallet, and the rivals with a shop that do not take it.
    fn wallet(&self, number: usize) -> Option<(usize, Vec<usize>)> {
        let own =
            |service: &Service| service.owner == Some(number) && matches!(service.kind, Kind::Wallet { .. });
        let service = self.services.owned.iter().position(own)?;
        let lacks = |other: &usize| *other != number && !self.services.owned[service].users.contains(other);
        let tills: Vec<usize> = self.companies.shops().map(|(other, _)| other).filter(lacks).collect();
        (!tills.is_empty()).then_some((service, tills))
    }

    fn at_the_till(&self, service: usize, rival: usize) -> String {
        let service = &self.services.owned[service];
        format!(
            "title: \"{} at {}'s till\", metric: \"wallet_share\", of: \"{}\", service: \"{}\", at_least: 0.05, by: {}",
            service.name,
            self.companies.all[rival].name,
            self.id(rival),
            service.id,
            self.turns
        )
    }

    fn agreements(&self, title: &str, number: usize, wanted: u32) -> String {
        let by = (self.turns * 3 / 4).max(6);
        format!(
            "title: \"{title}\", metric: \"agreements\", of: \"{}\", at_least: {wanted}, by: {by}",
            self.id(number)
        )
    }

    /// Whether there is a service of its own that another lacks, or one that it lacks itself.
    fn could_deal(&self, number: usize) -> bool {
        let lacks = |service: &Service, company: usize| !service.serves(company);
        self.services.owned.iter().any(|service| match service.owner {
            Some(owner) if owner == number => self.companies.shops().any(|(other, _)| lacks(service, other)),
            _ => lacks(service, number),
        })
    }

    /// A share in thousandths, in steps of five, that it takes a plan to reach: as much further as an offer that is better by a few
    /// hundredths of utility would bring a shop of this size, more of them in a longer match.
    fn above(&self, share: f64) -> u64 {
        let better = f64::from(4 + self.turns / 3).min(15.0) / 100.0;
        let gain = (share * (1.0 - share) * better).max(0.01);
        ((share + gain) * 200.0).ceil() as u64 * 5
    }

    /// Trust that only better policing brings, in thousandths: shops open between 810 and 835, and trust is slow.
    fn trust(&self) -> u64 {
        (825 + u64::from(self.turns) * 5 / 4).min(865) / 5 * 5
    }

    /// What a machine does that is taught with half a percent of sales a month, in thousandths: as much as there is to learn from.
    fn machine(&self, number: usize) -> u64 {
        let share = self.companies.all[number].shop.as_ref().map_or(0, |shop| shop.share);
        (share * 6 / 10 * u64::from(self.turns.min(30)) / 24 / 5 * 5).max(20)
    }

    /// What a newcomer wins in so many months if it makes itself known, in thousandths: alone it grows by the square of its months, and
    /// the less the more shops there are.
    fn place_won(&self, months: u64) -> u64 {
        let shops = self.companies.shops().count() as u64 + 1;
        let most = 1_600 / shops;
        (4 * months * months / (shops * shops) + 15).min(most) / 5 * 5
    }

    /// The part of everybody's sales that a newcomer takes though nobody does anything about it; nothing where none comes.
    fn taken(&self) -> f64 {
        let month = self.companies.newcomer().and_then(|company| company.enters);
        let won = month.map_or(0, |month| self.place_won(u64::from(self.turns - month)));
        won as f64 * 0.6 / 1e3
    }

    fn id(&self, number: usize) -> &str {
        &self.companies.all[number].id
    }
}
