import type { Hop } from "../core/access/index.js";
import type { Case, CasePath } from "../core/decision/index.js";
import { placeOf } from "./place.js";
import type { PageBlock, PageLine, PageOptions } from "./page.js";
import { shortName, withoutArns } from "./short-name.js";
import { visible } from "./visible-text.js";
import { counted } from "./wording.js";

/** COMES BACK because, WOULD COME BACK if, or why it does not. */
export function whyBlock(item: Case, options: PageOptions): PageBlock {
  const { words, verdict } = item.recreation;
  const title = "Why it comes back";
  if (verdict === "unknown") {
    return {
      name: "why",
      title: "What would bring it back",
      heading: "WOULD COME BACK if",
      lines: unknownLines(item, options),
    };
  }
  if (words === "shared cause")
    return { name: "why", title, heading: "SHARED CAUSE", lines: routeLines(item, options) };
  switch (verdict) {
    case "possible":
      return { name: "why", title, heading: "COMES BACK because", lines: routeLines(item, options) };
    case "governed":
      return {
        name: "why",
        title: "Who could bring it back",
        heading: item.recreation.basis.includes("expected")
          ? "COMES BACK only through"
          : "COMES BACK only as sanctioned",
        lines: governedLines(item, options),
      };
    case "none":
      return {
        name: "why",
        title: "Why it cannot come back",
        heading: "CANNOT COME BACK because",
        lines: certificateLines(item),
      };
  }
}

function routeLines(item: Case, options: PageOptions): readonly PageLine[] {
  const { paths, because } = item.recreation;
  const [worst, ...others] = paths;
  if (worst === undefined) return [{ label: "", text: withoutArns(because), sources: [] }];
  return [
    ...hopLines(worst),
    ...(options.verbose ? others.flatMap((path, index) => verboseRoute(path, index + 2)) : []),
  ];
}

const verboseRoute = (path: CasePath, number: number): readonly PageLine[] => [
  {
    label: "",
    text: `route ${number}: ${withoutArns(path.because)} (${path.kind}, band ${path.band}, ${path.certainty}${path.governed ? ", governed" : ""})`,
    sources: [],
  },
  ...hopLines(path),
];

/** One line per hop, the recurrence hop marked, what only the request decides printed in place. */
export function hopLines(path: CasePath): readonly PageLine[] {
  const hops = path.hops.map((hop, index): PageLine => ({
    label: "",
    number: index + 1,
    text: hopText(hop, path),
    ...(index === path.recurrenceHop ? { mark: "recurrence" as const } : {}),
    sources: hop.evidence.map((evidence) => ({ text: placeOf(evidence), evidence })),
  }));
  const condition: readonly PageLine[] =
    path.condition === undefined
      ? []
      : [{ label: "", text: `conditional: ${withoutArns(path.condition)}`, sources: [] }];
  const missing = path.missing.map((fact): PageLine => ({
    label: "",
    text: visible(`if not denied by: ${fact.fact}`),
    code: visible(fact.collect),
    sources: [],
  }));
  return [...hops, ...condition, ...missing];
}

/** `svc-batch may become etl-admin`; the credential of the first hop is named as people know it. */
export function hopText(hop: Hop, path: CasePath): string {
  // What stands open is nobody's deed: the hop is its own sentence.
  if (hop.cause === "guardrail" || hop.cause === "setting") return withoutArns(hop.via);
  const from = shortName(hop.from);
  const to = shortName(hop.to);
  const credential =
    path.credential !== undefined && hop === path.hops[0] && !from.includes(shortName(path.credential))
      ? ` (${shortName(path.credential)})`
      : "";
  return visible(
    `${from} ${withoutArns(viaWords(hop))}${to === from || to === "*" ? "" : ` ${to}`}${credential}`,
  );
}

/** A key does not hold anything: it is a key of somebody. */
export const viaWords = (hop: Pick<Hop, "from" | "via">): string =>
  /^(?:aws:)?access-key\/|^(?:AKIA|ASIA)[A-Z0-9]{8,}$/.test(hop.from)
    ? hop.via.replace(/^holds a (?:credential|live key) of/, "is a key of")
    : hop.via;

/** One line per missing fact: the command that fetches it, and which way each answer would decide. */
function unknownLines(item: Case, options: PageOptions): readonly PageLine[] {
  const { missingFacts, paths, because } = item.recreation;
  const facts = missingFacts.map((fact, index): PageLine => ({
    label: "",
    number: index + 1,
    text: visible(`${fact.fact}: ${effect(fact.ifTrue, fact.ifFalse)}`),
    mark: "command",
    code: visible(fact.collect),
    sources: [],
  }));
  const lines = facts.length === 0 ? [{ label: "", text: withoutArns(because), sources: [] }] : facts;
  const [first] = paths;
  const route: readonly PageLine[] =
    options.verbose && first !== undefined
      ? [{ label: "", text: "the route that these facts decide:", sources: [] }, ...hopLines(first)]
      : [];
  return [...lines, ...route];
}

function effect(ifTrue: string, ifFalse: string): string {
  if (ifTrue === ifFalse)
    return `either answer leaves it ${ifTrue === "confirms the answer" ? "as it is" : `\`${ifTrue}\``}`;
  return `if it allows → ${ifTrue}; if it denies → ${ifFalse}`;
}

function governedLines(item: Case, options: PageOptions): readonly PageLine[] {
  const { sharedCases, because, paths } = item.recreation;
  const links = sharedCases.map((link): PageLine => ({
    label: "",
    text: `${link.case}: ${counted(link.members, "identity", "identities")} with standing rights, decided there`,
    mark: "command",
    code: `remit explain ${link.case}`,
    sources: [],
  }));
  const [first] = paths;
  if (links.length > 0) return [...links, ...(options.verbose ? certificateLines(item) : [])];
  return first === undefined
    ? [{ label: "", text: withoutArns(because), sources: [] }]
    : [...hopLines(first), ...(options.verbose ? certificateLines(item) : [])];
}

/** A `no` carries what was asked and what blocked it (interfaces.md, Verdicts). */
function certificateLines(item: Case): readonly PageLine[] {
  const { certificate, because } = item.recreation;
  const atoms = (certificate?.atoms ?? []).map((atom, index): PageLine => ({
    label: "",
    number: index + 1,
    text: withoutArns(
      `${atom.atom}: ${counted(atom.candidates, "candidate")}${atom.blockedBy.length === 0 ? "" : `, blocked by ${atom.blockedBy.join(", ")}`}`,
    ),
    sources: [],
  }));
  const layers: readonly PageLine[] =
    certificate === undefined || certificate.layers.length === 0
      ? []
      : [{ label: "", text: withoutArns(`layers read: ${certificate.layers.join(", ")}`), sources: [] }];
  return [{ label: "", text: withoutArns(because), sources: [] }, ...atoms, ...layers];
}
