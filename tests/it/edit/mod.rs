//! Commands that change the files of a dossier at their places.

mod rename;
mod round;
