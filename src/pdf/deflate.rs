//! Deflate for the streams of the file.

use flate2::{Compress, Compression, FlushCompress, Status};

/// The level: past it the pages of a novel shrink by less than a percent for a third more
/// time.
const LEVEL: u32 = 5;

/// Packs one stream after the other. The room that this takes, which is more than most
/// pages have, is made once.
pub(super) struct Deflate(Compress);

impl Deflate {
    pub(super) fn new() -> Self {
        Self(Compress::new(Compression::new(LEVEL), true))
    }

    /// The bytes packed, with the head and the sum of zlib.
    pub(super) fn pack(&mut self, bytes: &[u8]) -> Option<Vec<u8>> {
        self.0.reset();
        let mut packed = Vec::with_capacity(bytes.len() / 4 + 64);
        loop {
            let read = usize::try_from(self.0.total_in()).ok()?;
            let rest = bytes.get(read..)?;
            let status = self.0.compress_vec(rest, &mut packed, FlushCompress::Finish);
            match status.ok()? {
                Status::StreamEnd => return Some(packed),
                Status::Ok | Status::BufError => packed.reserve(packed.len() / 2 + 64),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::ZlibDecoder;

    use super::*;

    #[test]
    fn streams_come_out_whole_and_do_not_depend_on_those_before() {
        let long: Vec<u8> = (0..200_000_u32)
            .flat_map(|n| n.wrapping_mul(n).to_le_bytes())
            .collect();
        let mut deflate = Deflate::new();
        for bytes in [&b""[..], b"BT (a) Tj ET", &long, b"BT (a) Tj ET", &long] {
            let packed = deflate.pack(bytes).expect("anything can be packed");
            let mut read = Vec::new();
            let mut reader = ZlibDecoder::new(packed.as_slice());
            reader.read_to_end(&mut read).expect("it can be unpacked");
            assert_eq!(read, bytes);
            assert_eq!(Deflate::new().pack(bytes), Some(packed));
        }
    }
}
