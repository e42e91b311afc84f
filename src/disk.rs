//! The only file access: the files of a dossier -> `Sources`, and an `Output` -> a folder.

pub mod file;
pub mod last;
pub mod manifest;
pub mod read;
pub mod shelf;
pub mod waiting;
pub mod within;
pub mod write;

pub mod problems {
    //! What can be wrong with files before anything is read in them.
    crate::codes! {
        /// A file or folder of the dossier that cannot be read: no permission, no plain file, or one that
        /// is too large: a text of more than 64 MiB, any other of more than 2 GiB.
        UNREADABLE_FILE = "unreadable-file";
        /// A symbolic link that leads out of the dossier, or to a folder. What is not in the dossier's
        /// folder would be missing on the next machine.
        FOREIGN_LINK = "foreign-link";
        /// A file name that is not valid Unicode, or holds a control character or backslash: it has no
        /// address on the web.
        INVALID_FILE_NAME = "invalid-file-name";
        /// The folder for the website cannot be used: it is not ours, files of a person stand in the
        /// way, or the disk refuses. What was there is left as it was.
        OUTPUT_FOLDER = "output-folder";
        /// A command that changes files of the dossier (`import`, `rename`, `fmt`) was stopped while it put them into
        /// their places: some are the new ones, and some still the old. The next such command finishes it first.
        UNFINISHED_CHANGE = "unfinished-change";
    }
}
