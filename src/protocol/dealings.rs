//! What a seat may do to other companies now.

use serde_json::{Value, json};

use super::terms::{Legal, any_of};
use crate::level::services::ServiceKind;
use crate::order::{Access, Answer, Order};
use crate::play::Session;
use crate::sim::most_asked;
use crate::strategy::PlatformView;

/// How far an app can be opened; everything else is open or not.
const DEPTHS: [Access; 4] = [Access::Advert, Access::Jump, Access::MiniProgram, Access::Native];

/// What a seat may do to other companies now.
pub(super) fn dealings(view: &PlatformView) -> Vec<Legal> {
    let mut all = Vec::new();
    for number in view.own_services() {
        all.extend(own(view, number));
    }
    let others: Vec<usize> = (0..view.level.platforms.len()).filter(|&other| other != view.me).collect();
    let blocked = others.iter().filter(|&&other| may_block(view, other)).map(|&other| id(view, other));
    all.extend(some("Block", "platform", blocked));
    all.extend(used(view));
    let partners = others.iter().filter(|&&other| view.level.platforms[other].here && view.solvent(other));
    all.extend(some("Offer", "to", partners.map(|&other| id(view, other))));
    all.extend(answers(view));
    all.extend(ends(view));
    all
}

/// A kind about one of these, if there are any.
fn some(kind: &'static str, field: &'static str, values: impl Iterator<Item = Value>) -> Option<Legal> {
    let values: Vec<Value> = values.collect();
    (!values.is_empty()).then(|| Legal::of(kind).about([(field, values)]))
}

fn id(view: &PlatformView, platform: usize) -> Value {
    json!(view.level.platforms[platform].id)
}

/// Whether a promise to a third company forbids to open anything to another.
fn may_open(view: &PlatformView, to: usize) -> bool {
    view.public.ecosystem.negotiations.front(view.me, &view.level.platforms[to].id).is_none()
}

/// Whether an agreement forbids to close a service to another.
fn may_close(view: &PlatformView, number: usize, to: usize) -> bool {
    let negotiations = &view.public.ecosystem.negotiations;
    negotiations.opens(number, to).is_none() && !negotiations.promised_not_to_block(view.me, to)
}

fn granted(view: &PlatformView, number: usize, to: usize) -> Access {
    view.public.ecosystem.services[number].counterparts[to].granted
}

/// Whether all that is open to another can be closed, and anything is.
fn may_block(view: &PlatformView, to: usize) -> bool {
    let own = view.own_services();
    let mut open = own.iter().filter(|&&number| granted(view, number, to) > Access::Blocked).peekable();
    open.peek().is_some() && open.all(|&number| may_close(view, number, to))
}

/// What may be done with an own service.
fn own(view: &PlatformView, number: usize) -> Vec<Legal> {
    let service = &view.level.services[number];
    let name = || ("service", vec![json!(service.id)]);
    let others: Vec<usize> = (0..view.level.platforms.len()).filter(|&other| other != view.me).collect();
    let app = matches!(service.kind, ServiceKind::App(_));
    let mut open = Legal::of("Open");
    for access in DEPTHS.into_iter().filter(|access| app || *access == Access::Native) {
        let may = |to: usize| {
            may_open(view, to) && (access >= granted(view, number, to) || may_close(view, number, to))
        };
        let changes = |to: usize| access != granted(view, number, to);
        let mut to: Vec<Value> =
            others.iter().filter(|&&to| may(to) && changes(to)).map(|&to| id(view, to)).collect();
        if others.iter().all(|&to| may(to)) && others.iter().any(|&to| changes(to)) {
            to.insert(0, Value::Null);
        }
        if !to.is_empty() {
            open = open.about([name(), ("to", to), ("access", vec![json!(access)])]);
        }
    }
    let is_open = |to: usize| granted(view, number, to) > Access::Blocked;
    let closable: Vec<usize> =
        others.iter().copied().filter(|&to| is_open(to) && may_close(view, number, to)).collect();
    let mut to: Vec<Value> = closable.iter().map(|&to| id(view, to)).collect();
    if !closable.is_empty() && closable.len() == others.iter().filter(|&&to| is_open(to)).count() {
        to.insert(0, Value::Null);
    }
    let close = (!to.is_empty()).then(|| Legal::of("Close").about([name(), ("to", to)]));
    let unfixed = others.iter().filter(|&&to| view.public.ecosystem.negotiations.opens(number, to).is_none());
    let priced = any_of(unfixed.map(|&to| &view.level.platforms[to].id));
    let (most, _) = most_asked(&service.kind);
    let price = Legal::of("ServicePrice").about([name(), ("to", priced)]).within(0.0, Some(most));
    let room = matches!(&service.kind, ServiceKind::Carrier(carrier) if carrier.capacity.is_some());
    let room = room.then(|| Legal::of("Capacity").about([name()]));
    let open = (!open.targets.is_empty()).then_some(open);
    open.into_iter().chain(close).chain([price]).chain(room).collect()
}

/// Services that the seat may start or stop to use, and integration that it may give up.
fn used(view: &PlatformView) -> Vec<Legal> {
    let services =
        || (0..view.level.services.len()).map(|number| (number, json!(view.level.services[number].id)));
    let of = |may: &dyn Fn(usize) -> bool| {
        services().filter(|(number, _)| may(*number)).map(|(_, id)| id).collect::<Vec<_>>().into_iter()
    };
    let state = |number: usize| &view.public.ecosystem.services[number];
    let droppable = |number: usize| {
        let drop = Order::Drop { service: view.level.services[number].id.clone() };
        state(number).counterparts[view.me].used > Access::Blocked && is_legal(view, &drop)
    };
    let engineering = &view.public.ecosystem.engineering[view.me];
    let adopt = some("Adopt", "service", of(&|number| may_adopt(view, number)));
    let drop = some("Drop", "service", of(&droppable));
    let abort = some("Abort", "service", of(&|number| engineering.works_on(number)));
    adopt.into_iter().chain(drop).chain(abort).collect()
}

/// Whether a service can be used, or used further. Those of independent firms are always open.
fn may_adopt(view: &PlatformView, number: usize) -> bool {
    let order = Order::Adopt { service: view.level.services[number].id.clone() };
    let counterpart = view.public.ecosystem.services[number].counterparts[view.me];
    let used_up = counterpart.used >= counterpart.granted;
    let busy = view.public.ecosystem.engineering[view.me].works_on(number);
    // Most services fail for a reason that is seen at once; for the others the market's own rules are asked.
    view.has_shop() && !used_up && !busy && is_legal(view, &order)
}

/// Whether the market would carry an order out if nobody else ordered anything.
pub(crate) fn is_legal(view: &PlatformView, order: &Order) -> bool {
    Session::rehearse(view, std::slice::from_ref(order)).refused == [None]
}

/// Answers to offers; a counter-offer is for the seat to think of.
fn answers(view: &PlatformView) -> Vec<Legal> {
    let offers = view.public.ecosystem.negotiations.offers.iter().filter(|offer| offer.to == view.me);
    let of = |from: usize| {
        let from = view.level.platforms[from].id.clone();
        let accept = Order::Answer { from: from.clone(), answer: Answer::Accept };
        let accept = is_legal(view, &accept).then(|| json!("Accept"));
        let answers = accept.into_iter().chain([json!("Refuse")]).collect();
        [("from", vec![json!(from)]), ("answer", answers)]
    };
    let mut answer = Legal::of("Answer");
    for offer in offers {
        answer = answer.about(of(offer.from));
    }
    (!answer.targets.is_empty()).then_some(answer).into_iter().collect()
}

/// Agreements that the seat may end.
fn ends(view: &PlatformView) -> Option<Legal> {
    let agreements = &view.public.ecosystem.negotiations.agreements;
    let mut end = Legal::of("End");
    for agreement in agreements.iter().filter(|agreement| agreement.parties.contains(&view.me)) {
        let how = if agreement.ending { vec![json!(true)] } else { vec![json!(false), json!(true)] };
        end = end.about([("agreement", vec![json!(agreement.number)]), ("at_once", how)]);
    }
    (!end.targets.is_empty()).then_some(end)
}
