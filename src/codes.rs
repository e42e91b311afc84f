//! Every kind of problem that a dossier can have, with its explanation.

use crate::check::LINTS;
use crate::diag::Code;

/// All codes, by name.
pub fn all() -> Vec<Code> {
    let stages = [
        crate::disk::problems::ALL,
        crate::parse::problems::ALL,
        crate::pictures::problems::ALL,
        crate::gather::problems::ALL,
        crate::import::problems::ALL,
        crate::as_of::problems::ALL,
        crate::link::problems::ALL,
        crate::check::problems::ALL,
        crate::bibliography::problems::ALL,
        crate::copies::problems::ALL,
        crate::view::strings::problems::ALL,
        crate::render::templates::problems::ALL,
        crate::share::problems::ALL,
        crate::web::problems::ALL,
    ];
    let mut codes: Vec<Code> =
        stages.into_iter().flatten().copied().chain(LINTS.iter().map(|lint| lint.code)).collect();
    codes.sort_by_key(|code| code.name);
    codes
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_distinct_and_kebab_case() {
        let codes = super::all();
        for pair in codes.windows(2) {
            assert_ne!(pair[0].name, pair[1].name);
        }
        for code in codes {
            assert!(crate::parse::is_key(code.name), "{}", code.name);
            assert!(code.explanation.trim().len() > 20, "{} explains nothing", code.name);
        }
    }
}
