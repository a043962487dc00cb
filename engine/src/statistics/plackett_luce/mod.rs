//! Strengths from finishing orders: Plackett and Luce's model by maximum likelihood; with two players it is Bradley and
//! Terry's.
//!
//! Of those still in the running, each is next with a probability proportional to e^strength (Plackett 1975; Luce 1959); what
//! level players say is in [`super::ties`]. The likelihood is concave in the strengths (Hunter 2004), so Newton's method
//! finds its only maximum.

mod fit;
mod likelihood;
#[cfg(test)]
mod peers;
mod rankings;

pub(super) use self::likelihood::Imagined;
pub use self::rankings::Rankings;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::ranking::Ranking;

    fn rankings(players: usize, rankings: &[Ranking]) -> Rankings {
        Rankings::new(players, rankings.chunks(1).map(|block| (block, 1.0)))
    }

    fn strengths(players: usize, all: &[Ranking]) -> Vec<f64> {
        rankings(players, all).strengths()
    }

    fn order(order: &[usize]) -> Ranking {
        Ranking(order.iter().map(|&player| vec![player]).collect())
    }

    #[test]
    fn two_players_have_the_odds_of_their_matches() {
        let mut matches = vec![order(&[0, 1]); 3000];
        matches.extend(vec![order(&[1, 0]); 1000]);
        let found = strengths(2, &matches);
        assert!((found[0] - found[1] - libm::log(3.0)).abs() < 1e-3, "{found:?}");
    }

    #[test]
    fn a_tie_is_half_a_win_for_each() {
        let tied = strengths(2, &vec![Ranking(vec![vec![0, 1]]); 10]);
        assert!(tied.iter().all(|s| s.abs() < 1e-12), "{tied:?}");
        let mut half = vec![order(&[0, 1]); 20];
        half.extend(vec![Ranking(vec![vec![0, 1]]); 20]);
        let mut counted = vec![order(&[0, 1]); 30];
        counted.extend(vec![order(&[1, 0]); 10]);
        let (half, counted) = (strengths(2, &half), strengths(2, &counted));
        assert!((half[0] - counted[0]).abs() < 1e-9, "{half:?}, {counted:?}");
    }

    #[test]
    fn whoever_wins_or_loses_everything_stays_finite() {
        let found = strengths(3, &vec![order(&[0, 1, 2]); 500]);
        assert!(found.iter().all(|s| s.is_finite() && s.abs() < 20.0), "{found:?}");
        assert!(found[0] > found[1] && found[1] > found[2]);
    }

    #[test]
    fn at_the_maximum_every_player_is_first_as_often_as_expected() {
        // The conditions of the maximum (Hunter 2004): wins equal expected wins. Checked on full orders of four.
        let rankings: Vec<Ranking> =
            [[0, 1, 2, 3], [1, 0, 3, 2], [2, 0, 1, 3], [0, 2, 3, 1], [3, 1, 0, 2], [0, 1, 3, 2]]
                .iter()
                .cycle()
                .take(6000)
                .map(|places| order(places))
                .collect();
        let found = strengths(4, &rankings);
        let powers: Vec<f64> = found.iter().map(|&s| libm::exp(s)).collect();
        let mut balance = [0.0; 4];
        for ranking in &rankings {
            let players: Vec<usize> = ranking.0.iter().flatten().copied().collect();
            for place in 0..3 {
                let rest: f64 = players[place..].iter().map(|&p| powers[p]).sum();
                balance[players[place]] += 1.0;
                players[place..].iter().for_each(|&p| balance[p] -= powers[p] / rest);
            }
        }
        assert!(balance.iter().all(|b| b.abs() < 1.0), "{balance:?}");
    }

    #[test]
    fn ties_are_the_mean_over_all_orders_whoever_is_listed_first() {
        // One match in which four are level, and one strict order.
        let points = |names: [usize; 4]| {
            let level = Ranking::by_score(&names, &[1.0; 4]);
            let found = strengths(4, &[level, order(&[0, 1, 2, 3])]);
            found.iter().map(|s| s * 400.0 / std::f64::consts::LN_10).collect::<Vec<f64>>()
        };
        let expected = [114.97, 50.41, -25.58, -139.80];
        for names in [[0, 1, 2, 3], [3, 1, 0, 2], [2, 3, 1, 0]] {
            let found = points(names);
            assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 0.01), "{names:?}: {found:?}");
        }
    }

    #[test]
    fn groups_of_every_size_are_rated_by_results_alone() {
        // Level groups below and above those that are summed exactly, and a hundred players with eleven marks.
        for (players, marks) in [(12, 2), (20, 3), (40, 3), (100, 11)] {
            let all: Vec<Ranking> = (0..30)
                .map(|game: usize| {
                    let names: Vec<usize> = (0..players).map(|p| (p * 7 + game) % players).collect();
                    let mark =
                        |&player: &usize| ((player * 13 + game * 29) % 97 % marks + player / 40) as f64;
                    Ranking::by_score(&names, &names.iter().map(mark).collect::<Vec<f64>>())
                })
                .collect();
            let found = strengths(players, &all);
            assert!(found.iter().all(|s| s.is_finite()), "{found:?}");
            let renamed: Vec<Ranking> = all
                .iter()
                .map(|ranking| {
                    Ranking(ranking.0.iter().map(|g| g.iter().map(|p| players - 1 - p).collect()).collect())
                })
                .collect();
            let turned = strengths(players, &renamed);
            let alike = found.iter().zip(turned.iter().rev()).all(|(a, b)| (a - b).abs() < 1e-8);
            assert!(alike, "{players}: {found:?} and {turned:?}");
        }
    }

    #[test]
    fn a_block_of_twice_the_weight_is_two() {
        let (one, other) = (vec![order(&[0, 1, 2])], vec![order(&[1, 0, 2]), order(&[2, 1, 0])]);
        let weighed = Rankings::new(3, [(&one[..], 2.0), (&other[..], 1.0)]).strengths();
        let twice = Rankings::new(3, [(&one[..], 1.0), (&other[..], 1.0), (&one[..], 1.0)]).strengths();
        assert!(weighed.iter().zip(&twice).all(|(a, b)| (a - b).abs() < 1e-9), "{weighed:?}, {twice:?}");
    }
}
