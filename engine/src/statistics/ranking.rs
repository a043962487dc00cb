//! Who finished how in one match.

/// Players in order, best first, those in one group level with each other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ranking(pub Vec<Vec<usize>>);

impl Ranking {
    /// By score, higher is better. Equal scores tie.
    pub fn by_score(players: &[usize], scores: &[f64]) -> Self {
        let mut order: Vec<usize> = (0..players.len()).collect();
        // Who are level stand by number: the same result is the same ranking, however its rows are ordered.
        order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(players[a].cmp(&players[b])));
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut last = None;
        for place in order {
            match groups.last_mut() {
                Some(group) if last == Some(scores[place]) => group.push(players[place]),
                _ => groups.push(vec![players[place]]),
            }
            last = Some(scores[place]);
        }
        // Zero and minus zero are level and were sorted apart.
        groups.iter_mut().for_each(|group| group.sort_unstable());
        Self(groups)
    }

    /// Players, best first.
    pub fn players(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().flatten().copied()
    }

    /// Whether one is first and all others are level behind: more than who won is not known, or was not kept.
    pub fn names_the_winner_alone(&self) -> bool {
        matches!(&self.0[..], [first, rest] if first.len() == 1 && rest.len() > 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_ranked_best_first_and_equal_scores_tie() {
        assert_eq!(Ranking::by_score(&[4, 2, 7], &[1.0, 3.0, 1.0]).0, [vec![2], vec![4, 7]]);
        assert_eq!(Ranking::by_score(&[7, 2, 4], &[0.0, 3.0, -0.0]).0, [vec![2], vec![4, 7]]);
    }

    #[test]
    fn one_ahead_of_a_level_field_names_the_winner_alone() {
        let of = |scores: &[f64]| Ranking::by_score(&[0, 1, 2], scores).names_the_winner_alone();
        assert!(of(&[0.0, 1.0, 0.0]));
        assert!(!of(&[0.0, 1.0, 1.0]) && !of(&[0.0, 1.0, 2.0]) && !of(&[1.0; 3]));
        assert!(!Ranking::by_score(&[0, 1], &[1.0, 0.0]).names_the_winner_alone());
    }
}
