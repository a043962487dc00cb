//! Rock, paper, scissors: who beats whom in a circle.

/// Circles of three in a relation `beats(a, b)` among `players`, each once, beginning with its lowest number.
pub fn cycles(players: usize, beats: impl Fn(usize, usize) -> bool) -> Vec<[usize; 3]> {
    let mut found = Vec::new();
    for a in 0..players {
        for b in a + 1..players {
            for c in b + 1..players {
                for [x, y, z] in [[a, b, c], [a, c, b]] {
                    if beats(x, y) && beats(y, z) && beats(z, x) {
                        found.push([x, y, z]);
                    }
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rock_paper_scissors_is_one_circle_and_an_order_is_none() {
        assert_eq!(cycles(3, |a, b| (a + 1) % 3 == b), [[0, 1, 2]]);
        assert!(cycles(5, |a, b| a < b).is_empty());
    }
}
