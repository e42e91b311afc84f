//! Rows of text -> a table as CSV (RFC 4180, UTF-8).

/// A table under construction. All of its rows have as many cells as its header.
pub struct Table {
    writer: csv::Writer<Vec<u8>>,
    marked: bool,
}

impl Table {
    /// A table with a header; `marked` puts a byte order mark before it, without which some spreadsheets take UTF-8
    /// for another encoding.
    pub fn new(header: &[&str], marked: bool) -> Table {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        // Writing to memory cannot fail.
        let _ = writer.write_record(header);
        Table { writer, marked }
    }

    pub fn row<'t>(&mut self, cells: impl IntoIterator<Item = &'t str>) {
        let _ = self.writer.write_record(cells.into_iter().map(harmless).collect::<Vec<String>>());
    }

    pub fn bytes(self) -> Vec<u8> {
        let mut bytes = if self.marked { b"\xEF\xBB\xBF".to_vec() } else { Vec::new() };
        bytes.extend(self.writer.into_inner().unwrap_or_default());
        bytes
    }
}

/// A spreadsheet takes a text that begins so for a formula, and runs it (OWASP, CSV injection). A number is none.
fn harmless(text: &str) -> String {
    let formula =
        text.starts_with(['=', '+', '-', '@', '\t', '\r']) && !text.parse::<f64>().is_ok_and(f64::is_finite);
    if formula { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(harmless("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(harmless("-1+cmd"), "'-1+cmd");
        assert_eq!(harmless("-33.86"), "-33.86");
        assert_eq!(harmless("-inf"), "'-inf");
        assert_eq!(harmless("2023"), "2023");
    }
}
