//! Who can be compared with whom: who met somebody who met somebody, and so on.

/// Groups of players between whom there is a chain of meetings, as lists of players: each group once, in the order of its first player.
pub fn connected(players: usize, meetings: impl IntoIterator<Item = (usize, usize)>) -> Vec<Vec<usize>> {
    // By player, one on the way to the first of its group.
    let mut towards: Vec<usize> = (0..players).collect();
    fn first(towards: &mut [usize], mut player: usize) -> usize {
        while towards[player] != player {
            towards[player] = towards[towards[player]];
            player = towards[player];
        }
        player
    }
    for (one, other) in meetings {
        let (one, other) = (first(&mut towards, one), first(&mut towards, other));
        towards[one.max(other)] = one.min(other);
    }
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); players];
    (0..players).for_each(|player| groups[first(&mut towards, player)].push(player));
    groups.retain(|group| !group.is_empty());
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_of_meetings_is_one_group_and_whoever_met_nobody_is_alone() {
        assert_eq!(connected(6, [(4, 1), (0, 2), (1, 5)]), [vec![0, 2], vec![1, 4, 5], vec![3]]);
        assert_eq!(connected(3, [(2, 1), (1, 0), (0, 2)]), [vec![0, 1, 2]]);
    }
}
