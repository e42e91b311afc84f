//! Files of other formats, and the records that come of them.

mod wikidata;
