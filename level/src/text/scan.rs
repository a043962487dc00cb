//! Finding the values in a text, RON or not.

use super::block::{Block, BlockKind, Node};
use super::path::Step;
use super::tokens::{self, Kind, Token, Tokens};

/// Values nested deeper than this are not told apart. The parser refuses such
/// files anyway.
const DEEPEST: usize = 128;

/// The values of a text; the first is the whole, the others are its insides.
pub(super) fn scan(text: &str) -> Vec<Node> {
    let mut scanner = Scanner { text, tokens: Tokens::new(text), nodes: Vec::new() };
    scanner.attributes();
    let root = scanner.node(None);
    scanner.value(root, 0);
    scanner.nodes
}

struct Scanner<'t> {
    text: &'t str,
    tokens: Tokens<'t>,
    nodes: Vec<Node>,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<Token> {
        self.tokens.clone().next()
    }

    fn peek_kind(&self, ahead: usize) -> Option<Kind> {
        self.tokens.clone().nth(ahead).map(|token| token.kind)
    }

    /// Passes over `#![enable(...)]` and the like before the value.
    fn attributes(&mut self) {
        while self.peek().is_some_and(|token| token.of(self.text).starts_with('#')) {
            while self.peek_kind(0) == Some(Kind::Word) {
                self.tokens.next();
            }
            if self.peek_kind(0) == Some(Kind::Open('[')) {
                self.skip_brackets();
            }
        }
    }

    fn node(&mut self, key: Option<Token>) -> usize {
        self.nodes.push(Node { key: key.map(Token::span), ..Node::default() });
        self.nodes.len() - 1
    }

    fn child(&mut self, parent: usize, step: Step, key: Option<Token>) -> usize {
        let child = self.node(key);
        if let Some(parent) = self.nodes.get_mut(parent) {
            if let Step::Name(name) = &step {
                parent.named.insert(name.clone(), child);
            }
            parent.children.push((step, child));
        }
        child
    }

    /// Reads the next value into `node`. It recurses at most [`DEEPEST`] times.
    fn value(&mut self, node: usize, depth: usize) {
        let start = self.peek().map_or(self.text.len(), |token| token.start);
        let mut end = start;
        match self.peek() {
            None => {}
            Some(token) => match token.kind {
                Kind::Close(_) | Kind::Comma | Kind::Colon => {}
                Kind::Open(bracket) => end = self.block(node, bracket, false, depth),
                Kind::Quoted | Kind::Unclosed => {
                    self.tokens.next();
                    end = token.end;
                }
                Kind::Word => {
                    self.tokens.next();
                    end = token.end;
                    let name = tokens::is_name(tokens::plain_name(token.of(self.text)));
                    if name && self.peek_kind(0) == Some(Kind::Open('(')) {
                        end = self.block(node, '(', true, depth);
                    }
                }
            },
        }
        if let Some(node) = self.nodes.get_mut(node) {
            node.value = start..end;
        }
    }

    /// Reads brackets and what is in them, and gives the byte after them.
    /// `named` says that a name stands before the opening bracket.
    fn block(&mut self, node: usize, bracket: char, named: bool, depth: usize) -> usize {
        if depth >= DEEPEST {
            return self.skip_brackets();
        }
        let open = self.tokens.next().map_or(self.text.len(), |token| token.end);
        let mut count = 0;
        let mut trailing_comma = None;
        let mut fields = false;
        let (close, end) = loop {
            let Some(token) = self.peek() else {
                break (self.text.len(), self.text.len());
            };
            match token.kind {
                Kind::Close(_) => {
                    self.tokens.next();
                    break (token.start, token.end);
                }
                Kind::Comma => {
                    self.tokens.next();
                    trailing_comma = Some(token.end);
                }
                Kind::Colon => drop(self.tokens.next()),
                _ => {
                    let child = self.entry(node, bracket, count, &mut fields);
                    self.value(child, depth + 1);
                    count += 1;
                    trailing_comma = None;
                }
            }
        };
        let kind = match bracket {
            '[' => BlockKind::List,
            '{' => BlockKind::Map,
            _ if fields || count == 0 => BlockKind::Struct,
            _ => BlockKind::List,
        };
        if named && count == 1 && !fields {
            self.unwrap(node);
        } else if let Some(node) = self.nodes.get_mut(node) {
            node.block = Some(Box::new(Block { kind, open, close, trailing_comma, empty: count == 0 }));
        }
        end
    }

    /// Starts a value inside brackets, past its name if it has one.
    fn entry(&mut self, node: usize, bracket: char, count: usize, fields: &mut bool) -> usize {
        let first = self.peek();
        if bracket == '{' {
            return self.map_entry(node);
        }
        let field =
            bracket == '(' && self.peek_kind(0) == Some(Kind::Word) && self.peek_kind(1) == Some(Kind::Colon);
        match first.filter(|_| field) {
            Some(name) => {
                *fields = true;
                self.tokens.next();
                self.tokens.next();
                let plain = tokens::plain_name(name.of(self.text)).to_owned();
                self.child(node, Step::Name(plain), Some(name))
            }
            None => self.child(node, Step::Index(count), None),
        }
    }

    /// A key can be any value; one that is not a string is known by its text.
    fn map_entry(&mut self, node: usize) -> usize {
        let start = self.peek().map_or(self.text.len(), |token| token.start);
        let mut end = self.tokens.next().map_or(start, |token| token.end);
        if self.text.get(start..end).is_some_and(|text| matches!(text, "(" | "[" | "{")) {
            end = self.rest_of_brackets();
        } else if self.peek_kind(0) == Some(Kind::Open('(')) {
            end = self.skip_brackets();
        }
        if self.peek_kind(0) == Some(Kind::Colon) {
            self.tokens.next();
        }
        let key = Token { kind: Kind::Word, start, end };
        let written = key.of(self.text);
        let name = tokens::unquote(written).unwrap_or_else(|| written.to_owned());
        self.child(node, Step::Name(name), Some(key))
    }

    /// Gives what is inside the only child to the value around it, as in
    /// `Some(x)` and `Wrap([x])`, which add nothing to the path.
    fn unwrap(&mut self, node: usize) {
        let only = self.nodes.get_mut(node).and_then(|node| node.children.pop());
        let Some((_, child)) = only else { return };
        let Some(inner) = self.nodes.get_mut(child).map(std::mem::take) else {
            return;
        };
        if let Some(outer) = self.nodes.get_mut(node) {
            outer.block = inner.block;
            outer.children = inner.children;
            outer.named = inner.named;
        }
    }

    /// Passes over brackets and everything in them.
    fn skip_brackets(&mut self) -> usize {
        self.tokens.next();
        self.rest_of_brackets()
    }

    fn rest_of_brackets(&mut self) -> usize {
        let mut depth = 1_usize;
        for token in self.tokens.by_ref() {
            match token.kind {
                Kind::Open(_) => depth += 1,
                Kind::Close(_) => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return token.end;
            }
        }
        self.text.len()
    }
}
