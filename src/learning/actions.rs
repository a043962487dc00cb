//! Orders as a list of templates, each of which is legal or not as things stand.

use crate::level::Level;
use crate::level::services::ServiceKind;
use crate::order::{Access, Answer, Audience, MAX_MEMBERSHIP_FEE, MAX_RATE, Order, Orders};
use crate::play::Session;
use crate::protocol::ActionTemplate;
use crate::strategy::PlatformView;

/// A step of a rate, and of coupons.
const RATE_STEP: f64 = 0.005;
const COUPON_STEP: f64 = 0.02;
/// A step of a fee, yuan a month.
const FEE_STEP: f64 = 5.0;
/// By how much a budget, a price or a room grows; it falls by as much.
const GROWTH: f64 = 1.25;
/// The least step of a budget that there is none of, as a part of sales.
const FIRST_STEP: f64 = 0.0005;
/// A step of dividends.
const DIVIDEND_STEP: f64 = 0.1;

/// An action: what may become of it as things stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    /// Its name.
    pub name: String,
    /// What it does.
    pub meaning: String,
    does: Does,
}

#[derive(Clone, Debug, PartialEq)]
enum Does {
    Nothing,
    TakeRate { category: Option<usize>, up: bool },
    ConsumerFee { up: bool },
    Coupon { up: bool },
    AdvertLoad { up: bool },
    MembershipFee { up: bool },
    MerchantFee { up: bool },
    Budget { kind: Budget, up: bool },
    AllBudgets { up: bool },
    Exclusivity,
    Dividend { up: bool },
    Open(usize),
    Close(usize),
    ServicePrice { service: usize, up: bool },
    Capacity { service: usize, up: bool },
    Adopt(usize),
    Drop(usize),
    Accept { place: usize },
    Refuse { place: usize },
    Choose { choice: usize },
    Contest,
    Bid,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Budget {
    Brand,
    Categories,
    Marketing,
    Governance,
    Stores,
    Engineering,
    Invitations,
    Ai,
}

const BUDGETS: [(Budget, &str); 8] = [
    (Budget::Brand, "brand"),
    (Budget::Categories, "categories"),
    (Budget::Marketing, "marketing"),
    (Budget::Governance, "governance"),
    (Budget::Stores, "stores"),
    (Budget::Engineering, "engineering"),
    (Budget::Invitations, "invitations"),
    (Budget::Ai, "ai"),
];

/// The actions of a level, the same for every seat; the first is to do nothing.
pub fn templates(level: &Level) -> Vec<Template> {
    let mut all = Vec::new();
    let mut add = |name: String, meaning: &str, does: Does| {
        all.push(Template { name, meaning: meaning.to_owned(), does });
    };
    add("nothing".to_owned(), "everything stays as it is", Does::Nothing);
    for (up, way) in [(true, "up"), (false, "down")] {
        let step = format!("by {RATE_STEP}");
        add(
            format!("take_rate.{way}"),
            &format!("the commission in every category {way} {step}"),
            Does::TakeRate { category: None, up },
        );
        for (category, named) in level.categories.iter().enumerate().filter(|_| level.categories.len() > 1) {
            let meaning = format!("the commission on {} {way} {step}", named.name);
            add(
                format!("take_rate.{}.{way}", named.id),
                &meaning,
                Does::TakeRate { category: Some(category), up },
            );
        }
        add(
            format!("consumer_fee.{way}"),
            &format!("the fee on consumers {way} {step}"),
            Does::ConsumerFee { up },
        );
        add(
            format!("coupon.{way}"),
            &format!("coupons for switchers {way} by {COUPON_STEP}"),
            Does::Coupon { up },
        );
        add(
            format!("advert_load.{way}"),
            &format!("adverts {way} {step} of the screen"),
            Does::AdvertLoad { up },
        );
        add(
            format!("membership_fee.{way}"),
            &format!("the members' fee {way} by ¥{FEE_STEP}"),
            Does::MembershipFee { up },
        );
        add(
            format!("merchant_fee.{way}"),
            &format!("the merchants' fee {way} by ¥{FEE_STEP}"),
            Does::MerchantFee { up },
        );
        for (kind, name) in BUDGETS {
            add(
                format!("budget.{name}.{way}"),
                &format!("the budget for {name} {way} by a quarter"),
                Does::Budget { kind, up },
            );
        }
        add(format!("budgets.{way}"), &format!("all budgets {way} by a quarter"), Does::AllBudgets { up });
        add(
            format!("dividend.{way}"),
            &format!("the part of profits paid out {way} by {DIVIDEND_STEP}"),
            Does::Dividend { up },
        );
    }
    add("exclusivity".to_owned(), "merchants are bound, or free again", Does::Exclusivity);
    for (service, named) in level.services.iter().enumerate() {
        let (id, name) = (&named.id, &named.name);
        add(
            format!("open.{id}"),
            &format!("{name} is opened to everybody, as far as it goes"),
            Does::Open(service),
        );
        add(format!("close.{id}"), &format!("{name} is closed to everybody"), Does::Close(service));
        add(format!("adopt.{id}"), &format!("{name} is used, or used further"), Does::Adopt(service));
        add(format!("drop.{id}"), &format!("{name} is used no longer"), Does::Drop(service));
        for (up, way) in [(true, "up"), (false, "down")] {
            add(
                format!("price.{id}.{way}"),
                &format!("the price of {name} {way} by a quarter"),
                Does::ServicePrice { service, up },
            );
            if matches!(&named.kind, ServiceKind::Carrier(carrier) if carrier.capacity.is_some()) {
                add(
                    format!("capacity.{id}.{way}"),
                    &format!("the room of {name} {way} by a quarter"),
                    Does::Capacity { service, up },
                );
            }
        }
    }
    for place in 1..level.platforms.len() {
        add(
            format!("accept.rival{place}"),
            &format!("yes to the offer of rival {place}, counted from the seat round"),
            Does::Accept { place },
        );
        add(
            format!("refuse.rival{place}"),
            &format!("no to the offer of rival {place}"),
            Does::Refuse { place },
        );
    }
    let choices = level.events.iter().map(|event| event.choices.len()).max().unwrap_or(0);
    for choice in 0..choices {
        add(
            format!("choose.{}", choice + 1),
            &format!("choice {} of the event that waits longest", choice + 1),
            Does::Choose { choice },
        );
    }
    if level.regulator.is_some() {
        add("contest".to_owned(), "the regulator's decision is contested", Does::Contest);
    }
    add("bid".to_owned(), "half of its worth is bid for all that is for sale", Does::Bid);
    all
}

impl Template {
    /// As it is described.
    pub fn described(&self) -> ActionTemplate {
        ActionTemplate { name: self.name.clone(), meaning: self.meaning.clone() }
    }

    /// What it orders as things stand; nothing where it is not legal or would change nothing.
    pub fn orders(&self, view: &PlatformView) -> Option<Orders> {
        if self.does == Does::Nothing {
            return Some(Orders::new());
        }
        if !view.level.platforms[view.me].here || !view.solvent(view.me) {
            return None;
        }
        match &self.does {
            Does::TakeRate { .. }
            | Does::ConsumerFee { .. }
            | Does::Coupon { .. }
            | Does::AdvertLoad { .. }
            | Does::MembershipFee { .. }
            | Does::MerchantFee { .. }
            | Does::Exclusivity => price(view, &self.does).map(|order| vec![order]),
            Does::Budget { kind, up } => budgets(view, &[*kind], *up),
            Does::AllBudgets { up } => budgets(view, &BUDGETS.map(|(kind, _)| kind), *up),
            Does::Dividend { up } => {
                let part = stepped(view.public.capital.dividend[view.me], DIVIDEND_STEP, *up, 1.0)?;
                Some(vec![Order::Dividend { part }])
            }
            other => dealing(view, other)
                .filter(|order| is_legal(view, order))
                .map(|order| vec![order])
                .or_else(|| match other {
                    Does::Bid => Some(view.bids()).filter(|bids| !bids.is_empty()),
                    _ => None,
                }),
        }
    }
}

fn is_legal(view: &PlatformView, order: &Order) -> bool {
    Session::rehearse(view, std::slice::from_ref(order)).refused == [None]
}

/// A number a step up or down within its bounds; nothing where it is there already.
fn stepped(now: f64, step: f64, up: bool, most: f64) -> Option<f64> {
    let next = (if up { now + step } else { now - step }).clamp(0.0, most);
    (next != now).then_some(next)
}

fn price(view: &PlatformView, does: &Does) -> Option<Order> {
    let prices = &view.own.policy.prices;
    if !view.has_shop() {
        return None;
    }
    let mean = |numbers: &mut dyn Iterator<Item = f64>| {
        let (count, sum) = numbers.fold((0.0, 0.0), |(count, sum), number| (count + 1.0, sum + number));
        if count > 0.0 { sum / count } else { 0.0 }
    };
    Some(match *does {
        Does::TakeRate { category: Some(category), up } => Order::TakeRate {
            category: Some(view.level.categories[category].id.clone()),
            rate: stepped(prices.take_rates[category], RATE_STEP, up, MAX_RATE)?,
        },
        Does::TakeRate { category: None, up } => {
            let rate = mean(&mut prices.take_rates.iter().copied());
            Order::TakeRate { category: None, rate: stepped(rate, RATE_STEP, up, MAX_RATE)? }
        }
        Does::ConsumerFee { up } => {
            let rate = mean(&mut prices.consumer_fees.cells().iter().copied());
            Order::ConsumerFee { region: None, category: None, rate: stepped(rate, RATE_STEP, up, MAX_RATE)? }
        }
        Does::Coupon { up } => {
            let depth = mean(&mut prices.coupons.cells().iter().map(|coupon| coupon.depth));
            let depth = stepped(depth, COUPON_STEP, up, MAX_RATE)?;
            Order::Coupon { region: None, category: None, audience: Audience::Switchers, depth }
        }
        Does::AdvertLoad { up } => {
            Order::AdvertLoad { load: stepped(prices.advert_load, RATE_STEP, up, MAX_RATE)? }
        }
        Does::MembershipFee { up } => {
            Order::MembershipFee { fee: stepped(prices.membership_fee, FEE_STEP, up, MAX_MEMBERSHIP_FEE)? }
        }
        Does::MerchantFee { up } => {
            Order::MerchantFee { fee: stepped(prices.merchant_fee, FEE_STEP, up, MAX_MEMBERSHIP_FEE)? }
        }
        _ => {
            let bound = view.level.setup.merchants > 0 && view.level.shops().len() > 1;
            return bound.then(|| Order::Exclusivity { on: !prices.exclusive });
        }
    })
}

/// Budgets a quarter up or down, as far as cash goes for all of them.
fn budgets(view: &PlatformView, kinds: &[Budget], up: bool) -> Option<Orders> {
    let own = &view.own.policy.budgets;
    let first = FIRST_STEP * view.sales().max(0.0);
    let mut total = own.total();
    let mut orders = Orders::new();
    for &kind in kinds {
        if kind != Budget::Engineering && !view.has_shop() {
            continue;
        }
        let now = match kind {
            Budget::Brand => own.brand,
            Budget::Categories => own.categories.iter().sum(),
            Budget::Marketing => own.marketing.iter().sum(),
            Budget::Governance => own.governance,
            Budget::Stores => own.stores.iter().sum(),
            Budget::Engineering => own.engineering,
            Budget::Invitations => own.invitations,
            Budget::Ai => own.ai,
        };
        // All together they keep their proportions; one by one a budget that there is none of can be begun.
        let begun = if kinds.len() > 1 { now * GROWTH } else { (now * GROWTH).max(now + first) };
        let amount = if up {
            begun
        } else if now < first {
            0.0
        } else {
            now / GROWTH
        };
        if amount == now {
            continue;
        }
        total += amount - now;
        orders.push(match kind {
            Budget::Brand => Order::BrandBudget { amount },
            Budget::Categories => Order::CategoryBudget { category: None, amount },
            Budget::Marketing => Order::MarketingBudget { region: None, amount },
            Budget::Governance => Order::GovernanceBudget { amount },
            Budget::Stores => Order::StoreBudget { region: None, amount },
            Budget::Engineering => Order::EngineeringBudget { amount },
            Budget::Invitations => Order::InvitationBudget { amount },
            Budget::Ai => Order::AiBudget { amount },
        });
    }
    (!orders.is_empty() && (!up || total <= view.own.cash)).then_some(orders)
}

/// What is done to other companies, and answers to what waits; the market's own rules say whether it is legal.
fn dealing(view: &PlatformView, does: &Does) -> Option<Order> {
    let level = &view.level;
    let id = |service: usize| level.services[service].id.clone();
    let owned = |service: usize| level.services[service].owner == Some(view.me);
    let state = |service: usize| &view.public.ecosystem.services[service];
    let others = || (0..level.platforms.len()).filter(|&other| other != view.me);
    let rival = |place: usize| (view.me + place) % level.platforms.len();
    let offered = |place: usize| {
        let offers = &view.public.ecosystem.negotiations.offers;
        offers.iter().any(|offer| (offer.from, offer.to) == (rival(place), view.me))
    };
    let answer = |place: usize, answer: Answer| {
        offered(place).then(|| Order::Answer { from: level.platforms[rival(place)].id.clone(), answer })
    };
    match *does {
        Does::Open(service) if owned(service) => {
            let shut = others().any(|to| state(service).counterparts[to].granted < Access::Native);
            shut.then(|| Order::Open { service: id(service), to: None, access: Access::Native })
        }
        Does::Close(service) if owned(service) => {
            let open = others().any(|to| state(service).counterparts[to].granted > Access::Blocked);
            open.then(|| Order::Close { service: id(service), to: None })
        }
        Does::ServicePrice { service, up } if owned(service) => {
            let now = state(service).counterparts[view.me].price;
            let first =
                if matches!(level.services[service].kind, ServiceKind::Carrier(_)) { 0.5 } else { 0.001 };
            let price = if up {
                (now * GROWTH).max(now + first)
            } else if now < first {
                0.0
            } else {
                now / GROWTH
            };
            (price != now).then(|| Order::ServicePrice { service: id(service), to: None, price })
        }
        Does::Capacity { service, up } if owned(service) => {
            let now = state(service).capacity?;
            let parcels = if up { now * GROWTH } else { now / GROWTH };
            (parcels != now).then(|| Order::Capacity { service: id(service), parcels })
        }
        Does::Adopt(service) => {
            let own = state(service).counterparts[view.me];
            let further = own.used < own.granted && view.has_shop();
            let busy = view.public.ecosystem.engineering[view.me].works_on(service);
            (further && !busy).then(|| Order::Adopt { service: id(service) })
        }
        Does::Drop(service) => {
            let used = state(service).counterparts[view.me].used > Access::Blocked;
            used.then(|| Order::Drop { service: id(service) })
        }
        Does::Accept { place } => answer(place, Answer::Accept),
        Does::Refuse { place } => answer(place, Answer::Refuse),
        Does::Choose { choice } => {
            let waiting = view.public.chronicle.waiting_for(view.me).next()?;
            view.answer_to(waiting.event, choice)
        }
        Does::Contest => view.is_decided_against().then_some(Order::Contest),
        _ => None,
    }
}
