//! Wallets, fleets and apps: whose they are, and whom they serve when the market opens.

use super::chance::Chance;
use super::company::Companies;
use super::country::Country;
use super::settings::Size;
use super::writing::{grouped, hundredths, quoted, round};

/// Apps at most: each doubles the kinds of people that are told apart.
const MOST_APPS: usize = 2;

/// A service.
pub(super) struct Service {
    pub id: String,
    pub name: String,
    /// Whose it is; nothing for an independent firm's.
    pub owner: Option<usize>,
    /// Which shops use it from the start, besides its owner's.
    pub users: Vec<usize>,
    /// Which may, and do not.
    open_to: Vec<usize>,
    pub kind: Kind,
}

/// What it does; numbers without a unit in hundredths.
pub(super) enum Kind {
    /// It pays.
    Wallet { held: u64, income: u64 },
    /// It delivers: with a fleet of so much room, in parcels a month, or with others' vans.
    Carrier { room: Option<u64> },
    /// It leads people to shops: how far, where nothing else is said, and how far to those it serves.
    App { used: u64, link: &'static str, deeper: &'static str },
}

impl Service {
    /// Whether a company's shop has it, or may have it at once.
    pub(super) fn serves(&self, company: usize) -> bool {
        self.owner == Some(company) || self.users.contains(&company) || self.open_to.contains(&company)
    }

    fn line(&self, companies: &Companies) -> String {
        let ids = |list: &[usize]| quoted(list.iter().map(|&number| companies.all[number].id.as_str()));
        let mut line = format!("id: \"{}\", name: \"{}\"", self.id, self.name);
        if let Some(owner) = self.owner {
            line += &format!(", owner: \"{}\"", companies.all[owner].id);
        }
        let used_by = match &self.kind {
            Kind::Wallet { held, income } => {
                line = format!("Wallet({line}, held: {}, income: {income}", hundredths(*held));
                "accepted_by"
            }
            Kind::Carrier { room: Some(room) } => {
                let room = grouped(*room);
                line = format!(
                    "Carrier({line}, supply: Heavy, speed: NextDay, delivery: Door, price: 7, capacity: {room}"
                );
                "used_by"
            }
            Kind::Carrier { room: None } => {
                line = format!(
                    "Carrier({line}, supply: Franchise, speed: NextDay, price: 4.5, variable_cost: 4.0"
                );
                "used_by"
            }
            Kind::App { used, link, deeper } => {
                line = format!("App({line}, used: {}, link: {link}", hundredths(*used));
                if !self.users.is_empty() {
                    let links = self
                        .users
                        .iter()
                        .map(|&number| format!("\"{}\": {deeper}", companies.all[number].id));
                    line += &format!(", links: {{{}}}", links.collect::<Vec<_>>().join(", "));
                }
                return line + ")";
            }
        };
        // Who says nothing serves its owner alone, and everybody where the owner has no shop.
        if !self.users.is_empty() {
            line += &format!(", {used_by}: [{}]", ids(&self.users));
        }
        if !self.open_to.is_empty() {
            line += &format!(", open_to: [{}]", ids(&self.open_to));
        }
        line + ")"
    }
}

/// All services of a market, but for those of independent firms.
pub(super) struct Services {
    pub owned: Vec<Service>,
    size: Size,
}

impl Services {
    pub(super) fn draw(chance: &mut Chance, country: &Country, companies: &Companies, size: Size) -> Self {
        let mut services = Self { owned: Vec::new(), size };
        let shops: Vec<usize> = companies.shops().map(|(number, _)| number).collect();
        for (owner, shop) in companies.shops() {
            let mut has = [chance.happens(50), chance.happens(45), chance.happens(25)];
            // Where nobody has anything there is nothing to deal with.
            has[0] |= owner == shops[shops.len() - 1] && services.owned.is_empty();
            if has[0] {
                let kind = Kind::Wallet { held: chance.by(5, 25, 60), income: 12 };
                services.add(chance, companies, owner, ("pay", "Pay"), kind, 20);
            }
            if has[1] {
                let parcels = country.all_parcels() * shop.share as f64 / 1e3;
                let room = chance.happens(70).then(|| round(parcels * chance.between(18, 28) as f64 / 100.0));
                services.add(chance, companies, owner, ("fleet", "Fleet"), Kind::Carrier { room }, 10);
            }
            if has[2] && services.apps() < MOST_APPS {
                services.add_app(chance, companies, owner);
            }
        }
        if let Some(dealer) = companies.all.iter().position(|company| company.shop.is_none()) {
            let kind = Kind::Wallet { held: chance.by(5, 60, 85), income: chance.between(5, 8) };
            services.add(chance, companies, dealer, ("pay", "Pay"), kind, 60);
            if chance.happens(60) && services.apps() < MOST_APPS {
                services.add_app(chance, companies, dealer);
            }
        }
        services
    }

    fn apps(&self) -> usize {
        self.owned.iter().filter(|service| matches!(service.kind, Kind::App { .. })).count()
    }

    fn add_app(&mut self, chance: &mut Chance, companies: &Companies, owner: usize) {
        let link = chance.one_of(&["Blocked", "Advert", "Advert"]);
        let deeper = chance.one_of(&["Jump", "MiniProgram"]);
        let kind = Kind::App { used: chance.by(5, 50, 90), link, deeper };
        self.add(chance, companies, owner, ("talk", "Talk"), kind, 30);
    }

    /// Adds a service that so many in a hundred of the other shops use.
    fn add(
        &mut self,
        chance: &mut Chance,
        companies: &Companies,
        owner: usize,
        (id, name): (&str, &str),
        kind: Kind,
        percent: u64,
    ) {
        let others = chance.shuffled(
            &companies.shops().map(|(number, _)| number).filter(|&n| n != owner).collect::<Vec<_>>(),
        );
        let has_a_shop = companies.all[owner].shop.is_some();
        let (mut users, mut open_to) = (Vec::new(), Vec::new());
        for (place, &other) in others.iter().enumerate() {
            let last = place + 1 == others.len();
            // Somebody is always without it, and who has no shop always has a customer.
            let must = !has_a_shop && place == 0;
            if must || (!last && chance.happens(percent)) {
                users.push(other);
            } else if has_a_shop && chance.happens(12) && !matches!(kind, Kind::App { .. }) {
                open_to.push(other);
            }
        }
        users.sort_unstable();
        open_to.sort_unstable();
        let company = &companies.all[owner];
        self.owned.push(Service {
            id: format!("{}-{id}", company.id),
            name: format!("{} {name}", company.name),
            owner: Some(owner),
            users,
            open_to,
            kind,
        });
    }

    /// A line for each, independent firms last.
    pub(super) fn lines(&self, companies: &Companies) -> Vec<String> {
        let mut lines: Vec<String> = self.owned.iter().map(|service| service.line(companies)).collect();
        lines.push("Wallet(id: \"bank\", name: \"The bank\", held: 0.7)".to_owned());
        lines.push(
            "Carrier(id: \"couriers\", name: \"City Couriers\", supply: Franchise, price: 2.8)".to_owned(),
        );
        if self.size != Size::Small {
            lines.push(
                "Carrier(id: \"express\", name: \"Express\", supply: Franchise, speed: NextDay, delivery: Door, price: 9, variable_cost: 8)"
                    .to_owned(),
            );
        }
        lines
    }
}
