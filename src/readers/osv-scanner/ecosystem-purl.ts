import { packageUrls } from "../flaws/index.js";

/** Ecosystems of the OSV schema by type of package URL; some also have a namespace of their own. */
const types: Readonly<Record<string, readonly [type: string, namespace?: string]>> = {
  npm: ["npm"],
  PyPI: ["pypi"],
  Go: ["golang"],
  Maven: ["maven"],
  Packagist: ["composer"],
  "crates.io": ["cargo"],
  RubyGems: ["gem"],
  NuGet: ["nuget"],
  Hex: ["hex"],
  Pub: ["pub"],
  Hackage: ["hackage"],
  ConanCenter: ["conan"],
  Debian: ["deb", "debian"],
  Ubuntu: ["deb", "ubuntu"],
  Alpine: ["apk", "alpine"],
  "GitHub Actions": ["githubactions"],
};

/** The package URL of a package of an OSV ecosystem (`Debian:12` has its release behind a colon). */
export function ecosystemPurl(ecosystem: string, name: string, version: string): string | undefined {
  const known = types[ecosystem.split(":")[0] ?? ""];
  if (known === undefined || name === "") return undefined;
  const [type, own] = known;
  const separator = type === "maven" ? ":" : "/";
  const cut = name.lastIndexOf(separator);
  const namespace = cut < 0 ? own : name.slice(0, cut);
  const { PackageURL } = packageUrls();
  try {
    return new PackageURL(
      type,
      namespace,
      cut < 0 ? name : name.slice(cut + 1),
      version === "" ? undefined : version,
      undefined,
      undefined,
    ).toString();
  } catch {
    // A name that no package URL of that type can have: the row is used without one.
    return undefined;
  }
}
