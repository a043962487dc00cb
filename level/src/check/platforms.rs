//! Platforms: their shops, opening shares and interconnection.

use super::super::raw::{RawInterconnection, RawLevel, RawPlatform, RawShop};
use super::super::{Expectations, MAX_PLATFORMS, MOST_HELD, MarketParameters, Platform, Shop};
use super::checker::{Checker, SUM_SLACK};
use super::ranges::{AMOUNT, FACTOR, FEE, FRACTION, RATE};
use super::vocabulary::Vocabulary;

/// Strategy of a seat that neither the level nor the command line gives away.
const NOBODY: &str = "passive";

impl Checker<'_> {
    pub(super) fn platforms(
        &mut self,
        raw: &RawLevel,
        market: &MarketParameters,
        vocabulary: &Vocabulary,
    ) -> Vec<Platform> {
        self.count("platforms", raw.platforms.len(), 1..=MAX_PLATFORMS);
        self.ids("platforms", raw.platforms.iter().map(|platform| platform.id.as_str()));
        let shares = self.shop_shares(raw);
        self.names("platforms", raw.platforms.iter().map(|platform| &platform.name));
        let mut platforms = Vec::new();
        for (index, platform) in raw.platforms.iter().enumerate() {
            let evenly = usual_taste(raw, index);
            let shop = platform.shop.as_ref();
            platforms.push(Platform {
                id: platform.id.clone(),
                name: platform.name.clone().unwrap_or_else(|| platform.id.clone()),
                cash: self.number(&format!("platforms[{index}].cash"), platform.cash, AMOUNT),
                fixed_cost: self.number(
                    &format!("platforms[{index}].fixed_cost"),
                    platform.fixed_cost,
                    AMOUNT,
                ),
                engineers: self.number(
                    &format!("platforms[{index}].engineers"),
                    platform.engineers,
                    0.0..=1e9,
                ),
                strategy: self.strategy(index, platform, vocabulary),
                shop: shop.map(|shop| self.shop(raw, market, index, shop, shares[index], evenly)),
                enters: None,
                here: platform.enters.is_none(),
                owners: self.owners(raw, index),
                public: self.number(&format!("platforms[{index}].public"), platform.public, FRACTION),
                left: false,
            });
        }
        platforms
    }

    /// Who owns how much of a company: companies never all of it, and everybody together no more than there is.
    fn owners(&mut self, raw: &RawLevel, index: usize) -> Vec<(usize, f64)> {
        let platform = &raw.platforms[index];
        let path = format!("platforms[{index}].owners");
        let ids: Vec<&str> = raw.platforms.iter().map(|platform| platform.id.as_str()).collect();
        let mut owners = Vec::new();
        for (id, &part) in &platform.owners {
            let part = self.number(&format!("{path}.{id}"), part, FRACTION);
            match self.id(&format!("{path}.{id}"), id, &ids) {
                Some(owner) if owner == index => {
                    let message = format!("`{id}` cannot own a part of itself");
                    self.complain(&format!("{path}.{id}"), message, "another platform's id");
                }
                Some(owner) => owners.push((owner, part)),
                None => {}
            }
        }
        let held: f64 = owners.iter().map(|(_, part)| part).sum();
        if held > MOST_HELD {
            let message = format!("other companies own {held} of `{}` together", platform.id);
            self.complain(&path, message, &format!("at most {MOST_HELD}: people own the rest"));
        } else if held + platform.public > 1.0 + 1e-12 {
            let message = format!("more than all of `{}` is owned: {}", platform.id, held + platform.public);
            self.complain(&path, message, "`owners` and `public` together at most 1");
        }
        owners.sort_by_key(|(owner, _)| *owner);
        owners
    }

    fn strategy(&mut self, index: usize, platform: &RawPlatform, vocabulary: &Vocabulary) -> String {
        let path = format!("platforms[{index}].strategy");
        let written = platform.strategy.as_deref().unwrap_or(NOBODY);
        let name = written.split_once('(').map_or(written, |(name, _)| name).trim();
        if name.starts_with("cmd:") {
            let expected = "a strategy; a bot sits by `--seat` or in a tournament's plan";
            self.complain(&path, "a level starts no program".into(), expected);
        } else if self.id(&path, name, &vocabulary.strategies).is_some()
            && let Err(message) = (vocabulary.parameters)(written)
        {
            self.complain(&path, message, "a strategy as `name`, or as `name(parameter: value)`");
        }
        written.to_owned()
    }

    /// Opening shares by platform: what is stated, and an equal part of the rest for shops that state none. Newcomers have none.
    fn shop_shares(&mut self, raw: &RawLevel) -> Vec<f64> {
        let there = raw.platforms.iter().enumerate().filter(|(_, raw)| raw.enters.is_none());
        let shops: Vec<(usize, &RawShop)> =
            there.filter_map(|(p, raw)| Some((p, raw.shop.as_ref()?))).collect();
        if shops.is_empty() {
            self.complain("platforms", "no platform has a shop".into(), "at least one shop to buy from");
        }
        let appeals = shops.iter().filter(|(_, shop)| shop.appeal.is_some()).count();
        for &(index, shop) in &shops {
            let path = format!("platforms[{index}].shop");
            if let Some(share) = shop.share {
                self.number(&format!("{path}.share"), share, 1e-4..=1.0);
            }
            if appeals > 0 && shop.appeal.is_none() {
                let message = "other shops state their appeal, this one does not".to_owned();
                self.complain(&path, message, "`appeal` in every shop or in none");
            }
        }
        let stated: f64 = shops.iter().filter_map(|(_, shop)| shop.share).sum();
        let silent = shops.iter().filter(|(_, shop)| shop.share.is_none()).count();
        let last = shops.last().map_or(0, |&(index, _)| index);
        let path = format!("platforms[{last}].shop.share");
        let sound =
            shops.iter().filter_map(|(_, shop)| shop.share).all(|share| (1e-4..=1.0).contains(&share));
        if !sound {
            // Each wrong share has been complained of; their sum would only say it again.
        } else if silent == 0 && !shops.is_empty() && (stated - 1.0).abs() > SUM_SLACK {
            self.complain(&path, format!("the shares of all shops sum to {stated:.4}"), "a sum of 1");
        } else if silent > 0 && stated > 1.0 - 1e-4 * silent as f64 {
            let message =
                format!("the stated shares sum to {stated:.4} and leave nothing for {silent} shops");
            self.complain(&path, message, "stated shares that sum to less than 1");
        }
        let rest = if silent > 0 { (1.0 - stated).max(0.0) / silent as f64 } else { 0.0 };
        let whole = if silent > 0 { 1.0 } else { stated };
        let mut shares = vec![0.0; raw.platforms.len()];
        for (index, shop) in shops {
            shares[index] = shop.share.unwrap_or(rest) / whole;
        }
        shares
    }

    fn shop(
        &mut self,
        raw: &RawLevel,
        market: &MarketParameters,
        index: usize,
        shop: &RawShop,
        share: f64,
        evenly: f64,
    ) -> Shop {
        let path = |field: &str| format!("platforms[{index}].shop.{field}");
        let categories: Vec<&str> = raw.categories.iter().map(|category| category.id.as_str()).collect();
        let regions: Vec<&str> = raw.regions.iter().map(|region| region.id.as_str()).collect();
        let take_rate = shop.take_rate.unwrap_or(market.opening_take_rate);
        self.number(&path("take_rate"), take_rate, RATE);
        let load = shop.advert_load.unwrap_or(market.opening_advert_load);
        let budgets = [
            ("brand_budget", shop.brand_budget),
            ("category_budget", shop.category_budget),
            ("marketing_budget", shop.marketing_budget),
            ("governance_budget", shop.governance_budget),
        ];
        for (field, budget) in budgets {
            self.number(&path(field), budget.unwrap_or(0.0), AMOUNT);
        }
        if let Some(appeal) = shop.appeal {
            self.number(&path("appeal"), appeal, -1e4..=1e4);
        }
        Shop {
            share,
            category_strength: self.by_id(
                &path("category_strength"),
                &shop.category_strength,
                &categories,
                1.0,
                FACTOR,
            ),
            region_strength: self.by_id(
                &path("region_strength"),
                &shop.region_strength,
                &regions,
                1.0,
                FACTOR,
            ),
            appeal: shop.appeal,
            taste: self.number(&path("taste"), shop.taste.unwrap_or(evenly), FRACTION),
            announced: self.announced(&path("announced"), market, shop.announced),
            take_rates: self.by_id(&path("take_rates"), &shop.take_rates, &categories, take_rate, RATE),
            consumer_fee: self.number(&path("consumer_fee"), shop.consumer_fee, RATE),
            advert_load: self.number(&path("advert_load"), load, RATE),
            membership_fee: self.number(&path("membership_fee"), shop.membership_fee, FEE),
            cost_per_member: self.number(&path("cost_per_member"), shop.cost_per_member, FEE),
            merchant_fee: self.number(&path("merchant_fee"), shop.merchant_fee, FEE),
            cost_per_merchant: self.number(&path("cost_per_merchant"), shop.cost_per_merchant, FEE),
            brand_budget: shop.brand_budget,
            category_budget: shop.category_budget,
            marketing_budget: shop.marketing_budget,
            governance_budget: shop.governance_budget,
        }
    }

    fn announced(&mut self, path: &str, market: &MarketParameters, announced: Option<f64>) -> f64 {
        if announced.is_none() && market.expectations == Expectations::Announced {
            let message = "consumers go by what shops announce, and this one announces nothing".to_owned();
            self.complain(path, message, "`announced`, a fraction of all that could be sold");
        }
        self.number(path, announced.unwrap_or(0.0), FRACTION)
    }

    pub(super) fn interconnection(&mut self, raw: &RawLevel) -> Vec<Vec<f64>> {
        let ids: Vec<&str> = raw.platforms.iter().map(|platform| platform.id.as_str()).collect();
        let itself = |row: usize| (0..ids.len()).map(|column| f64::from(u8::from(row == column))).collect();
        let mut theta: Vec<Vec<f64>> = (0..ids.len()).map(itself).collect();
        for (index, pair) in raw.interconnection.iter().enumerate() {
            let path = format!("interconnection[{index}]");
            self.number(&format!("{path}.theta"), pair.theta, FRACTION);
            let one = self.id(&format!("{path}.between[0]"), &pair.between.0, &ids);
            let other = self.id(&format!("{path}.between[1]"), &pair.between.1, &ids);
            if let (Some(one), Some(other)) = (one, other) {
                if one == other {
                    let message = format!("`{}` is connected with itself", pair.between.0);
                    self.complain(&path, message, "two different platforms");
                }
                let again = |earlier: &RawInterconnection| {
                    earlier.between == pair.between
                        || (&earlier.between.1, &earlier.between.0) == (&pair.between.0, &pair.between.1)
                };
                if raw.interconnection[..index].iter().any(again) {
                    let message =
                        format!("`{}` and `{}` are connected twice", pair.between.0, pair.between.1);
                    self.complain(&path, message, "each pair once");
                }
                theta[one][other] = pair.theta;
                theta[other][one] = pair.theta;
            }
        }
        theta
    }
}

/// Where a shop stands in taste when its level says nothing: those that are there from the start are spread evenly among themselves, and
/// newcomers come into the gaps between them, evenly too where several come into one. So equal shops are equal until somebody enters.
fn usual_taste(raw: &RawLevel, platform: usize) -> f64 {
    let shop = |&other: &usize| raw.platforms[other].shop.is_some();
    let (there, later): (Vec<usize>, Vec<usize>) =
        (0..raw.platforms.len()).filter(shop).partition(|&other| raw.platforms[other].enters.is_none());
    let gaps = there.len().max(1);
    let place = |shops: &[usize]| shops.iter().position(|&other| other == platform);
    match (place(&there), place(&later)) {
        (Some(place), _) => (place as f64 + 0.5) / gaps as f64,
        (None, Some(place)) => {
            let (gap, round, rounds) = (place % gaps, place / gaps, later.len().div_ceil(gaps));
            let way = (round + 1) as f64 / (rounds + 1) as f64;
            (gap as f64 + 0.5 + way) / gaps as f64 % 1.0
        }
        (None, None) => 0.0,
    }
}
