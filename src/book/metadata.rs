//! The metadata of a book with every default filled in.

use time::{Date, Month, OffsetDateTime};
use uuid::Uuid;

use super::config::{Config, ROLES};
use super::edition::Isbn;
use crate::diag::{Code, Diagnostic, Sink};
use crate::model::{Contributor, Metadata, is_language_tag};
use crate::source::{Source, Span};
use crate::yaml::{self, Spanned};

/// The namespace of identifiers that the program makes.
const NAMESPACE: Uuid = Uuid::from_bytes(*b"seihon/identify1");

/// Completes what `book.yaml` says.
pub(super) fn complete(
    config: &Config,
    source: &Source,
    start: usize,
    source_date: Option<i64>,
    sink: &mut Sink,
) -> Metadata {
    let mut checker = Checker { source, start, sink };
    let contributors = config.authors.iter().map(|author| Contributor {
        name: author.name.clone(),
        reading: author.reading.clone(),
        alternates: checker.alternates(author.alternate_script.as_ref()),
        role: author
            .role
            .as_ref()
            .map_or("aut".to_string(), |role| checker.role(role)),
    });
    let contributors: Vec<Contributor> = contributors.collect();
    let published = config.published.as_ref().and_then(|date| checker.date(date));
    let identifier = config.identifier.as_ref().and_then(|id| checker.identifier(id));
    let first_author = contributors.first().map_or("", |author| author.name.as_str());
    let identifier = identifier.unwrap_or_else(|| {
        let name = format!("{}\n{first_author}", config.title);
        format!("urn:uuid:{}", Uuid::new_v5(&NAMESPACE, name.as_bytes()))
    });
    let language = config.language.as_ref().and_then(|tag| checker.language(tag));
    if config.title.trim().is_empty() {
        let span = source.span(start..start);
        let message = "the title is empty";
        checker.sink.push(
            Diagnostic::new(Code::BadValue, span, message).hint("give the book a title"),
        );
    }
    let metadata = Metadata {
        title: config.title.clone(),
        title_reading: config.title_reading.clone(),
        title_alternates: checker.alternates(config.title_alternate_script.as_ref()),
        short_title: config.short_title.clone(),
        subtitle: config.subtitle.clone(),
        subtitle_reading: config.subtitle_reading.clone(),
        series: config.series.as_ref().map(|series| checker.series(series)),
        contributors,
        language: language.unwrap_or_else(|| "ja".to_string()),
        identifier,
        other_identifiers: config
            .other_identifiers
            .iter()
            .filter_map(|one| checker.identifier(one))
            .collect(),
        publisher: config.publisher.clone(),
        publisher_reading: config.publisher_reading.clone(),
        publisher_alternates: checker
            .alternates(config.publisher_alternate_script.as_ref()),
        modified: modified(source_date, published.as_deref()),
        published,
        edition: config.edition.clone(),
        history: config.history.clone(),
        printer: config.printer.clone(),
        binder: config.binder.clone(),
        price: config.price.clone(),
        c_code: config.c_code.clone(),
        notice: config.notice.clone(),
        isbn: config.identifier.as_ref().map(|id| shown_isbn(&id.value)),
        rights: config.rights.clone(),
        contact: config.contact.clone(),
        description: config.description.clone(),
        source: config.source.clone(),
        subjects: config.subjects.iter().map(|one| checker.subject(one)).collect(),
        conformance: checker.conformance(&config.accessibility),
        accessibility_summary: config.accessibility.summary.clone(),
    };
    without_blanks(metadata)
}

/// Metadata without values that are blank: they are as if nothing were said.
fn without_blanks(mut meta: Metadata) -> Metadata {
    let blank = |text: &str| text.trim().is_empty();
    for value in [
        &mut meta.title_reading,
        &mut meta.short_title,
        &mut meta.subtitle,
        &mut meta.subtitle_reading,
        &mut meta.publisher,
        &mut meta.publisher_reading,
        &mut meta.edition,
        &mut meta.printer,
        &mut meta.binder,
        &mut meta.price,
        &mut meta.c_code,
        &mut meta.notice,
        &mut meta.rights,
        &mut meta.contact,
        &mut meta.description,
        &mut meta.source,
        &mut meta.accessibility_summary,
    ] {
        value.take_if(|value| blank(value));
    }
    meta.history.retain(|line| !blank(line));
    meta.subjects.retain(|subject| !blank(&subject.name));
    meta.contributors.retain(|contributor| !blank(&contributor.name));
    for contributor in &mut meta.contributors {
        contributor.reading.take_if(|reading| blank(reading));
    }
    meta.series.take_if(|series| blank(&series.name));
    if let Some(series) = &mut meta.series {
        series.reading.take_if(|reading| blank(reading));
    }
    meta
}

/// The time of making: of the clock that the caller gives, else midnight of the day of
/// publication, else the beginning of 1980, where the clock of ZIP files begins.
fn modified(source_date: Option<i64>, published: Option<&str>) -> String {
    let given =
        source_date.and_then(|time| OffsetDateTime::from_unix_timestamp(time).ok());
    match (given, published) {
        (Some(time), _) => {
            let (date, clock) = (time.date(), time.time());
            let (year, month, day) = (date.year(), u8::from(date.month()), date.day());
            let (hour, minute, second) = clock.as_hms();
            format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
        }
        (None, Some(date)) => format!("{date}T00:00:00Z"),
        (None, None) => "1980-01-01T00:00:00Z".to_string(),
    }
}

/// The ISBN of an edition, where it is one.
pub(super) fn isbn(
    given: &Spanned<String>,
    source: &Source,
    start: usize,
    sink: &mut Sink,
) -> Option<Isbn> {
    let mut checker = Checker { source, start, sink };
    let urn = checker.identifier(given)?;
    if !urn.starts_with("urn:isbn:") {
        let message = format!("`{}` is not an ISBN", given.value.trim());
        checker.bad(
            given,
            message,
            "write its 13 digits, with or without hyphens".into(),
        );
        return None;
    }
    Some(Isbn { urn, shown: shown_isbn(&given.value) })
}

/// An ISBN with the hyphens that the author has given it.
fn shown_isbn(identifier: &str) -> String {
    let text = identifier.trim();
    text.strip_prefix("urn:isbn:").unwrap_or(text).to_owned()
}

/// Checks values and tells what is wrong with them.
pub(super) struct Checker<'a> {
    source: &'a Source,
    start: usize,
    sink: &'a mut Sink,
}

impl Checker<'_> {
    fn span<T>(&self, value: &Spanned<T>) -> Span {
        yaml::span_of(self.source, self.start, value.referenced)
    }

    pub(super) fn bad<T>(&mut self, value: &Spanned<T>, message: String, hint: String) {
        let span = self.span(value);
        self.sink
            .push(Diagnostic::new(Code::BadValue, span, message).hint(hint));
    }

    fn role(&mut self, role: &Spanned<String>) -> String {
        if !ROLES.contains(&role.value.as_str()) {
            let message = format!("unknown role `{}`", role.value);
            self.bad(role, message, yaml::hint_for(&role.value, ROLES));
        }
        role.value.clone()
    }

    /// A day that the calendar has, as `YYYY-MM-DD`.
    fn date(&mut self, date: &Spanned<String>) -> Option<String> {
        let parsed = parse_date(date.value.trim());
        if parsed.is_none() {
            let message = format!("`{}` is not a day of the calendar", date.value);
            self.bad(date, message, "write it as `2026-11-22`".to_string());
        }
        parsed.map(|day| {
            let (year, month, day) = (day.year(), u8::from(day.month()), day.day());
            format!("{year:04}-{month:02}-{day:02}")
        })
    }

    /// An ISBN with a right check digit, a DOI, a UUID, any URN or a web address.
    fn identifier(&mut self, identifier: &Spanned<String>) -> Option<String> {
        let text = identifier.value.trim();
        let bare = text.strip_prefix("urn:isbn:").unwrap_or(text);
        let digits: String = bare.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
        let isbn = digits.len() == 13 && digits.chars().all(|c| c.is_ascii_digit());
        let claims_isbn = text.starts_with("urn:isbn:") || isbn;
        if claims_isbn && isbn_is_right(&digits) {
            return Some(format!("urn:isbn:{digits}"));
        }
        if claims_isbn {
            let message = format!("`{bare}` is not an ISBN: its check digit is wrong");
            self.bad(identifier, message, "copy the 13 digits again".to_string());
            return None;
        }
        if let Some(doi) = DOI.iter().find_map(|prefix| text.strip_prefix(prefix)) {
            if is_doi(doi) {
                return Some(format!("doi:{doi}"));
            }
            let message = format!("`{text}` is not a DOI");
            self.bad(identifier, message, "write `doi:10.1234/name`".to_string());
            return None;
        }
        if let Some(uuid) = text.strip_prefix("urn:uuid:")
            && Uuid::try_parse(uuid).is_err()
        {
            let message = format!("`{uuid}` is not a UUID");
            self.bad(identifier, message, "copy all of its 36 characters".to_string());
            return None;
        }
        if text.starts_with("urn:") || text.starts_with("http") {
            return Some(text.to_string());
        }
        let message = format!("`{text}` is not an identifier");
        let hint = "write `urn:isbn:978…`, `doi:10.…`, `urn:uuid:…` or a web address";
        let hint = hint.to_string();
        self.bad(identifier, message, hint);
        None
    }

    fn language(&mut self, tag: &Spanned<String>) -> Option<String> {
        let text = tag.value.trim();
        if is_language_tag(text) && text.starts_with(|ch: char| ch.is_ascii_lowercase()) {
            return Some(text.to_string());
        }
        let message = format!("`{text}` is not a language tag");
        self.bad(tag, message, "write `ja`, `en` or `zh-Hant`".to_string());
        None
    }
}

/// What a DOI may begin with.
const DOI: [&str; 4] = ["doi:", "urn:doi:", "https://doi.org/", "http://dx.doi.org/"];

/// Whether a text is a DOI: a prefix `10.` with digits, and what its owner has named.
fn is_doi(text: &str) -> bool {
    let parts = text.strip_prefix("10.").and_then(|rest| rest.split_once('/'));
    parts.is_some_and(|(owner, name)| {
        let digits = owner.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        owner.len() >= 4 && digits && !name.is_empty() && !name.contains(' ')
    })
}

fn parse_date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let month: u8 = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    if parts.next().is_some() {
        return None;
    }
    Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()
}

fn isbn_is_right(digits: &str) -> bool {
    let weighted = digits.bytes().enumerate().map(|(index, digit)| {
        u32::from(digit.wrapping_sub(b'0')) * if index % 2 == 0 { 1 } else { 3 }
    });
    digits.len() == 13 && weighted.sum::<u32>() % 10 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_making() {
        assert_eq!(modified(Some(0), None), "1970-01-01T00:00:00Z");
        assert_eq!(modified(Some(1_795_305_600), None), "2026-11-22T00:00:00Z");
        assert_eq!(modified(None, Some("2026-11-22")), "2026-11-22T00:00:00Z");
    }

    #[test]
    fn isbn_check_digits() {
        assert!(isbn_is_right("9784873119038"));
        assert!(!isbn_is_right("9784873119039"));
        assert!(parse_date("2026-02-29").is_none());
        assert!(is_doi("10.1234/seihon.1") && !is_doi("10.12/x") && !is_doi("11.1234/x"));
    }
}
