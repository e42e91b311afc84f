//! Where a site is to be published: an address, and what goes with it. The settings `[publish.NAME]`.

/// A place that a site is published to, as an author names it in `site.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    pub to: Address,
    /// What becomes of earlier states, where the target keeps them.
    pub history: History,
    /// What the commit says, where there is one.
    pub message: Option<String>,
    /// The domain that the host serves the site at, for its file `CNAME`.
    pub domain: Option<String>,
    /// Where an object store is reached that is not its provider's own.
    pub endpoint: Option<String>,
    pub region: Option<String>,
}

impl Target {
    /// A target about which nothing is set but where it is.
    pub fn at(address: Address) -> Target {
        Target {
            to: address,
            history: History::default(),
            message: None,
            domain: None,
            endpoint: None,
            region: None,
        }
    }
}

/// What becomes of the earlier states of a published branch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum History {
    /// They are gone from the branch, and with them what was published by mistake.
    #[default]
    None,
    /// Each state follows the one before.
    Keep,
}

/// The words for them.
pub const HISTORIES: [(&str, History); 2] = [("none", History::None), ("keep", History::Keep)];

/// Where a site is published to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// A folder, by its path.
    Folder(String),
    /// A branch of a git repository: the name of a remote of the dossier's own repository, or an address.
    Git { remote: String, branch: String },
    /// A bucket or container of an object store, and what stands before the paths in it: nothing, or `a/b`.
    Store { provider: Provider, bucket: String, prefix: String },
    /// A folder on another machine, by the file transfer of SSH. `path` is from the root, or from the home of the user
    /// if it has no slash at its start.
    Sftp { user: Option<String>, host: String, port: Option<u16>, path: String },
    /// A folder on another machine, as `rsync` names it.
    Rsync(String),
    /// A file that holds the whole site.
    File { form: Form, path: String },
}

/// Whose object store it is; many others speak as [`Provider::S3`] does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provider {
    S3,
    Google,
    Azure,
}

impl Provider {
    pub const ALL: [Provider; 3] = [Provider::S3, Provider::Google, Provider::Azure];

    /// What its addresses begin with, before `://`.
    pub fn scheme(self) -> &'static str {
        match self {
            Provider::S3 => "s3",
            Provider::Google => "gs",
            Provider::Azure => "az",
        }
    }
}

/// A form in which a whole site is one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Zip,
    TarZst,
    /// ISO 28500, compressed record by record.
    Warc,
    /// Web Archive Collection Zipped.
    Wacz,
}

impl Form {
    pub const ALL: [Form; 4] = [Form::Zip, Form::TarZst, Form::Warc, Form::Wacz];

    /// What its files end with.
    pub fn ending(self) -> &'static str {
        match self {
            Form::Zip => ".zip",
            Form::TarZst => ".tar.zst",
            Form::Warc => ".warc.gz",
            Form::Wacz => ".wacz",
        }
    }
}

/// Why a text is no address: what is wrong, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressError {
    pub why: String,
    pub help: String,
}

/// The forms of an address, for who has to be told of them.
pub const FORMS: [(&str, &str); 7] = [
    ("../site", "a folder"),
    ("git:origin#gh-pages", "a branch of a git repository: a remote by its name, or an address"),
    (
        "s3://bucket/path",
        "a bucket of S3, or of what speaks as S3 does; gs:// and az:// for Google and Azure",
    ),
    ("sftp://user@host/srv/www", "a folder on another machine, by the file transfer of SSH"),
    ("rsync:user@host:www/", "a folder on another machine, by rsync"),
    ("site.zip, site.tar.zst", "a file to hand over"),
    ("site.wacz, site.warc.gz", "a file for archives of the web"),
];

impl Address {
    /// Returns the address that `text` is.
    ///
    /// # Errors
    /// When it is none, or holds a password or key, which belongs in no file.
    pub fn parse(text: &str) -> Result<Address, AddressError> {
        let fail = |why: &str, help: &str| Err(AddressError { why: why.to_owned(), help: help.to_owned() });
        if text.trim().is_empty() {
            return fail("the address is empty", "name a folder, such as `../site`");
        }
        if text.chars().any(char::is_control) || text.trim() != text {
            return fail("the address has spaces around it or a control character in it", "leave them out");
        }
        if has_password(text) {
            return fail(
                "the address holds a password",
                "leave it out: it is taken from where git, ssh or the store's own tools keep it, or from the environment",
            );
        }
        if let Some(rest) = text.strip_prefix("git:") {
            return git(rest);
        }
        if let Some(rest) = text.strip_prefix("rsync:") {
            let rest = if rest.starts_with("//") { text } else { rest };
            // What begins with a hyphen would be taken for an option.
            return match rest.contains(':') && !rest.starts_with(['-', ':']) {
                true => Ok(Address::Rsync(rest.trim_end_matches('/').to_owned())),
                false => fail("`rsync:` wants a host and a path", "write `rsync:user@host:path`"),
            };
        }
        if let Some((scheme, rest)) = text.split_once("://") {
            return web(scheme, rest);
        }
        if text.starts_with('~') {
            return fail("the home of a user is not looked up", "write the whole path");
        }
        if [".tar.gz", ".tgz", ".tar", ".warc", ".7z", ".tar.xz"].iter().any(|ending| text.ends_with(ending))
        {
            return fail(
                "there is no such form of a file: there are .zip, .tar.zst, .warc.gz and .wacz",
                "write another ending; for a folder of that name put a slash at its end",
            );
        }
        if let Some(form) = Form::ALL.into_iter().find(|form| is_file(text, *form)) {
            return Ok(Address::File { form, path: text.to_owned() });
        }
        let is_remote = text.contains('@') && text.contains(':');
        if is_remote {
            let help = format!("write `git:{text}#BRANCH` for a git repository, or `rsync:{text}`");
            return fail("the address does not say how the place is reached", &help);
        }
        Ok(Address::Folder(text.to_owned()))
    }

    /// Whether a text on the command line is an address, and no name of a target.
    pub fn is_meant(text: &str) -> bool {
        text.contains(['/', '\\', ':', '.', '~'])
    }
}

fn is_file(text: &str, form: Form) -> bool {
    let name = text.rsplit(['/', '\\']).next().unwrap_or(text);
    name.len() > form.ending().len() && name.to_ascii_lowercase().ends_with(form.ending())
}

/// Whether there is a password in an address, or what may be one: on the web whoever logs in at all does so by a secret.
pub fn has_password(text: &str) -> bool {
    let Some((before, rest)) = text.split_once("://") else { return false };
    let is_web = before.ends_with("http") || before.ends_with("https");
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    authority.rsplit_once('@').is_some_and(|(user, _)| is_web || user.contains(':'))
}

fn git(rest: &str) -> Result<Address, AddressError> {
    let fail =
        |why: &str| Err(AddressError { why: why.to_owned(), help: "write `git:origin#gh-pages`".to_owned() });
    let Some((remote, branch)) = rest.rsplit_once('#') else {
        return fail("the address names no branch");
    };
    // As `git check-ref-format` has it, but for what nobody writes.
    let is_name = !branch.is_empty()
        && !branch.starts_with(['-', '/', '.'])
        && !branch.ends_with(['/', '.'])
        && !branch.ends_with(".lock")
        && !branch.contains("..")
        && !branch.contains("//")
        && !branch.contains("@{")
        && !branch.contains([' ', '~', '^', ':', '?', '*', '[', '\\']);
    if !is_name {
        return fail("the name after `#` cannot be that of a branch");
    }
    if remote.is_empty() || remote.starts_with('-') {
        return fail("the address names no repository");
    }
    Ok(Address::Git { remote: remote.to_owned(), branch: branch.to_owned() })
}

fn web(scheme: &str, rest: &str) -> Result<Address, AddressError> {
    let fail = |why: String, help: String| Err(AddressError { why, help });
    if scheme == "sftp" {
        return sftp(rest);
    }
    if let Some(provider) = Provider::ALL.into_iter().find(|provider| provider.scheme() == scheme) {
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let prefix = prefix.trim_matches('/');
        let is_bucket = !bucket.is_empty()
            && bucket.chars().all(|c| c.is_ascii_alphanumeric() || "-._".contains(c))
            && prefix
                .split('/')
                .all(|part| part != ".." && part != "." && (prefix.is_empty() || !part.is_empty()));
        return match is_bucket {
            true => Ok(Address::Store { provider, bucket: bucket.to_owned(), prefix: prefix.to_owned() }),
            false => fail(
                "the address names no bucket that there could be".to_owned(),
                format!("write `{scheme}://bucket` or `{scheme}://bucket/path`"),
            ),
        };
    }
    if scheme.chars().any(|c| c.is_ascii_uppercase()) {
        return fail(
            format!("`{scheme}://` is written in small letters"),
            format!("write `{}://{rest}`", scheme.to_ascii_lowercase()),
        );
    }
    let help = match scheme {
        "https" | "http" | "ssh" | "git" | "file" => {
            format!("for a branch of a git repository write `git:{scheme}://{rest}#BRANCH`")
        }
        _ => format!("there are `git:`, `rsync:`, `sftp://`, {}", stores()),
    };
    fail(format!("there is no way to publish to `{scheme}://`"), help)
}

fn stores() -> String {
    let schemes: Vec<String> =
        Provider::ALL.iter().map(|provider| format!("`{}://`", provider.scheme())).collect();
    schemes.join(", ")
}

fn sftp(rest: &str) -> Result<Address, AddressError> {
    let fail = |why: &str| {
        let help =
            "write `sftp://user@host/srv/www`, or `sftp://user@host/~/www` for a folder in the user's home";
        Err(AddressError { why: why.to_owned(), help: help.to_owned() })
    };
    let Some((authority, path)) = rest.split_once('/') else {
        return fail("the address names no folder on the host");
    };
    let (user, host) = match authority.rsplit_once('@') {
        Some((user, host)) => (Some(user), host),
        None => (None, authority),
    };
    // An address of version 6 stands in brackets, since it has colons of its own.
    let (host, port) = match host.strip_prefix('[').and_then(|host| host.split_once(']')) {
        Some((host, "")) => (host, None),
        Some((host, port)) => (host, port.strip_prefix(':')),
        None => host.split_once(':').map_or((host, None), |(host, port)| (host, Some(port))),
    };
    let is_plain = |text: &str| {
        !text.is_empty()
            && !text.starts_with('-')
            && !text.contains(char::is_whitespace)
            && !text.contains('@')
    };
    if !is_plain(host) || !user.is_none_or(is_plain) {
        return fail("the address names no host");
    }
    let port = match port.map(str::parse) {
        None => None,
        Some(Ok(port)) if port > 0 => Some(port),
        Some(_) => return fail("the port is no number between 1 and 65535"),
    };
    let path = path.trim_end_matches('/');
    let path = match path.strip_prefix('~') {
        Some("") => String::new(),
        Some(path) if path.starts_with('/') => path.trim_start_matches('/').to_owned(),
        _ => format!("/{path}"),
    };
    if path.trim_matches('/').is_empty() {
        return fail("the address names no folder on the host");
    }
    let user = user.map(str::to_owned);
    Ok(Address::Sftp { user, host: host.to_owned(), port, path })
}

/// As the author would write it.
impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Address::Folder(path) | Address::File { path, .. } => f.write_str(path),
            Address::Git { remote, branch } => write!(f, "git:{remote}#{branch}"),
            Address::Store { provider, bucket, prefix } => {
                write!(f, "{}://{bucket}", provider.scheme())?;
                if prefix.is_empty() { Ok(()) } else { write!(f, "/{prefix}") }
            }
            Address::Sftp { user, host, port, path } => {
                f.write_str("sftp://")?;
                if let Some(user) = user {
                    write!(f, "{user}@")?;
                }
                if host.contains(':') {
                    write!(f, "[{host}]")?
                } else {
                    f.write_str(host)?
                }
                if let Some(port) = port {
                    write!(f, ":{port}")?;
                }
                if path.starts_with('/') { f.write_str(path) } else { write!(f, "/~/{path}") }
            }
            Address::Rsync(place) if place.starts_with("rsync://") => f.write_str(place),
            Address::Rsync(place) => write!(f, "rsync:{place}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_read_back_as_they_are_written() {
        for text in [
            "../site",
            "/srv/www",
            "C:\\site",
            "git:origin#gh-pages",
            "git:git@codeberg.org:ada/dossier.git#pages",
            "git:https://example.org/a.git#a/b",
            "s3://bucket",
            "s3://bucket/a/b",
            "gs://bucket/a",
            "az://container",
            "sftp://ada@example.org/srv/www",
            "sftp://example.org:2222/~/www",
            "sftp://[::1]:22/srv",
            "rsync:ada@example.org:www",
            "rsync://example.org/module/www",
            "out/site.zip",
            "site.tar.zst",
            "site.wacz",
            "site.warc.gz",
        ] {
            assert_eq!(Address::parse(text).map(|address| address.to_string()).as_deref(), Ok(text));
        }
    }

    #[test]
    fn what_is_no_address_is_told_with_what_to_write() {
        for (text, why) in [
            ("", "empty"),
            (" a", "spaces"),
            ("git:origin", "no branch"),
            ("git:#b", "no repository"),
            ("git:--upload-pack=x#b", "no repository"),
            ("git:origin#a..b", "branch"),
            ("git:origin#-f", "branch"),
            ("s3://", "no bucket"),
            ("s3://b/../c", "no bucket"),
            ("s3://key:secret@bucket/a", "password"),
            ("git:https://ada:token@example.org/a.git#b", "password"),
            ("git:https://token@example.org/a.git#b", "password"),
            ("~/site", "home"),
            ("site.tar.gz", ".tar.zst"),
            ("S3://bucket", "small letters"),
            ("sftp://example.org", "no folder"),
            ("sftp://example.org/", "no folder"),
            ("sftp://-oProxyCommand=x/srv", "no host"),
            ("sftp://example.org:0/srv", "port"),
            ("rsync:here", "host and a path"),
            ("rsync:--rsh=x:y", "host and a path"),
            ("ftp://example.org/a", "no way"),
            ("https://example.org/a.git", "no way"),
            ("git@example.org:a.git", "how the place is reached"),
        ] {
            let error = Address::parse(text).expect_err(text);
            assert!(error.why.contains(why), "{text}: {error:?}");
            assert!(!error.help.is_empty(), "{text}");
            assert!(!format!("{error:?}").contains("token@"), "{error:?}");
        }
    }

    #[test]
    fn files_are_known_by_their_ending_and_nothing_else() {
        assert_eq!(Address::parse(".zip"), Ok(Address::Folder(".zip".to_owned())));
        assert_eq!(Address::parse("zip"), Ok(Address::Folder("zip".to_owned())));
        let upper = Address::parse("A.ZIP");
        assert_eq!(upper, Ok(Address::File { form: Form::Zip, path: "A.ZIP".to_owned() }));
    }
}
