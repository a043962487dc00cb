//! Money that agreements bring with them.

use crate::order::Term;
use crate::sim::state::flow::Flow;
use crate::sim::state::ledger::{Account, Ledger};
use crate::sim::state::negotiations::Negotiations;

/// Money that agreements and their breach bring with them.
pub fn settle(negotiations: &Negotiations, ledger: &mut Ledger) {
    let account = Account::Platform;
    for agreement in &negotiations.agreements {
        for (terms, by) in agreement.gives.iter().zip(agreement.parties) {
            let Some(to) = agreement.partner_of(by) else { continue };
            for term in terms {
                if let Term::Payment { amount } = term {
                    ledger.pay(Flow::AgreementPayments, account(by), account(to), *amount);
                }
            }
        }
    }
    for &(from, to, yuan) in &negotiations.penalties {
        ledger.pay(Flow::Penalties, account(from), account(to), yuan);
    }
}
