//! What title page and colophon say, from the metadata: which fields, in which order, is data
//! of the style. Both outputs set it.

use crate::model::{Contributor, Metadata};
use crate::style::Field;
use crate::words::{self, Words};

/// A line of a colophon (奥付).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// The title.
    Title(String),
    /// The subtitle.
    Subtitle(String),
    /// What something is called, and what it is; the first is empty where it goes on.
    Row(String, String),
    /// A line that says what it is by itself: rights, notices.
    Text(String),
}

/// The lines of a colophon with these fields; those of which the book says nothing are
/// left out.
pub fn colophon(meta: &Metadata, fields: &[Field]) -> Vec<Line> {
    let words = words::of(&meta.language);
    let row = |label: &str, value: &Option<String>| -> Vec<Line> {
        let rows = value.iter().flat_map(|value| value.lines()).enumerate();
        rows.map(|(index, value)| {
            let label = if index == 0 { label } else { "" };
            Line::Row(label.to_owned(), value.to_owned())
        })
        .collect()
    };
    let texts =
        |text: &str| text.lines().map(|line| Line::Text(line.to_owned())).collect();
    let lines = fields.iter().flat_map(|field| match field {
        Field::Title => vec![Line::Title(meta.title.clone())],
        Field::Subtitle => {
            meta.subtitle.clone().map(Line::Subtitle).into_iter().collect()
        }
        Field::History => history(meta, words),
        Field::Authors => meta.contributors.iter().map(|one| credit(meta, one)).collect(),
        Field::Publisher => row(words.publisher, &meta.publisher),
        Field::Printer => row(words.printer, &meta.printer),
        Field::Binder => row(words.binder, &meta.binder),
        Field::Contact => row(words.contact, &meta.contact),
        Field::Price => row(words.price, &meta.price),
        Field::Isbn => isbn(meta)
            .map(|isbn| Line::Row("ISBN".to_owned(), isbn))
            .into_iter()
            .collect(),
        Field::Rights => texts(&rights(meta)),
        Field::Notice => texts(meta.notice.as_deref().unwrap_or_default()),
    });
    lines.collect()
}

/// Editions and printings; where the book lists none, the day and the edition.
fn history(meta: &Metadata, words: &Words) -> Vec<Line> {
    if !meta.history.is_empty() {
        let lines = meta.history.iter().enumerate();
        return lines
            .map(|(index, line)| {
                let label = if index == 0 { words.history } else { "" };
                Line::Row(label.to_owned(), line.clone())
            })
            .collect();
    }
    let edition = meta.edition.as_deref().unwrap_or_default();
    let line = match (&meta.published, words.are_japanese()) {
        (Some(day), true) => {
            let text = format!("{}　{edition}発行", japanese_date(day));
            Some((words.published, text))
        }
        (Some(day), false) => {
            Some((words.published, format!("{day} {edition}").trim().to_owned()))
        }
        (None, _) if !edition.is_empty() => Some((words.edition, edition.to_owned())),
        (None, _) => None,
    };
    line.map(|(label, text)| Line::Row(label.to_owned(), text))
        .into_iter()
        .collect()
}

/// Somebody with what they did and how the name is read.
fn credit(meta: &Metadata, contributor: &Contributor) -> Line {
    let Contributor { name, reading, role, .. } = contributor;
    let label = match (words::of(&meta.language).are_japanese(), role.as_str()) {
        (true, _) => match contributor.role_name() {
            word @ ("著" | "編" | "訳" | "編著") => format!("{word}者"),
            word => word.to_owned(),
        },
        (false, "edt") => "Editor".to_owned(),
        (false, "trl") => "Translator".to_owned(),
        (false, "ill" | "art") => "Illustrator".to_owned(),
        (false, "aut" | "") => "Author".to_owned(),
        (false, _) => "Contributor".to_owned(),
    };
    let name = match reading {
        Some(reading) => format!("{name}（{reading}）"),
        None => name.clone(),
    };
    Line::Row(label, name)
}

/// The ISBN as the author writes it, with the C code where there is one.
fn isbn(meta: &Metadata) -> Option<String> {
    let number = meta.identifier.strip_prefix("urn:isbn:")?;
    let shown = meta.isbn.as_deref().unwrap_or(number);
    Some(match &meta.c_code {
        Some(code) => format!("{shown}　{code}"),
        None => shown.to_owned(),
    })
}

/// Who holds which rights; where the book says nothing, the year and the authors.
fn rights(meta: &Metadata) -> String {
    if let Some(rights) = &meta.rights {
        return rights.clone();
    }
    let year = meta.published.as_deref().and_then(|day| day.get(..4));
    let authors = meta.contributors.iter().filter(|one| one.role == "aut");
    let names: Vec<&str> = authors.map(|one| one.name.as_str()).collect();
    match year {
        Some(year) if !names.is_empty() => format!("© {year} {}", names.join(", ")),
        _ => String::new(),
    }
}

/// A day as `YYYY-MM-DD` in Japanese; what is no such day stays as it is.
fn japanese_date(day: &str) -> String {
    let mut parts = day.split('-').map(str::parse::<u32>);
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(Ok(year)), Some(Ok(month)), Some(Ok(day)), None) => {
            format!("{year}年{month}月{day}日")
        }
        (Some(Ok(year)), Some(Ok(month)), None, _) => format!("{year}年{month}月"),
        _ => day.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(label: &str, value: &str) -> Line {
        Line::Row(label.to_owned(), value.to_owned())
    }

    #[test]
    fn days_are_written_in_japanese() {
        assert_eq!(japanese_date("2026-11-02"), "2026年11月2日");
        assert_eq!(japanese_date("2026-11"), "2026年11月");
        assert_eq!(japanese_date("soon"), "soon");
    }

    #[test]
    fn a_colophon_says_who_and_when() {
        let author = Contributor {
            name: "編集部".to_owned(),
            reading: Some("ヘンシュウブ".to_owned()),
            role: "aut".to_owned(),
            ..Contributor::default()
        };
        let meta = Metadata {
            title: "本".to_owned(),
            contributors: vec![author],
            published: Some("2026-11-22".to_owned()),
            edition: Some("初版".to_owned()),
            identifier: "urn:isbn:9784873119038".to_owned(),
            isbn: Some("978-4-87311-903-8".to_owned()),
            c_code: Some("C0095".to_owned()),
            price: Some("本体1,200円+税".to_owned()),
            ..Metadata::default()
        };
        let fields = [
            Field::Price,
            Field::Title,
            Field::History,
            Field::Authors,
            Field::Printer,
            Field::Isbn,
            Field::Rights,
        ];
        let expected = [
            row("定価", "本体1,200円+税"),
            Line::Title("本".to_owned()),
            row("発行日", "2026年11月22日　初版発行"),
            row("著者", "編集部（ヘンシュウブ）"),
            row("ISBN", "978-4-87311-903-8　C0095"),
            Line::Text("© 2026 編集部".to_owned()),
        ];
        assert_eq!(colophon(&meta, &fields), expected);
        let english = Metadata { language: "en".to_owned(), ..meta };
        let expected = row("Published", "2026-11-22 初版");
        assert_eq!(colophon(&english, &[Field::History]), [expected]);
    }
}
