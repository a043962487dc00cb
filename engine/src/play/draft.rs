//! The plan of a turn: orders that wait, as data. Undo and redo edit the list and never the world.

use serde::{Deserialize, Serialize};

use crate::order::{Order, Orders};

/// Orders to be given at the end of the turn, and how the list came about.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    orders: Orders,
    undone: Vec<Orders>,
    done: Vec<Orders>,
}

impl Draft {
    /// The orders, in the order in which they will be given.
    pub fn orders(&self) -> &[Order] {
        &self.orders
    }

    /// Pulls a lever: an order that pulls the same one is replaced, any other stays.
    pub fn set(&mut self, order: Order) {
        let mut orders = self.orders.clone();
        match orders.iter_mut().find(|known| same_lever(known, &order)) {
            Some(known) => *known = order,
            None => orders.push(order),
        }
        self.change(orders);
    }

    /// The order of the list that pulls the same lever as this one, if there is one.
    pub fn pulled(&self, order: &Order) -> Option<&Order> {
        self.orders.iter().find(|known| same_lever(known, order))
    }

    /// Takes an order off the list.
    pub fn remove(&mut self, place: usize) {
        if place < self.orders.len() {
            let mut orders = self.orders.clone();
            orders.remove(place);
            self.change(orders);
        }
    }

    /// Takes the order off that pulls the same lever as this one.
    pub fn release(&mut self, order: &Order) {
        if let Some(place) = self.orders.iter().position(|known| same_lever(known, order)) {
            self.remove(place);
        }
    }

    /// Takes all orders off.
    pub fn clear(&mut self) {
        self.change(Orders::new());
    }

    /// Takes the last change back; whether there was one.
    pub fn undo(&mut self) -> bool {
        let Some(before) = self.done.pop() else { return false };
        self.undone.push(std::mem::replace(&mut self.orders, before));
        true
    }

    /// Makes the change again that was taken back last; whether there was one.
    pub fn redo(&mut self) -> bool {
        let Some(after) = self.undone.pop() else { return false };
        self.done.push(std::mem::replace(&mut self.orders, after));
        true
    }

    /// Whether there is something to take back.
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether there is something to make again.
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// Hands the orders over and begins an empty plan.
    pub fn take(&mut self) -> Orders {
        std::mem::take(self).orders
    }

    fn change(&mut self, orders: Orders) {
        if orders != self.orders {
            self.undone.clear();
            self.done.push(std::mem::replace(&mut self.orders, orders));
        }
    }
}

/// Whether the second of two orders would undo the first: it sets the same thing, to whatever value.
pub(super) fn same_lever(one: &Order, other: &Order) -> bool {
    lever(one) == lever(other)
}

/// What an order sets, as the order that would set it to nothing.
fn lever(order: &Order) -> Order {
    let mut lever = order.clone();
    if let Some(number) = lever.number_mut() {
        *number = 0.0;
    }
    match &mut lever {
        Order::Coupon { audience, .. } => *audience = Default::default(),
        Order::Close { service, to } | Order::Open { service, to, .. } => {
            return Order::Close { service: service.clone(), to: to.clone() };
        }
        Order::Adopt { service } | Order::Drop { service } | Order::Abort { service } => {
            return Order::Adopt { service: service.clone() };
        }
        Order::Answer { answer, .. } => *answer = crate::order::Answer::Refuse,
        Order::Offer { deal, .. } => {
            let nothing = crate::order::Deal {
                gives: Vec::new(),
                asks: Vec::new(),
                months: 1,
                notice: 0,
                penalty: 0.0,
            };
            *deal = nothing;
        }
        Order::End { at_once, .. } => *at_once = false,
        Order::Choose { choice, .. } => choice.clear(),
        Order::Exclusivity { on } => *on = false,
        Order::MerchantCredit { standard, .. } | Order::BuyerCredit { standard, .. } => *standard = 0.0,
        Order::Issue { least, .. } | Order::List { least, .. } | Order::Sell { least, .. } => *least = 0.0,
        Order::Buy { most, .. } => *most = None,
        Order::Contest => return Order::Comply,
        _ => {}
    }
    lever
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rate(rate: f64) -> Order {
        Order::TakeRate { category: None, rate }
    }

    #[test]
    fn a_lever_pulled_twice_is_one_order_in_its_old_place() {
        let mut draft = Draft::default();
        draft.set(rate(0.02));
        draft.set(Order::AdvertLoad { load: 0.1 });
        draft.set(rate(0.03));
        assert_eq!(draft.orders(), [rate(0.03), Order::AdvertLoad { load: 0.1 }]);
        draft.set(Order::TakeRate { category: Some("tea".into()), rate: 0.01 });
        assert_eq!(draft.orders().len(), 3);
    }

    #[test]
    fn opening_and_closing_the_same_door_is_one_lever() {
        let mut draft = Draft::default();
        let to = || Some("south".to_owned());
        draft.set(Order::Close { service: "chat".into(), to: to() });
        let open = Order::Open { service: "chat".into(), to: to(), access: crate::order::Access::Jump };
        draft.set(open.clone());
        assert_eq!(draft.orders(), [open]);
    }

    #[derive(Clone, Debug)]
    enum Edit {
        Set(u8, f64),
        Remove(usize),
        Clear,
    }

    fn edit() -> impl Strategy<Value = Edit> {
        prop_oneof![
            (0..6u8, 0.0..0.5).prop_map(|(lever, x)| Edit::Set(lever, x)),
            (0..6usize).prop_map(Edit::Remove),
            Just(Edit::Clear),
        ]
    }

    proptest! {
        #[test]
        fn undo_restores_the_list_exactly_and_redo_makes_it_again(edits in prop::collection::vec(edit(), 0..20)) {
            let mut draft = Draft::default();
            let mut lists = vec![draft.orders().to_vec()];
            for edit in edits {
                match edit {
                    Edit::Set(lever, rate) => draft.set(Order::TakeRate { category: Some(lever.to_string()), rate }),
                    Edit::Remove(place) => draft.remove(place),
                    Edit::Clear => draft.clear(),
                }
                if lists.last().map(Vec::as_slice) != Some(draft.orders()) {
                    lists.push(draft.orders().to_vec());
                }
            }
            for list in lists.iter().rev().skip(1) {
                prop_assert!(draft.undo());
                prop_assert_eq!(draft.orders(), list.as_slice());
            }
            prop_assert!(!draft.undo());
            for list in lists.iter().skip(1) {
                prop_assert!(draft.redo());
                prop_assert_eq!(draft.orders(), list.as_slice());
            }
            prop_assert!(!draft.redo());
        }
    }
}
