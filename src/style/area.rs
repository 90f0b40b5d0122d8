//! The type area (版面): whole characters along the line and whole lines across it, and where
//! it stands on the page.

use super::{
    Config, Dimension, Edge, FolioMode, HeadPages, PageStyle, Style, StyleError, design,
    preset, presets, theme,
};
use crate::geom::{Length, LogicalSize, Size, WritingMode};

/// The smallest and the largest size of text, and the smallest margin.
const SIZES: (Length, Length) = (Length(Length::Q.0 * 5), Length(Length::Q.0 * 100));
const LEAST_MARGIN: Length = Length(Length::MM.0 * 3);
/// The shortest and the longest side of a page.
const SIDES: (Length, Length) = (Length(Length::MM.0 * 30), Length(Length::MM.0 * 2000));
/// The fewest characters of a line where there are several columns.
const LEAST_CHARACTERS: u32 = 5;

/// The style that a book asks for.
pub(super) fn style(config: &Config, writing: WritingMode) -> Result<Style, StyleError> {
    let preset = match &config.preset {
        None => preset::of_writing(writing),
        Some(name) => match preset::find(name, writing) {
            Some(preset) => preset,
            None => return unknown_preset(name, writing),
        },
    };
    let said = theme::complete(config, writing)?;
    let mut faults = Vec::new();
    let (page, text) = (preset.page(), preset.text());
    let base = design::style(&said, page, writing, text, &mut faults);
    let (size, feed) = text_of(config, &base)?;
    let mut page = base.page.clone();
    if let Some(trim) = config.trim {
        page.trim = Size {
            width: trim.width.length(size),
            height: trim.height.length(size),
        };
    }
    check_trim(page.trim)?;
    page.columns = config.columns.unwrap_or(page.columns);
    if let Some(gap) = config.column_gap {
        page.column_gap = gap.length(size);
    }
    let mut faults = Vec::new();
    let mut style = design::style(&said, page, writing, (size, feed), &mut faults);
    fill(&mut style, config, &base)?;
    match faults.into_iter().next() {
        Some(fault) => Err(fault),
        None => Ok(style),
    }
}

/// The style of a book that says nothing.
pub(super) fn plain(writing: WritingMode) -> Style {
    let (preset, said) = (preset::of_writing(writing), theme::usual(writing));
    design::style(&said, preset.page(), writing, preset.text(), &mut Vec::new())
}

fn error<T>(
    key: &str,
    message: String,
    hint: impl Into<String>,
) -> Result<T, StyleError> {
    Err(StyleError { key: key.to_owned(), message, hint: hint.into() })
}

/// The size of the text and its line feed.
fn text_of(config: &Config, base: &Style) -> Result<(Length, Length), StyleError> {
    let size = config.font_size.map_or(base.size, |size| size.length(base.size));
    if size < SIZES.0 || size > SIZES.1 {
        return error(
            "font-size",
            format!("text of {}Q cannot be set", number(size, Length::Q)),
            "give a size between 5Q and 100Q",
        );
    }
    let feed = match config.line_feed {
        Some(feed) => feed.length(size),
        None => base.feed.ratio(size.0, base.size.0),
    };
    if feed < size || feed > size * 5 {
        let (least, most) = (number(size, Length::Q), number(size * 5, Length::Q));
        let usual = number(size.ratio(17, 10), Length::Q);
        return error(
            "line-feed",
            format!("lines of {least}Q cannot be {}H apart", number(feed, Length::Q)),
            format!("give a feed between {least}H and {most}H; {usual}H is usual"),
        );
    }
    Ok((size, feed))
}

/// Sets characters, lines and margins: those that are given, else as many and as large as
/// the preset's share of the page has room for.
fn fill(style: &mut Style, config: &Config, base: &Style) -> Result<(), StyleError> {
    let same = style.page.trim == base.page.trim
        && style.size == base.size
        && style.feed == base.feed
        && style.page.column_gap == base.page.column_gap
        && style.page.columns == base.page.columns;
    if !same {
        let share = base.writing.logical_size(base.page.trim);
        let trim = base.writing.logical_size(style.page.trim);
        let area = base.type_area();
        let room = LogicalSize {
            inline: trim.inline.ratio(area.inline.0, share.inline.0.max(1)),
            block: trim.block.ratio(area.block.0, share.block.0.max(1)),
        };
        (style.page.characters, style.page.lines) = fitting(style, room);
    }
    check_columns(style)?;
    style.page.characters = config.characters.unwrap_or(style.page.characters);
    style.page.lines = config.lines.unwrap_or(style.page.lines);
    check_counts(style)?;
    place(style, config, base);
    check_margins(style)?;
    check_both(style, config)?;
    keep_marginals(style, config)
}

/// Keeps running heads and folios on the page: where the gap of the theme is wider than
/// the margin has room for, they stand in the middle of the margin.
fn keep_marginals(style: &mut Style, config: &Config) -> Result<(), StyleError> {
    let margins = style.margins();
    // On a screen, the type area stands in the middle.
    let middle = (margins.gutter + margins.fore_edge) / 2;
    let margin = |edge| match edge {
        Edge::Head => ("margins.head", margins.head),
        Edge::Foot => ("margins.foot", margins.foot),
        Edge::ForeEdge => ("margins.fore-edge", margins.fore_edge.min(middle)),
    };
    let (running, folio) = (&mut style.running, &mut style.folio);
    let has_heads = running.pages != HeadPages::None;
    let has_folios = folio.mode != FolioMode::Hidden;
    let heads =
        (running.at, running.size, &mut running.gap, config.running_heads.gap.is_some());
    let folios = (folio.at, folio.size, &mut folio.gap, config.folios.gap.is_some());
    let all = [("running-heads", has_heads, heads), ("folios", has_folios, folios)];
    for (name, is_seen, (at, size, gap, is_given)) in all {
        let (key, margin) = margin(at);
        let room = margin - size;
        if !is_seen || *gap <= room {
            continue;
        }
        let [wide, high] = [margin, size].map(|length| number(length, Length::MM));
        if room < Length::ZERO {
            return error(
                key,
                format!("a margin of {wide}mm has no room for {name} of {high}mm"),
                "give it more room, with fewer lines or characters, or leave them out",
            );
        }
        if is_given {
            return error(
                &format!("{name}.gap"),
                format!(
                    "{name} {}mm from the text stand off the page",
                    number(*gap, Length::MM)
                ),
                format!("give at most {}mm", number(room, Length::MM)),
            );
        }
        *gap = room / 2;
    }
    Ok(())
}

/// Finds whether two margins across the text that are both given leave the room that it
/// takes.
fn check_both(style: &Style, config: &Config) -> Result<(), StyleError> {
    let (margins, given) = (style.margins(), &config.margins);
    let pairs = [
        ("margins.foot", given.head, given.foot, margins.foot),
        ("margins.fore-edge", given.gutter, given.fore_edge, margins.fore_edge),
    ];
    for (key, near, far, left) in pairs {
        let (Some(_), Some(far)) = (near, far) else { continue };
        let far = far.length(style.size);
        if (far - left).abs() > Length::MM / 20 {
            let [far, left] = [far, left].map(|length| number(length, Length::MM));
            return error(
                key,
                format!("the text and the other margin leave {left}mm, and not {far}mm"),
                format!("leave it out, or give {left}mm"),
            );
        }
    }
    Ok(())
}

/// The characters and lines of a column that fit a room for the type area.
fn fitting(style: &Style, room: LogicalSize) -> (u32, u32) {
    let columns = i64::from(style.page.columns.max(1));
    let line = (room.inline - style.page.column_gap * (columns - 1)) / columns;
    let gap = style.feed - style.size;
    let count = |number: i64| u32::try_from(number.max(1)).unwrap_or(1);
    (count(line.floor_div(style.size)), count((room.block + gap).floor_div(style.feed)))
}

/// Finds whether there can be a page of a size.
fn check_trim(trim: Size) -> Result<(), StyleError> {
    let (least, most) = SIDES;
    for (key, side) in [("trim.width", trim.width), ("trim.height", trim.height)] {
        if side < least || side > most {
            let [side, least, most] =
                [side, least, most].map(|length| number(length, Length::MM));
            let message = format!("a page cannot have a side of {side}mm");
            return error(key, message, format!("give {least}mm to {most}mm"));
        }
    }
    Ok(())
}

/// Finds whether columns are wide enough for a few characters.
fn check_columns(style: &Style) -> Result<(), StyleError> {
    let PageStyle { columns, column_gap, .. } = style.page;
    let room = style.writing.logical_size(style.page.trim).inline - LEAST_MARGIN * 2;
    if !(2..=4).contains(&columns) {
        return Ok(());
    }
    let least = style.size * i64::from(LEAST_CHARACTERS);
    let needs = |columns: i64| least * columns + column_gap * (columns - 1);
    if needs(i64::from(columns)) <= room {
        return Ok(());
    }
    let gaps = i64::from(columns) - 1;
    let widest = (room - least * i64::from(columns)) / gaps;
    if widest >= style.size {
        let gap = number(column_gap, Length::MM);
        let widest = widest.floor_div(Length::MM);
        let message = format!("{columns} columns cannot be {gap}mm apart on this page");
        return error("column-gap", message, format!("give at most {widest}mm"));
    }
    let most = (1..i64::from(columns)).rev().find(|&count| needs(count) <= room);
    error(
        "columns",
        format!(
            "{columns} columns do not fit the page: each needs {LEAST_CHARACTERS} \
             characters"
        ),
        format!("give at most {}, or smaller text", most.unwrap_or(1)),
    )
}

/// Finds whether the type area fits the page with the least of margins.
fn check_counts(style: &Style) -> Result<(), StyleError> {
    let trim = style.writing.logical_size(style.page.trim);
    let room = LogicalSize {
        inline: trim.inline - LEAST_MARGIN * 2,
        block: trim.block - LEAST_MARGIN * 2,
    };
    let (characters, lines) = fitting(style, room);
    let page = &style.page;
    let checks = [
        ("columns", page.columns, 4),
        ("characters", page.characters, characters),
        ("lines", page.lines, lines),
    ];
    for (key, given, most) in checks {
        if given == 0 || given > most {
            let needs = needs(style, key, given, room);
            let hint = match most {
                1 => "at most 1 fits".to_owned(),
                most => format!("at most {most} fit: give a number between 1 and {most}"),
            };
            return error(key, format!("{given} {key} do not fit the page{needs}"), hint);
        }
    }
    let area = style.type_area();
    if area.inline > room.inline || area.block > room.block {
        return error(
            "trim",
            "the text does not fit the page".to_owned(),
            "choose a larger page, smaller text or fewer columns",
        );
    }
    Ok(())
}

/// What the characters or lines need, and what the page has for them, in words.
fn needs(style: &Style, key: &str, given: u32, room: LogicalSize) -> String {
    let area = style.type_area();
    let (needed, has, unit) = match key {
        "characters" => {
            (area.inline, room.inline, format!("{}Q", number(style.size, Length::Q)))
        }
        "lines" => {
            (area.block, room.block, format!("{}H", number(style.feed, Length::Q)))
        }
        _ => return String::new(),
    };
    if given == 0 {
        return String::new();
    }
    let [needed, has] = [needed, has].map(|length| number(length, Length::MM));
    format!(": at {unit} they need {needed}mm, and it has room for {has}mm")
}

/// Places the type area: margins that are given, else in the preset's proportion.
fn place(style: &mut Style, config: &Config, base: &Style) {
    let area = style.writing.size(style.type_area());
    let (trim, was, size) = (style.page.trim, base.margins(), style.size);
    let share = |free: Length, near: Length, far: Length| {
        free.ratio(near.0, (near + far).0.max(1))
    };
    let place = |near: Option<Dimension>, far: Option<Dimension>, free, usual| match (
        near, far,
    ) {
        (Some(near), _) => near.length(size),
        (None, Some(far)) => free - far.length(size),
        (None, None) => usual,
    };
    let (down, across) = (trim.height - area.height, trim.width - area.width);
    let margins = &config.margins;
    style.page.head =
        place(margins.head, margins.foot, down, share(down, was.head, was.foot));
    let usual = share(across, was.gutter, was.fore_edge);
    style.page.gutter = place(margins.gutter, margins.fore_edge, across, usual);
}

/// Finds whether margins that are given leave room for those across the type area, and
/// agree with them where both are given.
fn check_margins(style: &Style) -> Result<(), StyleError> {
    let margins = style.margins();
    let pairs = [
        (["margins.head", "margins.foot"], [margins.head, margins.foot]),
        (["margins.gutter", "margins.fore-edge"], [margins.gutter, margins.fore_edge]),
    ];
    for (keys, [near, far]) in pairs {
        let fault = match (near < Length::ZERO, far < Length::ZERO) {
            (true, _) => (keys[1], far),
            (_, true) => (keys[0], near),
            (false, false) => continue,
        };
        let (key, given) = fault;
        let most = number(near + far, Length::MM);
        let message = format!(
            "a margin of {}mm pushes the text off the page",
            number(given, Length::MM)
        );
        return error(
            key,
            message,
            format!("{most}mm are left for both margins together"),
        );
    }
    Ok(())
}

fn unknown_preset(name: &str, writing: WritingMode) -> Result<Style, StyleError> {
    let names: Vec<&str> = presets()
        .iter()
        .filter(|preset| preset.writing == writing)
        .map(|preset| preset.name.as_str())
        .collect();
    let direction = match writing {
        WritingMode::Horizontal => "horizontal",
        WritingMode::Vertical => "vertical",
    };
    error(
        "preset",
        format!("there is no page preset `{name}` for {direction} writing"),
        format!("there are {}", names.join(", ")),
    )
}

/// A length in a unit with at most two digits after the dot.
fn number(length: Length, unit: Length) -> String {
    let hundredths = length.ratio(100, unit.0).0;
    format!("{}", hundredths as f64 / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line::{Breaking, Preset, Rules};
    use WritingMode::{Horizontal, Vertical};

    fn read(json: &str) -> Config {
        serde_json::from_str(json).expect("the test's settings can be read")
    }

    fn style(json: &str, writing: WritingMode) -> Result<Style, StyleError> {
        Style::from_config(&read(json), writing)
    }

    #[test]
    fn nothing_said_gives_the_preset_of_the_direction() {
        for (writing, name) in [(Horizontal, "a5"), (Vertical, "bunko")] {
            let preset = Style::preset(name, writing).expect("the preset is there");
            assert_eq!(style("{}", writing).map(|style| style.page), Ok(preset.page));
        }
        assert_eq!(style("{}", Horizontal), Ok(Style::default()));
    }

    #[test]
    fn larger_text_fills_the_same_share_of_the_page() {
        let style = style(r#"{"font-size": "16Q"}"#, Horizontal).expect("it fits");
        assert_eq!((style.page.characters, style.page.lines), (27, 25));
        let (area, margins) = (style.type_area(), style.margins());
        let width = margins.gutter + area.inline + margins.fore_edge;
        assert_eq!(width, style.page.trim.width);
        assert!(margins.gutter > margins.fore_edge);
    }

    #[test]
    fn what_does_not_fit_is_told_with_what_would() {
        let wrong = style(r#"{"characters": 60}"#, Horizontal).expect_err("too many");
        assert_eq!(wrong.key, "characters");
        assert_eq!(wrong.hint, "at most 43 fit: give a number between 1 and 43");
        let message = "60 characters do not fit the page: at 13Q they need 195mm, and it \
                       has room for 142mm";
        assert_eq!(wrong.message, message);
        let wrong = style(r#"{"lines": 40}"#, Vertical).expect_err("too many");
        assert_eq!(wrong.hint, "at most 19 fit: give a number between 1 and 19");
        let wrong = style(r#"{"margins": {"head": "190mm"}}"#, Horizontal);
        assert_eq!(
            wrong.expect_err("too far").hint,
            "41.75mm are left for both margins together"
        );
        let wrong = style(r#"{"preset": "bunko"}"#, Horizontal).expect_err("vertical");
        assert_eq!(wrong.hint, "there are a5, b5, b5-columns, a4");
        let wrong = style(r#"{"line-feed": "5H"}"#, Horizontal).expect_err("too tight");
        assert_eq!(wrong.key, "line-feed");
        assert!(style(r#"{"columns": 0}"#, Horizontal).is_err());
        assert!(style(r#"{"lines": 0}"#, Horizontal).is_err());
        assert!(style(r#"{"font-size": "0mm"}"#, Horizontal).is_err());
    }

    #[test]
    fn what_cannot_be_a_page_is_told() {
        let told = |json: &str, writing| {
            let wrong = style(json, writing).expect_err(json);
            format!("{}: {}; {}", wrong.key, wrong.message, wrong.hint)
        };
        assert_eq!(
            told(r#"{"columns": 3, "column-gap": "200mm"}"#, Horizontal),
            "column-gap: 3 columns cannot be 200mm apart on this page; give at most 46mm"
        );
        assert_eq!(
            told(r#"{"columns": 4, "font-size": "40Q"}"#, Vertical),
            "columns: 4 columns do not fit the page: each needs 5 characters; give at \
             most 2, or smaller text"
        );
        assert_eq!(
            told(r#"{"trim": {"width": "9000mm", "height": "90mm"}}"#, Vertical),
            "trim.width: a page cannot have a side of 9000mm; give 30mm to 2000mm"
        );
        assert_eq!(
            told(r#"{"margins": {"head": "20mm", "foot": "30mm"}}"#, Horizontal),
            "margins.foot: the text and the other margin leave 21.75mm, and not 30mm; \
             leave it out, or give 21.75mm"
        );
        for (json, key) in [
            (r#"{"columns": 5}"#, "columns"),
            (r#"{"line-feed": "0.5em"}"#, "line-feed"),
            (r#"{"font-size": "101Q"}"#, "font-size"),
            (r#"{"text": {"widows": 0}}"#, "text.widows"),
            (r#"{"text": {"orphans": 9}}"#, "text.orphans"),
            (r#"{"lists": {"bullets": []}}"#, "lists.bullets"),
            (r#"{"lists": {"bullets": ["長い点々"]}}"#, "lists.bullets"),
            (r#"{"lists": {"numbers": []}}"#, "lists.numbers"),
            (r#"{"margins": {"gutter": "140mm"}}"#, "margins.gutter"),
        ] {
            assert!(told(json, Vertical).starts_with(key), "{json}");
        }
        for json in [
            r#"{"margins": {"head": "20mm", "foot": "21.75mm"}}"#,
            r#"{"columns": 2, "column-gap": "2字", "characters": 15}"#,
            r#"{"font-size": "9pt", "line-feed": "16pt"}"#,
        ] {
            assert!(style(json, Horizontal).is_ok(), "{json}");
        }
    }

    #[test]
    fn folios_and_running_heads_stay_on_the_page() {
        let small = |said: &str| {
            let page = r#""preset": "a4", "theme": "kiji",
                "trim": {"width": "90mm", "height": "90mm"}"#;
            style(&format!("{{{page}{said}}}"), Horizontal)
        };
        let kept = small("").expect("it fits");
        let room = kept.margins().foot - kept.folio.size;
        assert_eq!(kept.folio.gap, room / 2);
        assert!(room > Length::ZERO && room < kept.size * 2);
        let wrong = small(r#", "folios": {"gap": "30mm"}"#).expect_err("too far");
        assert_eq!(wrong.key, "folios.gap");
        assert_eq!(wrong.message, "folios 30mm from the text stand off the page");
        assert_eq!(wrong.hint, format!("give at most {}mm", number(room, Length::MM)));
        let wrong = small(r#", "margins": {"foot": "2mm"}"#).expect_err("no room");
        assert_eq!(wrong.key, "margins.foot");
        let hidden = r#", "margins": {"foot": "2mm"}, "folios": {"mode": "hidden"}"#;
        assert!(small(hidden).is_ok());
        let heads = r#", "running-heads": {"pages": "both", "gap": "80mm"}"#;
        assert_eq!(small(heads).expect_err("too far").key, "running-heads.gap");
    }

    #[test]
    fn rules_of_the_line_begin_with_a_preset() {
        let rules = |json| style(json, Horizontal).expect("it fits").rules;
        assert_eq!(rules("{}"), Preset::Books.rules());
        let novel = rules(r#"{"line": {"preset": "novel", "breaking": "optimum"}}"#);
        let expected = Rules {
            breaking: Breaking::Optimum,
            ..Preset::Novel.rules()
        };
        assert_eq!(novel, expected);
    }

    #[test]
    fn every_value_of_a_theme_can_be_said() {
        let style = style(
            r##"{"theme": "kiji", "headings": {"h2": {"font": "mincho-bold",
                "size": "20Q", "lines": 4, "before": 2, "indent": "1.5em",
                "align": "center", "color": "#102030", "rule": "over"}},
                "folios": {"start": 3, "form": "{一}", "mode": "both"},
                "colors": {"ground": "#ffffff"}, "notes": {"size": "8pt"}}"##,
            Horizontal,
        );
        let style = style.expect("it fits");
        let heading = style.headings[1];
        assert_eq!((heading.size, heading.lines), (Length::Q * 20, 4));
        assert_eq!((heading.before, heading.indent), (2, Length::Q * 21 / 14 * 13));
        assert_eq!((style.folio.start, style.note.size), (3, Length::PT * 8));
        assert_eq!(style.folio.form.write(&[12]), "十二");
    }

    #[test]
    fn what_cannot_be_set_is_told_with_its_key() {
        let key = |json: &str| style(json, Horizontal).expect_err("it is wrong").key;
        let wrong = r#"{"headings": {"h2": {"size": "900Q"}}}"#;
        assert_eq!(key(wrong), "headings.h2.size");
        assert_eq!(key(r#"{"headings": {"h3": {"lines": 0}}}"#), "headings.h3.lines");
        assert_eq!(key(r#"{"folios": {"start": 2}}"#), "folios.start");
        assert_eq!(key(r#"{"title-page": {"at": 99}}"#), "title-page.at");
        assert_eq!(key(r#"{"notes": {"size": "1Q"}}"#), "notes.size");
        assert_eq!(key(r#"{"theme": "none"}"#), "theme");
    }

    #[test]
    fn margins_and_trim_can_be_given() {
        let style = style(
            r#"{"trim": {"width": "107mm", "height": "175mm"}, "preset": "shinsho",
                "margins": {"head": "18mm", "gutter": "14mm"}}"#,
            Vertical,
        );
        let style = style.expect("it fits");
        assert_eq!(style.page.trim.width, Length::MM * 107);
        assert_eq!(style.margins().head, Length::MM * 18);
        let foot = self::style(r#"{"margins": {"foot": "20mm"}}"#, Vertical);
        assert_eq!(foot.expect("it fits").margins().foot, Length::MM * 20);
    }
}
