import type { Case, CaseExposure } from "../core/decision/index.js";
import { placeOf } from "./place.js";
import type { PageBlock, PageLine, PageOptions, PageSource } from "./page-block.js";
import { withoutArns } from "./short-name.js";
import { kindName } from "./subject.js";
import { visible } from "./visible-text.js";
import { dayOf } from "./wording.js";

const shownExposures = 5;

/** EXPOSED, MADE BY, NOW. */
export function whatBlock(item: Case, options: PageOptions): PageBlock {
  const exposures = options.verbose ? item.exposures : item.exposures.slice(0, shownExposures);
  const more = item.exposures.length - exposures.length;
  return {
    name: "what",
    title: "What",
    lines: [
      ...exposures.map((exposure, index) => exposedLine(exposure, index === 0 ? "EXPOSED" : "", options)),
      ...(more === 0
        ? []
        : [{ label: "", text: `+${more} more of the same root cause (--verbose)`, sources: [] }]),
      ...severityLine(item, options),
      ...exposures.flatMap(intendedLine),
      madeByLine(item, options),
      ...exposures.map((exposure, index) =>
        nowLine(exposure, index === 0 ? "NOW" : "", exposures.length > 1, options),
      ),
    ],
  };
}

/** R8: a modest defect that outranks itself says by what; of a setting the page says it elsewhere. */
function severityLine({ combination, kind }: Case, options: PageOptions): readonly PageLine[] {
  if (combination === undefined || (kind !== "flaw" && !options.verbose)) return [];
  return [
    {
      label: "SEVERITY",
      text: withoutArns(
        `${combination.severity}, ${combination.own} by itself: it meets ${combination.with.map(({ text }) => text).join("; ")}`,
      ),
      sources: combination.with
        .flatMap(({ because }) => because.slice(0, 1))
        .map((evidence) => ({ text: placeOf(evidence, options.folder), evidence })),
    },
  ];
}

const nameOf = (exposure: CaseExposure): string =>
  `${kindName(exposure.resourceKind)} ${withoutArns(exposure.resourceName)}`;

function exposedLine(exposure: CaseExposure, label: string, options: PageOptions): PageLine {
  const account = [exposure.account?.replace(/^aws:/, ""), exposure.accountName].filter(
    (part) => part !== undefined && part !== "",
  );
  const where = [account.join(" "), exposure.region ?? ""].filter((part) => part !== "").join(", ");
  const tools = new Map<string, PageSource>();
  for (const finding of exposure.findings) {
    const text = visible(`${finding.tool} ${finding.check}`);
    if (!tools.has(text)) tools.set(text, { text, evidence: finding.evidence });
  }
  const places = options.verbose
    ? exposure.findings.map((finding) => ({
        text: placeOf(finding.evidence, options.folder),
        evidence: finding.evidence,
      }))
    : [];
  return {
    label,
    text: visible(`${nameOf(exposure)}${where === "" ? "" : ` (${where})`}: ${exposure.weaknessTitle}`),
    sources: tools.size === 0 ? [{ text: "read from the estate itself" }] : [...tools.values(), ...places],
  };
}

/** An intended exposure needs reason, approver and expiry, and is still shown (interfaces.md, catalogue). */
function intendedLine(exposure: CaseExposure): readonly PageLine[] {
  if (exposure.intended === undefined) return [];
  const { reason, approvedBy, until } = exposure.intended;
  return [
    {
      label: "INTENDED",
      text: visible(`${nameOf(exposure)}: ${reason}; approved by ${approvedBy} until ${until}`),
      sources: [{ text: "catalogue" }],
    },
  ];
}

/** Only what was seen or is written in code may be told as a deed; the words beside say which it is. */
function madeByLine(item: Case, options: PageOptions): PageLine {
  const { origin } = item;
  return {
    label: "MADE BY",
    text: origin.text === "" ? "not known" : withoutArns(origin.text),
    ...(origin.how === "" || origin.how === origin.text || (origin.text === "" && origin.how === "not known")
      ? {}
      : { aside: visible(origin.how) }),
    sources: origin.evidence.map((evidence) => ({ text: placeOf(evidence, options.folder), evidence })),
  };
}

function nowLine(exposure: CaseExposure, label: string, named: boolean, options: PageOptions): PageLine {
  const passing = exposure.state === "fixed";
  const seen = exposure.findings
    .filter(({ result }) => (result === "pass") === passing)
    .flatMap((finding) => finding.seenAt ?? [])
    .sort()
    .at(-1);
  const seenText = seen === undefined ? "" : `seen ${passing ? "passing" : "failing"} ${dayOf(seen)}`;
  const state: Readonly<Record<CaseExposure["state"], string>> = {
    open: "",
    fixed: "fixed",
    gone: "gone: absent while its scope was scanned",
    "muted-external": "muted in the tool that reports it",
    unknown: "state unknown",
  };
  const setting = exposure.now === undefined ? "setting not supplied" : withoutArns(exposure.now.text);
  const text = [setting, state[exposure.state], seenText].filter((part) => part !== "").join(" · ");
  return {
    label,
    text: named ? `${nameOf(exposure)}: ${text}` : text,
    sources: (exposure.now?.evidence ?? []).map((evidence) => ({
      text: placeOf(evidence, options.folder),
      evidence,
    })),
  };
}
