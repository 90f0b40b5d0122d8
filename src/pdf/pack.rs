//! The finished file in fewer bytes: packed pages, object streams and a cross-reference
//! stream.
//!
//! krilla: it writes every object and a table of their places as text; in a tagged book that
//! is as much as all pages together. Objects that are no streams go together into packed
//! streams here (ISO 32000-1, 7.5.7), and the table becomes one (7.5.8). Pages are packed
//! here as well: krilla would make room for Deflate anew for each of them, which takes as
//! long as the packing. Objects keep their numbers and their bytes, but for those that
//! [`mend`] changes. Nothing is parsed that is not needed: krilla's hand is known, and where
//! the file is not in it, it stays as it is.

use std::borrow::Cow;
use std::io::Write;
use std::ops::Range;

use memchr::memmem::find;

use super::deflate::Deflate;
use super::image::Images;
use super::roles;

/// How many objects share a stream. A reader unpacks all of them for one.
const SHARED: usize = 200;
/// The bytes of a line of the table: the kind of an object, its place, its number in a
/// stream.
const LINE: usize = 7;

/// How a stream begins and ends, and how any object does.
const STREAM: &[u8] = b"\nstream\n";
const STREAM_END: &[u8] = b"\nendstream";
const OBJECT_END: &[u8] = b"\nendobj";

/// Where an object is in the packed file.
#[derive(Clone, Copy)]
enum Place {
    /// At a byte of the file.
    At(usize),
    /// In an object stream of a number, as the object of a number in it.
    In(u32, u16),
}

/// Packs a file as krilla writes it, with images in the places of their stand-ins; `None` where it is not one.
pub(super) fn pack(file: &[u8], images: &Images) -> Option<Vec<u8>> {
    let table = Table::read(file)?;
    let mut out = file[..*table.objects.first()?].to_vec();
    let mut places = Vec::with_capacity(table.objects.len());
    let mut shared = Shared::default();
    let mut deflate = Deflate::new();
    let mut next = u32::try_from(table.objects.len()).ok()? + 1;
    for number in 0..table.objects.len() {
        let range = table.object(number, file)?;
        let whole = &file[range.clone()];
        let body = body(whole)?;
        if let Some(stream) = body.strip_suffix(STREAM_END) {
            places.push(Place::At(out.len()));
            let end = whole.len() - STREAM_END.len() - OBJECT_END.len();
            let whole = &whole[..end];
            if let Some(pixels) = images.behind(whole) {
                pixels.write(whole, &mut out)?;
                end_stream(pixels.data(), &mut out);
            } else if let Some(plain) = Plain::read(whole) {
                plain.write(&mut deflate, &mut out)?;
            } else {
                out.extend_from_slice(whole);
                end_stream(stream, &mut out);
            }
            continue;
        }
        places.push(Place::In(next, u16::try_from(shared.count).ok()?));
        shared.add(number + 1, &mend(body));
        if shared.count == SHARED {
            shared.places.push((next, out.len()));
            shared.write(next, &mut deflate, &mut out)?;
            next += 1;
        }
    }
    if shared.count > 0 {
        shared.places.push((next, out.len()));
        shared.write(next, &mut deflate, &mut out)?;
        next += 1;
    }
    places.extend(shared.places.iter().map(|&(_, at)| Place::At(at)));
    write_table(next, &places, (table.trailer, &mut deflate), &mut out)?;
    Some(out)
}

/// What is changed in an object that is no stream.
fn mend(body: &[u8]) -> Cow<'_, [u8]> {
    /// krilla: says of the structure what holds unless it is said, and what poppler takes
    /// for an error.
    const SUSPECTS: &[u8] = b"/Suspects false";
    if body.starts_with(b"<</Type/Catalog")
        && let Some(at) = find(body, SUSPECTS)
    {
        return Cow::Owned([&body[..at], &body[at + SUSPECTS.len()..]].concat());
    }
    roles::mend(body)
}

/// The table of a file with the places of its objects.
struct Table<'a> {
    /// Where objects begin, from that of the number 1.
    objects: Vec<usize>,
    /// Where the table begins.
    start: usize,
    /// The entries of the trailer but the number of objects.
    trailer: &'a [u8],
}

impl<'a> Table<'a> {
    fn read(file: &'a [u8]) -> Option<Self> {
        let tail = file.len().saturating_sub(64);
        let at = tail + find(&file[tail..], b"startxref\n")?;
        let start = number(&file[at + b"startxref\n".len()..])?;
        let text = file.get(start..at)?.strip_prefix(b"xref\n0 ")?;
        let count = number(text)?;
        let lines = &text[find(text, b"\n")? + 1..];
        // Each line is of twenty bytes; the first is of no object.
        let (lines, rest) = lines.split_at_checked(count.checked_mul(20)?)?;
        let mut objects = Vec::with_capacity(count);
        for line in lines.chunks_exact(20).skip(1) {
            // Each number has an object.
            if line.get(17) != Some(&b'n') {
                return None;
            }
            objects.push(number(line)?);
        }
        let trailer = rest.strip_prefix(b"trailer\n<</Size ")?;
        let trailer = &trailer[find(trailer, b"/")?..];
        let trailer = &trailer[..find(trailer, b">>\n")?];
        Some(Self { objects, start, trailer })
    }

    /// The bytes of an object, from its number to its end.
    fn object(&self, number: usize, file: &[u8]) -> Option<Range<usize>> {
        let start = self.objects[number];
        let next = *self.objects.get(number + 1).unwrap_or(&self.start);
        let whole = file.get(start..next)?.trim_ascii_end();
        whole.ends_with(b"endobj").then_some(start..start + whole.len())
    }
}

/// What an object holds.
fn body(object: &[u8]) -> Option<&[u8]> {
    let start = find(&object[..object.len().min(24)], b" obj\n")? + b" obj\n".len();
    Some(object.get(start..)?.strip_suffix(b"endobj")?.trim_ascii_end())
}

/// A stream that krilla has left as it is.
struct Plain<'a> {
    /// The object up to the length of the stream.
    start: &'a [u8],
    /// The entries after the length.
    entries: &'a [u8],
    /// What the stream holds.
    content: &'a [u8],
}

impl<'a> Plain<'a> {
    /// The stream of an object without its end; `None` where it is packed, and for
    /// metadata, which programs look for without knowing anything of PDF.
    fn read(object: &'a [u8]) -> Option<Self> {
        const LENGTH: &[u8] = b"/Length ";
        let end = find(object, STREAM)?;
        let head = &object[..end];
        if find(head, b"/Filter").or(find(head, b"/Type/Metadata")).is_some() {
            return None;
        }
        let at = find(head, LENGTH)? + LENGTH.len();
        let (start, rest) = head.split_at(at);
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let content = &object[end + STREAM.len()..];
        Some(Self { start, entries: &rest[digits..], content })
    }

    fn write(&self, deflate: &mut Deflate, out: &mut Vec<u8>) -> Option<()> {
        let packed = deflate.pack(self.content)?;
        out.extend_from_slice(self.start);
        write!(out, "{}/Filter/FlateDecode", packed.len()).ok()?;
        out.extend_from_slice(self.entries);
        out.extend_from_slice(STREAM);
        out.extend_from_slice(&packed);
        end_stream(&packed, out);
        Some(())
    }
}

/// Objects that go into one stream.
#[derive(Default)]
struct Shared {
    /// Numbers and places of the objects in the stream.
    index: Vec<u8>,
    bodies: Vec<u8>,
    count: usize,
    /// The numbers of the streams so far, and where they are.
    places: Vec<(u32, usize)>,
}

impl Shared {
    fn add(&mut self, number: usize, body: &[u8]) {
        let place = self.bodies.len();
        let _ = write!(self.index, "{number} {place} ");
        self.bodies.extend_from_slice(body);
        self.bodies.push(b'\n');
        self.count += 1;
    }

    /// Writes the stream and begins another.
    fn write(
        &mut self,
        number: u32,
        deflate: &mut Deflate,
        out: &mut Vec<u8>,
    ) -> Option<()> {
        let (count, first) = (self.count, self.index.len());
        let entries = format!("/Type/ObjStm/N {count}/First {first}");
        self.index.append(&mut self.bodies);
        let packed = deflate.pack(&self.index)?;
        write_stream(number, &entries, b"", &packed, out);
        self.index.clear();
        self.count = 0;
        Some(())
    }
}

/// Writes the table of places as a stream, and the end of the file.
fn write_table(
    number: u32,
    places: &[Place],
    (trailer, deflate): (&[u8], &mut Deflate),
    out: &mut Vec<u8>,
) -> Option<()> {
    let start = out.len();
    let mut lines = vec![0; LINE];
    lines[LINE - 2..].fill(0xFF);
    for place in places.iter().chain([&Place::At(start)]) {
        let (kind, at, index) = match *place {
            Place::At(byte) => (1, u32::try_from(byte).ok()?, 0),
            Place::In(stream, index) => (2, stream, index),
        };
        lines.push(kind);
        lines.extend_from_slice(&at.to_be_bytes());
        lines.extend_from_slice(&index.to_be_bytes());
    }
    let size = places.len() + 2;
    let entries = format!(
        "/Type/XRef/Size {size}/W[1 4 2]/DecodeParms<</Predictor 12/Columns {LINE}>>"
    );
    let packed = deflate.pack(&differences(&lines))?;
    write_stream(number, &entries, trailer, &packed, out);
    out.extend_from_slice(format!("startxref\n{start}\n%%EOF").as_bytes());
    Some(())
}

/// Lines as what they differ by from the line before (the predictor Up of PNG).
fn differences(lines: &[u8]) -> Vec<u8> {
    let mut before = [0; LINE];
    let mut out = Vec::with_capacity(lines.len() / LINE * (LINE + 1));
    for line in lines.chunks_exact(LINE) {
        out.push(2);
        for (byte, above) in line.iter().zip(&mut before) {
            out.push(byte.wrapping_sub(*above));
            *above = *byte;
        }
    }
    out
}

fn write_stream(
    number: u32,
    entries: &str,
    more: &[u8],
    packed: &[u8],
    out: &mut Vec<u8>,
) {
    let length = packed.len();
    let head = format!("{number} 0 obj\n<<{entries}/Filter/FlateDecode/Length {length}");
    out.extend_from_slice(head.as_bytes());
    out.extend_from_slice(more);
    out.extend_from_slice(b">>stream\n");
    out.extend_from_slice(packed);
    end_stream(packed, out);
}

/// Ends a stream of some bytes. A line feed comes before the keyword; where the bytes end
/// with a carriage return, the two would be taken for one end of a line and the stream for
/// shorter than it is (ISO 19005-2, 6.1.7.1), so that another comes between.
fn end_stream(bytes: &[u8], out: &mut Vec<u8>) {
    if bytes.ends_with(b"\r") {
        out.push(b'\r');
    }
    out.extend_from_slice(STREAM_END);
    out.extend_from_slice(OBJECT_END);
    out.push(b'\n');
}

/// The number that some bytes begin with.
fn number(bytes: &[u8]) -> Option<usize> {
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(&bytes[..digits]).ok()?.parse().ok()
}
