//! Object stores: S3 and all that speak as it does, Google Cloud Storage, Azure.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::{Arc, Once};
use std::time::Duration;

use dossier::copies::hex;
use dossier::disk::manifest::Manifest;
use dossier::model::publish::{Provider, Target};
use dossier::output::{MANIFEST_NAME, Stamp, ancestors};
use dossier::publish::plan::{State, There};
use dossier::publish::{NEXT_NAME, hosts};
use futures::stream::{self, StreamExt, TryStreamExt};
use md5::{Digest, Md5};
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::azure::{AzureConfigKey, MicrosoftAzureBuilder};
use object_store::gcp::{GoogleCloudStorageBuilder, GoogleConfigKey};
use object_store::path::Path;
use object_store::{
    Attribute, Attributes, BackoffConfig, ClientConfigKey, ObjectMeta, ObjectStore, ObjectStoreExt,
    PutOptions, PutPayload, RetryConfig,
};
use rayon::prelude::*;
use tokio::runtime::{Builder, Runtime};

use super::job::{Job, Problem, unreadable_list};
use super::remote::{File, Look, Remote, Take};

/// How many requests are under way at once.
const AT_ONCE: usize = 12;

/// How long one request may take: a large file on a slow line takes its time.
const PATIENCE: &str = "3600 seconds";

/// A bucket or container, and the path in it that a site lies at.
pub struct Store {
    runtime: Runtime,
    store: Arc<dyn ObjectStore>,
    prefix: String,
    /// As the author names it.
    shown: String,
}

impl Store {
    /// Returns the store of a target. Nothing is asked of it yet.
    pub fn open(target: &Target, provider: Provider, bucket: &str, prefix: &str) -> Result<Store, Problem> {
        static TLS: Once = Once::new();
        TLS.call_once(|| {
            // That there is one already is as good.
            let _ = rustls::crypto::ring::default_provider().install_default();
        });
        let shown = target.to.to_string();
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime
            .map_err(|error| Problem::new(format!("the network cannot be used: {error}"), String::new()))?;
        let store = match provider {
            Provider::S3 => s3(target, bucket).build().map(|store| Arc::new(store) as Arc<dyn ObjectStore>),
            Provider::Google => google(target, bucket).build().map(|store| Arc::new(store) as _),
            Provider::Azure => azure(target, bucket).build().map(|store| Arc::new(store) as _),
        };
        let store = store.map_err(|error| failed(&shown, "reach", &error))?;
        let prefix = if prefix.is_empty() { String::new() } else { format!("{prefix}/") };
        Ok(Store { runtime, store, prefix, shown })
    }

    fn at(&self, path: &str) -> Result<Path, Problem> {
        Path::parse(format!("{}{path}", self.prefix)).map_err(|error| {
            Problem::new(format!("{path} cannot lie in {}: {error}", self.shown), String::new())
        })
    }

    /// One listing of all that lies below the prefix, by path.
    fn list(&self) -> Result<BTreeMap<String, ObjectMeta>, Problem> {
        let prefix = Path::parse(self.prefix.trim_end_matches('/')).unwrap_or_default();
        let prefix = (!self.prefix.is_empty()).then_some(&prefix);
        let objects: Vec<ObjectMeta> = self
            .runtime
            .block_on(self.store.list(prefix).try_collect())
            .map_err(|error| failed(&self.shown, "list", &error))?;
        let below = |meta: ObjectMeta| {
            let path = meta.location.as_ref().strip_prefix(&self.prefix)?.to_owned();
            Some((path, meta))
        };
        Ok(objects.into_iter().filter_map(below).collect())
    }

    fn get(&self, path: &str) -> Result<Option<Vec<u8>>, Problem> {
        let at = self.at(path)?;
        let fetch = async {
            match self.store.get(&at).await {
                Ok(found) => found.bytes().await.map(|bytes| Some(bytes.to_vec())),
                Err(object_store::Error::NotFound { .. }) => Ok(None),
                Err(error) => Err(error),
            }
        };
        self.runtime.block_on(fetch).map_err(|error| failed(&self.shown, "read", &error))
    }

    fn manifest(
        &self,
        path: &str,
        there: &BTreeMap<String, ObjectMeta>,
    ) -> Result<Option<Manifest>, Problem> {
        let Some(bytes) = there.get(path).map(|_| self.get(path)).transpose()?.flatten() else {
            return Ok(None);
        };
        Manifest::parse(&bytes).map(Some).map_err(|why| unreadable_list(&self.shown, why))
    }
}

impl Remote for Store {
    /// Asks for one listing. A file is the same if its tag is its MD5, as with S3; where tags are something else, if our
    /// list says so and nobody wrote it after that list.
    fn look(&mut self, job: &Job) -> Result<Look, Problem> {
        let mut there = self.list()?;
        let list = job.list.to_string().into_bytes();
        let is_listed = there.get(MANIFEST_NAME).is_some_and(|meta| tag(meta) == Some(md5(&list)));
        let files: Vec<(&str, &Stamp)> = job.list.iter().collect();
        let same = files.into_par_iter().filter(|(path, stamp)| {
            let meta = there.get(*path).filter(|meta| meta.size == stamp.size);
            meta.and_then(tag).is_some_and(|tag| tag == md5(&job.bytes(path)))
        });
        let same: BTreeSet<&str> = same.map(|(path, _)| path).collect();
        let is_ours = |path: &str| path == MANIFEST_NAME || path == NEXT_NAME;
        let others = there.keys().filter(|path| !is_ours(path) && !same.contains(path.as_str())).count();
        let next = self.manifest(NEXT_NAME, &there)?;
        // Who finds what is to be there and nothing else needs no list.
        let manifest = match is_listed && others == 0 {
            true => Some(job.list.clone()),
            false => self.manifest(MANIFEST_NAME, &there)?,
        };
        let written = there.remove(MANIFEST_NAME).map(|meta| meta.last_modified);
        there.remove(NEXT_NAME);
        // An empty object that stands for a folder is in nobody's way.
        let folders: BTreeSet<&str> = job.list.iter().flat_map(|(path, _)| ancestors(path)).collect();
        there.retain(|path, meta| meta.size > 0 || !folders.contains(path.as_str()));
        // Where no tag is a sum, our list tells, but not of a publish that was not finished.
        let goes_by_list = same.is_empty() && next.is_none();
        let is_same = |path: &str, meta: &ObjectMeta| {
            let listed = || {
                let stamp = manifest.as_ref()?.get(path)?;
                let is_old = written.is_some_and(|written| meta.last_modified <= written);
                Some(is_old && meta.size == stamp.size && job.list.get(path) == Some(stamp))
            };
            same.contains(path) || goes_by_list && listed() == Some(true)
        };
        let state = there
            .iter()
            .map(|(path, meta)| (path.clone(), if is_same(path, meta) { There::Same } else { There::Other }));
        let state: BTreeMap<String, There> = state.collect();
        let lists = manifest.iter().chain(&next);
        let ours = lists.flat_map(Manifest::iter).map(|(path, _)| path.to_owned()).collect();
        Ok(Look {
            has_files: !state.is_empty(),
            state: State { files: state, ours },
            is_listed: is_listed || manifest.as_ref() == Some(&job.list),
            list: manifest,
            next,
        })
    }

    fn send(&mut self, files: &[File], done: &(dyn Fn() + Sync)) -> Result<(), Problem> {
        let puts: Vec<(Path, PutPayload, PutOptions)> = files
            .iter()
            .map(|(path, bytes)| {
                Ok((self.at(path)?, PutPayload::from(bytes.to_vec()), attributes(path, bytes)))
            })
            .collect::<Result<_, Problem>>()?;
        let put = |(at, payload, options): (Path, PutPayload, PutOptions)| {
            let store = Arc::clone(&self.store);
            async move { store.put_opts(&at, payload, options).await }
        };
        let all = stream::iter(puts).map(put).buffer_unordered(AT_ONCE);
        let all = all.try_for_each(|_| {
            done();
            async { Ok(()) }
        });
        self.runtime.block_on(all).map_err(|error| failed(&self.shown, "write to", &error))
    }

    fn remove(&mut self, paths: &[&str]) -> Result<(), Problem> {
        let paths: Vec<Path> = paths.iter().map(|path| self.at(path)).collect::<Result<_, _>>()?;
        let delete = |at: Path| delete(Arc::clone(&self.store), at);
        let all = stream::iter(paths).map(delete).buffer_unordered(AT_ONCE);
        let all = all.try_for_each(|()| async { Ok(()) });
        self.runtime.block_on(all).map_err(|error| failed(&self.shown, "delete from", &error))
    }

    fn fetch(&mut self, paths: &[&str], take: &mut Take) -> Result<(), Problem> {
        let paths: Vec<(String, Path)> = paths
            .iter()
            .map(|path| Ok(((*path).to_owned(), self.at(path)?)))
            .collect::<Result<_, Problem>>()?;
        let get = |(path, at): (String, Path)| {
            let store = Arc::clone(&self.store);
            async move {
                let bytes = match store.get(&at).await {
                    Ok(found) => Some(found.bytes().await?),
                    Err(object_store::Error::NotFound { .. }) => None,
                    Err(error) => return Err(error),
                };
                Ok((path, bytes))
            }
        };
        let mut all = stream::iter(paths).map(get).buffer_unordered(AT_ONCE);
        let all = async {
            while let Some((path, bytes)) = all.try_next().await? {
                take(&path, bytes.as_deref());
            }
            Ok(())
        };
        self.runtime.block_on(all).map_err(|error| failed(&self.shown, "read", &error))
    }

    fn chunk(&self) -> Option<usize> {
        None
    }
}

/// Deletes an object, and tries again when the network drops that: the store's own retries leave it at that, since they
/// cannot know that it does no harm to delete twice.
async fn delete(store: Arc<dyn ObjectStore>, at: Path) -> object_store::Result<()> {
    for wait in [200, 1000, 4000].map(Duration::from_millis) {
        match store.delete(&at).await {
            Err(object_store::Error::Generic { .. }) => tokio::time::sleep(wait).await,
            Err(object_store::Error::NotFound { .. }) => return Ok(()),
            done => return done,
        }
    }
    store.delete(&at).await
}

/// The MD5 that a tag is, as it is of objects that were sent in one piece and not encrypted with a key of the provider.
fn tag(meta: &ObjectMeta) -> Option<String> {
    let tag = meta.e_tag.as_deref()?.trim_matches('"').to_ascii_lowercase();
    (tag.len() == 32 && tag.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(tag)
}

fn md5(bytes: &[u8]) -> String {
    hex(&Md5::digest(bytes))
}

/// What browsers and caches are told of a file.
fn attributes(path: &str, bytes: &[u8]) -> PutOptions {
    let mut attributes = Attributes::new();
    attributes.insert(Attribute::ContentType, hosts::content_type(path).into());
    attributes.insert(Attribute::CacheControl, hosts::cache_control(path, bytes).into());
    PutOptions { attributes, ..PutOptions::default() }
}

fn retry() -> RetryConfig {
    let backoff = BackoffConfig {
        init_backoff: Duration::from_millis(200),
        max_backoff: Duration::from_secs(10),
        base: 2.0,
    };
    RetryConfig { backoff, max_retries: 8, retry_timeout: Duration::from_secs(120) }
}

fn s3(target: &Target, bucket: &str) -> AmazonS3Builder {
    let mut builder = AmazonS3Builder::from_env()
        .with_config(AmazonS3ConfigKey::Client(ClientConfigKey::Timeout), PATIENCE)
        // Not all that speak as S3 does know how to delete many at once.
        .with_disable_bulk_delete(true)
        .with_bucket_name(bucket)
        .with_retry(retry());
    if let Some(endpoint) = &target.endpoint {
        builder = builder.with_endpoint(endpoint.trim_end_matches('/'));
    }
    if let Some(region) = &target.region {
        builder = builder.with_region(region);
    }
    if builder.get_config_value(&AmazonS3ConfigKey::Endpoint).is_some_and(|url| url.starts_with("http://")) {
        builder = builder.with_allow_http(true);
    }
    match shared_credentials(&builder) {
        Some([key, secret, token]) => {
            let builder = builder.with_access_key_id(key).with_secret_access_key(secret);
            if token.is_empty() { builder } else { builder.with_token(token) }
        }
        None => builder,
    }
}

/// What the provider's own program knows of profiles and of who is logged in, if the environment holds nothing.
fn shared_credentials(builder: &AmazonS3Builder) -> Option<[String; 3]> {
    const OTHER: [&str; 4] = [
        "AWS_WEB_IDENTITY_TOKEN_FILE",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "AWS_SKIP_SIGNATURE",
    ];
    let is_set = builder.get_config_value(&AmazonS3ConfigKey::AccessKeyId).is_some()
        || OTHER.iter().any(|name| std::env::var_os(name).is_some());
    if is_set {
        return None;
    }
    let done =
        Command::new("aws").args(["configure", "export-credentials", "--format", "process"]).output().ok()?;
    let found: serde_json::Value = serde_json::from_slice(&done.stdout).ok()?;
    let text = |name: &str| found.get(name).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
    let found = [text("AccessKeyId"), text("SecretAccessKey"), text("SessionToken")];
    done.status.success().then_some(found).filter(|[key, secret, _]| !key.is_empty() && !secret.is_empty())
}

fn google(target: &Target, bucket: &str) -> GoogleCloudStorageBuilder {
    use GoogleConfigKey::Client;
    let builder = GoogleCloudStorageBuilder::from_env()
        .with_config(Client(ClientConfigKey::Timeout), PATIENCE)
        .with_bucket_name(bucket)
        .with_retry(retry());
    match &target.endpoint {
        Some(endpoint) => builder
            .with_base_url(endpoint.trim_end_matches('/'))
            .with_config(Client(ClientConfigKey::AllowHttp), endpoint.starts_with("http://").to_string()),
        None => builder,
    }
}

fn azure(target: &Target, container: &str) -> MicrosoftAzureBuilder {
    let builder = MicrosoftAzureBuilder::from_env()
        .with_config(AzureConfigKey::Client(ClientConfigKey::Timeout), PATIENCE)
        .with_container_name(container)
        .with_retry(retry());
    match &target.endpoint {
        Some(endpoint) => builder
            .with_endpoint(endpoint.trim_end_matches('/').to_owned())
            .with_allow_http(endpoint.starts_with("http://")),
        None => builder,
    }
}

fn failed(shown: &str, doing: &str, error: &object_store::Error) -> Problem {
    use object_store::Error::{NotFound, PermissionDenied, Unauthenticated};
    let text = error.to_string();
    let has = |words: &[&str]| words.iter().any(|words| text.contains(words));
    let help = if has(&["NoSuchBucket", "ContainerNotFound", "container does not exist"])
        || matches!(error, NotFound { .. })
    {
        "make the bucket first, or mend its name or the endpoint"
    } else if has(&["169.254.169.254", "metadata.google", "Account must be specified", "nvalid Access Key"]) {
        "no credentials were found: set those of the provider in the environment, such as AWS_ACCESS_KEY_ID and \
         AWS_SECRET_ACCESS_KEY, or log in with the provider's own program"
    } else if has(&["status code: 301", "PermanentRedirect", "AuthorizationHeaderMalformed"]) {
        "the bucket is in another region: set `region` in site.toml, or AWS_REGION"
    } else if matches!(error, PermissionDenied { .. } | Unauthenticated { .. })
        || has(&["status code: 403", "status code: 401", "AccessDenied", "AuthenticationFailed"])
    {
        "the store refuses these credentials: see which ones are in the environment, and what they may do"
    } else if has(&["ETag", "missing field", "Error decoding"]) {
        "what answers there does not speak as this store does: see the endpoint"
    } else {
        "what was sent so far stays valid: publish again, and only the rest is sent"
    };
    Problem::new(format!("cannot {doing} {shown}: {}", plain(&text)), help)
}

/// What a store says, without the page of XML that comes with it.
fn plain(text: &str) -> String {
    let said = |tag: &str| -> Option<String> {
        let (_, from) = text.split_once(&format!("<{tag}>"))?;
        Some(from.split_once(&format!("</{tag}>"))?.0.to_owned())
    };
    let said = said("Message").or_else(|| said("Code"));
    let text = text.split_once('<').map_or(text, |(before, _)| before);
    // Before this stands which request it was, in which layer.
    let text = text.rsplit_once(" - Server returned non-2xx status code: ").map_or(text, |(_, after)| after);
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(300).collect();
    let text = super::tool::without_passwords(text.trim_end_matches([':', ' ', '?']));
    let said = said.map(|said| said.split_whitespace().collect::<Vec<_>>().join(" "));
    said.map_or_else(|| text.clone(), |said| format!("{text}: {said}"))
}
