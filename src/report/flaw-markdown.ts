import type { FlawCarrier, FlawDocument } from "../core/decision/index.js";
import {
  actWords,
  carrierName,
  flawFacts,
  flawSentence,
  lateWords,
  nearestWords,
  ownerWords,
  placeWords,
  planeTitle,
  reachWords,
  tierWords,
  unscannedWords,
} from "./flaw-words.js";
import { codeSpan, escape, markdownTable } from "./markdown-text.js";
import { placeOf } from "./place.js";
import { shortName, withoutArns } from "./short-name.js";
import { count, counted } from "./wording.js";

/** The same as a document: a table of all places, then a section for each. */
export function renderFlawMarkdown(document: FlawDocument): string {
  const { carriers, generatedAt } = document;
  const rows = carriers.map((carrier) => [
    codeSpan(carrier.case),
    escape(carrierName(carrier)),
    escape(placeWords(carrier)),
    tierWords(carrier),
    ...(["build", "runtime", "incident"] as const).map((plane) => {
      const owner = carrier.owners.find((one) => one.plane === plane);
      return owner === undefined ? "–" : escape(ownerWords(owner));
    }),
    `${counted(carrier.reach.resources.length, "resource")}, ${counted(carrier.reach.accounts.length, "account")}`,
    escape(nearestWords(carrier, generatedAt)),
  ]);
  const parts = [
    `# ${escape(flawSentence(document))}`,
    `**${escape(flawFacts(document).join(" · "))}**`,
    markdownTable(["Case", "Where", "State", "T", "Patches", "Runs it", "Responds", "Reaches", "Due"], rows),
    ...carriers.map((carrier) => section(carrier, generatedAt)),
    ...(document.unscanned.length === 0
      ? []
      : [
          "## Not scanned",
          document.unscanned
            .map(
              (item) =>
                `- ${escape(item.name)}: ${codeSpan(item.purl)}, ${escape(unscannedWords[item.state])}`,
            )
            .join("\n"),
        ]),
    ...(document.notAffected.length === 0
      ? []
      : [
          "## Stated as not affected, not counted",
          document.notAffected
            .map(({ name, reason }) => `- ${escape(withoutArns(name))}: ${escape(reason)}`)
            .join("\n"),
        ]),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function section(carrier: FlawCarrier, now: string): string {
  const { services, unlisted } = carrier.reach;
  const lines = [
    ...carrier.owners.map(
      (owner) =>
        `- **${planeTitle[owner.plane]}** ${escape(ownerWords(owner))}${owner.gap === undefined ? "" : `: ${escape(owner.gap)}`}`,
    ),
    ...carrier.organisational.map((why) => `- **More than a code issue** ${escape(withoutArns(why))}`),
    `- **Reaches** ${carrier.identities.length === 0 ? "not known: as whom it runs is not" : escape(`as ${carrier.identities.map(shortName).join(", ")}: ${reachWords(carrier.reach)}`)}`,
    ...services.map(
      ({ service, read, change }) =>
        `- **Next to it** ${escape(service)}: ${count(read)} to read, ${count(change)} to change`,
    ),
    ...(unlisted.length === 0
      ? []
      : [`- **Named by its policies, not collected** ${unlisted.map(codeSpan).join(", ")}`]),
    ...actWords(carrier).map((words) => `- **Act** ${escape(words)}`),
    ...lateWords(carrier, now).map((words) => `- **Late** ${escape(words)}`),
    ...carrier.found.map(
      ({ tool, check, evidence }) =>
        `- **Found** ${escape(`${tool} ${check}`)} (${codeSpan(placeOf(evidence))})`,
    ),
  ];
  return `## ${codeSpan(carrier.case)} ${escape(carrierName(carrier))}\n\n${lines.join("\n")}`;
}
