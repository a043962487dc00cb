//! Names for what the game's data stand for, from the table of texts.

use super::desk::news::NewsKind;
use super::form::Form;
use super::palette::Colours;
use super::texts::{say, text};
use crate::level::services::{CarrierSupply, Delivery, ServiceKind, Speed};
use crate::level::{Bound, Deadline, Level, Measure, Objective};
use crate::order::{Access, Answer, Audience, Order, Term};
use crate::play::objectives::Medal;
use crate::play::{Difficulty, Figure, Label, PERSON, Position, amounts};
use crate::sim::reading::metrics::{Unit, metric as metric_of};
use crate::sim::state::engineering::Goal;
use crate::sim::state::events::Event;
use crate::sim::{ChoiceTerm, valuation};
use crate::strategy::worth::Reason;

/// The month of a turn, or its number; turn 0 is the opening.
pub fn month(level: &Level, turn: u32) -> String {
    match level.setup.start {
        _ if turn == 0 => say!("opening"),
        None => say!("month-number", turn = turn),
        Some((year, month)) => {
            let months = month - 1 + turn - 1;
            format!("{} {}", text(&format!("month-{}", months % 12 + 1)), year + months / 12)
        }
    }
}

/// A number of months.
pub fn months(count: u32) -> String {
    if count == 1 { say!("one-month") } else { say!("months", count = count) }
}

/// Who decides for a platform: a person, or a strategy by its name.
pub fn seat(name: &str) -> String {
    if name == PERSON { say!("a-person") } else { name.to_owned() }
}

/// How long ago something was, by its seconds.
pub fn ago(seconds: u64) -> String {
    match seconds / 60 {
        0 => say!("just-now"),
        minutes @ 1..60 => say!("minutes-ago", count = minutes),
        minutes @ 60..2_880 => say!("hours-ago", count = minutes / 60),
        minutes => say!("days-ago", count = minutes / 1_440),
    }
}

/// A kind of news.
pub fn news_kind(kind: NewsKind) -> String {
    match kind {
        NewsKind::Offers => say!("kind-offers"),
        NewsKind::Agreements => say!("kind-agreements"),
        NewsKind::Gates => say!("kind-gates"),
        NewsKind::Blocks => say!("kind-blocks"),
        NewsKind::BuiltIn => say!("kind-built-in"),
    }
}

/// How many people of the simulation stand for those of a level.
pub fn stand_ins(level: &Level) -> String {
    let (people, consumers) = (level.population(), level.setup.consumers);
    let each = amounts::count(people / consumers.max(1) as f64);
    say!("people-meaning", people = amounts::count(people), agents = consumers, each = each)
}

/// A metric.
pub fn metric(name: &str) -> String {
    text(&format!("metric-{}", name.replace('_', "-")))
}

/// What a metric means, in a sentence.
pub fn metric_meaning(name: &str) -> String {
    text(&format!("metric-{}-meaning", name.replace('_', "-")))
}

/// How a metric is written.
pub fn form(name: &str) -> Form {
    match metric_of(name).map(|metric| metric.unit) {
        Some(Unit::Yuan) => Form::Yuan,
        Some(Unit::Count) => Form::Count,
        _ => Form::Percent,
    }
}

/// What one company thinks of another, or what a deed does to that: from −1 to +1.
pub fn opinion(much: f64) -> String {
    match format!("{much:+.2}").replace('-', "−") {
        nothing if nothing.ends_with("0.00") => "0.00".to_owned(),
        written => written,
    }
}

/// A metric's value.
pub fn measured(name: &str, value: f64) -> String {
    match metric_of(name).map(|metric| metric.unit) {
        _ if name == "opinion" => opinion(value),
        // Agreements are whole, however few.
        Some(Unit::Count) if value.abs() < 999.5 => format!("{value:.0}"),
        Some(Unit::Ratio | Unit::Utility) => format!("{value:.2}").replace('-', "−"),
        _ => form(name).write(value),
    }
}

/// A difference between two values of a metric: of percentages in points.
pub fn difference(name: &str, value: f64) -> String {
    match metric_of(name).map(|metric| metric.unit) {
        Some(Unit::Fraction) => format!("{:.1}{}", 100.0 * value, say!("points")),
        Some(Unit::Ratio) => format!("{value:.2}").replace('-', "−"),
        _ => measured(name, value),
    }
}

/// The same with its sign, to the last place that can be seen of a month's work.
pub fn change(name: &str, value: f64) -> String {
    let sign = if value < 0.0 { "−" } else { "+" };
    match metric_of(name).map(|metric| metric.unit) {
        Some(Unit::Fraction) => format!("{sign}{:.2}{}", 100.0 * value.abs(), say!("points")),
        _ => format!("{sign}{}", difference(name, value.abs())),
    }
}

/// What is measured, in a word or two: of whom only where that is not the one who looks.
pub fn measure(level: &Level, measure: &Measure, me: usize) -> String {
    let mut what = metric(&measure.metric);
    if let Some(service) = measure.service {
        what = say!("of-whom", what = what, who = level.services[service].name);
    }
    if let Some(platform) = measure.platform.filter(|&platform| platform != me) {
        what = say!("of-whom", what = what, who = level.platforms[platform].name);
    }
    let region = measure.region.map(|region| &level.regions[region].name);
    let category = measure.category.map(|category| &level.categories[category].name);
    for place in [region, category].into_iter().flatten() {
        what = say!("in-where", what = what, place = place);
    }
    what
}

/// What an objective wants, without the deadline: "Share of sales of Lotus, The coast at least 40%".
pub fn wanted(level: &Level, objective: &Objective) -> String {
    let measure = &objective.measure;
    // Nobody looks: everybody is named.
    let what = self::measure(level, measure, usize::MAX);
    let much = |value: f64| measured(&measure.metric, value);
    match objective.bound {
        Bound::AtLeast(least) => say!("objective-at-least", what = what, much = much(least)),
        Bound::AtMost(most) => say!("objective-at-most", what = what, much = much(most)),
        Bound::Within(low, high) => say!("objective-within", what = what, low = much(low), high = much(high)),
    }
}

/// How profits to come were judged.
pub fn judgement(position: &Position) -> String {
    let rate = position.level.market.discount_rate;
    let judged = valuation(position.view.own.cash, &position.view.own.year, rate);
    let (profit, rate) = (amounts::yuan(judged.profit), amounts::percent(rate));
    let now = say!("value-judged", profit = profit, rate = rate, growth = amounts::percent(judged.growth));
    match position.level.setup.aftermath {
        0 => now,
        count => format!("{now} {}", say!("value-in-the-end", months = months(count))),
    }
}

/// That growth was judged for the first time in the last month, and how; nothing in any other.
pub fn first_growth(position: &Position) -> Option<String> {
    let (now, before) = (&position.view.own, &position.view_after(position.played().checked_sub(1)?).own);
    if before.year.judges_growth() || !now.year.judges_growth() {
        return None;
    }
    let judged = valuation(now.cash, &now.year, position.level.market.discount_rate);
    Some(say!("first-growth", growth = Form::Percent.write_change(judged.growth)))
}

/// The bound of an objective, in figures.
pub fn much(objective: &Objective) -> String {
    let much = |value: f64| measured(&objective.measure.metric, value);
    match objective.bound {
        Bound::AtLeast(number) => format!("≥ {}", much(number)),
        Bound::AtMost(number) => format!("≤ {}", much(number)),
        Bound::Within(low, high) => say!("range", low = much(low), high = much(high)),
    }
}

/// When an objective must be met.
pub fn deadline(objective: &Objective) -> String {
    match objective.deadline {
        Deadline::By(turn) => say!("objective-by", turn = turn),
        Deadline::At(turn) => say!("objective-at", turn = turn),
    }
}

/// A medal, or that there is none.
pub fn medal(medal: Option<Medal>) -> String {
    match medal {
        Some(Medal::Gold) => say!("medal-gold"),
        Some(Medal::Silver) => say!("medal-silver"),
        Some(Medal::Bronze) => say!("medal-bronze"),
        None => say!("medal-none"),
    }
}

/// A figure.
pub fn figure(figure: Figure) -> String {
    match figure {
        Figure::Share => say!("share"),
        Figure::Profit => say!("profit"),
        Figure::Users => say!("buyers"),
        Figure::Cash => say!("cash"),
        Figure::Value => say!("value"),
    }
}

/// A difficulty, and what it means.
pub fn difficulty(difficulty: Difficulty) -> (String, String) {
    match difficulty {
        Difficulty::Gentle => (say!("difficulty-gentle"), say!("difficulty-gentle-meaning")),
        Difficulty::Fair => (say!("difficulty-fair"), say!("difficulty-fair-meaning")),
        Difficulty::Fierce => (say!("difficulty-fierce"), say!("difficulty-fierce-meaning")),
    }
}

/// A palette.
pub fn colours(colours: Colours) -> String {
    match colours {
        Colours::Night => say!("colours-night"),
        Colours::Contrast => say!("colours-contrast"),
    }
}

/// What a part of a number stands for.
pub fn label(level: &Level, label: Label) -> String {
    match label {
        Label::Flow(flow) => text(&format!("flow-{}", flow.words().replace(' ', "-"))),
        Label::Category(category) => level.categories[category].name.clone(),
        Label::Region(region) => level.regions[region].name.clone(),
        Label::Service(service) => level.services[service].name.clone(),
        Label::Before => say!("part-before"),
        Label::Cash => say!("cash"),
        Label::ProfitsToCome => say!("part-profits-to-come"),
        Label::Term(_, why) => reason(why),
        Label::Choice(term) => choice(term),
        Label::Platform(platform) => level.platforms[platform].name.clone(),
        Label::Margin => say!("part-margin"),
    }
}

/// The key of a term of people's choice, in the table of texts.
pub fn choice_key(term: ChoiceTerm) -> &'static str {
    match term {
        ChoiceTerm::Prices => "choice-prices",
        ChoiceTerm::Fees => "choice-fees",
        ChoiceTerm::Coupons => "choice-coupons",
        ChoiceTerm::Adverts => "choice-adverts",
        ChoiceTerm::Merchants => "choice-merchants",
        ChoiceTerm::People => "choice-people",
        ChoiceTerm::Brand => "choice-brand",
        ChoiceTerm::Category => "choice-category",
        ChoiceTerm::Stores => "choice-stores",
        ChoiceTerm::Trust => "choice-trust",
        ChoiceTerm::Matching => "choice-matching",
        ChoiceTerm::Delivery => "choice-delivery",
        ChoiceTerm::Links => "choice-links",
        ChoiceTerm::Payment => "choice-payment",
        ChoiceTerm::Habit => "choice-habit",
    }
}

/// A term of people's choice of a shop.
pub fn choice(term: ChoiceTerm) -> String {
    text(choice_key(term))
}

/// A kind of people; levels give them ids alone.
pub fn segment(level: &Level, segment: usize) -> String {
    let mut name = level.consumer_segments[segment].id.replace(['-', '_'], " ");
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}

/// A garden by its place: a platform's, or the commons.
pub fn garden(level: &Level, place: usize) -> String {
    level.platforms.get(place).map_or_else(|| say!("commons"), |platform| platform.name.clone())
}

/// Why something is worth something.
pub fn reason(reason: Reason) -> String {
    match reason {
        Reason::Sales => say!("reason-sales"),
        Reason::Service => say!("reason-service"),
        Reason::Habit => say!("reason-habit"),
        Reason::Referrals => say!("reason-referrals"),
        Reason::Engineering => say!("reason-engineering"),
        Reason::Safety => say!("reason-safety"),
        Reason::Payment => say!("reason-payment"),
    }
}

/// How a carrier is organised.
pub fn supply(supply: CarrierSupply) -> String {
    match supply {
        CarrierSupply::Heavy => say!("supply-heavy"),
        CarrierSupply::Franchise => say!("supply-franchise"),
        CarrierSupply::Crowd => say!("supply-crowd"),
    }
}

/// How soon a carrier delivers.
pub fn speed(speed: Speed) -> String {
    match speed {
        Speed::Standard => say!("speed-standard"),
        Speed::NextDay => say!("speed-next-day"),
        Speed::Hourly => say!("speed-hourly"),
        Speed::Instant => say!("speed-instant"),
    }
}

/// Where a carrier delivers.
pub fn door(delivery: Delivery) -> String {
    match delivery {
        Delivery::Door => say!("to-the-door"),
        Delivery::Station => say!("to-a-station"),
    }
}

/// A depth of access.
pub fn access(access: Access) -> String {
    match access {
        Access::Blocked => say!("access-blocked"),
        Access::Advert => say!("access-advert"),
        Access::Jump => say!("access-jump"),
        Access::MiniProgram => say!("access-mini-program"),
        Access::Native => say!("access-native"),
    }
}

fn category(level: &Level, id: Option<&String>) -> String {
    let name =
        |id: &String| level.categories.iter().find(|known| known.id == *id).map(|known| known.name.clone());
    id.and_then(name).unwrap_or_else(|| say!("all-categories"))
}

fn region(level: &Level, id: Option<&String>) -> String {
    let name =
        |id: &String| level.regions.iter().find(|known| known.id == *id).map(|known| known.name.clone());
    id.and_then(name).unwrap_or_else(|| say!("all-regions"))
}

fn service(level: &Level, id: &str) -> String {
    let found = level.services.iter().find(|known| known.id == id);
    found.map_or_else(|| id.to_owned(), |known| known.name.clone())
}

/// A platform's name, by id.
pub fn platform(level: &Level, id: &str) -> String {
    let found = level.platforms.iter().find(|known| known.id == id);
    found.map_or_else(|| id.to_owned(), |known| known.name.clone())
}

/// A reason of the simulation with names instead of the ids that it puts between backticks.
pub fn in_names(level: &Level, reason: &str) -> String {
    let named = |id: &str| {
        let platforms = level.platforms.iter().map(|known| (&known.id, &known.name));
        let services = level.services.iter().map(|known| (&known.id, &known.name));
        let regions = level.regions.iter().map(|known| (&known.id, &known.name));
        let categories = level.categories.iter().map(|known| (&known.id, &known.name));
        let mut all = platforms.chain(services).chain(regions).chain(categories);
        all.find(|(known, _)| *known == id).map(|(_, name)| name.clone())
    };
    // Every other piece stood between backticks.
    let pieces = reason.split('`').enumerate();
    pieces
        .map(|(number, piece)| {
            if number % 2 == 1 { named(piece) } else { None }.unwrap_or_else(|| piece.to_owned())
        })
        .collect()
}

fn whom(level: &Level, id: Option<&String>) -> String {
    id.map_or_else(|| say!("everybody"), |id| platform(level, id))
}

/// An order: what it is about, and what it sets.
pub fn order(level: &Level, order: &Order) -> (String, String) {
    let yuan = amounts::yuan;
    let percent = |rate: f64| format!("{:.2}%", 100.0 * rate);
    match order {
        Order::TakeRate { category: c, rate } => {
            (say!("order-take-rate", what = category(level, c.as_ref())), percent(*rate))
        }
        Order::ConsumerFee { region: r, category: c, rate } => (
            say!("order-consumer-fee", place = region(level, r.as_ref()), what = category(level, c.as_ref())),
            percent(*rate),
        ),
        Order::Coupon { region: r, category: c, audience, depth } => {
            let (place, what) = (region(level, r.as_ref()), category(level, c.as_ref()));
            let whom = self::audience(*audience);
            (say!("order-coupon", place = place, what = what, whom = whom), percent(*depth))
        }
        Order::AdvertLoad { load } => (say!("order-advert-load"), percent(*load)),
        Order::MembershipFee { fee } => (say!("order-membership-fee"), yuan(*fee)),
        Order::MerchantFee { fee } => (say!("order-merchant-fee"), yuan(*fee)),
        Order::BrandBudget { amount } => (say!("order-brand"), yuan(*amount)),
        Order::CategoryBudget { category: c, amount } => {
            (say!("order-category", what = category(level, c.as_ref())), yuan(*amount))
        }
        Order::MarketingBudget { region: r, amount } => {
            (say!("order-marketing", place = region(level, r.as_ref())), yuan(*amount))
        }
        Order::GovernanceBudget { amount } => (say!("order-governance"), yuan(*amount)),
        Order::VisitBudget { service: s, amount } => {
            (say!("order-visits", what = service(level, s)), yuan(*amount))
        }
        Order::InvitationBudget { amount } => (say!("order-invitations"), yuan(*amount)),
        Order::StoreBudget { region: r, amount } => {
            (say!("order-stores", place = region(level, r.as_ref())), yuan(*amount))
        }
        Order::EngineeringBudget { amount } => (say!("order-engineering"), yuan(*amount)),
        Order::Capacity { service: s, parcels } => {
            (say!("order-capacity", what = service(level, s)), amounts::count(*parcels))
        }
        _ => order_between(level, order),
    }
}

/// What a service asks: a carrier yuan for a parcel, every other a part of what is sold.
fn asked(level: &Level, id: &str, price: f64) -> String {
    let known = level.services.iter().find(|service| service.id == id);
    match known.map(|known| &known.kind) {
        Some(ServiceKind::Carrier(_)) => amounts::yuan(price),
        _ => format!("{:.2}%", 100.0 * price),
    }
}

/// An order between companies.
fn order_between(level: &Level, order: &Order) -> (String, String) {
    let name = |id: &String| service(level, id);
    match order {
        Order::ServicePrice { service: s, to, price } => (
            say!("order-service-price", what = name(s), whom = whom(level, to.as_ref())),
            asked(level, s, *price),
        ),
        Order::Open { service: s, to, access: depth } => {
            (say!("order-open", what = name(s), whom = whom(level, to.as_ref())), access(*depth))
        }
        Order::Close { service: s, to } => {
            (say!("order-close", what = name(s), whom = whom(level, to.as_ref())), String::new())
        }
        Order::Block { platform: id } => (say!("order-block", whom = platform(level, id)), String::new()),
        Order::Adopt { service: s } => (say!("order-adopt", what = name(s)), String::new()),
        Order::Drop { service: s } => (say!("order-drop", what = name(s)), String::new()),
        Order::Abort { service: s } => (say!("order-abort", what = name(s)), String::new()),
        Order::Offer { to, deal } => (say!("order-offer", whom = platform(level, to)), months(deal.months)),
        Order::Answer { from, answer } => {
            let answer = match answer {
                Answer::Accept => say!("answer-accept"),
                Answer::Refuse => say!("answer-refuse"),
                Answer::Counter(_) => say!("answer-counter"),
            };
            (say!("order-answer", whom = platform(level, from)), answer)
        }
        Order::End { agreement, at_once } => {
            let how = if *at_once { say!("end-at-once") } else { say!("end-notice") };
            (say!("order-end", number = agreement), how)
        }
        other => (other.to_string(), String::new()),
    }
}

/// Whom a coupon is for.
pub fn audience(audience: Audience) -> String {
    match audience {
        Audience::Switchers => say!("audience-switchers"),
        Audience::Everyone => say!("audience-everyone"),
    }
}

/// A term of a deal, as the player is told of it: `mine` where the player's company is to grant it.
pub fn term(level: &Level, term: &Term, mine: bool) -> String {
    match term {
        Term::Service { service: id, access: depth, price } => {
            let asked = price.map_or_else(|| say!("price-as-it-is"), |price| asked(level, id, price));
            say!("term-service", what = service(level, id), depth = access(*depth), price = asked)
        }
        Term::Data if mine => say!("what-you-know"),
        Term::Data => say!("term-data"),
        Term::NonBlocking if mine => say!("you-close-nothing"),
        Term::NonBlocking => say!("term-non-blocking"),
        Term::Payment { amount } => say!("term-payment", amount = amounts::yuan(*amount)),
    }
}

/// Something that happened between companies, and the company it is about.
pub fn event(level: &Level, event: &Event) -> (Option<usize>, String) {
    let name = |platform: usize| level.platforms[platform].name.clone();
    let service = |number: usize| level.services[number].name.clone();
    match *event {
        Event::Offered { by, to } => (Some(by), say!("news-offered", who = name(by), whom = name(to))),
        Event::Accepted { by, of, agreement } => {
            (Some(by), say!("news-accepted", who = name(by), whom = name(of), number = agreement))
        }
        Event::Refused { by, of } => (Some(by), say!("news-refused", who = name(by), whom = name(of))),
        Event::Countered { by, of } => (Some(by), say!("news-countered", who = name(by), whom = name(of))),
        Event::Lapsed { by, of } => (Some(by), say!("news-lapsed", who = name(by), whom = name(of))),
        Event::NoticeGiven { by, to, agreement } => {
            (Some(by), say!("news-notice", who = name(by), whom = name(to), number = agreement))
        }
        Event::Broken { by, to, agreement } => {
            (Some(by), say!("news-broken", who = name(by), whom = name(to), number = agreement))
        }
        Event::Expired { agreement } => (None, say!("news-expired", number = agreement)),
        Event::Opened { by, to, service: number } => {
            (Some(by), say!("news-opened", who = name(by), whom = name(to), what = service(number)))
        }
        Event::Closed { by, to, service: number } => {
            (Some(by), say!("news-closed", who = name(by), whom = name(to), what = service(number)))
        }
        Event::Withdrawn { by, to, service: number } => {
            (Some(by), say!("news-withdrawn", who = name(by), whom = name(to), what = service(number)))
        }
        Event::Blocked { by, to } => (Some(by), say!("news-blocked", who = name(by), whom = name(to))),
        Event::Integrated { platform, goal: Goal::Service(number, depth) } => {
            let depth = access(depth);
            (
                Some(platform),
                say!("news-integrated", who = name(platform), what = service(number), depth = depth),
            )
        }
        Event::Integrated { platform, goal: Goal::Data(partner) } => {
            (Some(platform), say!("news-joined", who = name(platform), whom = name(partner)))
        }
    }
}

/// A strategy's idea without the systems it is from, which players need not know: `Opens to all (S2, S31).` → `Opens to all.`
pub fn idea(text: &str) -> String {
    match text.rsplit_once(" (S") {
        Some((idea, rest)) if rest.ends_with(").") => format!("{idea}."),
        _ => text.to_owned(),
    }
}
