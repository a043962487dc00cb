//! Orders are the only way into the simulation; whether one is legal is decided here, by the same function for people,
//! strategies and replays.

use crate::level::services::ServiceKind;
use crate::level::{Level, MAX_LOAN_RATE, MAX_MEMBERSHIP_FEE, MAX_RATE, nearest};
use crate::order::Order;
use crate::sim::state::companies::{Coupon, Policy};
use crate::sim::state::loans::LoanTerms;

/// No parcel costs more to send, in yuan.
const MAX_PARCEL_PRICE: f64 = 1e4;

/// What legality depends on besides the order.
#[derive(Clone, Copy)]
pub struct Standing<'a> {
    /// The level.
    pub level: &'a Level,
    /// The platform that orders, by index.
    pub platform: usize,
    /// Its cash, in yuan.
    pub cash: f64,
    /// Its sales by category last turn, in yuan, to split budgets by.
    pub sales: &'a [f64],
}

impl Standing<'_> {
    fn region(&self, id: Option<&String>) -> Result<Vec<usize>, String> {
        indices("region", id, self.level.regions.iter().map(|region| region.id.as_str()))
    }

    fn category(&self, id: Option<&String>) -> Result<Vec<usize>, String> {
        indices("category", id, self.level.categories.iter().map(|category| category.id.as_str()))
    }

    /// Each listed part's share of an amount, in proportion to its weight; in equal parts if all weigh nothing.
    fn split(parts: &[usize], weight: impl Fn(usize) -> f64) -> Vec<f64> {
        let sum: f64 = parts.iter().map(|&part| weight(part)).sum();
        let share = |&part: &usize| if sum > 0.0 { weight(part) / sum } else { 1.0 / parts.len() as f64 };
        parts.iter().map(share).collect()
    }

    /// Carries an order out on a policy.
    ///
    /// # Errors
    /// Why it is not legal; the policy is then as it was.
    pub fn apply(&self, order: &Order, policy: &mut Policy) -> Result<(), String> {
        let for_all = matches!(order, Order::EngineeringBudget { .. });
        if self.level.platforms[self.platform].shop.is_none() && !for_all {
            return Err("a company without a shop has no prices or budgets to set".into());
        }
        match order {
            Order::TakeRate { category, rate } => {
                let categories = self.category(category.as_ref())?;
                let rate = fraction("a take rate", *rate)?;
                categories.into_iter().for_each(|category| policy.prices.take_rates[category] = rate);
            }
            Order::ConsumerFee { region, category, rate } => {
                let (regions, categories) =
                    (self.region(region.as_ref())?, self.category(category.as_ref())?);
                let rate = fraction("a consumer fee", *rate)?;
                for (region, category) in pairs(&regions, &categories) {
                    policy.prices.consumer_fees[[region, category]] = rate;
                }
            }
            Order::Coupon { region, category, audience, depth } => {
                let (regions, categories) =
                    (self.region(region.as_ref())?, self.category(category.as_ref())?);
                let depth = fraction("a coupon", *depth)?;
                for (region, category) in pairs(&regions, &categories) {
                    policy.prices.coupons[[region, category]] = Coupon { audience: *audience, depth };
                }
            }
            Order::AdvertLoad { load } => policy.prices.advert_load = fraction("an advert load", *load)?,
            Order::MembershipFee { fee } => {
                if !(0.0..=MAX_MEMBERSHIP_FEE).contains(fee) {
                    return Err(format!(
                        "a membership fee lies between 0 and {MAX_MEMBERSHIP_FEE} yuan, not {fee:?}"
                    ));
                }
                policy.prices.membership_fee = *fee;
            }
            Order::MerchantFee { fee } => {
                if !(0.0..=MAX_MEMBERSHIP_FEE).contains(fee) {
                    return Err(format!(
                        "a merchant fee lies between 0 and {MAX_MEMBERSHIP_FEE} yuan, not {fee:?}"
                    ));
                }
                policy.prices.merchant_fee = *fee;
            }
            Order::MerchantCredit { rate, standard } => {
                if self.level.setup.merchants == 0 {
                    return Err("there are no merchants to lend to".into());
                }
                policy.prices.credit.merchants = loan_terms(*rate, *standard)?;
            }
            Order::BuyerCredit { rate, standard } => {
                policy.prices.credit.buyers = loan_terms(*rate, *standard)?;
            }
            Order::OutsideFunds { part } => {
                policy.prices.credit.funds = part_of("the part of outside funds", *part)?;
            }
            _ => return self.budget(order, policy),
        }
        Ok(())
    }

    /// Budgets are bound by cash at hand: all of them together, after the order.
    fn budget(&self, order: &Order, policy: &mut Policy) -> Result<(), String> {
        let mut changed = policy.clone();
        let amount = match order {
            Order::BrandBudget { amount } => {
                changed.budgets.brand = *amount;
                *amount
            }
            Order::GovernanceBudget { amount } => {
                changed.budgets.governance = *amount;
                *amount
            }
            Order::AiBudget { amount } => {
                changed.budgets.ai = *amount;
                *amount
            }
            Order::EngineeringBudget { amount } => {
                changed.budgets.engineering = *amount;
                *amount
            }
            Order::InvitationBudget { amount } => {
                changed.budgets.invitations = *amount;
                *amount
            }
            Order::VisitBudget { service: id, amount } => {
                let number = service(self.level, id)?;
                let app = self.level.apps().iter().position(|&(app, _)| app == number);
                let Some(app) = app else {
                    return Err(format!("`{id}` is no app: it has no visits to sell"));
                };
                if self.level.services[number].owner == Some(self.platform) {
                    return Err(format!("`{id}` is yours: nobody need be paid to pass by"));
                }
                changed.budgets.visits[app] = *amount;
                *amount
            }
            Order::StoreBudget { region, amount } => {
                let parts = self.region(region.as_ref())?;
                let shares = Self::split(&parts, |region| self.level.region_potential(region));
                for (part, share) in parts.into_iter().zip(shares) {
                    changed.budgets.stores[part] = amount * share;
                }
                *amount
            }
            Order::CategoryBudget { category, amount } => {
                let parts = self.category(category.as_ref())?;
                let shares = Self::split(&parts, |category| self.sales[category]);
                for (part, share) in parts.into_iter().zip(shares) {
                    changed.budgets.categories[part] = amount * share;
                }
                *amount
            }
            Order::MarketingBudget { region, amount } => {
                let parts = self.region(region.as_ref())?;
                let shares = Self::split(&parts, |region| self.level.region_potential(region));
                for (part, share) in parts.into_iter().zip(shares) {
                    changed.budgets.marketing[part] = amount * share;
                }
                *amount
            }
            // Orders between companies are carried out elsewhere, and never come here.
            _ => return Ok(()),
        };
        if !amount.is_finite() || amount < 0.0 {
            return Err(format!("a budget is a number of yuan from 0 up, not {amount:e}"));
        }
        let (before, after) = (policy.budgets.total(), changed.budgets.total());
        if after > before && after > self.cash {
            let (budgets, cash) = (in_words(after), in_words(self.cash.max(0.0)));
            return Err(format!("the month's budgets would come to {budgets}, and there is {cash} in cash"));
        }
        *policy = changed;
        Ok(())
    }
}

/// The number of a service.
pub(in crate::sim) fn service(level: &Level, id: &str) -> Result<usize, String> {
    let ids = level.services.iter().map(|service| service.id.as_str());
    match indices("service", Some(&id.to_owned()), ids)?.first() {
        Some(&number) => Ok(number),
        None => Err("there are no services".into()),
    }
}

/// The most that a service of a kind may ask for, and of what.
pub fn most_asked(kind: &ServiceKind) -> (f64, &'static str) {
    match kind {
        ServiceKind::Carrier(_) => (MAX_PARCEL_PRICE, "yuan a parcel"),
        ServiceKind::Wallet(_) => (MAX_RATE, "of what is paid"),
        ServiceKind::App(_) => (MAX_RATE, "of the sales it refers"),
    }
}

/// Whether a service may ask for that much.
pub(in crate::sim) fn service_price(level: &Level, number: usize, price: f64) -> Result<(), String> {
    let (most, unit) = most_asked(&level.services[number].kind);
    if (0.0..=most).contains(&price) {
        return Ok(());
    }
    Err(format!("`{}` asks from 0 to {most} {unit}, not {price:?}", level.services[number].id))
}

fn indices<'a>(
    kind: &str,
    id: Option<&String>,
    ids: impl Iterator<Item = &'a str>,
) -> Result<Vec<usize>, String> {
    let ids: Vec<&str> = ids.collect();
    let Some(id) = id else {
        return Ok((0..ids.len()).collect());
    };
    ids.iter().position(|known| known == id).map(|index| vec![index]).ok_or_else(|| {
        let hint = nearest(id, ids.iter().copied()).map(|known| format!("; did you mean `{known}`?"));
        let begin: String = id.chars().take(40).filter(|c| !c.is_control()).collect();
        format!("there is no {kind} `{begin}`{}", hint.unwrap_or_default())
    })
}

fn pairs<'a>(regions: &'a [usize], categories: &'a [usize]) -> impl Iterator<Item = (usize, usize)> + 'a {
    regions.iter().flat_map(move |&region| categories.iter().map(move |&category| (region, category)))
}

/// An amount of money for a sentence.
pub(in crate::sim) fn in_words(yuan: f64) -> String {
    match yuan {
        _ if yuan < 1e6 => format!("¥{yuan:.0}"),
        _ if yuan < 1e9 => format!("¥{:.1} M", yuan / 1e6),
        _ if yuan < 1e15 => format!("¥{:.1} bn", yuan / 1e9),
        _ => format!("¥{yuan:.1e}"),
    }
}

/// Terms of loans, as far as they are legal.
fn loan_terms(rate: f64, standard: f64) -> Result<LoanTerms, String> {
    if !(0.0..=MAX_LOAN_RATE).contains(&rate) {
        return Err(format!("interest is from 0 to {MAX_LOAN_RATE} of a loan a month, not {rate:?}"));
    }
    Ok(LoanTerms { rate, standard: part_of("a standard", standard)? })
}

fn part_of(what: &str, value: f64) -> Result<f64, String> {
    if (0.0..=1.0).contains(&value) {
        Ok(value)
    } else {
        Err(format!("{what} is from 0 to 1, not {value:?}"))
    }
}

fn fraction(what: &str, value: f64) -> Result<f64, String> {
    if (0.0..=MAX_RATE).contains(&value) {
        Ok(value)
    } else {
        Err(format!("{what} is a fraction from 0 to {MAX_RATE}, not {value:?}"))
    }
}
