import { packageUrls } from "./libraries.js";

export interface ParsedPurl {
  /** In canonical spelling. */
  readonly purl: string;
  /** `maven/org.apache.logging.log4j/log4j-core`: the component whatever its version. */
  readonly component: string;
  readonly name: string;
  readonly version?: string;
  readonly qualifiers: Readonly<Record<string, string>>;
}

/** A package URL in canonical spelling and in parts; undefined for what is none. */
export function parsePurl(text: string | undefined): ParsedPurl | undefined {
  if (text === undefined || !text.startsWith("pkg:") || text.length > 2000) return undefined;
  const { PackageURL } = packageUrls();
  try {
    const purl = PackageURL.fromString(text);
    const name = purl.namespace === undefined ? purl.name : `${purl.namespace}/${purl.name}`;
    return {
      purl: purl.toString(),
      component: `${purl.type}/${name}`,
      name,
      ...(purl.version === undefined ? {} : { version: purl.version }),
      qualifiers: Object.fromEntries(Object.entries(purl.qualifiers ?? {})),
    };
  } catch {
    // Real files hold purls that break the specification; the row is used without one.
    return undefined;
  }
}
