use super::*;
use crate::geom::LogicalPoint;
use crate::layout::Piece;
use crate::layout::flow::{FigurePlace, Float};
use crate::model::AnchorId;

/// Ten lines of 10 with gaps of 6.
const AREA: Area = Area {
    size: Length(10),
    feed: Length(16),
    measure: Length(200),
    block: Length(10 * 16 - 6),
    rule: Length(1),
};

/// One column.
const ONE: Spread = Spread {
    count: 1,
    titled: false,
    balanced: false,
    sides: None,
};
/// Two columns below a title.
const TWO: Spread = Spread {
    count: 2,
    titled: true,
    balanced: false,
    sides: None,
};

/// A row with a place that says where it went.
fn row(number: u32, stand: Stand) -> Row {
    let piece = Piece::Anchor(AnchorId(number));
    let pieces = vec![Placed { at: LogicalPoint::default(), piece }];
    Row { pieces, stand, ..Row::default() }
}

fn line(number: u32) -> Row {
    row(number, Stand::Lines(1))
}

fn free(number: u32, size: i64, starts: bool) -> Row {
    row(number, Stand::Free { size: Length(size), starts })
}

fn flow(rows: impl IntoIterator<Item = Row>) -> Flow {
    let mut flow = Flow::default();
    flow.rows.extend(rows);
    flow
}

/// A note of so many lines of 8, numbered from 1000.
fn note(number: u32, lines: u32) -> Flow {
    flow((0..lines).map(|index| free(1000 + number * 100 + index, 8, false)))
}

/// The places in each column: number and start.
fn places(columns: &[Column]) -> Vec<Vec<(u32, i64)>> {
    let column = |column: &Column| {
        let anchors = column.pieces.iter().filter_map(|placed| match placed.piece {
            Piece::Anchor(AnchorId(number)) => Some((number, placed.at.block.0)),
            _ => None,
        });
        anchors.collect()
    };
    columns.iter().map(column).collect()
}

fn filled(rows: impl IntoIterator<Item = Row>, notes: Vec<Flow>) -> Vec<Vec<(u32, i64)>> {
    places(&fill(flow(rows), notes, AREA, ONE))
}

#[test]
fn lines_stand_on_the_grid() {
    let columns = filled((0..25).map(line), Vec::new());
    assert_eq!(columns.len(), 3);
    for column in &columns {
        for (index, (_, start)) in column.iter().enumerate() {
            assert_eq!(*start, 16 * index as i64);
        }
    }
    assert_eq!(columns[2].len(), 5);
}

#[test]
fn blank_lines_vanish_at_the_head() {
    let mut rows: Vec<Row> = (0..12).map(line).collect();
    rows[1].leading = 1;
    rows[9].leading = 3;
    let columns = filled(rows, Vec::new());
    assert_eq!(columns[0][1], (1, 32));
    assert_eq!(columns[0].len(), 9);
    assert_eq!(columns[1][0], (9, 0));
}

#[test]
fn text_returns_to_the_grid_after_what_is_off_it() {
    let rows = [line(0), free(1, 7, true), free(2, 7, false), line(3)];
    let columns = filled(rows, Vec::new());
    // 14 with some air need two lines: 26 from the start of the second, shared above and
    // below.
    assert_eq!(columns[0], [(0, 0), (1, 16 + 6), (2, 16 + 6 + 7), (3, 48)]);
}

#[test]
fn a_heading_does_not_stay_behind() {
    let mut rows: Vec<Row> = (0..14).map(line).collect();
    rows[9] = Row { before: Break::Allowed, ..rows[9].clone() };
    rows[10].before = Break::Forbidden;
    rows[11].before = Break::Forbidden;
    let columns = filled(rows, Vec::new());
    assert_eq!(columns[0].len(), 9);
    assert_eq!(columns[1][0], (9, 0));
}

#[test]
fn what_cannot_be_kept_together_is_parted() {
    let mut rows: Vec<Row> = (0..30).map(line).collect();
    rows.iter_mut().for_each(|row| row.before = Break::Forbidden);
    let counts: Vec<usize> = filled(rows, Vec::new()).iter().map(Vec::len).collect();
    assert_eq!(counts, [10, 10, 10]);
}

#[test]
fn notes_stand_at_the_foot_of_their_page() {
    let mut rows: Vec<Row> = (0..12).map(line).collect();
    rows[3].notes.push(0);
    let columns = filled(rows, vec![note(0, 2)]);
    // The rule and two lines of notes take 16 + 1 + 6 + 4 of the 154.
    let body: Vec<u32> = columns[0].iter().map(|place| place.0).collect();
    assert_eq!(body, [0, 1, 2, 3, 4, 5, 6, 7, 1000, 1001]);
    assert_eq!(columns[0][8..], [(1000, 154 - 16), (1001, 154 - 8)]);
}

#[test]
fn a_line_takes_its_note_along() {
    let mut rows: Vec<Row> = (0..12).map(line).collect();
    rows[9].notes.push(0);
    let columns = filled(rows, vec![note(0, 3)]);
    assert_eq!(columns[0].len(), 9);
    assert_eq!(columns[1][0], (9, 0));
    assert!(columns[1].iter().any(|place| place.0 == 1000));
}

#[test]
fn a_long_note_goes_on_before_the_notes_of_the_next_page() {
    let mut rows: Vec<Row> = (0..12).map(line).collect();
    rows[5].notes.push(0);
    rows[6].notes.push(1);
    let columns = filled(rows, vec![note(0, 12), note(1, 1)]);
    let notes = |column: usize| -> Vec<u32> {
        columns[column]
            .iter()
            .map(|place| place.0)
            .filter(|&n| n >= 1000)
            .collect()
    };
    assert_eq!(notes(0).first(), Some(&1000));
    let rest: Vec<u32> = [notes(0), notes(1)].concat();
    assert_eq!(rest, [(1000..1012).collect::<Vec<_>>(), vec![1100]].concat());
    assert!(columns[0].iter().any(|place| place.0 == 5));
}

#[test]
fn the_head_of_a_table_is_set_again() {
    let mut rows: Vec<Row> = (0..30).map(|n| free(n, 10, n == 0)).collect();
    rows[0].before = Break::Allowed;
    for row in &mut rows[1..] {
        row.head = Some(0);
    }
    let head = vec![free(500, 10, false)];
    let mut flow = flow(rows);
    flow.heads.push(head);
    let columns = fill(flow, Vec::new(), AREA, ONE);
    let rows = |column: &Column| column.pieces.len();
    assert_eq!(columns.iter().map(rows).collect::<Vec<_>>(), [15, 14, 1]);
    // Its place is not set again, but its room is.
    assert_eq!(places(&columns)[1][0], (15, 10));
}

#[test]
fn every_column_takes_something() {
    let areas = [(1, 1, 1), (10, 16, 10), (10, 10, 0), (100, 100, 3)];
    for (size, feed, block) in areas {
        let area = Area {
            size: Length(size),
            feed: Length(feed),
            block: Length(block),
            ..AREA
        };
        let mut rows: Vec<Row> = Vec::new();
        for number in 0..20 {
            let mut next = match number % 3 {
                0 => line(number),
                1 => free(number, 400, true),
                _ => row(number, Stand::Lines(9)),
            };
            next.notes.push(number as usize % 4);
            rows.push(next);
        }
        let notes = (0..4).map(|number| note(number, 5)).collect();
        let columns = fill(flow(rows), notes, area, ONE);
        let mut found: Vec<u32> =
            places(&columns).concat().iter().map(|place| place.0).collect();
        found.sort_unstable();
        assert_eq!(found.len(), 20 + 4 * 5, "{size} {feed} {block}");
    }
}

#[test]
fn a_title_stands_over_all_columns() {
    let rows = std::iter::once(row(0, Stand::Lines(3))).chain((1..20).map(line));
    let columns = places(&fill(flow(rows), Vec::new(), AREA, TWO));
    assert_eq!(columns[0].len(), 8);
    assert_eq!(columns[1][0], (8, 48));
    assert_eq!(columns[1].len(), 7);
    assert_eq!(columns[2][0], (15, 0));
}

#[test]
fn the_last_columns_end_at_the_same_line() {
    let rows = || (0..24).map(line);
    let spread = Spread {
        count: 2,
        titled: false,
        balanced: true,
        sides: None,
    };
    let columns = places(&fill(flow(rows()), Vec::new(), AREA, spread));
    let counts: Vec<usize> = columns.iter().map(Vec::len).collect();
    assert_eq!(counts, [10, 10, 2, 2]);
    let spread = Spread { titled: true, ..spread };
    let columns = places(&fill(flow(rows().take(6)), Vec::new(), AREA, spread));
    assert_eq!(columns[0].last(), Some(&(3, 48)));
    assert_eq!(columns[1], [(4, 16), (5, 32)]);
}

#[test]
fn a_figure_without_room_waits_for_the_next_column() {
    let figure = |number, size| Row {
        float: Some(Float::default()),
        ..free(number, size, true)
    };
    let caption = |number| Row { before: Break::Forbidden, ..free(number, 8, false) };
    let mut rows: Vec<Row> = (0..8).map(line).collect();
    rows.extend([figure(8, 60), caption(9)]);
    rows.extend((10..14).map(line));
    let columns = filled(rows.clone(), Vec::new());
    assert_eq!(columns[0].last(), Some(&(11, 9 * 16)));
    let expected = [(8, 0), (9, 60), (12, 5 * 16), (13, 6 * 16)];
    assert_eq!(columns[1], expected);
    // The next figure does not overtake it: both wait, and the text goes on.
    rows.splice(11..11, [figure(20, 5)]);
    let columns = filled(rows, Vec::new());
    assert_eq!(columns[0].last(), Some(&(11, 9 * 16)));
    assert_eq!(columns[1][2].0, 20);
    // A figure that follows its heading stays with it.
    let mut rows: Vec<Row> = (0..9).map(line).collect();
    rows.push(Row { before: Break::Forbidden, ..figure(9, 60) });
    let columns = filled(rows, Vec::new());
    assert_eq!(columns[1], [(8, 0), (9, 23)]);
}

/// A figure that is to stand somewhere, in a section of level 2.
fn figure(number: u32, size: i64, place: FigurePlace) -> Row {
    let float = Some(Float { place, level: 2 });
    Row { float, ..free(number, size, true) }
}

fn heading(number: u32, level: u8) -> Row {
    Row { heading: Some(level), ..line(number) }
}

/// Lines 0 to 3, a figure 50, and lines from 4 on.
fn around(figure: Row, lines: u32) -> Vec<Row> {
    let mut rows: Vec<Row> = (0..lines).map(line).collect();
    rows.insert(4, figure);
    rows
}

#[test]
fn a_figure_that_waits_stays_in_its_section() {
    let mut rows = around(figure(50, 100, FigurePlace::Auto), 12);
    rows[7] = heading(6, 3);
    rows[9] = heading(8, 2);
    let columns = filled(rows, Vec::new());
    assert_eq!(columns[0].last(), Some(&(7, 7 * 16)));
    assert_eq!(columns[1][..2], [(50, 0), (8, 7 * 16)]);
}

#[test]
fn figures_stand_at_the_head_or_the_foot_where_they_are_told_to() {
    let columns = filled(around(figure(50, 20, FigurePlace::Head), 14), Vec::new());
    assert_eq!(columns[0].len(), 10);
    assert_eq!(columns[1][..2], [(50, 0), (10, 32)]);
    let columns = filled(around(figure(50, 20, FigurePlace::Foot), 14), Vec::new());
    let (last, line) = (columns[0].last(), columns[0][7]);
    assert_eq!((last, line), (Some(&(50, 154 - 20)), (7, 7 * 16)));
    assert_eq!(columns[1][0], (8, 0));
}

#[test]
fn a_figure_on_a_page_of_its_own_stands_in_its_middle() {
    let columns = filled(around(figure(50, 54, FigurePlace::Page), 14), Vec::new());
    assert_eq!(columns[0].len(), 10);
    assert_eq!(columns[1], [(50, 50)]);
    assert_eq!(columns[2][0], (10, 0));
}

#[test]
fn an_image_becomes_smaller_where_too_much_would_stay_blank() {
    let wide = |give| Row {
        give: Length(give),
        ..figure(50, 100, FigurePlace::Auto)
    };
    // Ninety are left for a hundred; text that follows would fill the column.
    let columns = filled(around(wide(40), 14), Vec::new());
    assert_eq!(columns[0].last(), Some(&(50, 64)));
    let columns = filled(around(wide(10), 14), Vec::new());
    assert_eq!(columns[1][0], (50, 0));
    // No text follows.
    let columns = filled(around(wide(10), 4), Vec::new());
    assert_eq!(columns[0].last(), Some(&(50, 64)));
}

#[test]
fn a_figure_that_ends_a_column_stands_at_its_end() {
    let columns = filled(around(figure(50, 80, FigurePlace::Auto), 14), Vec::new());
    assert_eq!(columns[0].last(), Some(&(50, 154 - 80)));
}

#[test]
fn a_heading_does_not_stay_below_a_figure_alone() {
    let mut rows = around(figure(50, 130, FigurePlace::Auto), 14);
    rows[11] = heading(10, 3);
    rows[12].before = Break::Forbidden;
    let columns = filled(rows, Vec::new());
    assert_eq!(columns[1], [(50, 0)]);
    assert_eq!(columns[2][0], (10, 0));
}

#[test]
fn short_sections_part_at_their_headings() {
    let mut flow = Flow::default();
    let heading = |number| Row { heading: Some(2), ..row(number, Stand::Lines(2)) };
    for section in 0..6 {
        flow.push(heading(section * 10));
        flow.mark_heading();
        flow.keep(2);
        flow.push(line(section * 10 + 1));
    }
    let columns = places(&fill(flow, Vec::new(), AREA, ONE));
    // Three sections of three lines have room.
    assert_eq!(columns[0].len(), 6);
    assert_eq!(columns[1][0], (30, 0));
}

#[test]
fn headings_stand_over_all_columns_and_part_them() {
    let mut rows: Vec<Row> = (0..30).map(line).collect();
    rows[5].spans = true;
    rows[5].leading = 1;
    let spread = Spread {
        count: 2,
        titled: false,
        balanced: true,
        sides: None,
    };
    let columns = fill(flow(rows), Vec::new(), AREA, spread);
    let numbers: Vec<(usize, bool)> = columns
        .iter()
        .map(|column| (column.number, column.starts_page))
        .collect();
    let expected = [(0, true), (1, false), (0, false), (1, false), (0, true), (1, false)];
    assert_eq!(numbers, expected);
    let places = places(&columns);
    assert_eq!(places[0], [(0, 0), (1, 16), (2, 32)]);
    assert_eq!(places[1], [(3, 0), (4, 16)]);
    // The heading, after a blank line, and the columns below it.
    assert_eq!(places[2][..2], [(5, 64), (6, 80)]);
    assert_eq!(places[3][0].1, 80);
}

#[test]
fn a_heading_over_all_columns_needs_lines_below_it() {
    let mut rows: Vec<Row> = (0..24).map(line).collect();
    rows[16].spans = true;
    let spread = Spread {
        count: 2,
        titled: false,
        balanced: true,
        sides: None,
    };
    let columns = fill(flow(rows), Vec::new(), AREA, spread);
    let places = places(&columns);
    // Eight lines in each column leave two: the heading and one line.
    assert_eq!(places[0].len(), 8);
    assert_eq!(places[2][0], (16, 0));
    assert!(columns[2].starts_page);
}
