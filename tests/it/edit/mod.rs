//! Commands that change the files of a dossier at their places.

mod fmt;
mod rename;
mod round;
