//! A file that holds the whole site.

use dossier::model::publish::Form;

use super::job::{Job, Outcome, Problem};

pub fn publish(_job: &Job, _form: Form, _path: &str) -> Result<Outcome, Problem> {
    Err(Problem::new("", ""))
}
