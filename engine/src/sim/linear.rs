//! A few linear equations.

/// Solves a few linear equations in place, by elimination with the largest pivot; nothing where they have no single solution.
pub(in crate::sim) fn solve(rows: &mut [Vec<f64>], right: &mut [f64]) -> Option<()> {
    let count = right.len();
    for column in 0..count {
        let largest =
            (column..count).max_by(|&a, &b| rows[a][column].abs().total_cmp(&rows[b][column].abs()))?;
        rows.swap(column, largest);
        right.swap(column, largest);
        let pivot = rows[column][column];
        if pivot.abs() <= 1e-12 || pivot.is_nan() {
            return None;
        }
        let (above, below) = rows.split_at_mut(column + 1);
        let (value, (_, rest)) = (right[column], right.split_at_mut(column + 1));
        for (row, right) in below.iter_mut().zip(rest) {
            let times = row[column] / pivot;
            row[column..]
                .iter_mut()
                .zip(&above[column][column..])
                .for_each(|(cell, top)| *cell -= times * top);
            *right -= times * value;
        }
    }
    for column in (0..count).rev() {
        let known: f64 = (column + 1..count).map(|other| rows[column][other] * right[other]).sum();
        right[column] = (right[column] - known) / rows[column][column];
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equations_are_solved_also_where_the_first_has_no_first_term() {
        let mut right = [4.0, 5.0];
        assert!(solve(&mut [vec![0.0, 2.0], vec![1.0, 1.0]], &mut right).is_some());
        assert_eq!(right, [3.0, 2.0]);
        assert!(solve(&mut [vec![1.0, 1.0], vec![1.0, 1.0]], &mut [1.0, 2.0]).is_none());
    }
}
