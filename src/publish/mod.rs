//! A finished site -> what a host or a reader is given of it: one form, one file. What is sent where is
//! `cli/publish`.

pub mod added;
pub mod archive;
pub mod bundle;
pub mod hosts;
pub mod plan;

/// The file that says from what a site was made.
pub const BUILD_INFO: &str = "build-info.json";

/// The list of files that a publish is about to put at a target, while it does.
pub const NEXT_NAME: &str = ".dossier-next";
