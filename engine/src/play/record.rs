//! What a match teaches about its forecasts: how far off they were, and what goes on without anybody's orders.

use serde::{Deserialize, Serialize};

use super::explain::{Explained, Label};
use super::figure::{Figure, Subject};
use super::forecast::{Forecast, HORIZONS};
use crate::level::Level;
use crate::sim::Outcome;

/// A month's ups and downs, as part of all that a figure is the sum of: the first guess of the error. In the first month
/// every rival orders what nobody could know of: bands are widest then.
const SWING: f64 = 0.015;
/// Misses that the first guess counts for: the first that is seen says more.
const GUESS: f64 = 0.5;
/// Misses that are remembered, and by how much less each counts than the one after it: rivals move most in the first months.
const REMEMBERED: usize = 24;
const FADING: f64 = 0.8;
/// By what power of the months an error grows: whoever is off in one month is mostly off in the next one too.
const GROWTH: f64 = 1.05;
/// Misses of further months that what months alone have taught counts for.
const LIKENESS: f64 = 2.0;
/// Part of a miss that is taken to go on, a month, and what is left of that a month later.
const GOES_ON: f64 = 0.3;
const LASTING: f64 = 0.95;

/// How far off forecasts were, the latest last, and what goes on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    misses: Vec<Miss>,
    drifts: Vec<(Subject, Explained)>,
}

/// By how much more than expected came.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Miss {
    subject: Subject,
    months: u32,
    much: f64,
}

impl Record {
    /// What forecasts of the coming month have missed by, the latest last.
    pub(super) fn of_months(misses: impl IntoIterator<Item = (Subject, f64)>) -> Self {
        let miss = |(subject, much)| Miss { subject, months: 1, much };
        Self { misses: misses.into_iter().map(miss).collect(), drifts: Vec::new() }
    }

    /// Learns from a month: by how much each number came out higher than each of these forecasts had it. What is paid once is no miss:
    /// it says nothing of months to come.
    pub fn add<'a>(
        &mut self,
        level: &Level,
        made: impl IntoIterator<Item = &'a Forecast>,
        outcome: &Outcome,
        me: usize,
    ) {
        for forecast in made {
            for months in HORIZONS {
                if forecast.turn + months == outcome.turn + 1 {
                    self.learn(level, forecast, months, outcome, me);
                }
            }
        }
    }

    fn learn(&mut self, level: &Level, forecast: &Forecast, months: u32, outcome: &Outcome, me: usize) {
        for (subject, expected) in forecast.expected(months) {
            let Some(found) = subject.read(level, outcome, me) else { continue };
            let mut miss = found.less(&expected);
            if subject == Subject::Figure(Figure::Profit) {
                miss = miss.of_kind(Label::goes_on);
            }
            self.misses.push(Miss { subject, months, much: miss.total });
            if self.of(subject, months).count() > REMEMBERED {
                let same = |miss: &Miss| (miss.subject, miss.months) == (subject, months);
                self.misses.iter().position(same).map(|oldest| self.misses.remove(oldest));
            }
            if months == 1 {
                self.go_on(subject, &miss);
            }
        }
    }

    /// A part of a miss is expected to go on.
    fn go_on(&mut self, subject: Subject, miss: &Explained) {
        let mut drift = Explained::default();
        if let Some(place) = self.drifts.iter().position(|(known, _)| *known == subject) {
            drift.add(&self.drifts.remove(place).1, LASTING);
        }
        drift.add(miss, GOES_ON);
        self.drifts.push((subject, drift));
    }

    /// By how much a number is likely to have changed after so many months by what is under way: less in each of them.
    pub(super) fn under_way(&self, subject: Subject, months: u32) -> Explained {
        let left = (1..=months).map(|month| libm::pow(LASTING, f64::from(month))).sum::<f64>();
        let mut change = Explained::default();
        if let Some((_, drift)) = self.drifts.iter().find(|(known, _)| *known == subject) {
            change.add(drift, left);
        }
        change
    }

    /// How far a number is likely to be off that is the sum of so much.
    pub(super) fn deviation(&self, subject: Subject, months: u32, size: f64) -> f64 {
        let known = |months: u32| self.known_deviation(subject, months, SWING * size);
        let after = HORIZONS.iter().position(|&horizon| horizon >= months).unwrap_or(HORIZONS.len() - 1);
        let (next, last) = (HORIZONS[after], HORIZONS[after.saturating_sub(1)]);
        if next == months || next == last {
            return known(next);
        }
        // Between two horizons it grows by a power.
        let part =
            libm::log(f64::from(months) / f64::from(last)) / libm::log(f64::from(next) / f64::from(last));
        libm::pow(known(last), 1.0 - part) * libm::pow(known(next), part)
    }

    /// How far a number is likely to be off that was guessed to be off by so much.
    pub(super) fn learned(&self, subject: Subject, months: u32, guess: f64) -> f64 {
        let (mut sum, mut count) = (LIKENESS * guess * guess, LIKENESS);
        self.fold(subject, months, (&mut sum, &mut count));
        libm::sqrt(sum / count)
    }

    fn known_deviation(&self, subject: Subject, months: u32, swing: f64) -> f64 {
        let (mut sum, mut count) = (GUESS * swing * swing, GUESS);
        self.fold(subject, 1, (&mut sum, &mut count));
        if months > 1 {
            let growth = libm::pow(f64::from(months), GROWTH);
            (sum, count) = (LIKENESS * growth * growth * sum / count, LIKENESS);
            self.fold(subject, months, (&mut sum, &mut count));
        }
        libm::sqrt(sum / count)
    }

    fn fold(&self, subject: Subject, months: u32, (sum, count): (&mut f64, &mut f64)) {
        for miss in self.of(subject, months) {
            *sum = FADING * *sum + miss * miss;
            *count = FADING * *count + 1.0;
        }
    }

    fn of(&self, subject: Subject, months: u32) -> impl Iterator<Item = f64> {
        let same = move |miss: &&Miss| (miss.subject, miss.months) == (subject, months);
        self.misses.iter().filter(same).map(|miss| miss.much)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::play::{Band, FigureForecast};
    use crate::sim::Flow;
    use crate::strategy::vocabulary;

    const SHARE: Subject = Subject::Figure(Figure::Share);

    #[test]
    fn a_miss_of_last_month_widens_a_band_more_than_one_of_long_ago() {
        let after = |misses: &[f64]| {
            Record::of_months(misses.iter().map(|&miss| (SHARE, miss))).deviation(SHARE, 1, 0.0)
        };
        let (early, late) = (after(&[0.3, 0.1, 0.1, 0.1]), after(&[0.1, 0.1, 0.1, 0.3]));
        assert!(0.1 < early && early < late && late < 0.3, "{early} {late}");
    }

    #[test]
    fn what_a_month_teaches_holds_for_a_year_until_a_year_is_known() {
        let mut record = Record::of_months([(SHARE, 0.01); 6]);
        let wide = |record: &Record| [1, 2, 3, 7, 12].map(|months| record.deviation(SHARE, months, 0.3));
        let guessed = wide(&record);
        assert!(guessed.is_sorted() && guessed[4] > 8.0 * guessed[0], "{guessed:?}");
        record.misses.extend([Miss { subject: SHARE, months: 12, much: 0.01 }; 6]);
        let known = wide(&record);
        assert!(known[4] < 0.6 * guessed[4], "{known:?}");
        assert_eq!(known[..3], guessed[..3], "it says nothing of nearer months");
    }

    /// What is remembered after a month of which a profit of nothing was forecast, and in which so much was paid.
    fn after(flow: Flow, yuan: f64) -> Record {
        let level = Level::find("tutorial/two-gardens", &[], &vocabulary()).expect("is shipped");
        let band = Band { low: 0.0, middle: 0.0, high: 0.0 };
        let expected = Explained::default();
        let forecast = Forecast {
            turn: 3,
            figures: vec![FigureForecast { figure: Figure::Profit, now: 0.0, band, expected }],
            objectives: Vec::new(),
            later: Vec::new(),
            due: Vec::new(),
        };
        let mut outcome = Outcome::of_turn(&level, 3);
        outcome.flows[0][flow as usize] = (-100.0 * yuan) as i128;
        outcome.profit[0] = -yuan;
        let mut record = Record::default();
        record.add(&level, [&forecast], &outcome, 0);
        record
    }

    #[test]
    fn what_was_missed_goes_on_by_degrees_but_not_what_is_paid_once() {
        let profit = Subject::Figure(Figure::Profit);
        let dearer = after(Flow::Carriage, 1e6);
        let [month, quarter, year] = [1, 3, 12].map(|months| dearer.under_way(profit, months).total);
        assert!(month < -1e5 && quarter < 2.0 * month && year < quarter, "{month} {quarter} {year}");
        assert!(year > 12.0 * month, "it fades");
        assert!(dearer.deviation(profit, 1, 0.0) > 5e5);
        for flow in [Flow::Fines, Flow::Building, Flow::AgreementPayments] {
            let once = after(flow, 1e6);
            assert_eq!(once.under_way(profit, 12).total, 0.0, "{flow:?}");
            assert_eq!(once.deviation(profit, 1, 0.0), 0.0, "{flow:?}");
        }
    }

    #[test]
    fn a_forecast_is_held_against_the_month_that_it_is_of() {
        let level = Level::find("tutorial/two-gardens", &[], &vocabulary()).expect("is shipped");
        let record = after(Flow::Carriage, 1e6);
        let forecast = Forecast {
            turn: 3,
            figures: Vec::new(),
            objectives: Vec::new(),
            later: Vec::new(),
            due: Vec::new(),
        };
        let mut same = record.clone();
        same.add(&level, [&forecast], &Outcome::of_turn(&level, 4), 0);
        assert_eq!(same, record, "the fourth month is not what was forecast for the third");
    }
}
