use super::*;

/// Words in a language, and how they are read, or what the refusal says.
type Rows = &'static [(&'static str, &'static [(&'static str, &'static str)])];

fn hold(rows: Rows) {
    let mut wrong = Vec::new();
    for (language, rows) in rows {
        for (words, expected) in *rows {
            let said = match read(words, language) {
                Ok(reading) => reading.to_string(),
                Err(why) => why,
            };
            let holds = match expected.ends_with(|c: char| c.is_ascii_digit()) {
                true => said == *expected,
                false => read(words, language).is_err() && said.contains(expected),
            };
            if !holds {
                wrong.push(format!("{language}: {words}: {said} instead of {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn numbers_are_read_in_words_and_digits() {
    hold(&[
        (
            "en",
            &[
                ("four times", "4"),
                ("Seven", "7"),
                ("twenty-one", "21"),
                ("two hundred and one", "201"),
                ("three thousand four hundred", "3400"),
                ("one hundred and twenty-three thousand", "123000"),
                ("a hundred meetings", "100"),
                ("1,200 people", "1200"),
                ("4 million", "4000000"),
                ("(4)", "4"),
                ("a meeting", "1"),
                ("once", "1"),
                ("a single call", "1"),
                ("twice", "2"),
                ("thrice", "3"),
                ("a pair of calls", "2"),
                ("no meeting", "0"),
                ("never", "0"),
                ("not a single meeting", "0"),
                ("a dozen meetings", "12"),
                ("two dozen", "24"),
                ("half a dozen", "6"),
                ("a dozen and a half", "18"),
                ("four talks with a minister", "4"),
            ],
        ),
        (
            "fr",
            &[
                ("quatre fois", "4"),
                ("à quatre reprises", "4"),
                ("soixante-dix", "70"),
                ("quatre-vingts", "80"),
                ("quatre-vingt-onze", "91"),
                ("quatre-vingt-dix-sept", "97"),
                ("septante-deux", "72"),
                ("vingt et une", "21"),
                ("deux cents", "200"),
                ("trois millions", "3000000"),
                ("1 400 morts", "1400"),
                ("une réunion", "1"),
                ("un seul appel", "1"),
                ("aucune réunion", "0"),
                ("pas une seule réunion", "0"),
                ("une douzaine", "12"),
                ("deux douzaines", "24"),
                ("une demi-douzaine", "6"),
                ("une douzaine et demie", "18"),
                ("quatre réunions avec un ministre", "4"),
            ],
        ),
        (
            "de",
            &[
                ("viermal", "4"),
                ("vierundzwanzigmal", "24"),
                ("einundzwanzig", "21"),
                ("dreiunddreissig", "33"),
                ("zweihundert", "200"),
                ("zweitausenddreihundertvier", "2304"),
                ("eine Million", "1000000"),
                ("1.200 Menschen", "1200"),
                ("einem Treffen", "1"),
                ("einmal", "1"),
                ("beide Treffen", "2"),
                ("kein Treffen", "0"),
                ("nicht ein einziges Mal", "0"),
                ("ein Dutzend", "12"),
                ("zwei Dutzend", "24"),
                ("ein halbes Dutzend", "6"),
                ("anderthalb Dutzend", "18"),
                ("vier Mal", "4"),
                ("vier Treffen mit einem Minister", "4"),
            ],
        ),
        (
            "es",
            &[
                ("cuatro veces", "4"),
                ("once reuniones", "11"),
                ("veintiuno", "21"),
                ("veintiún", "21"),
                ("veintidós", "22"),
                ("treinta y una personas", "31"),
                ("ciento una", "101"),
                ("doscientos", "200"),
                ("trescientas", "300"),
                ("dos mil veintitrés", "2023"),
                ("una reunión", "1"),
                ("una sola reunión", "1"),
                ("ambas reuniones", "2"),
                ("ni una sola reunión", "0"),
                ("una docena", "12"),
                ("media docena", "6"),
                ("docena y media", "18"),
                ("cuatro reuniones con un ministro", "4"),
            ],
        ),
        ("ar", &[("٤ اجتماعات", "4")]),
        ("fa", &[("۱۲", "12")]),
    ]);
}

#[test]
fn bounds_are_understood_beside_the_number() {
    hold(&[
        (
            "en",
            &[
                ("at least four times", "at least 4"),
                ("no fewer than four", "at least 4"),
                ("no less than four", "at least 4"),
                ("not fewer than four", "at least 4"),
                ("not less than four", "at least 4"),
                ("four or more", "at least 4"),
                ("four meetings or more", "at least 4"),
                ("four times, at least", "at least 4"),
                ("more than once", "more than 1"),
                ("over four", "more than 4"),
                ("just over a dozen", "more than 12"),
                ("up to four", "at most 4"),
                ("as many as four", "at most 4"),
                ("no more than two", "at most 2"),
                ("four at the most", "at most 4"),
                ("four or fewer", "at most 4"),
                ("four or less", "at most 4"),
                ("fewer than four", "fewer than 4"),
                ("under four", "fewer than 4"),
                ("exactly four", "4"),
                ("only four", "4"),
                ("just four", "4"),
                ("a total of four", "4"),
                ("no more than just four", "at most 4"),
                ("all four", "4"),
            ],
        ),
        (
            "fr",
            &[
                ("au moins quatre", "at least 4"),
                ("pas moins de quatre", "at least 4"),
                ("quatre ou plus", "at least 4"),
                ("quatre réunions ou plus", "at least 4"),
                ("plus de quatre", "more than 4"),
                ("plus d'une réunion", "more than 1"),
                ("plus d’une douzaine", "more than 12"),
                ("jusqu'à quatre", "at most 4"),
                ("jusqu’à quatre", "at most 4"),
                ("pas plus de quatre", "at most 4"),
                ("quatre au plus", "at most 4"),
                ("quatre ou moins", "at most 4"),
                ("moins de quatre", "fewer than 4"),
                ("exactement quatre", "4"),
                ("seulement quatre", "4"),
                ("un total de quatre", "4"),
            ],
        ),
        (
            "de",
            &[
                ("mindestens vier", "at least 4"),
                ("nicht weniger als vier", "at least 4"),
                ("vier oder mehr", "at least 4"),
                ("vier und mehr", "at least 4"),
                ("mehr als vier", "more than 4"),
                ("über hundert Gespräche", "more than 100"),
                ("bis zu vier", "at most 4"),
                ("nicht mehr als vier", "at most 4"),
                ("höchstens vier", "at most 4"),
                ("vier oder weniger", "at most 4"),
                ("weniger als vier", "fewer than 4"),
                ("nicht einmal vier", "fewer than 4"),
                ("genau vier", "4"),
                ("unter vier", "fewer than 4"),
                ("nur vier", "4"),
                ("gerade einmal vier", "4"),
            ],
        ),
        (
            "es",
            &[
                ("al menos cuatro", "at least 4"),
                ("no menos de cuatro", "at least 4"),
                ("cuatro o más", "at least 4"),
                ("cuatro como mínimo", "at least 4"),
                ("más de cien", "more than 100"),
                ("hasta cuatro", "at most 4"),
                ("no más de cuatro", "at most 4"),
                ("cuatro como máximo", "at most 4"),
                ("menos de cuatro", "fewer than 4"),
                ("exactamente cuatro", "4"),
                ("cuatro o menos", "at most 4"),
                ("sólo cuatro", "4"),
                ("un total de cuatro", "4"),
            ],
        ),
    ]);
}

#[test]
fn what_stands_elsewhere_is_no_bound() {
    hold(&[
        (
            "en",
            &[
                ("three calls over the phone", "3"),
                ("three times over the years", "3"),
                ("three calls about the port", "3"),
                ("overnight four", "4"),
            ],
        ),
        ("fr", &[("trois réunions autour de la paix", "3"), ("quatre fois jusqu'à mai", "4")]),
        ("de", &[("vier Gespräche über Skype", "4"), ("vier Treffen unter Freunden", "4")]),
        ("es", &[("cuatro reuniones sobre la paz", "4"), ("cuatro veces hasta mayo", "4")]),
    ]);
}

#[test]
fn what_is_no_count_is_refused_and_the_word_is_named() {
    hold(&[
        (
            "en",
            &[
                ("several times", "`several` is no number"),
                ("a few calls", "`a few` is no number"),
                ("dozens of calls", "`dozens` is no number"),
                ("tens of thousands", "`tens of thousands` is no number"),
                ("some four", "with `some` it is no figure that can be checked"),
                ("about four", "with `about`"),
                ("around four", "with `around`"),
                ("nearly four", "with `nearly`"),
                ("almost four", "with `almost`"),
                ("four or so", "with `or so`"),
                ("twenty-odd", "with `odd`"),
                ("a third", "`third` is a place in an order, or a part"),
                ("two-thirds", "`thirds` is a place"),
                ("the second meeting", "`second` is a place"),
                ("the first four", "`first` is a place"),
                ("two and a half", "`half` changes"),
                ("half of the four", "`half` changes"),
                ("four per cent", "`per cent` changes"),
                ("4 percent", "`percent` changes"),
                ("4 %", "the sign `%`"),
                ("4+", "the sign `+`"),
                ("$4", "the sign `$`"),
                ("2.5 times", "`2.5` is no whole number"),
                ("did not meet four times", "`not` changes"),
                ("four more", "`more` changes"),
                ("four over the year", "`over` changes"),
                ("one trillion", "`trillion` changes"),
                ("four point five", "`four` and `five`"),
                ("four times over", "`over` changes"),
                ("all but four", "`all but` changes"),
                ("once a year", "`a year` changes"),
                ("the 2nd of four", "`2nd` changes"),
                ("at least four or more", "`four` is bounded twice"),
                ("two or three", "more than one number in these words, `two` and `three`"),
                ("between 3 and 5", "`3` and `5`"),
                ("3–5 times", "`3–5` is no whole number"),
                ("three out of four", "`three` and `four`"),
                ("a four-hour meeting", "`a` and `four`"),
                ("often", "no number in these words"),
            ],
        ),
        (
            "fr",
            &[
                ("un tiers", "`tiers` changes"),
                ("deux et demi", "`demi` changes"),
                ("environ quatre", "with `environ`"),
                ("presque quatre", "with `presque`"),
                ("une dizaine", "`dizaine` is no number"),
                ("quelques réunions", "`quelques` is no number"),
                ("quatre pour cent", "`pour cent` changes"),
                ("la deuxième réunion", "`deuxième` is a place"),
                ("pas quatre", "`pas` changes"),
                ("une des quatre", "`une` and `quatre`"),
            ],
        ),
        (
            "de",
            &[
                ("ein Drittel", "`Drittel` changes"),
                ("zweieinhalb", "`zweieinhalb` changes"),
                ("etwa vier", "with `etwa`"),
                ("rund ein Dutzend", "with `rund`"),
                ("ein paar Treffen", "`ein paar` is no number"),
                ("Hunderte", "`Hunderte` is no number"),
                ("vier Prozent", "`Prozent` changes"),
                ("das 4. Treffen", "`4` is a place"),
                ("das vierte Treffen", "`vierte` is a place"),
                ("kaum vier", "`kaum` changes"),
                ("eine Billion", "`Billion` changes"),
                ("hunderttausend Milliarden tausend Billionen", "`Billionen` changes"),
                ("eine der vier Sitzungen", "`eine` and `vier`"),
            ],
        ),
        (
            "es",
            &[
                ("un tercio", "`tercio`"),
                ("dos y medio", "`medio` changes"),
                ("casi cuatro", "with `casi`"),
                ("varias veces", "`varias` is no number"),
                ("unas cuatro", "with `unas`"),
                ("cientos de veces", "`cientos` is no number"),
                ("cuatro por ciento", "`por ciento` changes"),
                ("la segunda reunión", "`segunda`"),
                ("no cuatro", "`no` changes"),
                ("una de las cuatro", "`una` and `cuatro`"),
            ],
        ),
        ("ar", &[("أربع مرات", "digits only")]),
    ]);
}

#[test]
fn one_word_without_a_bound_is_plain() {
    let plain = |words| read(words, "en").unwrap().plain;
    assert!(plain("four times") && plain("exactly 1,200") && plain("never"));
    assert!(!plain("two dozen") && !plain("four or more"));
}

#[test]
fn nouns_of_quantity_are_vague() {
    let vague: &[(&str, &[&str])] = &[
        (
            "en",
            &[
                "a handful of calls",
                "a lot of calls",
                "a number of calls",
                "a series of calls",
                "a host of calls",
                "a string of calls",
                "a majority",
                "a minority",
                "a decade of talks",
                "a multitude",
                "an unknown number of calls",
                "a very large number",
                "a range of calls",
                "a variety of calls",
                "a wave of calls",
                "a good many",
                "the majority of four",
                "two handfuls",
                "four meetings and several calls",
            ],
        ),
        (
            "de",
            &[
                "eine Handvoll Treffen",
                "eine Reihe von Treffen",
                "eine ganze Reihe",
                "eine Vielzahl von Treffen",
                "eine Menge",
                "eine Anzahl",
                "ein Bruchteil",
                "ein Jahrzehnt",
                "ein paar",
            ],
        ),
        (
            "fr",
            &[
                "une poignée",
                "un couple",
                "un certain nombre de réunions",
                "une série de réunions",
                "un tas",
                "une partie des quatre",
                "une multitude",
                "quelques réunions",
            ],
        ),
        (
            "es",
            &[
                "un puñado",
                "un sinfín",
                "un montón",
                "una pareja",
                "una serie de reuniones",
                "un número de reuniones",
                "varios",
            ],
        ),
    ];
    for (language, rows) in vague {
        for words in *rows {
            let said = read(words, language).map(|reading| reading.to_string());
            assert!(
                said.as_ref().is_err_and(|why| why.contains("is no number that could be checked")),
                "{language}: {words}: {said:?}"
            );
        }
    }
}

#[test]
fn nouns_that_say_a_number_are_read() {
    hold(&[
        (
            "en",
            &[
                ("a trio of calls", "3"),
                ("a quartet", "4"),
                ("a score of calls", "20"),
                ("four score", "80"),
                ("four calls in a series", "4"),
                ("four calls with a number of ministers", "4"),
                ("a meeting with many ministers", "1"),
                ("a meeting, part of the talks", "1"),
            ],
        ),
        ("fr", &[("une paire de réunions", "2"), ("un trio", "3")]),
        ("de", &[("ein Trio", "3"), ("ein Dutzend", "12"), ("vier Treffen einer Reihe von Ministern", "4")]),
        ("es", &[("un par de reuniones", "2"), ("un trío", "3")]),
    ]);
}

#[test]
fn negations_are_refused() {
    hold(&[
        (
            "en",
            &[
                ("isn't four", "`isn't` changes"),
                ("aren’t four", "`aren’t` changes"),
                ("wasn't four", "`wasn't` changes"),
                ("weren’t four", "`weren’t` changes"),
                ("anything but four", "`anything but` changes"),
                ("without four", "`without` changes"),
                ("hardly four", "`hardly` changes"),
                ("scarcely four", "`scarcely` changes"),
                ("-4", "the sign `-`"),
                ("−4", "the sign `−`"),
                ("meetings – 4 of them", "4"),
            ],
        ),
        (
            "de",
            &[
                ("alles andere als vier", "`alles andere als` changes"),
                ("keineswegs vier", "`keineswegs` changes"),
                ("ohne vier", "`ohne` changes"),
                ("statt vier", "`statt` changes"),
                ("anstatt vier", "`anstatt` changes"),
                ("mitnichten vier", "`mitnichten` changes"),
            ],
        ),
        (
            "fr",
            &[
                ("nullement quatre", "`nullement` changes"),
                ("guère quatre", "`guère` changes"),
                ("guère plus de quatre", "`guère` changes"),
                ("sans quatre", "`sans` changes"),
                ("excepté quatre", "`excepté` changes"),
                ("sauf quatre", "`sauf` changes"),
                ("hormis quatre", "`hormis` changes"),
            ],
        ),
        (
            "es",
            &[
                ("sin cuatro", "`sin` changes"),
                ("salvo cuatro", "`salvo` changes"),
                ("excepto cuatro", "`excepto` changes"),
                ("apenas cuatro", "with `apenas`"),
                ("ni cuatro", "`ni` changes"),
            ],
        ),
    ]);
}

#[test]
fn rarer_bounds_are_understood_right_before_the_number() {
    hold(&[
        (
            "en",
            &[
                ("a maximum of four", "at most 4"),
                ("maximum of four", "at most 4"),
                ("minimum of four", "at least 4"),
                ("min. 4", "at least 4"),
                ("max. 4", "at most 4"),
                ("4 min", "`min` changes"),
                ("north of four", "more than 4"),
                ("surpassing four", "more than 4"),
                ("exceeds four", "more than 4"),
                ("exceeding four", "more than 4"),
                ("not exceeding four", "at most 4"),
                ("in excess of four", "more than 4"),
                ("below four", "fewer than 4"),
                ("beneath four", "fewer than 4"),
                ("four calls north of the border", "4"),
                ("four calls with Max Weber", "4"),
            ],
        ),
        (
            "de",
            &[
                ("oberhalb von vier", "more than 4"),
                ("jenseits von vier", "more than 4"),
                ("unterhalb von vier", "fewer than 4"),
                ("mind. vier", "at least 4"),
                ("min. 4", "at least 4"),
                ("max. 4", "at most 4"),
                ("minimal vier", "at least 4"),
                ("maximal vier", "at most 4"),
                ("Minimum vier", "at least 4"),
                ("ein Maximum von vier", "at most 4"),
            ],
        ),
        (
            "fr",
            &[
                ("supérieur à quatre", "more than 4"),
                ("supérieures à quatre", "more than 4"),
                ("au-delà de quatre", "more than 4"),
                ("au-dessus de quatre", "more than 4"),
                ("inférieur à quatre", "fewer than 4"),
                ("inférieures à quatre", "fewer than 4"),
                ("au-dessous de quatre", "fewer than 4"),
                ("en dessous de quatre", "fewer than 4"),
                ("sous quatre", "fewer than 4"),
                ("quatre appels sous le manteau", "4"),
            ],
        ),
        (
            "es",
            &[
                ("superior a cuatro", "more than 4"),
                ("por encima de cuatro", "more than 4"),
                ("inferior a cuatro", "fewer than 4"),
                ("por debajo de cuatro", "fewer than 4"),
                ("bajo cuatro", "fewer than 4"),
                ("máximo de cuatro", "at most 4"),
                ("mínimo de cuatro", "at least 4"),
                ("como máximo cuatro", "at most 4"),
                ("como mínimo cuatro", "at least 4"),
            ],
        ),
    ]);
}

#[test]
fn an_article_that_adds_is_another_number() {
    hold(&[
        (
            "en",
            &[
                ("one meeting and a call", "`one` and `a`"),
                ("a meeting and a call", "`a` and `a`"),
                ("a meeting with a minister and a call", "`a` and `a`"),
                ("four talks between a minister and a king", "4"),
            ],
        ),
        ("de", &[("vier Treffen und ein Anruf", "`vier` and `ein`")]),
        ("fr", &[("une réunion et un appel", "`une` and `un`")]),
        ("es", &[("una reunión y una llamada", "`una` and `una`")]),
    ]);
}

#[test]
fn rarer_words_for_about_are_refused() {
    hold(&[
        (
            "en",
            &[
                ("possibly four", "with `possibly`"),
                ("likely four", "with `likely`"),
                ("reportedly four", "with `reportedly`"),
                ("allegedly four", "with `allegedly`"),
                ("nigh on four", "with `nigh on`"),
                ("closer to four", "with `closer to`"),
                ("averaging four", "with `averaging`"),
                ("an average of four", "with `an average of`"),
                ("c. 4", "with `c`"),
            ],
        ),
        (
            "de",
            &[
                ("rd. 4", "with `rd`"),
                ("ca. 4", "with `ca`"),
                ("womöglich vier", "with `womöglich`"),
                ("vermutlich vier", "with `vermutlich`"),
                ("angeblich vier", "with `angeblich`"),
                ("wohl vier", "with `wohl`"),
            ],
        ),
        (
            "fr",
            &[
                ("env. 4", "with `env`"),
                ("vers quatre", "with `vers`"),
                ("probablement quatre", "with `probablement`"),
                ("quatre en moyenne", "with `en moyenne`"),
                ("peut-être quatre", "with `peut-être`"),
            ],
        ),
        (
            "es",
            &[
                ("ca. 4", "with `ca`"),
                ("cuatro y pico", "with `y pico`"),
                ("rondando cuatro", "with `rondando`"),
                ("alrededor cuatro", "with `alrededor`"),
            ],
        ),
    ]);
}

#[test]
fn orders_rates_and_units_are_no_counts() {
    hold(&[
        (
            "en",
            &[
                ("number four", "with `number` it is a place"),
                ("no. 4", "`no` and `4`"),
                ("every four years", "with `years`"),
                ("every four", "`every` changes"),
                ("over four years", "with `years`"),
                ("four times in those years", "4"),
                ("a threefold rise", "`threefold` changes"),
                ("hundredfold", "`hundredfold` changes"),
                ("4 m", "with `m`"),
                ("4 k", "with `k`"),
                ("4 mln", "4000000"),
                ("4 bn", "4000000000"),
                ("4m", "`4m` changes"),
            ],
        ),
        (
            "de",
            &[
                ("der 4.", "`4.` is a place"),
                ("4.", "`4.` is a place"),
                ("der 4. Besuch", "`4` is a place"),
                ("alle vier", "4"),
                ("alle vier Jahre", "with `Jahre`"),
                ("jeder vierte", "`jeder` changes"),
                ("Nr. 4", "with `Nr`"),
                ("4 Mio.", "4000000"),
                ("4 Mrd. Menschen", "4000000000"),
                ("4 Tsd.", "4000"),
                ("2,5 Mio.", "is no whole number"),
                ("das Dreifache", "changes"),
            ],
        ),
        (
            "fr",
            &[
                ("tous les quatre ans", "with `ans`"),
                ("toutes les quatre", "`toutes les` changes"),
                ("numéro quatre", "with `numéro`"),
                ("n° 4", "with `n`"),
                ("4 M", "with `M`"),
                ("4 Md", "4000000000"),
            ],
        ),
        (
            "es",
            &[
                ("n.º 4", "with `n.º`"),
                ("número 4", "with `número`"),
                ("cada cuatro años", "with `años`"),
                ("4 M", "with `M`"),
            ],
        ),
    ]);
}
