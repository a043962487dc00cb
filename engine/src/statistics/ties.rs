//! What a group of level players says of their strengths.
//!
//! Level players could have finished in any order. The log-likelihood is the mean over all these orders, each as likely, as
//! statistics of ranks with ties are the mean over all ways to break them (Woodbury 1940; Kendall 1945); for two who are level
//! that is half a win each. After j of a group of m are left, every j of them are so equally often: the mean over orders is
//! a sum over j of the mean over subsets of j. Groups of up to [`EXACT`] are summed over all subsets. In larger ones the sum of
//! strengths left is near its mean, and the mean of its logarithm is that of a lognormal number of its mean and variance; with
//! one, all but one and all left it is exact. So the work is linear in the players.

/// Members of a group up to which every subset is looked at.
const EXACT: usize = 8;

/// Sums over the choices of a level group, of which the one that is made is as often each member.
#[derive(Clone, Debug, Default)]
pub(super) struct Level {
    /// Σ of mean logarithms of the strengths (as odds) that could have been chosen.
    pub(super) log: f64,
    /// Σ of means of one over these strengths: what it costs those below the group.
    pub(super) below: f64,
    /// Σ of means of one over their squares.
    pub(super) below_square: f64,
    /// By member: the same, where the member could have been chosen.
    pub(super) member: Vec<f64>,
    /// By member, over squares.
    pub(super) member_square: Vec<f64>,
    /// By two members (row · m + column), over squares, where both could.
    pub(super) pair_square: Vec<f64>,
}

impl Level {
    /// A group of members with such odds (e^strength), above others whose odds sum to `below`. Curvature (squares) only where
    /// it is asked for; in large groups it is that of the mean alone.
    pub(super) fn set(&mut self, odds: &[f64], below: f64, curvature: bool) {
        let m = odds.len();
        (self.log, self.below, self.below_square) = (0.0, 0.0, 0.0);
        for list in [&mut self.member, &mut self.member_square] {
            list.clear();
            list.resize(m, 0.0);
        }
        self.pair_square.clear();
        self.pair_square.resize(if curvature { m * m } else { 0 }, 0.0);
        if m <= EXACT { self.exact(odds, below, curvature) } else { self.near(odds, below, curvature) }
    }

    fn exact(&mut self, odds: &[f64], below: f64, curvature: bool) {
        let m = odds.len();
        let mut subsets = [1.0; EXACT + 1];
        (1..=m).for_each(|j| subsets[j] = subsets[j - 1] * (m + 1 - j) as f64 / j as f64);
        for set in 1..1usize << m {
            let members = || (0..m).filter(move |member| set >> member & 1 == 1);
            let sum = below + members().map(|member| odds[member]).sum::<f64>();
            let weight = 1.0 / subsets[set.count_ones() as usize];
            let (one, square) = (weight / sum, weight / (sum * sum));
            self.log += weight * libm::log(sum);
            self.below += one;
            self.below_square += square;
            for member in members() {
                self.member[member] += one;
                self.member_square[member] += square;
                if curvature {
                    members().for_each(|other| self.pair_square[member * m + other] += square);
                }
            }
        }
    }

    fn near(&mut self, odds: &[f64], below: f64, curvature: bool) {
        let (m, all) = (odds.len(), odds.len() as f64);
        let sum: f64 = odds.iter().sum();
        let squares: f64 = odds.iter().map(|odds| odds * odds).sum();
        // All left.
        let whole = below + sum;
        self.log += libm::log(whole);
        self.below += 1.0 / whole;
        // One left, and all but one.
        let without: f64 = odds.iter().map(|odds| 1.0 / (whole - odds)).sum();
        for (&own, member) in odds.iter().zip(&mut self.member) {
            self.log += (libm::log(below + own) + libm::log(whole - own)) / all;
            self.below += (1.0 / (below + own) + 1.0 / (whole - own)) / all;
            *member += 1.0 / whole + (1.0 / (below + own) + without - 1.0 / (whole - own)) / all;
        }
        // In between: 2 log E[x] − ½ log E[x²], the mean logarithm of a lognormal x.
        let (mut constant, mut slope) = (0.0, 0.0);
        for left in 2..m - 1 {
            let part = left as f64 / all;
            let both = part * (left as f64 - 1.0) / (all - 1.0);
            let mean = below + part * sum;
            let second =
                below * below + 2.0 * below * part * sum + part * squares + both * (sum * sum - squares);
            self.log += 2.0 * libm::log(mean) - 0.5 * libm::log(second);
            self.below += 2.0 / mean - mean / second;
            constant += 2.0 * part / mean - (below * part + both * sum) / second;
            slope -= (part - both) / second;
        }
        odds.iter().zip(&mut self.member).for_each(|(odds, member)| *member += constant + slope * odds);
        if curvature {
            let (mut one, mut two) = (0.0, 0.0);
            for left in 1..=m {
                let part = left as f64 / all;
                let square = 1.0 / (below + part * sum).powi(2);
                self.below_square += square;
                one += part * square;
                two += part * (left as f64 - 1.0) / (all - 1.0) * square;
            }
            self.member_square.fill(one);
            self.pair_square.fill(two);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sums over every order, one after another.
    fn over_all_orders(odds: &[f64], below: f64) -> (f64, Vec<f64>) {
        fn visit(left: &[usize], odds: &[f64], below: f64, weight: f64, sums: &mut (f64, Vec<f64>)) {
            let sum = below + left.iter().map(|&member| odds[member]).sum::<f64>();
            sums.0 += weight * libm::log(sum);
            left.iter().for_each(|&member| sums.1[member] += weight / sum);
            for next in left.iter().filter(|_| left.len() > 1) {
                let rest: Vec<usize> = left.iter().copied().filter(|member| member != next).collect();
                visit(&rest, odds, below, weight / left.len() as f64, sums);
            }
        }
        let mut sums = (0.0, vec![0.0; odds.len()]);
        visit(&(0..odds.len()).collect::<Vec<_>>(), odds, below, 1.0, &mut sums);
        sums
    }

    #[test]
    fn a_level_group_is_the_mean_over_all_its_orders() {
        for below in [0.0, 2.5] {
            for odds in [vec![1.0, 3.0], vec![0.2, 1.0, 4.0], vec![0.5, 0.7, 1.0, 2.0, 3.0, 9.0]] {
                let mut level = Level::default();
                level.set(&odds, below, true);
                let (log, member) = over_all_orders(&odds, below);
                assert!((level.log - log).abs() < 1e-12, "{odds:?}: {} is not {log}", level.log);
                let near = level.member.iter().zip(&member).all(|(a, b)| (a - b).abs() < 1e-12);
                assert!(near, "{odds:?}: {:?} is not {member:?}", level.member);
            }
        }
    }

    #[test]
    fn large_groups_are_near_the_mean_over_all_orders() {
        // Nine members over 350 Elo points: within a twentieth of what each has to answer for.
        let odds: Vec<f64> = (0..9).map(|i| libm::exp(-1.0 + 0.25 * f64::from(i))).collect();
        for below in [0.0, 2.5] {
            let (mut near, mut exact) = (Level::default(), Level::default());
            near.set(&odds, below, false);
            let (log, member) = over_all_orders(&odds, below);
            assert!((near.log - log).abs() < 0.03, "{} is not {log}", near.log);
            exact.member = member;
            for (own, (a, b)) in odds.iter().zip(near.member.iter().zip(&exact.member)) {
                assert!((a / b - 1.0).abs() < 0.05, "{own}, {below}: {:?}, {:?}", near.member, exact.member);
            }
        }
    }
}
