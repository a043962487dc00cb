//! Services, and the engineering that joins them.

use std::collections::BTreeMap;

use super::super::raw::RawLevel;
use super::super::services::{
    App, Carrier, CarrierSupply, Counterpart, IntegrationStep, MAX_APPS, MAX_CARRIERS, MAX_WALLETS, RawApp,
    RawCarrier, RawService, RawWallet, Service, ServiceKind, Step, Wallet,
};
use super::super::{MAX_RATE, Platform};
use super::checker::Checker;
use super::ranges::{FACTOR, FRACTION, RATE};
use crate::order::Access;

/// Most yuan that a parcel, a visit or a month of attention may cost.
const MAX_PRICE: f64 = 1e4;
/// Most parcels a month.
const MAX_CAPACITY: f64 = 1e13;

impl Checker<'_> {
    pub(super) fn services(&mut self, raw: &RawLevel, platforms: &[Platform]) -> Vec<Service> {
        self.ids("services", raw.services.iter().map(|service| service.common().id));
        let (mut wallets, mut carriers, mut apps) = (0, 0, 0);
        for service in &raw.services {
            match service {
                RawService::Wallet(_) => wallets += 1,
                RawService::Carrier(_) => carriers += 1,
                RawService::App(_) => apps += 1,
            }
        }
        let limits = [
            ("wallets", wallets, MAX_WALLETS),
            ("carriers", carriers, MAX_CARRIERS),
            ("apps", apps, MAX_APPS),
        ];
        for (what, found, most) in limits {
            if found > most {
                self.complain("services", format!("{found} {what}"), &format!("at most {most}"));
            }
        }
        let services = raw.services.iter().enumerate();
        let services: Vec<Service> =
            services.map(|(index, service)| self.service(raw, platforms, index, service)).collect();
        self.somebody_delivers(raw.setup.merchants, platforms, &services);
        services
    }

    fn service(
        &mut self,
        raw: &RawLevel,
        platforms: &[Platform],
        index: usize,
        service: &RawService,
    ) -> Service {
        let common = service.common();
        let path = |field: &str| format!("services[{index}].{field}");
        let ids: Vec<&str> = platforms.iter().map(|platform| platform.id.as_str()).collect();
        if let Some(name) = common.name {
            self.text(&path("name"), name, 40);
        }
        let owner = common.owner.and_then(|owner| self.id(&path("owner"), owner, &ids));
        let (price_field, prices_field, range) = match service {
            RawService::Wallet(_) => ("fee", "fees", RATE),
            RawService::Carrier(_) => ("price", "prices", 0.0..=MAX_PRICE),
            RawService::App(_) => ("link_fee", "link_fees", RATE),
        };
        self.number(&path(price_field), common.price, range.clone());
        let prices = self.by_id(&path(prices_field), common.prices, &ids, common.price, range);
        let mut counterparts: Vec<Counterpart> = prices
            .into_iter()
            .map(|price| Counterpart { granted: Access::Blocked, used: Access::Blocked, price })
            .collect();
        let kind = match service {
            RawService::Wallet(wallet) => {
                self.users(
                    &path("accepted_by"),
                    wallet.accepted_by.as_ref(),
                    owner,
                    platforms,
                    &mut counterparts,
                );
                self.open_to(
                    &path("open_to"),
                    &wallet.open_to,
                    owner.is_some(),
                    platforms,
                    &mut counterparts,
                );
                ServiceKind::Wallet(self.wallet(raw, index, wallet))
            }
            RawService::Carrier(carrier) => {
                self.users(&path("used_by"), carrier.used_by.as_ref(), owner, platforms, &mut counterparts);
                self.open_to(
                    &path("open_to"),
                    &carrier.open_to,
                    owner.is_some(),
                    platforms,
                    &mut counterparts,
                );
                ServiceKind::Carrier(self.carrier(raw, index, carrier))
            }
            RawService::App(app) => {
                self.links(&path("links"), app, platforms, &mut counterparts);
                ServiceKind::App(self.app(raw, index, app))
            }
        };
        if let Some(owner) = owner {
            let own = &mut counterparts[owner];
            (own.granted, own.used) = (Access::Native, Access::Native);
        }
        if owner.is_none() && !matches!(service, RawService::App(_)) {
            // Nobody owns an independent firm's policy: it serves whoever wants it.
            counterparts.iter_mut().for_each(|counterpart| counterpart.granted = Access::Native);
        }
        Service {
            id: common.id.to_owned(),
            name: common.name.cloned().unwrap_or_else(|| common.id.to_owned()),
            owner,
            counterparts,
            kind,
        }
    }

    /// Who uses a wallet or carrier at the opening.
    fn users(
        &mut self,
        path: &str,
        stated: Option<&Vec<String>>,
        owner: Option<usize>,
        platforms: &[Platform],
        counterparts: &mut [Counterpart],
    ) {
        let users: Vec<usize> = match stated {
            Some(list) => self.shops_of(path, list, platforms).into_iter().map(|(_, user)| user).collect(),
            None => match owner.filter(|&owner| platforms[owner].shop.is_some()) {
                Some(owner) => vec![owner],
                None => (0..platforms.len()).filter(|&platform| platforms[platform].shop.is_some()).collect(),
            },
        };
        for user in users {
            (counterparts[user].granted, counterparts[user].used) = (Access::Native, Access::Native);
        }
    }

    /// Who may use a wallet or carrier too.
    fn open_to(
        &mut self,
        path: &str,
        list: &[String],
        owned: bool,
        platforms: &[Platform],
        counterparts: &mut [Counterpart],
    ) {
        for (place, platform) in self.shops_of(path, list, platforms) {
            let counterpart = &mut counterparts[platform];
            let message = match (owned, counterpart.used) {
                (false, _) => "nobody owns it: it serves whoever wants it".to_owned(),
                (true, Access::Blocked) => String::new(),
                (true, _) => format!("`{}` uses it already", platforms[platform].id),
            };
            if !message.is_empty() {
                let expected = "platforms that do not use it and may begin to";
                self.complain(&format!("{path}[{place}]"), message, expected);
            }
            counterpart.granted = Access::Native;
        }
    }

    /// The platforms of a list that says who uses a service or may, each with its place: once, and with a shop to use it in.
    fn shops_of(&mut self, path: &str, list: &[String], platforms: &[Platform]) -> Vec<(usize, usize)> {
        let ids: Vec<&str> = platforms.iter().map(|platform| platform.id.as_str()).collect();
        let mut found = Vec::new();
        for (place, id) in list.iter().enumerate() {
            let path = format!("{path}[{place}]");
            if list[..place].contains(id) {
                self.complain(&path, format!("`{id}` stands twice"), "each platform only once");
                continue;
            }
            let Some(platform) = self.id(&path, id, &ids) else { continue };
            if platforms[platform].shop.is_none() {
                let message = format!("`{id}` has no shop to use it in");
                self.complain(&path, message, "a platform with a shop");
            }
            found.push((place, platform));
        }
        found
    }

    fn links(&mut self, path: &str, app: &RawApp, platforms: &[Platform], counterparts: &mut [Counterpart]) {
        let ids: Vec<&str> = platforms.iter().map(|platform| platform.id.as_str()).collect();
        counterparts.iter_mut().for_each(|link| (link.granted, link.used) = (app.link, app.link));
        for (id, &access) in &app.links {
            if let Some(platform) = self.id(&format!("{path}.{id}"), id, &ids) {
                if platforms[platform].shop.is_none() {
                    let message = format!("`{id}` has no shop that a link could lead to");
                    self.complain(&format!("{path}.{id}"), message, "platforms with a shop");
                }
                (counterparts[platform].granted, counterparts[platform].used) = (access, access);
            }
        }
    }

    fn by_region(
        &mut self,
        path: &str,
        raw: &RawLevel,
        stated: &BTreeMap<String, f64>,
        absent: f64,
    ) -> Vec<f64> {
        let regions: Vec<&str> = raw.regions.iter().map(|region| region.id.as_str()).collect();
        self.by_id(path, stated, &regions, absent, FRACTION)
    }

    fn wallet(&mut self, raw: &RawLevel, index: usize, wallet: &RawWallet) -> Wallet {
        let path = |field: &str| format!("services[{index}].{field}");
        self.number(&path("held"), wallet.held, FRACTION);
        let nobody = wallet.held == 0.0 && wallet.holders.values().all(|&held| held == 0.0);
        let abroad = wallet.accepted_by.iter().flatten().any(|id| Some(id) != wallet.owner.as_ref());
        if nobody && abroad {
            let message = format!("checkouts take `{}`, and nobody holds it", wallet.id);
            self.complain(&path("accepted_by"), message, "holders, in `held` or `holders`");
        }
        Wallet {
            cost: self.number(&path("cost"), wallet.cost, 0.0..=MAX_RATE),
            income: self.number(&path("income"), wallet.income, 0.0..=MAX_PRICE),
            holders: self.by_region(&path("holders"), raw, &wallet.holders, wallet.held),
            habit: self.number(&path("habit"), wallet.habit, FACTOR),
        }
    }

    fn carrier(&mut self, raw: &RawLevel, index: usize, carrier: &RawCarrier) -> Carrier {
        let path = |field: &str| format!("services[{index}].{field}");
        let (variable_cost, fixed_cost) = carrier.costs();
        if let Some(capacity) = carrier.capacity {
            self.number(&path("capacity"), capacity, 0.0..=MAX_CAPACITY);
            if carrier.supply == CarrierSupply::Crowd {
                let message = "a crowd has no room of its own".to_owned();
                self.complain(&path("capacity"), message, "no `capacity`: it stretches as far as is needed");
            }
        } else if carrier.supply == CarrierSupply::Heavy {
            let message = "a heavy carrier has room for so many parcels and no more".to_owned();
            self.complain(&path("supply"), message, "`capacity`, in parcels a month");
        }
        Carrier {
            supply: carrier.supply,
            speed: carrier.speed,
            delivery: carrier.delivery,
            quality: self.by_region(&path("quality"), raw, &carrier.quality, carrier.usual_quality()),
            variable_cost: self.number(&path("variable_cost"), variable_cost, 0.0..=MAX_PRICE),
            fixed_cost: self.number(&path("fixed_cost"), fixed_cost, 0.0..=MAX_PRICE),
            capacity: carrier.capacity,
            working: 1.0,
        }
    }

    fn app(&mut self, raw: &RawLevel, index: usize, app: &RawApp) -> App {
        let path = |field: &str| format!("services[{index}].{field}");
        self.number(&path("used"), app.used, FRACTION);
        App {
            users: self.by_region(&path("users"), raw, &app.users, app.used),
            advert_income: self.number(&path("advert_income"), app.advert_income, 0.0..=MAX_PRICE),
            visit_price: self.number(&path("visit_price"), app.visit_price, 1e-3..=MAX_PRICE),
        }
    }

    /// Where there are carriers, merchants need one that takes contracts at every shop.
    fn somebody_delivers(&mut self, merchants: u32, platforms: &[Platform], services: &[Service]) {
        let carriers = || services.iter().filter(|service| matches!(service.kind, ServiceKind::Carrier(_)));
        let takes_contracts = |service: &&Service| !matches!(&service.kind, ServiceKind::Carrier(carrier) if carrier.supply == CarrierSupply::Crowd);
        if carriers().next().is_none() {
            return;
        }
        if merchants == 0 {
            let message = "there are carriers and no merchants to send anything".to_owned();
            self.complain("setup.merchants", message, "at least one merchant agent, or no carriers");
        }
        for (index, platform) in platforms.iter().enumerate().filter(|(_, platform)| platform.shop.is_some())
        {
            let served = carriers()
                .filter(takes_contracts)
                .any(|service| service.counterparts[index].in_force() == Access::Native);
            if !served {
                let message = format!("no merchant of `{}` could ship anything", platform.id);
                self.complain(
                    &format!("platforms[{index}]"),
                    message,
                    "a carrier with `used_by` of this platform, heavy or franchised",
                );
            }
        }
    }

    /// The steps that join two companies' systems, by number of [`Step`].
    pub(super) fn integration(&mut self, raw: &RawLevel) -> Vec<IntegrationStep> {
        let names: Vec<&str> = Step::ALL.iter().map(|step| step.name()).collect();
        let mut steps: Vec<IntegrationStep> = Step::ALL.iter().map(|step| step.usual()).collect();
        for (name, change) in &raw.integration {
            let path = format!("integration.{name}");
            let Some(index) = self.id(&path, name, &names) else { continue };
            let step = &mut steps[index];
            if let Some(effort) = change.effort {
                step.effort = self.number(&format!("{path}.effort"), effort, 0.0..=1e9);
            }
            if let Some(months) = change.months {
                step.months = self.whole(&format!("{path}.months"), months, 1..=120);
            }
            if let Some(requires) = &change.requires {
                let ids = requires.iter().enumerate();
                let known = |(place, step): (usize, &String)| {
                    let found = self.id(&format!("{path}.requires[{place}]"), step, &names)?;
                    Some(Step::ALL[found])
                };
                step.requires = ids.filter_map(known).collect();
            }
        }
        for (index, step) in Step::ALL.into_iter().enumerate() {
            if let Some(circle) = circle(&steps, step) {
                let names: Vec<&str> = circle.iter().map(|step| step.name()).collect();
                let path = format!("integration.{}.requires", Step::ALL[index].name());
                let message = format!("`{}` requires itself: {}", step.name(), names.join(" → "));
                self.complain(&path, message, "steps that can be done one after the other");
            }
        }
        steps
    }
}

/// A way from a step through what it requires back to itself.
fn circle(steps: &[IntegrationStep], from: Step) -> Option<Vec<Step>> {
    fn visit(steps: &[IntegrationStep], way: &mut Vec<Step>, from: Step) -> bool {
        let here = way[way.len() - 1];
        for &next in &steps[here as usize].requires {
            if next == from {
                way.push(next);
                return true;
            }
            if !way.contains(&next) {
                way.push(next);
                if visit(steps, way, from) {
                    return true;
                }
                way.pop();
            }
        }
        false
    }
    let mut way = vec![from];
    visit(steps, &mut way, from).then_some(way)
}
