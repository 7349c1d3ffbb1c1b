import type { Case, CaseExposure } from "../core/decision/index.js";

/** What a flaw is called everywhere: its ids, the components that have it, and their versions. */
export interface FlawTerms {
  readonly asked: string;
  readonly ids: ReadonlySet<string>;
  /** `npm/react-server-dom-webpack`: whatever the version. */
  readonly components: ReadonlySet<string>;
  /** `COMPONENT@VERSION` that a tool calls flawed. */
  readonly versions: ReadonlySet<string>;
  /** Set where one version was asked for. */
  readonly version?: string;
  readonly parse: ParsePurl;
}

export type ParsePurl = (
  text: string | undefined,
) => { readonly purl: string; readonly component: string; readonly version?: string } | undefined;

export type FlawQuestion =
  | { readonly kind: "terms"; readonly terms: FlawTerms }
  | { readonly kind: "bad-question"; readonly message: string };

const mostTyped = 500;

/**
 * What was typed, widened by what tools say: a GHSA and its CVE are one flaw where a finding names both (ADR 7), and the
 * components are those in which a tool found it.
 */
export function flawTerms(typed: string, cases: readonly Case[], parse: ParsePurl): FlawQuestion {
  const text = typed.trim();
  if (text === "" || text.length > mostTyped)
    return {
      kind: "bad-question",
      message: "name a flaw: `CVE-2021-44228`, `GHSA-jfh8-c2jp-5v3q` or a package URL",
    };
  if (text.startsWith("pkg:")) {
    const purl = parse(text);
    if (purl === undefined)
      return {
        kind: "bad-question",
        message: `\`${text}\` is no package URL: write it as \`pkg:npm/NAME\` or \`pkg:maven/GROUP/NAME@VERSION\``,
      };
    const { component, version } = purl;
    return {
      kind: "terms",
      terms: {
        asked: text,
        ids: new Set(),
        components: new Set([component]),
        versions: new Set(),
        ...(version === undefined ? {} : { version }),
        parse,
      },
    };
  }
  if (!/^[A-Za-z][A-Za-z0-9]*[-:][\w.:-]+$/.test(text))
    return {
      kind: "bad-question",
      message: `\`${text}\` names no flaw: write \`CVE-2021-44228\`, \`GHSA-jfh8-c2jp-5v3q\` or a package URL`,
    };
  const id = issuerCase(text);
  const exposures = cases.flatMap((item) => item.exposures.filter((one) => idsOf(one).includes(id)));
  const purls = exposures.flatMap(({ flaw }) => flaw?.purls ?? []).flatMap((purl) => parse(purl) ?? []);
  return {
    kind: "terms",
    terms: {
      asked: text,
      ids: new Set([id, ...exposures.flatMap(idsOf)]),
      components: new Set(purls.map(({ component }) => component)),
      versions: new Set(
        purls.flatMap(({ component, version }) => (version === undefined ? [] : [`${component}@${version}`])),
      ),
      parse,
    },
  };
}

/** Whether an exposure is this flaw: by one of its names, or, where a component was asked for, by the component. */
export function matchesFlaw(exposure: CaseExposure, terms: FlawTerms): boolean {
  if (exposure.class !== "vulnerability") return false;
  if (terms.ids.size > 0) return idsOf(exposure).some((id) => terms.ids.has(id));
  return (exposure.flaw?.purls ?? []).some((text) => {
    const purl = terms.parse(text);
    if (purl === undefined || !terms.components.has(purl.component)) return false;
    return terms.version === undefined || purl.version === undefined || purl.version === terms.version;
  });
}

/** Names that tools give it; a stated one is called by its title. */
const idsOf = ({ flaw, weaknessTitle }: CaseExposure): readonly string[] =>
  flaw?.ids ?? [issuerCase(weaknessTitle)];

/** As the issuers write them: `CVE-2021-44228`, `GHSA-jfh8-c2jp-5v3q`. */
function issuerCase(id: string): string {
  if (/^cve-\d{4}-\d+$/i.test(id)) return id.toUpperCase();
  if (/^ghsa(-[0-9a-z]{4}){3}$/i.test(id)) return `GHSA${id.slice(4).toLowerCase()}`;
  return id;
}
