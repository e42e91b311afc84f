//! A finished site -> what a host or a reader is given of it: one form, one file. What is sent where is
//! `cli/publish`.

pub mod hosts;
