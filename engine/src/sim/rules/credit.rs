//! Who borrows, who defaults, and what a lender earns.
//!
//! Borrowers have a type x, uniform on 0 to 1. The hazard of default of one rises with it. Lenders see types and turn the riskiest away.
//! What a loan is worth to a borrower rises with its type as well, because whoever is likely to default pays back less often: a higher
//! rate drives the safe away first (Stiglitz and Weiss 1981).

use crate::level::{MAX_LOAN_RATE, MarketParameters};
use crate::sim::state::loans::{Lending, Loan, LoanFigures, LoanTerms};

/// The types that borrow: from the safest to whom the rate is worth it, to the riskiest that the standard lets in. Nobody where they
/// have crossed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Borrowers {
    /// The safest.
    pub from: f64,
    /// The riskiest.
    pub to: f64,
}

impl Borrowers {
    /// Those who borrow on these terms: a loan is worth `credit_worth` · x a month to type x.
    pub fn of(terms: LoanTerms, market: &MarketParameters) -> Self {
        let from = (terms.rate / market.credit_worth).min(1.0);
        Self { from, to: (1.0 - terms.standard).max(from) }
    }

    /// Part of everybody who might borrow.
    pub fn part(&self) -> f64 {
        self.to - self.from
    }

    /// Mean monthly hazard of default in a usual economy: of type x it is `default_rate` · (1 + k) · xᵏ, with k `default_slope`, so that
    /// its mean over everybody is `default_rate`.
    pub fn hazard(&self, market: &MarketParameters) -> f64 {
        let power = 1.0 + market.default_slope;
        let below = |x: f64| market.default_rate * libm::pow(x, power);
        if self.part() > 0.0 { (below(self.to) - below(self.from)) / self.part() } else { 0.0 }
    }

    /// What a yuan of credit is worth a month to those who have it, beyond its interest, in the mean.
    pub fn gain(&self, market: &MarketParameters) -> f64 {
        market.credit_worth * self.part() / 2.0
    }
}

/// What credit on a shop does for a merchant who lists there.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Relief {
    /// Part of the cost of listing that it saves.
    pub saved: f64,
    /// What working capital is worth beyond its interest, over sales.
    pub gain: f64,
}

/// What credit does for the merchants of a category, a part of whom has it on these terms: more stock for the same trouble, and working
/// capital for less than it is worth.
pub fn relief(terms: LoanTerms, lent: f64, market: &MarketParameters) -> Relief {
    let gain = market.merchant_credit_need * Borrowers::of(terms, market).gain(market) * lent;
    Relief { saved: market.merchant_credit_lift * lent, gain }
}

/// A hazard as the economy makes it: whoever earns less pays back less often.
pub fn in_economy(hazard: f64, index: f64, market: &MarketParameters) -> f64 {
    // Nobody lives in an economy of nothing, but a level may say so.
    (hazard * libm::pow(index.max(1e-6), -market.default_cycle)).min(1.0)
}

/// What a lender earns in a month on a yuan of the credit that everybody wants, if it lends its own money on these terms in such an
/// economy: interest of those who pay it, less what is lost to defaults.
pub fn earned(terms: LoanTerms, index: f64, market: &MarketParameters) -> f64 {
    let borrowers = Borrowers::of(terms, market);
    let hazard = in_economy(borrowers.hazard(market), index, market);
    borrowers.part() * (terms.rate * (1.0 - hazard) - hazard * (1.0 - market.credit_recovery))
}

/// The terms on which a lender earns most in such an economy with its own money, among rates in steps of a thousandth: at each the
/// standard lets in all who pay for what is lost on them.
pub fn best_terms(index: f64, market: &MarketParameters) -> LoanTerms {
    const STEPS: u32 = 30;
    let hardest = in_economy(market.default_rate * (1.0 + market.default_slope), index, market);
    let at = |step: u32| {
        let rate = MAX_LOAN_RATE * f64::from(step) / f64::from(STEPS);
        // The hazard at which interest just pays for losses: rate · (1 − h) = h · (1 − recovery).
        let pays = rate / (rate + 1.0 - market.credit_recovery);
        let last = if pays >= hardest { 1.0 } else { libm::pow(pays / hardest, 1.0 / market.default_slope) };
        LoanTerms { rate, standard: 1.0 - last.min(1.0) }
    };
    let worth = |terms: &LoanTerms| earned(*terms, index, market);
    let best = (1..=STEPS).map(at).max_by(|one, other| worth(one).total_cmp(&worth(other)));
    best.filter(|terms| worth(terms) > 0.0).unwrap_or(LoanTerms::NONE)
}

/// The economy that last month's defaults of all lenders tell of, by what their loans would lose in a usual one; infinite where nobody
/// has defaulted.
pub fn implied_index(lending: &Lending, figures: &[LoanFigures], market: &MarketParameters) -> f64 {
    let loans = || lending.0.iter().flat_map(|book| book.cohorts()).flat_map(|cohort| &cohort.loans);
    let owed: f64 = loans().map(|loan| loan.owed as f64).sum();
    let usual = loans().map(|loan| loan.owed as f64 * loan.hazard).sum::<f64>() / owed.max(1.0);
    let (due, lost) =
        figures.iter().fold((0.0, 0.0), |(due, lost), one| (due + one.due, lost + one.defaulted));
    if usual <= 0.0 || lost <= 0.0 || market.default_cycle <= 0.0 {
        return f64::INFINITY;
    }
    libm::pow(lost / due / usual, -1.0 / market.default_cycle)
}

/// Whether outside funds have a part in loans on these terms: where their interest covers the losses that they can expect.
pub fn funds_join(terms: LoanTerms, index: f64, market: &MarketParameters) -> bool {
    let hazard = in_economy(Borrowers::of(terms, market).hazard(market), index, market);
    let lost = market.fund_loss * hazard * (1.0 - market.credit_recovery);
    market.fund_interest * terms.rate * (1.0 - hazard) >= lost
}

/// An amount of fen, what of it is outside funds' first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// Outside funds'.
    pub funds: i128,
    /// The platform's own.
    pub own: i128,
}

impl Parts {
    /// Both.
    pub fn sum(self) -> i128 {
        self.funds + self.own
    }
}

impl std::ops::AddAssign for Parts {
    fn add_assign(&mut self, other: Self) {
        self.funds += other.funds;
        self.own += other.own;
    }
}

/// What becomes of loans in a month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Serviced {
    /// Paid out, this month's loans.
    pub granted: Parts,
    /// Owed when instalments fell due.
    pub due: Parts,
    /// Defaulted on, and owed no longer.
    pub defaulted: Parts,
    /// What came back of that.
    pub recovered: Parts,
    /// Paid back.
    pub repaid: Parts,
    /// Interest, who keeps it.
    pub interest: Parts,
    /// What the platform pays to outside funds for losses that they do not bear.
    pub made_good: i128,
}

impl std::ops::AddAssign for Serviced {
    fn add_assign(&mut self, other: Self) {
        self.granted += other.granted;
        self.due += other.due;
        self.defaulted += other.defaulted;
        self.recovered += other.recovered;
        self.repaid += other.repaid;
        self.interest += other.interest;
        self.made_good += other.made_good;
    }
}

/// A month passes: some default, and all others pay an instalment and the interest. Both lenders have their parts of everything, but
/// for interest and losses on what outside funds lent.
pub fn service(loan: &mut Loan, index: f64, market: &MarketParameters) -> Serviced {
    let part = |of: i128, part: f64| (of as f64 * part).round() as i128;
    let split = |sum: i128, of: Parts| {
        let whole = of.sum();
        let funds = if whole > 0 { part(sum, of.funds as f64 / whole as f64).min(of.funds) } else { 0 };
        Parts { funds, own: sum - funds }
    };
    let due = Parts { funds: loan.funds, own: loan.owed - loan.funds };
    let granted = if loan.age == 0 { due } else { Parts::default() };
    let lost = part(loan.owed, in_economy(loan.hazard, index, market)).min(loan.owed);
    let defaulted = split(lost, due);
    let recovered = Parts {
        funds: part(defaulted.funds, market.credit_recovery),
        own: part(defaulted.own, market.credit_recovery),
    };
    let made_good = part(defaulted.funds - recovered.funds, 1.0 - market.fund_loss);
    let left = Parts { funds: due.funds - defaulted.funds, own: due.own - defaulted.own };
    let months = loan.term.saturating_sub(loan.age).max(1);
    let instalment = |of: i128| if months == 1 { of } else { part(of, 1.0 / f64::from(months)) };
    let repaid = Parts { funds: instalment(left.funds), own: instalment(left.own) };
    let on_funds = part(left.funds, loan.rate);
    let kept = part(on_funds, market.fund_interest);
    let interest = Parts { funds: kept, own: part(left.own, loan.rate) + on_funds - kept };
    loan.owed = left.sum() - repaid.sum();
    loan.funds = left.funds - repaid.funds;
    loan.age += 1;
    Serviced { granted, due, defaulted, recovered, repaid, interest, made_good }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::level::MarketBase;
    use crate::sim::state::loans::{Cohort, LoanBook};

    /// One in which credit is worth lending, as in the level that shows what it does.
    fn market() -> MarketParameters {
        MarketParameters { credit_worth: 0.05, ..MarketParameters::of(MarketBase::Standard) }
    }

    fn terms(rate: f64, standard: f64) -> LoanTerms {
        LoanTerms { rate, standard }
    }

    #[test]
    fn lending_grows_with_lower_standards_in_a_line_and_defaults_grow_faster() {
        let of = |standard: f64| {
            let borrowers = Borrowers::of(terms(0.015, standard), &market());
            (borrowers.part(), borrowers.part() * borrowers.hazard(&market()))
        };
        let steps: Vec<(f64, f64)> = [0.6, 0.4, 0.2, 0.0].into_iter().map(of).collect();
        for pair in steps.windows(3) {
            let more = |place: usize| pair[place + 1].0 - pair[place].0;
            assert!((more(0) - more(1)).abs() < 1e-12, "{steps:?}");
        }
        for pair in steps.windows(2) {
            let grown = |of: fn(&(f64, f64)) -> f64| of(&pair[1]) / of(&pair[0]);
            assert!(grown(|step| step.1) > grown(|step| step.0), "{steps:?}");
        }
    }

    #[test]
    fn everybody_taken_together_defaults_at_the_mean_rate() {
        let all = Borrowers::of(terms(0.0, 0.0), &market());
        assert_eq!((all.part(), all.hazard(&market())), (1.0, market().default_rate));
    }

    #[test]
    fn the_safe_leave_first_so_that_the_best_rate_lies_between_the_ends() {
        let worth: Vec<f64> =
            (0..=30).map(|step| earned(terms(f64::from(step) / 1000.0, 0.3), 1.0, &market())).collect();
        let best = (0..worth.len()).max_by(|&one, &other| worth[one].total_cmp(&worth[other])).expect("some");
        assert!((5..=28).contains(&best), "{best} of {worth:?}");
        let hazard = |rate| Borrowers::of(terms(rate, 0.3), &market()).hazard(&market());
        assert!(hazard(0.02) > hazard(0.01), "who is left at a higher rate is riskier");
    }

    #[test]
    fn no_terms_that_could_be_asked_earn_more_than_the_best() {
        for index in [1.0, 0.8, 0.6] {
            let best = best_terms(index, &market());
            let most = earned(best, index, &market());
            for (rate, standard) in (0..=30).flat_map(|rate| (0..=20).map(move |standard| (rate, standard))) {
                let other = terms(f64::from(rate) / 1000.0, f64::from(standard) / 20.0);
                assert!(earned(other, index, &market()) <= most + 1e-12, "{index}: {other:?} beats {best:?}");
            }
        }
        let standard = |index| best_terms(index, &market()).standard;
        assert!(standard(0.8) > standard(1.0) + 0.05, "a downturn asks for higher standards");
    }

    #[test]
    fn defaults_tell_of_the_economy_that_they_were_made_in() {
        let mut loan = Loan { owed: 10_000_000, funds: 0, age: 1, term: 6, rate: 0.01, hazard: 0.01 };
        let month = service(&mut loan, 0.9, &market());
        let figures = LoanFigures {
            due: month.due.sum() as f64,
            defaulted: month.defaulted.sum() as f64,
            ..LoanFigures::default()
        };
        let cohort = Cohort { lent: 0.0, loans: vec![loan] };
        let lending = Lending(vec![LoanBook { buyers: vec![cohort], ..LoanBook::default() }]);
        assert!((implied_index(&lending, &[figures], &market()) - 0.9).abs() < 1e-4);
        assert_eq!(implied_index(&Lending::default(), &[], &market()), f64::INFINITY);
    }

    #[test]
    fn nobody_borrows_beyond_what_it_is_worth_or_below_the_standard() {
        for (rate, standard) in [(0.0, 1.0), (0.03, 0.5), (1.0, 0.0)] {
            let none = Borrowers::of(terms(rate, standard), &market());
            assert_eq!((none.part(), none.hazard(&market())), (0.0, 0.0));
        }
    }

    #[test]
    fn defaults_rise_as_the_economy_falls_and_funds_go_first() {
        let usual = in_economy(0.01, 1.0, &market());
        assert_eq!(usual, 0.01);
        assert!(in_economy(0.01, 0.8, &market()) > 2.0 * usual);
        assert_eq!(in_economy(0.5, 0.1, &market()), 1.0);
        let usual = terms(0.015, 0.3);
        assert!(funds_join(usual, 1.0, &market()) && !funds_join(usual, 0.8, &market()));
    }

    #[test]
    fn a_loan_is_paid_back_to_the_fen_within_its_term() {
        let mut loan = Loan { owed: 1_000_003, funds: 300_001, age: 0, term: 6, rate: 0.015, hazard: 0.02 };
        let mut all = Serviced::default();
        for _ in 0..6 {
            all += service(&mut loan, 0.9, &market());
        }
        assert_eq!((loan.owed, loan.funds), (0, 0));
        assert_eq!(all.granted, Parts { funds: 300_001, own: 700_002 });
        assert_eq!(all.defaulted.own + all.repaid.own, 700_002);
        assert_eq!(all.defaulted.funds + all.repaid.funds, 300_001);
        let lost = all.defaulted.funds - all.recovered.funds;
        assert!((all.made_good as f64 - 0.2 * lost as f64).abs() <= 6.0, "{all:?}");
    }
}
