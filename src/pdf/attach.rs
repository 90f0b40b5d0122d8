//! Files inside the file.

use std::sync::Arc;

use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};

use super::info;
use crate::display::Info;

/// A file that goes into the file: something that it is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its path, with `/` between names.
    pub path: String,
    /// Its media type, such as `text/markdown`.
    pub media_type: &'static str,
    /// What it is, in words.
    pub description: String,
    /// What it holds.
    pub bytes: Arc<Vec<u8>>,
}

impl Attachment {
    /// The file as krilla takes it; it has no other time than that of the making.
    pub(super) fn file(&self, info: &Info) -> EmbeddedFile {
        EmbeddedFile {
            path: self.path.clone(),
            mime_type: MimeType::new(self.media_type),
            description: Some(self.description.clone()),
            association_kind: AssociationKind::Source,
            data: self.bytes.clone().into(),
            modification_date: info::date(&info.modified),
            compress: Some(true),
            location: None,
        }
    }
}
