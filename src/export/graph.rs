//! Who is named in the same meetings -> the network as GEXF and GraphML, for Gephi, networkx and others.

use std::collections::BTreeMap;
use std::io::Write;

use quick_xml::Writer;

use super::{Export, Hand, Losses};
use crate::model::dossier::Id;
use crate::view::network;
use crate::view::network::ties::{Tie, contacts, crowds, ties};
use crate::view::row;
use crate::view::words::Words;

pub const EXPORT: Export = Export {
    name: "graph",
    about: "the network as GEXF and GraphML, for Gephi, networkx and others",
    leaves_out: &[
        "when people met: an edge has the number of meetings and their keys",
        "people who are named in no meeting with another",
        "meetings that name more than 50 people",
        "groups, relations, places and sources",
    ],
    paths: |words| if network::is_any(words) { FILES.to_vec() } else { Vec::new() },
    make,
};

const FILES: [&str; 2] = ["data/network.gexf", "data/network.graphml"];

fn make(words: &Words, hand: Hand) -> Losses {
    let meetings = contacts(words.linked.occasions().iter().map(|occasion| occasion.id));
    let ties = ties(words, &meetings);
    if ties.is_empty() {
        return Losses::default();
    }
    let people: BTreeMap<Id, String> =
        ties.iter().flat_map(|tie| [tie.a, tie.b]).map(|id| (id, words.title(id))).collect();
    let graph = Graph { words, people, ties };
    let files = FILES.into_iter().zip([graph.gexf(), graph.graphml()]);
    // Writing to memory cannot fail.
    files.filter_map(|(path, xml)| Some((path.to_owned(), xml.ok()?))).for_each(hand);
    let mut lost = Losses::default();
    for id in crowds(words, &meetings) {
        let count = row::people_of(words, id).count().to_string();
        lost.add(&words.linked.dossier, id, "participants", &count, "more than 50 people, who make no pairs");
    }
    lost
}

struct Graph<'w> {
    words: &'w Words<'w>,
    people: BTreeMap<Id, String>,
    ties: Vec<Tie>,
}

type Xml = std::io::Result<Vec<u8>>;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

impl Graph<'_> {
    fn key(&self, id: Id) -> &str {
        self.words.linked.dossier.key(id)
    }

    fn side(&self, id: Id) -> &str {
        self.words.side_title(self.words.side(id))
    }

    fn records(&self, tie: &Tie) -> String {
        let key = |id: &Id| format!("{}/{}", id.kind.plural(), self.words.linked.dossier.key(*id));
        tie.records.iter().map(key).collect::<Vec<_>>().join(" ")
    }

    /// GEXF 1.2, which more programs read than 1.3 (gexf.net/1.2).
    fn gexf(&self) -> Xml {
        let mut writer = Writer::new_with_indent(HEAD.as_bytes().to_vec(), b' ', 1);
        let root = [("xmlns", "http://www.gexf.net/1.2draft"), ("version", "1.2")];
        writer.create_element("gexf").with_attributes(root).write_inner_content(|writer| {
            let graph = writer.create_element("graph").with_attribute(("defaultedgetype", "undirected"));
            graph.write_inner_content(|writer| {
                for (class, name) in [("node", "side"), ("edge", "records")] {
                    writer
                        .create_element("attributes")
                        .with_attribute(("class", class))
                        .write_inner_content(|writer| {
                            let attribute = [("id", name), ("title", name), ("type", "string")];
                            writer.create_element("attribute").with_attributes(attribute).write_empty()?;
                            Ok(())
                        })?;
                }
                writer.create_element("nodes").write_inner_content(|writer| {
                    for (id, name) in &self.people {
                        let attributes = [("id", self.key(*id)), ("label", name.as_str())];
                        let node = writer.create_element("node").with_attributes(attributes);
                        node.write_inner_content(|writer| values(writer, "side", self.side(*id)))?;
                    }
                    Ok(())
                })?;
                writer.create_element("edges").write_inner_content(|writer| {
                    for (at, tie) in self.ties.iter().enumerate() {
                        let (at, weight) = (at.to_string(), tie.records.len().to_string());
                        let ends = [
                            ("id", at.as_str()),
                            ("source", self.key(tie.a)),
                            ("target", self.key(tie.b)),
                            ("weight", &weight),
                        ];
                        let edge = writer.create_element("edge").with_attributes(ends);
                        edge.write_inner_content(|writer| values(writer, "records", &self.records(tie)))?;
                    }
                    Ok(())
                })?;
                Ok(())
            })?;
            Ok(())
        })?;
        Ok(writer.into_inner())
    }

    /// GraphML (graphml.graphdrawing.org).
    fn graphml(&self) -> Xml {
        let mut writer = Writer::new_with_indent(HEAD.as_bytes().to_vec(), b' ', 1);
        let root = ("xmlns", "http://graphml.graphdrawing.org/xmlns");
        writer.create_element("graphml").with_attribute(root).write_inner_content(|writer| {
            let keys = [
                ("label", "node", "string"),
                ("side", "node", "string"),
                ("weight", "edge", "int"),
                ("records", "edge", "string"),
            ];
            for (name, of, kind) in keys {
                let key = [("id", name), ("for", of), ("attr.name", name), ("attr.type", kind)];
                writer.create_element("key").with_attributes(key).write_empty()?;
            }
            let graph = writer.create_element("graph").with_attribute(("edgedefault", "undirected"));
            graph.write_inner_content(|writer| {
                for (id, name) in &self.people {
                    writer.create_element("node").with_attribute(("id", self.key(*id))).write_inner_content(
                        |writer| {
                            data(writer, "label", name)?;
                            data(writer, "side", self.side(*id))
                        },
                    )?;
                }
                for tie in &self.ties {
                    let ends = [("source", self.key(tie.a)), ("target", self.key(tie.b))];
                    writer.create_element("edge").with_attributes(ends).write_inner_content(|writer| {
                        data(writer, "weight", &tie.records.len().to_string())?;
                        data(writer, "records", &self.records(tie))
                    })?;
                }
                Ok(())
            })?;
            Ok(())
        })?;
        Ok(writer.into_inner())
    }
}

/// A value of an attribute in GEXF.
fn values<W: Write>(writer: &mut Writer<W>, of: &str, value: &str) -> std::io::Result<()> {
    writer.create_element("attvalues").write_inner_content(|writer| {
        writer.create_element("attvalue").with_attributes([("for", of), ("value", value)]).write_empty()?;
        Ok(())
    })?;
    Ok(())
}

/// A value of an attribute in GraphML.
fn data<W: Write>(writer: &mut Writer<W>, key: &str, value: &str) -> std::io::Result<()> {
    let text = quick_xml::events::BytesText::new(value);
    writer.create_element("data").with_attribute(("key", key)).write_text_content(text)?;
    Ok(())
}
