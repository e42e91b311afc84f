//! `dossier lsp`, the real program, as a client on its standard input and output meets it.

mod client;
mod completion;
mod diagnostics;
mod navigation;
mod protocol;
mod renaming;
mod typing;
