//! Small systems of linear equations.

use super::Table;

/// The solution of `matrix · x = right` for a symmetric, positive definite matrix, by Cholesky's method; nothing where it
/// is not one. The matrix is used up.
pub(super) fn solve_symmetric(mut matrix: Table, right: &[f64]) -> Option<Vec<f64>> {
    let n = right.len();
    for column in 0..n {
        for row in column..n {
            let sum: f64 = (0..column).map(|k| matrix[row][k] * matrix[column][k]).sum();
            let rest = matrix[row][column] - sum;
            if row == column {
                if rest.is_nan() || rest <= 0.0 {
                    return None;
                }
                matrix[row][column] = rest.sqrt();
            } else {
                matrix[row][column] = rest / matrix[column][column];
            }
        }
    }
    let mut x = right.to_vec();
    for row in 0..n {
        let sum: f64 = (0..row).map(|k| matrix[row][k] * x[k]).sum();
        x[row] = (x[row] - sum) / matrix[row][row];
    }
    for row in (0..n).rev() {
        let sum: f64 = (row + 1..n).map(|k| matrix[k][row] * x[k]).sum();
        x[row] = (x[row] - sum) / matrix[row][row];
    }
    Some(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_system_has_its_known_solution() {
        let matrix = vec![vec![4.0, 2.0, 0.0], vec![2.0, 5.0, 1.0], vec![0.0, 1.0, 3.0]];
        let x = solve_symmetric(matrix, &[8.0, 15.0, 11.0]);
        assert!(x.is_some_and(|x| x.iter().zip([1.0, 2.0, 3.0]).all(|(x, y)| (x - y).abs() < 1e-12)));
        assert_eq!(solve_symmetric(vec![vec![1.0, 2.0], vec![2.0, 1.0]], &[1.0, 1.0]), None);
    }
}
