// Everything that joins records is computed once, in content/_data/dossier.js.
export default function (config) {
  config.addPassthroughCopy({ "static/site.css": "site.css" });
  config.setQuietMode(true);
  return { dir: { input: "content", output: "out" } };
}
