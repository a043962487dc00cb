//! Finds where a function of one or two numbers is largest: uphill from a point, and over a grid.

/// A place and the value there.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Peak {
    pub at: Vec<f64>,
    pub value: f64,
}

/// Climbs from a point: Newton's method where the function curves downwards, along the slope elsewhere, and never to a
/// lower place. `scale` is the length by which each number changes noticeably; once a step to a top is shorter than `close` such lengths
/// it is the last. A value that is no number lies outside.
pub(super) fn climb(f: &dyn Fn(&[f64]) -> f64, from: &[f64], scale: &[f64], close: f64) -> Peak {
    const STEPS: usize = 60;
    const PROBE: f64 = 1e-4;
    const STILL: f64 = 1e-10;
    /// Steps to a top that are so short change values by what is rounding: slopes tell where the top is more closely.
    const SHORT: f64 = 1e-6;
    // How far a step may go: further after each that was cut short and led upwards, less far after one that did not.
    let mut reach = 0.5;
    let mut peak = Peak { at: from.to_vec(), value: f(from) };
    for _ in 0..STEPS {
        let (slope, curvature) = derivatives(f, &peak, scale, PROBE);
        let Some(Step { way, to_a_top }) = step(&slope, &curvature) else { break };
        let longest = way.iter().map(|part| part.abs()).fold(0.0, f64::max);
        if longest <= STILL {
            break;
        }
        let further = |part: f64| -> Vec<f64> {
            peak.at.iter().zip(&way).zip(scale).map(|((x, way), scale)| x + part * way * scale).collect()
        };
        if to_a_top && longest < close.max(SHORT) {
            let at = further(1.0);
            let top = Peak { value: f(&at), at };
            return if longest < SHORT || top.value > peak.value { top } else { peak };
        }
        let mut part = (reach / longest).min(1.0);
        let mut moved = None;
        while part * longest > SHORT && moved.is_none() {
            let at = further(part);
            let value = f(&at);
            moved = (value > peak.value).then_some(Peak { at, value });
            reach =
                if moved.is_some() && part < 1.0 { 2.0 * part * longest } else { reach.min(part * longest) };
            part *= 0.5;
        }
        let Some(higher) = moved else { break };
        peak = higher;
    }
    peak
}

/// Slopes and curvatures by central differences, in units of the scale.
fn derivatives(
    f: &dyn Fn(&[f64]) -> f64,
    peak: &Peak,
    scale: &[f64],
    probe: f64,
) -> (Vec<f64>, Vec<Vec<f64>>) {
    let dimensions = scale.len();
    let at = |shifts: &[(usize, f64)]| {
        let mut point = peak.at.clone();
        shifts.iter().for_each(|&(i, sign)| point[i] += sign * probe * scale[i]);
        f(&point)
    };
    let mut slope = vec![0.0; dimensions];
    let mut curvature = vec![vec![0.0; dimensions]; dimensions];
    for i in 0..dimensions {
        let (up, down) = (at(&[(i, 1.0)]), at(&[(i, -1.0)]));
        slope[i] = (up - down) / (2.0 * probe);
        curvature[i][i] = (up - 2.0 * peak.value + down) / (probe * probe);
        for j in 0..i {
            let corner = |a: f64, b: f64| at(&[(i, a), (j, b)]);
            let twist = corner(1.0, 1.0) - corner(1.0, -1.0) - corner(-1.0, 1.0) + corner(-1.0, -1.0);
            curvature[i][j] = twist / (4.0 * probe * probe);
            curvature[j][i] = curvature[i][j];
        }
    }
    (slope, curvature)
}

/// Length of a step along a line that hardly bends, in units of the scale: as far as whoever climbs dares.
const BOLD: f64 = 1e3;

/// Where to go, in units of the scale.
struct Step {
    way: Vec<f64>,
    /// Whether it ends on the top of a parabola.
    to_a_top: bool,
}

/// The step to the top of the parabola; where it is a saddle or a valley, as far up as it would be down to the bottom, along each of the
/// lines along which it bends by itself, so that a ridge is followed and not crossed to and fro (Dauphin et al. 2014). Nothing on level
/// ground.
fn step(slope: &[f64], curvature: &[Vec<f64>]) -> Option<Step> {
    let numbers = || slope.iter().chain(curvature.iter().flatten());
    if numbers().any(|part| !part.is_finite()) || slope.iter().all(|&part| part == 0.0) {
        return None;
    }
    // Lines along which the parabola bends by itself, each with how much.
    let lines: Vec<(Vec<f64>, f64)> = match curvature {
        [only] => vec![(vec![1.0], only[0])],
        [one, other] => {
            let angle = 0.5 * libm::atan2(2.0 * one[1], one[0] - other[1]);
            let (sin, cos) = (libm::sin(angle), libm::cos(angle));
            let bend = |x: f64, y: f64| x * x * one[0] + 2.0 * x * y * one[1] + y * y * other[1];
            vec![(vec![cos, sin], bend(cos, sin)), (vec![-sin, cos], bend(-sin, cos))]
        }
        _ => return None,
    };
    let mut way = vec![0.0; slope.len()];
    for (line, bend) in &lines {
        let up: f64 = line.iter().zip(slope).map(|(line, slope)| line * slope).sum();
        let length = up / bend.abs().max(up.abs() / BOLD);
        way.iter_mut().zip(line).for_each(|(way, line)| *way += if up == 0.0 { 0.0 } else { length * line });
    }
    Some(Step { way, to_a_top: lines.iter().all(|(_, bend)| *bend < 0.0) })
}

/// The best places of a grid around a point, best first: as many as asked for.
pub(super) fn over_a_grid(
    f: &dyn Fn(&[f64]) -> f64,
    centre: &[f64],
    scale: &[f64],
    reach: f64,
    best: usize,
) -> Vec<Peak> {
    let side: i32 = if centre.len() == 1 { 200 } else { 16 };
    let along = move |i: usize, k: i32| centre[i] + reach * scale[i] * f64::from(k) / f64::from(side);
    let lines = -side..=side;
    let points: Vec<Vec<f64>> = if centre.len() == 1 {
        lines.map(|k| vec![along(0, k)]).collect()
    } else {
        lines.clone().flat_map(|k| lines.clone().map(move |l| vec![along(0, k), along(1, l)])).collect()
    };
    let mut peaks: Vec<Peak> = points.into_iter().map(|at| Peak { value: f(&at), at }).collect();
    peaks.retain(|peak| peak.value.is_finite());
    peaks.sort_by(|a, b| b.value.total_cmp(&a.value));
    peaks.truncate(best);
    peaks
}

/// The highest of the places of a net that are higher than all their neighbours, best first: as many as asked for. A net has the
/// values of every number, in ascending order; one with a single value for all numbers but one is a ladder.
pub(super) fn over_a_net(f: &dyn Fn(&[f64]) -> f64, net: &[Vec<f64>], best: usize) -> Vec<Peak> {
    // One number is a net with one row.
    let (rows, columns) = match net {
        [only] => (None, only),
        [first, second] => (Some(first), second),
        _ => return Vec::new(),
    };
    let height = rows.map_or(1, Vec::len);
    let place =
        |row: usize, column: usize| rows.map(|rows| rows[row]).into_iter().chain([columns[column]]).collect();
    let value = |at: &Vec<f64>| Some(f(at)).filter(|value| value.is_finite()).unwrap_or(f64::NEG_INFINITY);
    let all = (0..height).flat_map(|row| (0..columns.len()).map(move |column| (row, column)));
    let values: Vec<f64> = all.clone().map(|(row, column)| value(&place(row, column))).collect();
    let is_top = |&(row, column): &(usize, usize)| {
        let around = |at: usize, end: usize| at.saturating_sub(1)..(at + 2).min(end);
        let own = row * columns.len() + column;
        // Of equals the first is the top.
        let mut beside = around(row, height)
            .flat_map(|row| around(column, columns.len()).map(move |column| row * columns.len() + column))
            .filter(|&other| other != own);
        values[own] > f64::NEG_INFINITY
            && beside.all(|other| values[other] < values[own] || other > own && values[other] == values[own])
    };
    let tops = all.filter(is_top);
    let mut peaks: Vec<Peak> = tops
        .map(|(row, column)| Peak { at: place(row, column), value: values[row * columns.len() + column] })
        .collect();
    peaks.sort_by(|a, b| b.value.total_cmp(&a.value));
    peaks.truncate(best);
    peaks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn climbing_ends_on_the_top_of_a_hill() {
        let hill =
            |x: &[f64]| -(x[0] - 2.0).powi(2) - 3.0 * (x[1] + 1.0).powi(2) - (x[0] - 2.0) * (x[1] + 1.0);
        let peak = climb(&hill, &[0.0, 0.0], &[1.0, 0.5], 0.0);
        assert!((peak.at[0] - 2.0).abs() < 1e-6 && (peak.at[1] + 1.0).abs() < 1e-6, "{peak:?}");
        let bell = |x: &[f64]| libm::exp(-(x[0] - 5.0).powi(2) / 8.0);
        let peak = climb(&bell, &[0.0], &[1.0], 0.0);
        assert!((peak.at[0] - 5.0).abs() < 1e-5, "{peak:?}");
    }

    #[test]
    fn a_grid_sees_the_higher_of_two_hills() {
        let hills = |x: &[f64]| libm::exp(-x[0] * x[0]) + 2.0 * libm::exp(-(x[0] - 4.0).powi(2));
        assert!((climb(&hills, &[0.0], &[1.0], 0.0).at[0]).abs() < 0.1);
        let best = over_a_grid(&hills, &[0.0], &[1.0], 6.0, 1);
        assert!((best[0].at[0] - 4.0).abs() < 0.1, "{best:?}");
    }

    #[test]
    fn a_net_sees_every_hill_and_says_which_is_highest() {
        let far = |x: &[f64]| {
            libm::exp(-(x[0] - 1.0).powi(2) - x[1] * x[1])
                + 2.0 * libm::exp(-x[0] * x[0] - (x[1] - 30.0).powi(2) / 50.0)
        };
        let net = [vec![-1.0, 0.0, 1.0, 2.0], vec![0.0, 1.0, 3.0, 9.0, 27.0, 81.0]];
        let tops = over_a_net(&far, &net, 3);
        assert_eq!(tops.iter().map(|top| top.at.clone()).collect::<Vec<_>>(), [[0.0, 27.0], [1.0, 0.0]]);
        let flat = |_: &[f64]| 1.0;
        assert_eq!(over_a_net(&flat, &net, 3).len(), 1);
        let ladder = over_a_net(&|x: &[f64]| -(x[0] - 4.0).abs(), &[vec![1.0, 2.0, 4.0, 8.0]], 2);
        assert_eq!(ladder, [Peak { at: vec![4.0], value: 0.0 }]);
    }
}
