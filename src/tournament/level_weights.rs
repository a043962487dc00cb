//! What a match counts: levels weigh alike, however many seats they have and however many matches were played on them.

use crate::statistics::Ranking;

/// By block, how often each of its matches counts, so that every level weighs as `wanted` says, or alike where that says nothing.
/// What a level weighs is the choices in it: a match of six is five (who is first of six, who next of five), a duel one. All together
/// weigh as much as without weights. `levels` is by block.
pub(super) fn level_weights(blocks: &[Vec<Ranking>], levels: &[usize], wanted: &[f64]) -> Vec<f64> {
    let count = levels.iter().max().map_or(0, |last| last + 1);
    let mut choices = vec![0.0; count];
    for (block, &level) in blocks.iter().zip(levels) {
        let of = |ranking: &Ranking| (ranking.players().count().max(1) - 1) as f64;
        choices[level] += block.iter().map(of).sum::<f64>();
    }
    let wanted = |level: usize| wanted.get(level).copied().unwrap_or(1.0);
    let played = |level: &usize| choices[*level] > 0.0;
    let all: f64 = choices.iter().sum();
    let together: f64 = (0..count).filter(played).map(wanted).sum();
    levels
        .iter()
        .map(|&level| if played(&level) { wanted(level) / together * all / choices[level] } else { 1.0 })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_weighs_alike_or_as_it_was_wanted() {
        let order = |players: usize| Ranking((0..players).map(|player| vec![player]).collect());
        let blocks = [vec![order(2); 2], vec![order(2); 2], vec![order(6); 6]];
        let weigh = |weights: &[f64]| {
            let of = |(block, weight): (&Vec<Ranking>, &f64)| {
                block.len() as f64 * weight * (block[0].0.len() - 1) as f64
            };
            blocks.iter().zip(weights).map(of).collect::<Vec<f64>>()
        };
        let alike = weigh(&level_weights(&blocks, &[0, 0, 1], &[]));
        assert!((alike[0] + alike[1] - alike[2]).abs() < 1e-12, "{alike:?}");
        assert!((alike.iter().sum::<f64>() - 34.0).abs() < 1e-12, "as much as without");
        let wanted = weigh(&level_weights(&blocks, &[0, 0, 1], &[3.0, 1.0]));
        assert!((wanted[0] + wanted[1] - 3.0 * wanted[2]).abs() < 1e-12, "{wanted:?}");
        assert_eq!(level_weights(&blocks[..2], &[0, 0], &[]), [1.0, 1.0], "one level is as it is");
    }
}
