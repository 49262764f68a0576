//! An XML writer with the line ends and indents of different reporters.

/// How a reporter lays out its XML.
#[derive(Clone, Copy)]
pub struct Layout {
    pub newline: &'static str,
    pub indent: &'static str,
}

pub const ONE_LINE: Layout = Layout { newline: "", indent: "" };

/// Text under construction.
pub struct Xml {
    layout: Layout,
    out: String,
    depth: usize,
}

impl Xml {
    pub fn new(layout: Layout, declaration: &str) -> Self {
        Self { layout, out: format!("{declaration}{}", layout.newline), depth: 0 }
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(&self.layout.indent.repeat(self.depth));
        self.out.push_str(text);
        self.out.push_str(self.layout.newline);
    }

    /// An element with children, written by `inside`; `tag` may hold attributes.
    pub fn nest(&mut self, tag: &str, inside: impl FnOnce(&mut Self)) {
        self.line(&format!("<{tag}>"));
        self.depth += 1;
        inside(self);
        self.depth -= 1;
        self.line(&format!("</{}>", tag.split(' ').next().unwrap_or(tag)));
    }

    pub fn leaf(&mut self, name: &str, text: &str) {
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        self.line(&format!("<{name}>{text}</{name}>"));
    }

    /// A leaf where there is a text, nothing where there is none.
    pub fn optional(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.leaf(name, text);
        }
    }

    pub fn finish(self) -> String {
        self.out
    }
}
