//! Values of a text, and the brackets that they stand in.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::text::path::Step;

/// What kind of brackets a value has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// `(field: value)`, with or without a name before it, and `()`.
    Struct,
    /// `{key: value}`
    Map,
    /// `[value]` and the tuple `(value, value)`.
    List,
}

/// The brackets of a value that contains others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What kind of brackets they are.
    pub kind: BlockKind,
    /// The byte just after the opening bracket.
    pub open: usize,
    /// The byte of the closing bracket, or the end of the text if there is none.
    pub close: usize,
    /// The byte just after the comma that follows the last value, if one does.
    pub trailing_comma: Option<usize>,
    /// Whether there is nothing but blanks and comments in it.
    pub empty: bool,
}

/// A value in the text, and the values inside it.
#[derive(Clone, Debug, Default)]
pub(super) struct Node {
    pub value: Range<usize>,
    pub key: Option<Range<usize>>,
    pub block: Option<Box<Block>>,
    /// The values inside, in the order of the text.
    pub children: Vec<(Step, usize)>,
    /// Which child has a name; the last one if several have it.
    pub named: BTreeMap<String, usize>,
}
