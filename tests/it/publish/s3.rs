//! A server on this machine that speaks as S3 does.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use futures::TryStreamExt;
use object_store::aws::AmazonS3Builder;
use object_store::{Attribute, GetOptions, ObjectStore, ObjectStoreExt};
use tempfile::TempDir;

use super::servers::{Files, free_port, wait_for};

/// A server that speaks as S3 does (`moto`), with one bucket, `box`.
pub struct S3 {
    server: Child,
    port: u16,
    folder: TempDir,
}

pub const KEY: &str = "an-access-key-id";
pub const SECRET: &str = "a-secret-that-nobody-may-see";

impl S3 {
    pub fn start() -> S3 {
        let target = std::env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target"), PathBuf::from);
        let program = target.join("servers/bin/moto_server");
        assert!(program.is_file(), "{} is not there; `tests/run` installs it", program.display());
        let folder = TempDir::new().unwrap();
        let log = File::create(folder.path().join("log")).unwrap();
        let port = free_port();
        let server = Command::new(program)
            .args(["-H", "127.0.0.1", "-p", &port.to_string()])
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        wait_for(port);
        let s3 = S3 { server, port, folder };
        let made = ureq::put(format!("{}/box", s3.endpoint())).send_empty();
        assert!(made.is_ok(), "{made:?}");
        s3
    }

    pub fn endpoint(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// What a person sets who publishes there.
    pub fn environment(&self) -> Vec<(String, String)> {
        let set = [
            ("AWS_ENDPOINT_URL", self.endpoint().as_str()),
            ("AWS_ACCESS_KEY_ID", KEY),
            ("AWS_SECRET_ACCESS_KEY", SECRET),
            ("AWS_REGION", "us-east-1"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
        set.to_vec()
    }

    /// The requests since the last call, as `GET /box?list-type=2`.
    pub fn requests(&self) -> Vec<String> {
        let log = self.folder.path().join("log");
        let text = fs::read_to_string(&log).unwrap();
        File::options().write(true).truncate(true).open(&log).unwrap();
        let text: String = text.replace('\0', "");
        let request = |line: &str| {
            let (_, rest) = line.split_once("] \"")?;
            let (request, _) = rest.split_once(" HTTP/")?;
            // Those that fail are coloured.
            Some(request[request.find(|c: char| c.is_ascii_uppercase())?..].to_owned())
        };
        text.lines().filter_map(request).collect()
    }

    fn store(&self) -> impl ObjectStore {
        // It is there already after the first call.
        let _ = rustls::crypto::ring::default_provider().install_default();
        AmazonS3Builder::new()
            .with_bucket_name("box")
            .with_endpoint(self.endpoint())
            .with_allow_http(true)
            .with_access_key_id(KEY)
            .with_secret_access_key(SECRET)
            .build()
            .unwrap()
    }

    fn wait<T>(future: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
    }

    /// All that lies below a prefix.
    pub fn files(&self, prefix: &str) -> Files {
        let store = self.store();
        S3::wait(async {
            let at = object_store::path::Path::parse(prefix).unwrap();
            let objects: Vec<_> = store.list(Some(&at)).try_collect().await.unwrap();
            let mut files = Files::new();
            for object in objects {
                let path = object.location.as_ref().strip_prefix(&format!("{prefix}/")).unwrap().to_owned();
                let bytes = store.get(&object.location).await.unwrap().bytes().await.unwrap();
                files.insert(path, bytes.to_vec());
            }
            files
        })
    }

    pub fn put(&self, path: &str, text: &str) {
        let at = object_store::path::Path::parse(path).unwrap();
        S3::wait(async { self.store().put(&at, text.to_owned().into()).await.unwrap() });
    }

    /// What browsers are told of an object: its type, and how long it is kept.
    pub fn told(&self, path: &str) -> (String, String) {
        let at = object_store::path::Path::parse(path).unwrap();
        let found = S3::wait(async { self.store().get_opts(&at, GetOptions::default()).await.unwrap() });
        let told =
            |attribute| found.attributes.get(&attribute).map(|value| value.to_string()).unwrap_or_default();
        (told(Attribute::ContentType), told(Attribute::CacheControl))
    }
}

impl Drop for S3 {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
