//! Writing of ICC profiles, as ICC.1:2001-04 has them: as much of it as the two profiles need
//! that are made here.

/// A tag of a profile: what it is called and what it holds.
pub(super) type Tag = (&'static [u8; 4], Vec<u8>);

/// The light under which colours are seen (D50), as XYZ in 65,536ths.
pub(super) const LIGHT: [u32; 3] = [0xF6D6, 0x1_0000, 0xD32D];
/// The length of the header of a profile.
const HEADER: usize = 128;
/// The day that the profiles are of: the first of 2026, at midnight. It is not looked at.
const DAY: [u16; 6] = [2026, 1, 1, 0, 0, 0];

/// A profile with these tags. Its kind is those of the device, of its colours and of the
/// colours that they become, one after the other as in the header.
pub(super) fn profile<const N: usize>(kind: &[u8; 12], tags: [Tag; N]) -> Vec<u8> {
    let mut index = words(&[N as u32]);
    let mut data = Vec::new();
    for (name, tag) in tags {
        let place = HEADER + 4 + 12 * N + data.len();
        index.extend_from_slice(name);
        index.extend(words(&[place as u32, tag.len() as u32]));
        data.extend(tag);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    let size = HEADER + index.len() + data.len();
    let mut profile = words(&[size as u32, 0, 0x0240_0000]);
    profile.extend_from_slice(kind);
    profile.extend(DAY.iter().flat_map(|part| part.to_be_bytes()));
    profile.extend_from_slice(b"acsp");
    profile.resize(68, 0);
    profile.extend(words(&LIGHT));
    profile.resize(HEADER, 0);
    profile.extend(index);
    profile.extend(data);
    profile
}

/// A name in ASCII (`textDescriptionType`), without its forms in other scripts.
pub(super) fn description(name: &str) -> Vec<u8> {
    let mut tag = b"desc\0\0\0\0".to_vec();
    tag.extend(words(&[name.len() as u32 + 1]));
    tag.extend_from_slice(name.as_bytes());
    tag.resize(tag.len() + 1 + 4 + 4 + 2 + 1 + 67, 0);
    tag
}

/// A text in ASCII (`textType`).
pub(super) fn text(text: &str) -> Vec<u8> {
    [b"text\0\0\0\0", text.as_bytes(), b"\0"].concat()
}

/// A colour as XYZ in 65,536ths (`XYZType`).
pub(super) fn color(xyz: [u32; 3]) -> Vec<u8> {
    [b"XYZ \0\0\0\0".to_vec(), words(&xyz)].concat()
}

/// Numbers of 32 bits, as ICC writes them.
pub(super) fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}
