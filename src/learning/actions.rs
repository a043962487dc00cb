//! Orders as a list of templates, each of which is legal or not as things stand.

use super::dealings::dealing;
use super::does::{BUDGETS, DIVIDEND_STEP, Does};
use super::levers::{budgets, price, stepped};
use crate::order::{Order, Orders};
use crate::protocol::{ActionTemplate, is_legal};
use crate::strategy::PlatformView;

/// An action: what may become of it as things stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    /// Its name.
    pub name: String,
    /// What it does.
    pub meaning: String,
    pub(super) does: Does,
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
