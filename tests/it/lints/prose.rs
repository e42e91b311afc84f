//! Names that are not shared, and figures that are no dates.

use dossier::diag::Severity;

use super::said;
use crate::support::sources;

/// First names and family names, each in a second script: no two of a column are one name.
const FIRST: [[&str; 2]; 14] = [
    ["Yahya", "يحيى"],
    ["Ismail", "إسماعيل"],
    ["Hassan", "حسن"],
    ["Hussein", "حسين"],
    ["Omar", "عمر"],
    ["Karim", "كريم"],
    ["Ali", "علي"],
    ["Qassem", "قاسم"],
    ["Abd al-Aziz", "عبد العزيز"],
    ["Fatima", "فاطمة"],
    ["Ada", "אדה"],
    ["Moshe", "משה"],
    ["Boris", "Борис"],
    ["Jon", "Γιον"],
];
const FAMILY: [[&str; 2]; 9] = [
    ["Haddad", "حداد"],
    ["al-Masri", "المصري"],
    ["Nasrallah", "نصر الله"],
    ["bin Salman", "بن سلمان"],
    ["Abu Marzouk", "أبو مرزوق"],
    ["Cohen", "כהן"],
    ["Petrov", "Петров"],
    ["Berg", "Μπεργκ"],
    ["de la Cruz", "كروز"],
];

#[test]
fn people_who_share_a_first_or_a_family_name_are_two() {
    let mut people = String::new();
    for (i, first) in FIRST.iter().enumerate() {
        for (j, family) in FAMILY.iter().enumerate() {
            people += &format!(
                "[p-{i}-{j}]\nname = \"{0} {1}\"\nnames.mul = \"{2} {3}\"\n\
                 names.aka = [\"{1}, {0}\", \"{0}\", \"{1}\"]\nnames.former = [\"{2}\", \"{3}\"]\n",
                first[0], family[0], first[1], family[1]
            );
        }
    }
    let found = said(&sources(&[("content/people.toml", &people)]));
    let told: Vec<&str> = found
        .iter()
        .filter(|problem| problem.code.name == "same-name")
        .map(|problem| problem.message.as_str())
        .collect();
    assert_eq!(told, Vec::<&str>::new());
    assert!(found.iter().all(|problem| problem.code.name == "named-nowhere"), "{found:#?}");
}

/// Whoever bears the name of another one's father is another one, unless a comma says which name is which.
#[test]
fn the_same_words_in_another_order_are_perhaps_one_name() {
    for (one, other, level) in [
        ("Ali Hassan", "Hassan Ali", Some(Severity::Note)),
        ("Hamad bin Khalifa", "Khalifa bin Hamad", Some(Severity::Note)),
        ("Mikhail Gorbachev", "Горбачёв Михаил", Some(Severity::Note)),
        ("Ali Hassan", "Ali Hassan", Some(Severity::Warning)),
        ("Ali Hassan", "HASSAN, Ali", Some(Severity::Warning)),
        ("毛 泽东", "毛 泽东", Some(Severity::Warning)),
        ("毛 泽东", "Mao Zedong", None),
    ] {
        let people = format!("[a]\nname = \"{one}\"\n[b]\nname = \"{other}\"\n");
        let found = said(&sources(&[("content/people.toml", &people)]));
        let told: Vec<_> = found.iter().filter(|problem| problem.code.name == "same-name").collect();
        assert_eq!(told.iter().map(|it| it.severity).next(), level, "{one} and {other}: {told:#?}");
    }
}

/// A text, and the figures in it.
type Stated = (&'static str, &'static [&'static str]);

/// Texts in a language, and the figures in them that nothing bears.
const PROSE: &[(&str, &[Stated])] = &[
    (
        "en",
        &[
            ("On 7 October 2023 and on October 9 they met.", &[]),
            ("The attack of 7 Oct. came at 06:30, or at 7 a.m., or at 7 o'clock.", &[]),
            ("On October 7, 2023, nothing was said.", &[]),
            ("From 7 to 9 October, on 12 and 13 May, on June 7, 8 and 9, and 7-9 July.", &[]),
            ("It began on 2023-10-07 and ended on 07-11-2023, 07/11/2023 or 7.11.2023.", &[]),
            ("It was 7th October, the 21st of May, the twenty-first day.", &[]),
            ("In 2022–2023, in 2022-23, in 2022/23, in the 1990s and in the '90s.", &[]),
            ("In May, in the spring of 1967, on 15 Khordad 1402 and in Elul 5784.", &[]),
            ("See ¶17, ¶ 17, § 4, p. 4, pp. 14–16, no. 5, chapter 3 and paragraphs 18, 20 and 31.", &[]),
            ("Resolution 242 and resolutions 242 and 338 of the Security Council.", &[]),
            ("The G7, the G-20, the Group of 77 and the Group of Seven met.", &[]),
            ("Covid-19, an F-35, an AK-47, Channel 12, Unit 8200 and flight 370.", &[]),
            ("On 7 October 2023, 1,400 people died.", &["1,400"]),
            ("On 7 October 2023, 12 boats sank.", &["12"]),
            ("They had twelve boats and 1,400 people.", &["twelve", "1,400"]),
            ("It cost 3.5 million, or $40 billion.", &["3.5 million", "40 billion"]),
            ("That is 40 % of them, or 12%, or 7 per cent.", &["40", "12", "7"]),
            (
                "It had twenty-one members and two hundred and fifty guests.",
                &["twenty-one", "two hundred and fifty"],
            ),
            ("They met 3–5 times; one of the two left.", &["3–5"]),
            ("There were 5784 of them; it was a three-month siege.", &["5784", "three"]),
            ("On October 7, 12 boats sank, and on June 7, the 12 others.", &["12", "12"]),
            ("They were three, four and five.", &["three", "four", "five"]),
            ("14 Israelis were killed, and 31 Palestinians died.", &["14", "31"]),
            ("He met 12 Iranian officials. In Gaza 30 Hamas men were killed.", &["12", "30"]),
            ("It cost $5, €4bn, £3m or $4 million.", &["5", "4bn", "3m", "4 million"]),
            ("In May $5 was paid, at 5% in all.", &["5", "5"]),
            (
                "Hundreds died, tens of thousands fled, and dozens came.",
                &["Hundreds", "tens of thousands", "dozens"],
            ),
            ("They were ١٤ شخصا, and may 12 others come?", &["١٤", "12"]),
            ("Half a dozen left, over 2,000 stayed.", &["Half a dozen", "2,000"]),
            ("It began on 24 Khordad and ended on 8 Elul, or on Elul 8, or 15 Dhu al-Hijjah.", &[]),
            ("It was on 12 Rabi al-Awwal, on 3 May, on March 12, on 7 Sept. and on 9 Dec.", &[]),
            ("On 7 Pashons 1740, at 5 p.m., in the 21st century, the thirty-first of May.", &[]),
        ],
    ),
    (
        "de",
        &[
            ("Am 7. Oktober 2023 und am 9. November trafen sie sich.", &[]),
            ("Vom 7. bis 9. Oktober, am 7. und 8. Mai, zwischen dem 7. und dem 9. Juni.", &[]),
            ("Es begann am 7.10.2023 um 10:30 Uhr, um 10.30 Uhr oder um 7 Uhr, um sieben Uhr.", &[]),
            ("In den 1990er Jahren, in den 90er Jahren, im 21. Jahrhundert, 2022/23.", &[]),
            ("Siehe S. 4, Seite 4, Nr. 5, Abs. 3, Artikel 51 und die Resolutionen 242 und 338.", &[]),
            ("Die G7, die Gruppe der 77, Covid-19.", &[]),
            ("Am Samstag, 7. Oktober. Der 21. Kongress. Es waren 7. Und 12 andere.", &["7", "12"]),
            ("Es starben 1.400 Menschen.", &["1.400"]),
            ("Sie hatten zwölf Boote und 12 Schiffe.", &["zwölf", "12"]),
            ("Es kostete 3,5 Millionen Euro, also 40 % oder 12 Prozent.", &["3,5 Millionen", "40", "12"]),
            ("14 Israelis starben, 31 Palästinenser flohen.", &["14", "31"]),
            (
                "Hunderte starben, Zehntausende flohen, Dutzende kamen.",
                &["Hunderte", "Zehntausende", "Dutzende"],
            ),
            (
                "Einundzwanzig gegen zweihundert, vierundzwanzigmal.",
                &["Einundzwanzig", "zweihundert", "vierundzwanzigmal"],
            ),
            ("Es kostete 5 €, 4 Millionen oder 3 Mrd. Euro.", &["5", "4 Millionen", "3 Mrd"]),
            ("Am 3. März, am 24. Khordad 1402, am 8. Elul, der 14. Kongress, am 5. Dez.", &[]),
        ],
    ),
    (
        "fr",
        &[
            ("Le 7 octobre 2023, le samedi 7 octobre, le 7 oct. et le 1er mai.", &[]),
            ("Du 7 au 9 octobre, les 7 et 8 mai, entre le 7 et le 9 juin, le sept octobre.", &[]),
            ("À 10 h 30, à 10h30, à 10 heures, à sept heures, le 07/10/2023, en sept. 2023.", &[]),
            ("Les années 1990, les années 90, le XXIe siècle, le 21e siècle, 2022-2023.", &[]),
            ("Voir p. 4, page 4, n° 5, article 51, les paragraphes 18 et 20, la résolution 242.", &[]),
            ("Le G7, le Groupe des 77, la Covid-19.", &[]),
            ("Il y eut 1 400 morts et douze bateaux.", &["1 400", "douze"]),
            ("Cela coûta 3,5 millions, soit 40 % ou 12 pour cent.", &["3,5 millions", "40", "12"]),
            ("Le 7 octobre 2023, 12 bateaux coulèrent.", &["12"]),
            ("14 Israéliens sont morts, et 31 Palestiniens.", &["14", "31"]),
            (
                "Des centaines de morts, des dizaines de milliers, une vingtaine.",
                &["centaines", "dizaines de milliers", "vingtaine"],
            ),
            (
                "Soixante-dix morts, quatre-vingt-dix-sept blessés.",
                &["Soixante-dix", "quatre-vingt-dix-sept"],
            ),
            ("Cela coûta 5 €, ou 4 millions de dollars.", &["5", "4 millions"]),
            ("Le 3 mai, le 12 mars, le 24 Khordad, le 8 Elul, le 9 déc. 2023.", &[]),
        ],
    ),
    (
        "es",
        &[
            ("El 7 de octubre de 2023, el sábado 7 de octubre, el siete de octubre y el 1 de mayo.", &[]),
            ("Del 7 al 9 de octubre, los días 7 y 8 de mayo, entre el 7 y el 9 de junio.", &[]),
            ("A las 10:30, a las 10 horas, a las siete horas, el 7/10/2023.", &[]),
            ("Los años 90, los años noventa, el siglo 21, 2022-2023.", &[]),
            ("Véase p. 4, pág. 4, página 4, n.º 5, artículo 51, párrafos 18 y 20, resolución 242.", &[]),
            ("El G7, el Grupo de los 77, la covid-19.", &[]),
            ("Hubo 1.400 muertos y doce barcos.", &["1.400", "doce"]),
            ("Costó 3,5 millones, o sea el 40 % o el 12 por ciento.", &["3,5 millones", "40", "12"]),
            ("El 7 de octubre de 2023, 12 barcos se hundieron.", &["12"]),
            ("Murieron 14 Israelíes y 31 Palestinos.", &["14", "31"]),
            ("Cientos de muertos, decenas de miles, docenas.", &["Cientos", "decenas de miles", "docenas"]),
            ("Veintiún muertos, doscientos heridos.", &["Veintiún", "doscientos"]),
            ("Costó 5 €, o 4 millones.", &["5", "4 millones"]),
            ("El 3 de mayo, el 12 de marzo, el 24 de Khordad, el 8 de Elul, el 9 de dic.", &[]),
        ],
    ),
    (
        // Whose months are not known.
        "ru",
        &[
            ("7 октября 2023 года, в 10:30.", &[]),
            ("Погибли 1400 и 12 500 человек, то есть 40 %.", &["12 500", "40"]),
        ],
    ),
    (
        "ar",
        &[
            ("في 7 أكتوبر 2023", &[]),
            ("في ١٤ مايو و٧ رمضان", &[]),
            ("قُتل ١٬٤٠٠ شخص", &["١٬٤٠٠"]),
            ("قُتل ١٤ شخصا", &["١٤"]),
        ],
    ),
    ("fa", &[("در ۲۴ خرداد ۱۴۰۲", &[]), ("۱۴ نفر کشته شدند", &["۱۴"])]),
];

#[test]
fn a_figure_is_told_and_a_date_is_not() {
    let mut wrong = Vec::new();
    for (language, texts) in PROSE {
        for (text, figures) in *texts {
            let site = format!("title = \"A dossier\"\nlanguage = \"{language}\"\n");
            let article = format!("# A title\n\n{text}\n");
            let found = said(&sources(&[("site.toml", &site), ("content/a.md", &article)]));
            let told: Vec<&str> = found
                .iter()
                .filter(|problem| problem.code.name == "uncited-figure")
                .map(|problem| problem.message.split('"').nth(1).unwrap())
                .collect();
            if told != *figures {
                wrong.push(format!("{language}: {text}\n    {told:?} instead of {figures:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
