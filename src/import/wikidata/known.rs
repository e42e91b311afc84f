//! What Wikidata calls things, as far as an import must know it.

/// A property for a report: `P21 sex or gender`.
pub fn property(id: &str) -> String {
    match PROPERTIES.iter().find(|(known, _)| *known == id) {
        Some((_, name)) => format!("{id} {name}"),
        None => id.to_owned(),
    }
}

const PROPERTIES: &[(&str, &str)] = &[
    ("P6", "head of government"),
    ("P17", "country"),
    ("P18", "image"),
    ("P19", "place of birth"),
    ("P20", "place of death"),
    ("P21", "sex or gender"),
    ("P22", "father"),
    ("P25", "mother"),
    ("P26", "spouse"),
    ("P27", "country of citizenship"),
    ("P30", "continent"),
    ("P31", "instance of"),
    ("P35", "head of state"),
    ("P36", "capital"),
    ("P37", "official language"),
    ("P38", "currency"),
    ("P39", "position held"),
    ("P40", "child"),
    ("P41", "flag image"),
    ("P47", "shares border with"),
    ("P50", "author"),
    ("P53", "family"),
    ("P54", "member of sports team"),
    ("P69", "educated at"),
    ("P84", "architect"),
    ("P91", "sexual orientation"),
    ("P94", "coat of arms image"),
    ("P101", "field of work"),
    ("P102", "member of political party"),
    ("P103", "native language"),
    ("P106", "occupation"),
    ("P108", "employer"),
    ("P109", "signature"),
    ("P112", "founded by"),
    ("P119", "place of burial"),
    ("P122", "basic form of government"),
    ("P123", "publisher"),
    ("P127", "owned by"),
    ("P131", "located in the administrative territorial entity"),
    ("P135", "movement"),
    ("P136", "genre"),
    ("P140", "religion or worldview"),
    ("P142", "political ideology"),
    ("P143", "imported from Wikimedia project"),
    ("P150", "contains the administrative territorial entity"),
    ("P154", "logo image"),
    ("P155", "follows"),
    ("P156", "followed by"),
    ("P159", "headquarters location"),
    ("P166", "award received"),
    ("P169", "chief executive officer"),
    ("P172", "ethnic group"),
    ("P184", "doctoral advisor"),
    ("P190", "twinned administrative body"),
    ("P194", "legislative body"),
    ("P195", "collection"),
    ("P200", "inflows"),
    ("P214", "VIAF cluster ID"),
    ("P237", "coat of arms"),
    ("P241", "military branch"),
    ("P242", "locator map image"),
    ("P248", "stated in"),
    ("P276", "location"),
    ("P279", "subclass of"),
    ("P281", "postal code"),
    ("P291", "place of publication"),
    ("P297", "ISO 3166-1 alpha-2 code"),
    ("P298", "ISO 3166-1 alpha-3 code"),
    ("P299", "ISO 3166-1 numeric code"),
    ("P300", "ISO 3166-2 code"),
    ("P304", "page(s)"),
    ("P355", "has subsidiary"),
    ("P361", "part of"),
    ("P373", "Commons category"),
    ("P407", "language of work or name"),
    ("P410", "military or paramilitary rank"),
    ("P421", "located in time zone"),
    ("P443", "pronunciation audio"),
    ("P451", "unmarried partner"),
    ("P452", "industry"),
    ("P463", "member of"),
    ("P474", "country calling code"),
    ("P488", "chairperson"),
    ("P495", "country of origin"),
    ("P509", "cause of death"),
    ("P512", "academic degree"),
    ("P527", "has part(s)"),
    ("P551", "residence"),
    ("P569", "date of birth"),
    ("P570", "date of death"),
    ("P571", "inception"),
    ("P576", "dissolved, abolished or demolished date"),
    ("P577", "publication date"),
    ("P580", "start time"),
    ("P582", "end time"),
    ("P585", "point in time"),
    ("P607", "conflict"),
    ("P625", "coordinate location"),
    ("P642", "of"),
    ("P664", "organizer"),
    ("P708", "diocese"),
    ("P710", "participant"),
    ("P734", "family name"),
    ("P735", "given name"),
    ("P742", "pseudonym"),
    ("P749", "parent organization"),
    ("P768", "electoral district"),
    ("P793", "significant event"),
    ("P794", "as"),
    ("P800", "notable work"),
    ("P802", "student"),
    ("P807", "separated from"),
    ("P813", "retrieved"),
    ("P828", "has cause"),
    ("P854", "reference URL"),
    ("P856", "official website"),
    ("P859", "sponsor"),
    ("P887", "based on heuristic"),
    ("P910", "topic's main category"),
    ("P937", "work location"),
    ("P945", "allegiance"),
    ("P953", "full work available at URL"),
    ("P966", "MusicBrainz label ID"),
    ("P973", "described at URL"),
    ("P1001", "applies to jurisdiction"),
    ("P1013", "criterion used"),
    ("P1037", "director / manager"),
    ("P1038", "relative"),
    ("P1039", "kinship to subject"),
    ("P1050", "medical condition"),
    ("P1056", "product or material produced"),
    ("P1066", "student of"),
    ("P1082", "population"),
    ("P1107", "proportion"),
    ("P1120", "number of deaths"),
    ("P1128", "employees"),
    ("P1196", "manner of death"),
    ("P1268", "represents"),
    ("P1319", "earliest date"),
    ("P1326", "latest date"),
    ("P1343", "described by source"),
    ("P1344", "participant in"),
    ("P1365", "replaces"),
    ("P1366", "replaced by"),
    ("P1387", "political alignment"),
    ("P1399", "convicted of"),
    ("P1412", "languages spoken, written or signed"),
    ("P1416", "affiliation"),
    ("P1424", "topic's main template"),
    ("P1441", "present in work"),
    ("P1448", "official name"),
    ("P1449", "nickname"),
    ("P1454", "legal form"),
    ("P1464", "category for people born here"),
    ("P1465", "category for people who died here"),
    ("P1476", "title"),
    ("P1477", "birth name"),
    ("P1480", "sourcing circumstances"),
    ("P1534", "end cause"),
    ("P1545", "series ordinal"),
    ("P1559", "name in native language"),
    ("P1590", "number of casualties"),
    ("P1612", "Commons Institution page"),
    ("P1705", "native label"),
    ("P1810", "subject named as"),
    ("P1813", "short name"),
    ("P1830", "owner of"),
    ("P1889", "different from"),
    ("P1932", "object named as"),
    ("P1950", "second family name in Spanish name"),
    ("P1971", "number of children"),
    ("P2031", "work period (start)"),
    ("P2032", "work period (end)"),
    ("P2044", "elevation above sea level"),
    ("P2046", "area"),
    ("P2048", "height"),
    ("P2093", "author name string"),
    ("P2124", "member count"),
    ("P2139", "total revenue"),
    ("P2184", "history of topic"),
    ("P2241", "reason for deprecated rank"),
    ("P2295", "net profit"),
    ("P2389", "organization directed by the office or person"),
    ("P2397", "YouTube channel ID"),
    ("P2541", "operating area"),
    ("P2632", "place of detention"),
    ("P2868", "subject has role"),
    ("P2937", "parliamentary term"),
    ("P3320", "board member"),
    ("P3373", "sibling"),
    ("P3452", "inferred from"),
    ("P3602", "candidacy in election"),
    ("P3716", "social classification"),
    ("P3831", "object of statement has role"),
    ("P4100", "parliamentary group"),
    ("P4656", "Wikimedia import URL"),
    ("P5008", "on focus list of Wikimedia project"),
    ("P5102", "nature of statement"),
    ("P6379", "has works in the collection"),
    ("P6886", "writing language"),
    ("P7452", "reason for preferred rank"),
    ("P8345", "media franchise"),
    ("P8554", "earliest end date"),
    ("P8555", "latest start date"),
    ("P8687", "social media followers"),
];

/// Keys of other databases that are kept, under plain names.
pub const IDS: &[(&str, &str)] = &[
    ("P214", "viaf"),
    ("P213", "isni"),
    ("P227", "gnd"),
    ("P244", "lcnaf"),
    ("P345", "imdb"),
    ("P496", "orcid"),
    ("P1566", "geonames"),
];

/// A source whose name is known without its entity.
pub struct Known {
    pub name: String,
    /// The type of source.
    pub kind: &'static str,
    pub url: Option<String>,
}

/// Wikipedias, which statements are taken over from: number, language, and code.
const WIKIPEDIAS: &[(&str, &str, &str)] = &[
    ("Q328", "English", "en"),
    ("Q48183", "German", "de"),
    ("Q8447", "French", "fr"),
    ("Q199700", "Arabic", "ar"),
    ("Q48952", "Persian", "fa"),
    ("Q199913", "Hebrew", "he"),
    ("Q8449", "Spanish", "es"),
    ("Q206855", "Russian", "ru"),
    ("Q30239", "Chinese", "zh"),
    ("Q177837", "Japanese", "ja"),
    ("Q11920", "Italian", "it"),
    ("Q11921", "Portuguese", "pt"),
    ("Q10000", "Dutch", "nl"),
    ("Q1551807", "Polish", "pl"),
    ("Q169514", "Swedish", "sv"),
    ("Q191168", "Czech", "cs"),
    ("Q199698", "Ukrainian", "uk"),
    ("Q58255", "Turkish", "tr"),
    ("Q17985", "Korean", "ko"),
    ("Q199693", "Catalan", "ca"),
    ("Q175482", "Finnish", "fi"),
    ("Q53464", "Hungarian", "hu"),
];

/// Other sources that statements rest on often: number, name, and type of source.
const SOURCES: &[(&str, &str, &str)] = &[
    ("Q36578", "Integrated Authority File", "dataset"),
    ("Q54919", "Virtual International Authority File", "dataset"),
    ("Q37312", "Internet Movie Database", "dataset"),
    ("Q13219454", "Library of Congress Authorities", "dataset"),
    ("Q15241312", "Freebase Data Dumps", "dataset"),
    ("Q5375741", "Encyclopædia Britannica Online", "webpage"),
    ("Q63056", "Find a Grave", "webpage"),
];

/// The source of a number.
pub fn source(id: &str) -> Option<Known> {
    let wikipedia = WIKIPEDIAS.iter().find(|(known, ..)| *known == id).map(|(_, language, code)| Known {
        name: format!("{language} Wikipedia"),
        kind: "webpage",
        url: Some(format!("https://{code}.wikipedia.org/")),
    });
    wikipedia.or_else(|| {
        let (_, name, kind) = SOURCES.iter().find(|(known, ..)| *known == id)?;
        Some(Known { name: (*name).to_owned(), kind, url: None })
    })
}

/// Languages by their numbers.
const LANGUAGES: &[(&str, &str)] = &[
    ("Q1860", "en"),
    ("Q150", "fr"),
    ("Q188", "de"),
    ("Q1321", "es"),
    ("Q652", "it"),
    ("Q5146", "pt"),
    ("Q7411", "nl"),
    ("Q9027", "sv"),
    ("Q9168", "fa"),
    ("Q13955", "ar"),
    ("Q9288", "he"),
    ("Q256", "tr"),
    ("Q7737", "ru"),
    ("Q8798", "uk"),
    ("Q809", "pl"),
    ("Q7850", "zh"),
    ("Q5287", "ja"),
    ("Q9176", "ko"),
    ("Q1568", "hi"),
    ("Q1617", "ur"),
    ("Q58680", "ps"),
    ("Q36368", "ku"),
    ("Q36510", "el"),
];

/// The tag of a language.
pub fn language(id: &str) -> Option<&'static str> {
    LANGUAGES.iter().find(|(known, _)| *known == id).map(|(_, tag)| *tag)
}

/// The tag of a language (BCP 47) by the code that Wikimedia has for it; nothing where there is none.
pub fn tag(code: &str) -> Option<String> {
    const OWN: [(&str, &str); 10] = [
        ("als", "gsw"),
        ("bat-smg", "sgs"),
        ("be-x-old", "be-tarask"),
        ("fiu-vro", "vro"),
        ("roa-rup", "rup"),
        // Well-formed, but the language of Taranto has no tag, and Tara is no script.
        ("roa-tara", ""),
        ("simple", "en"),
        ("zh-classical", "lzh"),
        ("zh-min-nan", "nan"),
        ("zh-yue", "yue"),
    ];
    let code = OWN.iter().find(|(own, _)| *own == code).map_or(code, |(_, tag)| *tag);
    if !crate::parse::records::parts::is_language(code) {
        return None;
    }
    icu_locale::Locale::try_from_str(code).ok().map(|locale| locale.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_have_the_tags_that_dossiers_take() {
        assert_eq!(tag("zh-hans").as_deref(), Some("zh-Hans"));
        assert_eq!(tag("zh-min-nan").as_deref(), Some("nan"));
        assert_eq!(tag("be-tarask").as_deref(), Some("be-tarask"));
        assert_eq!(tag("fa").as_deref(), Some("fa"));
        for odd in ["map-bms", "cbk-zam", "no such", "", "ü", "roa-tara"] {
            assert_eq!(tag(odd), None, "{odd}");
        }
    }

    #[test]
    fn numbers_stand_once_in_a_table() {
        for (index, (id, _)) in PROPERTIES.iter().enumerate() {
            assert!(PROPERTIES[..index].iter().all(|(known, _)| known != id), "{id}");
        }
        let sources: Vec<&str> = WIKIPEDIAS.iter().chain(SOURCES).map(|(id, ..)| *id).collect();
        for (index, id) in sources.iter().enumerate() {
            assert!(!sources[..index].contains(id), "{id}");
        }
    }
}
