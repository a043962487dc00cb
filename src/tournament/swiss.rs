//! Who meets whom in a round of a Swiss tournament.

/// The line-ups of a round: `standing` has everybody, best first, `played` how much each has played, `met` how often every two
/// have met. All play once; where seats do not come out, those who have played least play twice. Who meet stand as near each
/// other as can be, but nobody meets again while one near has met less: first the number of meetings counts, then the distance.
pub(super) fn swiss_round(
    standing: &[usize],
    seats: usize,
    played: &[i32],
    met: &[Vec<usize>],
) -> Vec<Vec<usize>> {
    let entries = standing.len();
    let mut twice: Vec<usize> = (0..entries).collect();
    twice.sort_by_key(|&place| played[standing[place]]);
    twice.truncate(entries.div_ceil(seats) * seats - entries);
    // By place in the standings: neighbours in groups, and whoever plays twice once more behind its own place.
    let mut places: Vec<usize> = (0..entries).chain(twice).collect();
    places.sort_unstable();
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); places.len() / seats];
    for place in places {
        let open = |group: &Vec<usize>| group.len() < seats;
        if let Some(free) = groups.iter().position(|group| open(group) && !group.contains(&place)) {
            groups[free].push(place);
        } else if let Some(last) = groups.iter().position(open) {
            // It sits there already: somebody of another group goes there, and it takes that place.
            let moved = groups.iter().enumerate().find_map(|(number, group)| {
                let goes = |member: &usize| !group.contains(&place) && !groups[last].contains(member);
                group.iter().position(goes).map(|member| (number, member))
            });
            if let Some((number, member)) = moved {
                let goes = std::mem::replace(&mut groups[number][member], place);
                groups[last].push(goes);
            }
        }
    }
    let cost = |group: &[usize]| -> (usize, usize) {
        let mut sum = (0, 0);
        for (number, &a) in group.iter().enumerate() {
            for &b in &group[number + 1..] {
                let meetings = met[standing[a]][standing[b]];
                // The fifth meeting is worse than three second ones.
                sum = (sum.0 + meetings * meetings, sum.1 + a.abs_diff(b).pow(2));
            }
        }
        sum
    };
    while exchange(&mut groups, &cost) {}
    groups.into_iter().map(|group| group.into_iter().map(|place| standing[place]).collect()).collect()
}

/// Exchanges two members of two groups for which that is better; whether there are any.
fn exchange(groups: &mut [Vec<usize>], cost: &impl Fn(&[usize]) -> (usize, usize)) -> bool {
    let both = |one: &[usize], other: &[usize]| {
        let (a, b) = (cost(one), cost(other));
        (a.0 + b.0, a.1 + b.1)
    };
    for one in 0..groups.len() {
        for other in one + 1..groups.len() {
            let now = both(&groups[one], &groups[other]);
            for (a, b) in (0..groups[one].len()).flat_map(|a| (0..groups[other].len()).map(move |b| (a, b))) {
                let (mut first, mut second) = (groups[one].clone(), groups[other].clone());
                let (to_second, to_first) = (first[a], second[b]);
                if first.contains(&to_first) || second.contains(&to_second) {
                    continue;
                }
                (first[a], second[b]) = (to_first, to_second);
                if both(&first, &second) < now {
                    (groups[one], groups[other]) = (first, second);
                    return true;
                }
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rounds between players of whom the lower number always wins; how often each played, and every two met.
    fn rounds(entries: usize, seats: usize, rounds: usize) -> (Vec<i32>, Vec<Vec<usize>>) {
        let (mut played, mut met) = (vec![0; entries], vec![vec![0; entries]; entries]);
        let standing: Vec<usize> = (0..entries).collect();
        for _ in 0..rounds {
            for lineup in swiss_round(&standing, seats, &played, &met) {
                for &a in &lineup {
                    played[a] += 1;
                    lineup.iter().filter(|&&b| b != a).for_each(|&b| met[a][b] += 1);
                }
            }
        }
        (played, met)
    }

    #[test]
    fn everybody_plays_as_often_and_nobody_meets_again_while_others_have_met_less() {
        for (entries, seats, count) in
            [(3, 2, 10), (5, 2, 10), (8, 2, 7), (8, 2, 14), (7, 2, 9), (9, 4, 12), (6, 6, 3)]
        {
            let (played, met) = rounds(entries, seats, count);
            let apart = |counts: Vec<i32>| {
                counts.iter().max().zip(counts.iter().min()).map_or(0, |(most, least)| most - least)
            };
            assert!(apart(played.clone()) <= 1, "{entries} in {seats} seats: played {played:?}");
            let pairs = || (0..entries).flat_map(|a| (0..a).map(move |b| (a, b)));
            let slack = if seats == 2 { 1 } else { 3 };
            let meetings = pairs().map(|(a, b)| met[a][b] as i32).collect();
            assert!(apart(meetings) <= slack, "{entries} in {seats} seats: met {met:?}");
        }
        let (mut played, _) = rounds(3, 2, 10);
        played.sort_unstable();
        assert_eq!(played, [13, 13, 14]);
    }

    #[test]
    fn the_first_round_is_between_neighbours() {
        let none = vec![vec![0; 6]; 6];
        assert_eq!(swiss_round(&[4, 2, 0, 1, 3, 5], 2, &[0; 6], &none), [[4, 2], [0, 1], [3, 5]]);
    }
}
