//! Records from files of other programs.

mod csv;
