//! What blocks say of everybody: strengths, places and means.

use serde::Serialize;

use super::unranked::LEAST_BLOCKS;
use crate::statistics::{Estimate, Interval, Likely, Ranking, Rankings, cycles};
use crate::tournament::level_weights::level_weights;
use crate::tournament::meetings::{Meetings, Pair, Played, Solved, pairs, solve};
use crate::tournament::plan::{Format, Plan};
use crate::tournament::records::Finish;

/// Draws of the bootstrap for strengths and ranks.
const DRAWS: usize = 1_000;

/// Elo points of a strength of one: odds of e to one.
const POINTS: f64 = 400.0 / std::f64::consts::LN_10;

/// One contender.
#[derive(Clone, Debug, Serialize)]
pub struct Standing {
    /// Name.
    pub name: String,
    /// Which group of those who can be compared it is in, from 1, where there are several: no chain of meetings leads from one to
    /// another, and places and strengths are within it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<usize>,
    /// Place, from 1, shared by who are equally strong; none with too few blocks, and in a gauntlet.
    pub rank: Option<usize>,
    /// Best and worst place in 95% of draws.
    pub ranks: [usize; 2],
    /// Blocks.
    pub blocks: usize,
    /// Matches.
    pub matches: usize,
    /// Plackett–Luce strength in Elo points; zero is the mean of all.
    pub strength: Interval,
    /// Part of its rivals that it ended above.
    pub score: Interval,
    /// Part of its matches in which it ended above all.
    pub wins: Interval,
    /// What a match left it worth in hindsight, yuan: what decides it.
    pub value: Estimate,
    /// Profit of a match in yuan.
    pub profit: Estimate,
    /// Share of sales at the end.
    pub share: Estimate,
    /// Part of the time that evolution spends at it (α-rank); none in a gauntlet.
    pub alpha: Option<Interval>,
    /// Part of it in the mixture that nobody beats (Nash averaging); none in a gauntlet.
    pub nash: Option<Interval>,
    /// Orders refused, a match.
    pub refused: f64,
}

/// What an α-rank was made with.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct AlphaSetting {
    /// α.
    pub selection: f64,
    /// m.
    pub population: usize,
}

/// What blocks say of everybody.
pub(super) struct Rated {
    pub(super) contenders: Vec<Standing>,
    pub(super) pairs: Vec<Pair>,
    pub(super) cycles: Vec<[String; 3]>,
    pub(super) alpha: AlphaSetting,
}

pub(super) fn rated(played: &[Played], strata: &[usize], names: &[&str], plan: &Plan) -> Rated {
    let meetings = Meetings::of(played, names.len());
    let groups = meetings.groups();
    let strengths = strengths(played, strata, names, plan).centred(&groups);
    let solved = solve(&meetings, &groups, &strengths.value, plan.seed);
    let (pairs, beats) = pairs(&meetings, names);
    let gauntlet = plan.format == Format::Gauntlet;
    // Who met nobody is in no group that is told of.
    let told: Vec<&Vec<usize>> = groups.iter().filter(|group| group.len() > 1).collect();
    let mut contenders: Vec<Standing> = (0..names.len())
        .map(|entry| {
            let mut standing = standing(played, entry, names[entry], &strengths, &groups, &solved);
            let group = told.iter().position(|group| group.contains(&entry));
            standing.group = group.filter(|_| told.len() > 1).map(|group| group + 1);
            if gauntlet {
                (standing.rank, standing.alpha, standing.nash) = (None, None, None);
            }
            standing
        })
        .collect();
    if !gauntlet {
        contenders.sort_by(|a, b| {
            let ranked = |standing: &Standing| standing.blocks >= LEAST_BLOCKS;
            let by_group = a.group.cmp(&b.group);
            by_group.then(ranked(b).cmp(&ranked(a))).then(b.strength.value.total_cmp(&a.strength.value))
        });
    }
    let circles = cycles(names.len(), |a, b| beats[a][b]);
    Rated {
        contenders,
        pairs,
        cycles: circles.into_iter().map(|circle| circle.map(|entry| names[entry].to_owned())).collect(),
        alpha: AlphaSetting { selection: solved.setting.0, population: solved.setting.1 },
    }
}

/// Plackett–Luce strengths and what else they might have been, every level weighing as the plan says.
fn strengths(played: &[Played], strata: &[usize], names: &[&str], plan: &Plan) -> Likely {
    let ranking = |(finish, seated): (&&Finish, &Vec<Option<usize>>)| {
        let there: Vec<(usize, f64)> = seated
            .iter()
            .zip(&finish.value)
            .filter_map(|(entry, &value)| entry.map(|entry| (entry, value)))
            .collect();
        let (players, values): (Vec<usize>, Vec<f64>) = there.into_iter().unzip();
        Ranking::by_score(&players, &values)
    };
    let of_block =
        |block: &Played| -> Vec<Ranking> { block.finishes.iter().zip(&block.entries).map(ranking).collect() };
    let rankings: Vec<Vec<Ranking>> = played.iter().map(of_block).collect();
    let levels: Vec<usize> =
        strata.iter().enumerate().flat_map(|(level, &blocks)| std::iter::repeat_n(level, blocks)).collect();
    let weights = level_weights(&rankings, &levels, &plan.weights);
    Rankings::new(names.len(), rankings.iter().map(Vec::as_slice).zip(weights))
        .likely(names, DRAWS, plan.seed)
}

/// One contender's line.
fn standing(
    played: &[Played],
    entry: usize,
    name: &str,
    strengths: &Likely,
    groups: &[Vec<usize>],
    solved: &Solved,
) -> Standing {
    let alone = [entry];
    let among = groups.iter().find(|group| group.contains(&entry)).map_or(&alone[..], |group| &group[..]);
    let mut means: [Vec<f64>; 5] = Default::default();
    let (mut matches, mut refused) = (0, 0);
    for block in played {
        let mut sums = [0.0; 5];
        let mut count = 0;
        for (finish, seated) in block.finishes.iter().zip(&block.entries) {
            for seat in (0..seated.len()).filter(|&seat| seated[seat] == Some(entry)) {
                let score = finish.score(seat);
                let won = f64::from(u8::from(score == 1.0));
                let of_match = [score, won, finish.value[seat], finish.profit[seat], finish.share[seat]];
                sums.iter_mut().zip(of_match).for_each(|(sum, x)| *sum += x);
                refused += finish.refused[seat];
                count += 1;
            }
        }
        if count > 0 {
            means.iter_mut().zip(sums).for_each(|(list, sum)| list.push(sum / f64::from(count)));
            matches += count as usize;
        }
    }
    let [scores, wins, values, profits, shares] = means;
    Standing {
        name: name.to_owned(),
        group: None,
        rank: (scores.len() >= LEAST_BLOCKS).then(|| strengths.rank(entry, among)),
        ranks: strengths.ranks(entry, among),
        blocks: scores.len(),
        matches,
        strength: strengths.interval(entry, POINTS),
        score: Estimate::of_parts(&scores),
        wins: Estimate::of_parts(&wins),
        value: Estimate::of(&values),
        profit: Estimate::of(&profits),
        share: Estimate::of(&shares),
        alpha: Some(solved.alpha[entry]),
        nash: Some(solved.nash[entry]),
        refused: f64::from(refused) / matches.max(1) as f64,
    }
}
