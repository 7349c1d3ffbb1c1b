import type { Case, CasePath } from "../core/decision/index.js";
import { hopText, namesIn, type NameOf } from "./hop-text.js";
import { placeOf } from "./place.js";
import type { PageBlock, PageLine, PageOptions } from "./page-block.js";
import { withoutArns } from "./short-name.js";
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
  const names = namesIn(item);
  if (worst === undefined) return [{ label: "", text: withoutArns(because), sources: [] }];
  return [
    ...hopLines(worst, names, options),
    ...(options.verbose
      ? others.flatMap((path, index) => verboseRoute(path, index + 2, names, options))
      : []),
  ];
}

const verboseRoute = (
  path: CasePath,
  number: number,
  names: NameOf,
  options: PageOptions,
): readonly PageLine[] => [
  {
    label: "",
    text: `route ${number}: ${withoutArns(path.because)} (${path.kind}, band ${path.band}, ${path.certainty}${path.governed ? ", governed" : ""}${path.colluding === true ? ", only two actors together, not counted" : ""})`,
    sources: [],
  },
  ...hopLines(path, names, options),
];

/** One line per hop, the recurrence hop marked, what only the request decides printed in place. */
export function hopLines(path: CasePath, names: NameOf, options: PageOptions): readonly PageLine[] {
  const hops = path.hops.map((hop, index): PageLine => ({
    label: "",
    number: index + 1,
    text: hopText(hop, names, options.folder) + (index === 0 ? credentialIn(path, hop, names) : ""),
    ...(index === path.recurrenceHop ? { mark: "recurrence" as const } : {}),
    sources: hop.evidence.map((evidence) => ({ text: placeOf(evidence, options.folder), evidence })),
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
  return [...hops, ...condition, ...missing, ...uncheckedLine(path)];
}

/** What the second evaluator could not follow is said where the route is read (issue 3). */
const uncheckedLine = ({ unchecked }: CasePath): readonly PageLine[] =>
  unchecked === undefined
    ? []
    : [
        {
          label: "",
          text: withoutArns(visible(`not checked by the second evaluator: ${unchecked}`)),
          sources: [],
        },
      ];

/** The credential that starts a route, where its first hop names something else. */
function credentialIn({ credential }: CasePath, hop: CasePath["hops"][number], names: NameOf): string {
  if (credential === undefined || hop.note !== undefined) return "";
  const name = names(credential);
  return names(hop.from).includes(name) ? "" : ` (${name})`;
}

/** One line per missing fact: the command that fetches it, and which way each answer would decide. */
function unknownLines(item: Case, options: PageOptions): readonly PageLine[] {
  const { missingFacts, togetherDecide, paths, because } = item.recreation;
  const facts = missingFacts.map((fact, index): PageLine => ({
    label: "",
    number: index + 1,
    text: visible([fact.fact, ...effect(fact.ifTrue, fact.ifFalse)].join(": ")),
    mark: "command",
    code: visible(fact.collect),
    sources: [],
  }));
  // One fact of several decides nothing alone: what all of them decide is what helps.
  const together: readonly PageLine[] =
    togetherDecide === undefined || missingFacts.length < 2
      ? []
      : [
          {
            label: "",
            text: `all of them: ${effect(togetherDecide.ifTrue, togetherDecide.ifFalse).join("")}`,
            sources: [],
          },
        ];
  const lines =
    facts.length === 0 ? [{ label: "", text: withoutArns(because), sources: [] }] : [...facts, ...together];
  const [first] = paths;
  const route: readonly PageLine[] =
    options.verbose && first !== undefined
      ? [
          { label: "", text: "the route that these facts decide:", sources: [] },
          ...hopLines(first, namesIn(item), options),
        ]
      : [];
  return [...lines, ...route];
}

/** Which way each answer decides; nothing where the fact alone leaves it open. */
function effect(ifTrue: string, ifFalse: string): readonly string[] {
  const open = "still unknown";
  if (ifTrue === open && ifFalse === open) return [];
  if (ifTrue === "confirms the answer" && ifFalse === ifTrue) return ["confirms the answer"];
  if (ifTrue === ifFalse) return [`either answer → ${ifTrue}`];
  return [
    [
      ...(ifTrue === open ? [] : [`if it allows → ${ifTrue}`]),
      ...(ifFalse === open ? [] : [`if it denies → ${ifFalse}`]),
    ].join("; "),
  ];
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
    : [...hopLines(first, namesIn(item), options), ...(options.verbose ? certificateLines(item) : [])];
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
