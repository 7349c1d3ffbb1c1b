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
import { shortName, withoutArns } from "./short-name.js";
import { cutEnd, padEnd, widthOf, wrap } from "./text-width.js";
import { visible } from "./visible-text.js";
import { count, counted } from "./wording.js";

const shownByDefault = 12;

/** First the sentence with the sum, then a block per workload: who answers, what it reaches, who can act, what is late. */
export function renderFlaw(document: FlawDocument, width: number, all: boolean): string {
  const room = Math.max(60, Math.min(160, width));
  const { carriers } = document;
  const shown = all ? carriers : carriers.slice(0, shownByDefault);
  const left = carriers.length - shown.length;
  const lines = [
    ...wrap(flawSentence(document), room),
    ...wrap(flawFacts(document).join(" · "), room),
    ...totals(document, room),
    ...shown.flatMap((carrier) => ["", ...carrierLines(carrier, document.generatedAt, room)]),
    ...(left === 0 ? [] : ["", `+${counted(left, "more place")} (--all)`]),
    ...section(
      "UNSCANNED",
      document.unscanned.map((item) => `${item.name}: ${item.purl}, ${unscannedWords[item.state]}`),
      room,
    ),
    ...section(
      "NOT AFFECTED",
      document.notAffected.map(
        ({ name, reason }) => `${withoutArns(name)}: ${reason} (as stated, not counted)`,
      ),
      room,
    ),
    ...section(
      "UNKNOWN",
      document.unknowns.map(({ fact, collect }) => `${fact}: ${collect}`),
      room,
    ),
    "",
    ...next(document),
  ];
  return `${lines.map((line) => visible(line).trimEnd()).join("\n")}\n`;
}

function totals({ total }: FlawDocument, width: number): readonly string[] {
  if (total.carriers === 0) return [];
  const parts = [
    `worst tier ${String(total.worstTier)}`,
    `somebody named can act now on ${count(total.canActNow)} of ${count(total.open)}`,
    total.late === 0 ? "nothing is late" : `${count(total.late)} late`,
    total.unowned === 0 ? "every plane has an owner" : `${counted(total.unowned, "plane")} without an owner`,
  ];
  return wrap(parts.join(" · "), width);
}

const label = 12;

function carrierLines(carrier: FlawCarrier, now: string, width: number): readonly string[] {
  const account = carrier.accountName ?? carrier.account;
  const head = `${carrier.case}  ${carrierName(carrier)}${account === undefined ? "" : ` (${account})`}`;
  const status = `${placeWords(carrier)} · tier ${tierWords(carrier)} · ${nearestWords(carrier, now)}`;
  const owners = carrier.owners.map((owner) => `${planeTitle[owner.plane]} ${ownerWords(owner)}`);
  const late = lateWords(carrier, now);
  const { services, unlisted } = carrier.reach;
  return [
    widthOf(head) + widthOf(status) + 3 <= width
      ? `${head}${" ".repeat(width - widthOf(head) - widthOf(status))}${status}`
      : `${cutEnd(head, width)}\n  ${status}`,
    ...line("OWNERS", owners.join(" · "), width),
    ...carrier.owners.flatMap(({ gap }) => (gap === undefined ? [] : line("", gap, width))),
    ...(carrier.organisational.length === 0
      ? []
      : line("RAISED BY", withoutArns(carrier.organisational.join(" · ")), width)),
    ...line(
      "REACHES",
      carrier.identities.length === 0
        ? "not known: as whom it runs is not"
        : `as ${carrier.identities.map(shortName).join(", ")}: ${reachWords(carrier.reach)}`,
      width,
    ),
    ...line(
      "NEXT TO IT",
      [
        ...services.map(
          ({ service, read, change }) => `${service} ${count(read)} read, ${count(change)} change`,
        ),
        ...(unlisted.length === 0 ? [] : [`named, not collected: ${unlisted.join(", ")}`]),
      ].join(" · "),
      width,
    ),
    ...actWords(carrier).flatMap((words, index) => line(index === 0 ? "CAN ACT" : "", words, width)),
    ...late.flatMap((words, index) => line(index === 0 ? "LATE" : "", words, width)),
    ...line(
      "FOUND BY",
      [...new Set(carrier.found.map(({ tool, check }) => `${tool} ${check}`))].join(" · "),
      width,
    ),
  ];
}

function line(name: string, text: string, width: number): readonly string[] {
  if (text === "") return [];
  return wrap(text, width - label - 2).map(
    (part, index) => `  ${padEnd(index === 0 ? name : "", label)}${part}`,
  );
}

const section = (name: string, texts: readonly string[], width: number): readonly string[] =>
  texts.length === 0 ? [] : ["", name, ...texts.flatMap((text) => line("", text, width))];

function next({ carriers }: FlawDocument): readonly string[] {
  const [first] = carriers;
  return first === undefined ? [] : [`NEXT  remit explain ${first.case}      remit playbook ${first.case}`];
}
