//! The rules of the line against JLReq's Tables 1 to 6, cell by cell.
//!
//! `*.tsv` here are the tables as published. A cell `×` cannot occur; a cell with a
//! note asks for more than the two classes, and `NOTES` says what these rules answer.

use seihon::line::{
    CharClass, Em, ExpansionStage, ReductionStage, ReductionTable, Rules, Strictness,
    break_between, end_gap, expansion, gap, reduction,
};

/// A cell of a table with its row and column.
struct Cell {
    row: String,
    column: String,
    text: String,
}

impl Cell {
    /// The two classes, or `None` in the row and the column of the line's ends.
    fn classes(&self) -> Option<(CharClass, CharClass)> {
        Some((class(&self.row)?, class(&self.column)?))
    }

    fn place(&self) -> String {
        format!("{}→{}", self.row, self.column)
    }
}

fn class(name: &str) -> Option<CharClass> {
    let number: usize = name.strip_prefix("cl-")?.parse().ok()?;
    CharClass::ALL.get(number - 1).copied()
}

fn cells(table: &str) -> Vec<Cell> {
    let mut lines = table.lines().filter(|line| !line.starts_with('#'));
    let head: Vec<&str> = lines.next().expect("a head").split('\t').skip(1).collect();
    let mut cells = Vec::new();
    for line in lines {
        let mut texts = line.split('\t');
        let row = texts.next().expect("a row");
        for column in &head {
            let text = texts.next().unwrap_or("").trim().to_owned();
            cells.push(Cell {
                row: row.to_owned(),
                column: (*column).to_owned(),
                text,
            });
        }
    }
    cells
}

/// What these rules answer where a cell has only a note: table, cells, answer as the table
/// would write it.
const NOTES: &[(u8, &str, &str)] = &[
    // Ruby may hang over the neighbour; the gap itself is nothing.
    (1, "cl-01→cl-22 cl-01→cl-23 cl-10→cl-22 cl-10→cl-23 cl-11→cl-22 cl-11→cl-23", ""),
    (1, "cl-14→cl-22 cl-14→cl-23 cl-16→cl-22 cl-16→cl-23 cl-22→cl-10 cl-22→cl-11", ""),
    (1, "cl-22→cl-14 cl-22→cl-16 cl-23→cl-10 cl-23→cl-11 cl-23→cl-14 cl-23→cl-16", ""),
    // Two middle dots, and a middle dot after 。 and 、.
    (1, "cl-05→cl-05", "1/4 be+1/4 af"),
    (1, "cl-06→cl-05 cl-07→cl-05", "1/2 be+1/4 af"),
    // Two complexes; within one the caller says that they are solid.
    (1, "cl-21→cl-21 cl-22→cl-22 cl-23→cl-23", ""),
    // A middle dot after a unit; a middle dot inside one is cl-25.
    (1, "cl-25→cl-05", "1/4 af"),
    // A word space vanishes at the edges of a warichu, which have lines of their own.
    (1, "cl-26→cl-29 cl-28→cl-26", ""),
    // Characters that may start a warichu where they may start a line.
    (1, "cl-28→cl-09 cl-28→cl-10 cl-28→cl-11", ""),
    // Two complexes, two kinds of dash, a space after ！.
    (2, "cl-04→cl-14 cl-08→cl-08 cl-21→cl-21 cl-22→cl-22 cl-23→cl-23 cl-30→cl-30", ""),
    (2, "cl-24→cl-13 cl-24→cl-27 cl-27→cl-27", "not"),
    (2, "cl-27→cl-13", ""),
    (3, "cl-05→cl-05", "1/4-0@S4+1/4-0@S4"),
    (3, "cl-06→cl-05", "1/2+1/4-0@S4"),
    (3, "cl-07→cl-05", "1/2-0@S5+1/4-0@S4"),
    (4, "cl-05→cl-05", "1/4-0@S2+1/4-0@S2"),
    (4, "cl-06→cl-05", "1/2+1/4-0@S2"),
    (4, "cl-07→cl-05", "1/2-0@S3+1/4-0@S2"),
    (5, "cl-05→cl-05", "1/4+1/4"),
    (5, "cl-06→cl-05", "1/2+1/4"),
    (5, "cl-07→cl-05", "1/2-1/4@S3+1/4"),
    (3, "cl-26→cl-29 cl-28→cl-26", ""),
    (4, "cl-26→cl-29 cl-28→cl-26", ""),
    (5, "cl-26→cl-29 cl-28→cl-26", ""),
    (6, "cl-08→cl-08 cl-21→cl-21 cl-22→cl-22 cl-23→cl-23 cl-30→cl-30", "1/4@S3"),
    (6, "cl-27→cl-13", "1/4@S3"),
    (6, "cl-24→cl-13 cl-24→cl-27 cl-27→cl-27", ""),
];

/// What is expected of a cell: its text, or the answer to its note.
fn expected(table: u8, cell: &Cell) -> String {
    if !cell.text.contains("n.") {
        return cell.text.clone();
    }
    let place = cell.place();
    let note = NOTES.iter().find(|(of, places, _)| {
        *of == table && places.split(' ').any(|one| one == place)
    });
    note.unwrap_or_else(|| panic!("table {table}: no answer for {place}"))
        .2
        .to_owned()
}

/// Compares every cell of a table that has two classes with what the rules say.
fn compare(number: u8, table: &str, says: impl Fn(CharClass, CharClass, &str) -> String) {
    let mut compared = 0;
    let mut wrong = Vec::new();
    for cell in cells(table) {
        let Some((a, b)) = cell.classes() else { continue };
        if cell.text == "×" {
            continue;
        }
        let expected = expected(number, &cell);
        let expected = expected.replace(" hang", "").replace("ruby", "");
        let said = says(a, b, &expected);
        compared += 1;
        if said != expected.trim() {
            wrong.push(format!("{}: {expected:?}, not {said:?}", cell.place()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(compared > 750, "only {compared} cells");
}

fn em(em: Em) -> String {
    match em.0 {
        0 => "0".to_owned(),
        part => format!("1/{}", 240 / part),
    }
}

/// Joins the parts that are not empty.
fn join(first: String, second: String) -> String {
    [first, second]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("+")
}

#[test]
fn table_1_gaps() {
    compare(1, include_str!("table1-spacing.tsv"), |a, b, _| {
        let gap = gap(a, b, &Rules::default());
        let part = |part: Em, of: &str| match part {
            Em::ZERO => String::new(),
            part => format!("{} {of}", em(part)),
        };
        join(part(gap.first, "be"), part(gap.second, "af"))
    });
}

#[test]
fn table_2_breaks() {
    let rules = Rules {
        strictness: Strictness::VeryStrict,
        ..Rules::default()
    };
    compare(2, include_str!("table2-break.tsv"), |a, b, _| {
        if break_between(a, b, &rules) { String::new() } else { "not".to_owned() }
    });
}

fn compare_reduction(number: u8, table: &str, reduction_table: ReductionTable) {
    let rules = Rules { reduction: reduction_table, ..Rules::default() };
    compare(number, table, |a, b, expected| {
        let (gap, reduction) = (gap(a, b, &rules), reduction(a, b, &rules));
        let part = |natural: Em, shrink: Option<seihon::line::Shrink>| {
            let Some(shrink) = shrink else {
                return if natural == Em::ZERO { String::new() } else { em(natural) };
            };
            let stage =
                shrink.stage.number(reduction_table).expect("a stage of the table");
            // The tables leave the amount out beside word spaces.
            if a == CharClass::WesternSpace || b == CharClass::WesternSpace {
                return format!("@S{stage}");
            }
            format!("{}-{}@S{stage}", em(natural), em(shrink.floor))
        };
        let said =
            join(part(gap.first, reduction.first), part(gap.second, reduction.second));
        let spaced = a == CharClass::WesternSpace || b == CharClass::WesternSpace;
        // So do they where the gap beside a word space is fixed.
        if spaced && expected.is_empty() && !said.contains('@') {
            String::new()
        } else {
            said
        }
    });
}

#[test]
fn table_3_reduction_of_jlreq() {
    let table = include_str!("table3-reduce-jlreq.tsv");
    compare_reduction(3, table, ReductionTable::Jlreq);
}

#[test]
fn table_4_reduction_of_jis() {
    let table = include_str!("table4-reduce-jisx4051.tsv");
    compare_reduction(4, table, ReductionTable::Jis);
}

#[test]
fn table_5_reduction_of_books() {
    let table = include_str!("table5-reduce-books.tsv");
    compare_reduction(5, table, ReductionTable::Books);
}

#[test]
fn table_6_expansion() {
    compare(6, include_str!("table6-expand.tsv"), |a, b, _| {
        let Some(expansion) = expansion(a, b, &Rules::default()) else {
            return String::new();
        };
        match expansion.stage {
            ExpansionStage::WordSpace => "@S1".to_owned(),
            ExpansionStage::Western => format!("1/4-{}@S2", em(expansion.ceiling)),
            ExpansionStage::Solid => format!("{}@S3", em(expansion.ceiling)),
            ExpansionStage::All => "@S4".to_owned(),
        }
    });
}

/// The column *line end* of Tables 3 to 5; Table 1 gives the natural gaps in its notes.
#[test]
fn line_ends() {
    use seihon::line::LineEnd;
    let tables = [
        (ReductionTable::Jlreq, LineEnd::Keep, include_str!("table3-reduce-jlreq.tsv")),
        (
            ReductionTable::Jis,
            LineEnd::FullStop,
            include_str!("table4-reduce-jisx4051.tsv"),
        ),
        (ReductionTable::Books, LineEnd::Keep, include_str!("table5-reduce-books.tsv")),
    ];
    for (table, line_end, text) in tables {
        let rules = Rules { reduction: table, line_end, ..Rules::default() };
        for cell in cells(text) {
            let (Some(class), "L_END") = (class(&cell.row), cell.column.as_str()) else {
                continue;
            };
            let end = end_gap(class, &rules);
            let stage = end.drop.and_then(|stage| stage.number(table));
            let said = match (end.natural, stage) {
                (Em::ZERO, _) => String::new(),
                (natural, None) => em(natural),
                (natural, Some(stage)) => format!("{}=0@S{stage}", em(natural)),
            };
            let expected = match cell.text.as_str() {
                // Brackets that open and word spaces do not stand at the end of a line.
                "×" | "n. 4" => "",
                // A middle dot loses what is before and after it together.
                "n. 5@S3" => "1/4=0@S3",
                // Table 5 has no stage for it: the gap stays.
                "" if class == CharClass::MiddleDot && table == ReductionTable::Books => {
                    "1/4"
                }
                text => text,
            };
            assert_eq!(said, expected, "{table:?} {}", cell.place());
        }
    }
}

#[test]
fn the_stages_are_in_the_order_of_every_table() {
    use ReductionStage::*;
    let stages = [WordSpace, LineEnd, LineEndMiddleDot, MiddleDot, Bracket, Western];
    for table in [ReductionTable::Jlreq, ReductionTable::Jis, ReductionTable::Books] {
        let numbers: Vec<u8> =
            stages.iter().filter_map(|stage| stage.number(table)).collect();
        let expected: Vec<u8> = (1..=numbers.len() as u8).collect();
        assert_eq!(numbers, expected);
    }
}
