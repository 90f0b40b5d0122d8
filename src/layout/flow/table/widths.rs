//! The widths of a table's columns.

use crate::geom::Length;

/// The widths of columns in a measure. Columns keep their natural widths where these fit,
/// and fill the measure where they nearly do; otherwise narrow columns keep theirs, and
/// wide ones share what is left in proportion.
pub(super) fn widths(natural: &[Length], least: Length, measure: Length) -> Vec<Length> {
    let total: Length = natural.iter().copied().sum();
    if total == Length::ZERO {
        return natural.to_vec();
    }
    if total <= measure {
        let nearly = total * 4 >= measure * 3;
        let scaled = |width: &Length| match nearly {
            true => width.ratio(measure.0, total.0),
            false => *width,
        };
        return natural.iter().map(scaled).collect();
    }
    let least: Vec<Length> = natural.iter().map(|width| (*width).min(least)).collect();
    let taken: Length = least.iter().copied().sum();
    if taken >= measure {
        return least.iter().map(|width| width.ratio(measure.0, taken.0)).collect();
    }
    // What a column asks for beyond its least counts by its root, so that one long column
    // does not starve the others.
    let wish = |(natural, least): (&Length, &Length)| {
        i64::try_from((natural.0 - least.0).max(0).unsigned_abs().isqrt()).unwrap_or(0)
    };
    let wishes: Vec<i64> = natural.iter().zip(&least).map(wish).collect();
    share(natural, least, &wishes, measure - taken)
}

/// Shares room among columns in proportion to their wishes, none beyond its natural width.
fn share(
    natural: &[Length],
    mut widths: Vec<Length>,
    wishes: &[i64],
    mut room: Length,
) -> Vec<Length> {
    for _ in 0..natural.len() {
        let open = |index: &usize| widths[*index] < natural[*index];
        let indexes: Vec<usize> = (0..natural.len()).filter(open).collect();
        let sum: i64 = indexes.iter().map(|&index| wishes[index].max(1)).sum();
        if sum == 0 || room <= Length::ZERO {
            break;
        }
        let whole = room;
        for index in indexes {
            let part = whole.ratio(wishes[index].max(1), sum).min(room);
            let part = part.min(natural[index] - widths[index]);
            widths[index] += part;
            room -= part;
        }
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(natural: &[i64], least: i64, measure: i64) -> Vec<i64> {
        let natural: Vec<Length> = natural.iter().copied().map(Length).collect();
        let set = widths(&natural, Length(least), Length(measure));
        set.iter().map(|width| width.0).collect()
    }

    #[test]
    fn what_fits_stays_as_it_is() {
        assert_eq!(set(&[100, 200], 50, 1000), [100, 200]);
        assert_eq!(set(&[400, 400], 50, 1000), [500, 500]);
        assert_eq!(set(&[], 50, 1000), [0; 0]);
    }

    #[test]
    fn wide_columns_give_way() {
        let set = set(&[100, 5000], 200, 1000);
        assert_eq!(set[0], 100);
        assert_eq!(set[1], 900);
    }

    #[test]
    fn never_wider_than_the_measure() {
        for natural in [vec![900, 900, 900], vec![5000, 10, 3000], vec![300; 40]] {
            let total: i64 = set(&natural, 200, 1000).iter().sum();
            assert!((980..=1020).contains(&total), "{natural:?} {total}");
        }
    }
}
