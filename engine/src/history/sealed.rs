//! Files that say what they are and whether they are whole: eight bytes of magic, a version, BLAKE3 of the rest, then
//! zstd over postcard.

use std::io::Read;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

const HEADER: usize = 8 + 4 + 32;
/// A long match with many seats stays far below this; what claims more is none of ours.
const LARGEST: u64 = 256 << 20;
const COMPRESSION: i32 = 3;

/// A kind of file.
pub struct Seal {
    /// Its first eight bytes.
    pub magic: &'static [u8; 8],
    /// Its version.
    pub version: u32,
}

/// Why a sealed file does not open.
#[derive(Debug)]
pub enum Broken {
    /// It cannot be read.
    Io(std::io::Error),
    /// It is something else.
    Foreign,
    /// It is of another version.
    Version(u32),
    /// Cut short or changed.
    Damaged,
}

impl Seal {
    /// Whether a file claims to be of this kind.
    pub fn is_on(&self, bytes: &[u8]) -> bool {
        bytes.starts_with(self.magic)
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// It cannot be encoded, which only a lack of memory can cause.
    pub fn close(&self, contents: &impl Serialize) -> std::io::Result<Vec<u8>> {
        let plain = postcard::to_stdvec(contents).map_err(std::io::Error::other)?;
        let packed = zstd::encode_all(plain.as_slice(), COMPRESSION)?;
        let checksum = blake3::hash(&packed);
        Ok([self.magic.as_slice(), &self.version.to_le_bytes(), checksum.as_bytes(), &packed].concat())
    }

    /// The contents of a file's bytes.
    ///
    /// # Errors
    /// It is something else, of another version, or damaged.
    pub fn open<T: DeserializeOwned>(&self, bytes: &[u8]) -> Result<T, Broken> {
        if !self.is_on(bytes) {
            return Err(Broken::Foreign);
        }
        let (header, packed) = bytes.split_at_checked(HEADER).ok_or(Broken::Damaged)?;
        let version = header[8..12].try_into().map_err(|_| Broken::Damaged)?;
        let found = u32::from_le_bytes(version);
        if found != self.version {
            return Err(Broken::Version(found));
        }
        if header[12..] != *blake3::hash(packed).as_bytes() {
            return Err(Broken::Damaged);
        }
        let decoder = zstd::Decoder::new(packed).map_err(|_| Broken::Damaged)?;
        let mut plain = Vec::new();
        decoder.take(LARGEST).read_to_end(&mut plain).map_err(|_| Broken::Damaged)?;
        postcard::from_bytes(&plain).map_err(|_| Broken::Damaged)
    }

    /// The contents of a file.
    ///
    /// # Errors
    /// It cannot be read, or as for [`open`](Self::open).
    pub fn read<T: DeserializeOwned>(&self, path: &Path) -> Result<T, Broken> {
        self.open(&self.bytes(path)?)
    }

    /// The bytes of a file, to be opened.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn bytes(&self, path: &Path) -> Result<Vec<u8>, Broken> {
        // Opening a pipe would wait for somebody to write into it.
        if !std::fs::metadata(path).map_err(Broken::Io)?.is_file() {
            return Err(Broken::Foreign);
        }
        let file = std::fs::File::open(path).map_err(Broken::Io)?;
        let mut bytes = Vec::new();
        file.take(LARGEST).read_to_end(&mut bytes).map_err(Broken::Io)?;
        Ok(bytes)
    }
}
