//! Small systems of linear equations.

use super::table::Table;

/// A symmetric, positive definite matrix taken apart (Cholesky), so that systems of it are solved one after another.
#[derive(Clone, Debug)]
pub(super) struct Cholesky(Table);

impl Cholesky {
    /// Takes a matrix apart, of which the part on and below the diagonal is read; nothing where it is not positive definite. The
    /// matrix is used up.
    pub(super) fn of(mut matrix: Table) -> Option<Self> {
        for row in 0..matrix.len() {
            let (above, rest) = matrix.split_at_mut(row);
            let row_of = &mut rest[0];
            for (column, before) in above.iter().enumerate() {
                let sum: f64 = dot(&row_of[..column], &before[..column]);
                row_of[column] = (row_of[column] - sum) / before[column];
            }
            let rest = row_of[row] - dot(&row_of[..row], &row_of[..row]);
            if rest.is_nan() || rest <= 0.0 {
                return None;
            }
            row_of[row] = rest.sqrt();
        }
        Some(Self(matrix))
    }

    /// The solution of `matrix · x = right`.
    pub(super) fn solve(&self, right: &[f64]) -> Vec<f64> {
        let Self(factor) = self;
        let mut x = right.to_vec();
        for row in 0..x.len() {
            x[row] = (x[row] - dot(&factor[row][..row], &x[..row])) / factor[row][row];
        }
        for row in (0..x.len()).rev() {
            let (before, rest) = x.split_at_mut(row);
            rest[0] /= factor[row][row];
            before.iter_mut().zip(&factor[row]).for_each(|(x, part)| *x -= part * rest[0]);
        }
        x
    }
}

/// Σ of products, in four sums which the processor adds up beside each other.
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    let (fours, rest) = (a.chunks_exact(4), a.chunks_exact(4).remainder());
    let tail = &b[b.len() - rest.len()..];
    let mut sums = [0.0; 4];
    for (a, b) in fours.zip(b.chunks_exact(4)) {
        (0..4).for_each(|i| sums[i] += a[i] * b[i]);
    }
    sums.iter().sum::<f64>() + rest.iter().zip(tail).map(|(a, b)| a * b).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_system_has_its_known_solution() {
        let matrix = vec![vec![4.0, 2.0, 0.0], vec![2.0, 5.0, 1.0], vec![0.0, 1.0, 3.0]];
        let x = Cholesky::of(matrix).map(|matrix| matrix.solve(&[8.0, 15.0, 11.0]));
        assert!(x.is_some_and(|x| x.iter().zip([1.0, 2.0, 3.0]).all(|(x, y)| (x - y).abs() < 1e-12)));
        assert!(Cholesky::of(vec![vec![1.0, 2.0], vec![2.0, 1.0]]).is_none());
    }

    #[test]
    fn larger_systems_are_solved_too() {
        // Every entry differs, and the diagonal outweighs its row.
        let n = 23;
        let entry = |i: usize, j: usize| if i == j { 40.0 + i as f64 } else { 1.0 / (1 + i + j) as f64 };
        let matrix: Table = (0..n).map(|i| (0..n).map(|j| entry(i, j)).collect()).collect();
        let expected: Vec<f64> = (0..n).map(|i| 1.0 - 0.3 * i as f64).collect();
        let right: Vec<f64> = matrix.iter().map(|row| dot(row, &expected)).collect();
        let found = Cholesky::of(matrix).expect("is positive definite").solve(&right);
        assert!(found.iter().zip(&expected).all(|(x, y)| (x - y).abs() < 1e-12), "{found:?}");
    }
}
