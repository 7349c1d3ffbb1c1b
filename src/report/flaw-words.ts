import type { FlawCarrier, FlawDocument, FlawOwner, SummedReach } from "../core/decision/index.js";
import { bestNamed, ownerName } from "./owner.js";
import { withoutArns } from "./short-name.js";
import { count, counted, dueText, minuteOf } from "./wording.js";

/** The sentence that stands first: how many, where, what they reach together. */
export function flawSentence({ asked, flaw, total }: FlawDocument): string {
  const name = flaw.ids[0] ?? asked;
  if (total.carriers === 0) return `${name}: nothing that was read is known to have it`;
  return [
    `${name} is in ${counted(total.open, "place")} that ${total.open === 1 ? "is" : "are"} not mended`,
    ...(total.running === total.carriers
      ? []
      : [`${count(total.running)} of ${count(total.carriers)} surely run`]),
    ...(total.exposed === 0 ? [] : [`${count(total.exposed)} reachable from outside`]),
    `together they reach ${reachWords(total.reach)}`,
  ].join("; ");
}

export function reachWords({ identities, accounts, resources, administers, services }: SummedReach): string {
  if (identities.length === 0) return "nothing that is known: as whom they run is not";
  return [
    counted(identities.length, "identity", "identities"),
    counted(accounts.length, "account"),
    `${counted(resources.length, "resource")}${services.length === 0 ? "" : ` (${services.map(({ service }) => service).join(", ")})`}`,
    ...(administers.length === 0
      ? []
      : [`administration of ${administers.map(({ name }) => name).join(", ")}`]),
  ].join(", ");
}

/** `known exploited · EPSS 0.94 · mended in 2.17.1 · critical`. */
export function flawFacts({ flaw }: FlawDocument): readonly string[] {
  return [
    flaw.knownExploited === true ? "known to be exploited" : "not known whether it is exploited",
    ...(flaw.epss === undefined ? [] : [`EPSS ${flaw.epss.toFixed(2)}`]),
    flaw.fixed.length === 0
      ? "no version that mends it is named"
      : `mended in ${flaw.fixed.slice(0, 4).join(", ")}`,
    `${flaw.severity} by itself`,
    ...(flaw.ids.length < 2 ? [] : [`also ${flaw.ids.slice(1).join(", ")}`]),
  ];
}

export const carrierName = ({ kind, name }: FlawCarrier): string =>
  kind === "workload" ? name : withoutArns(name);

export const placeWords = ({ deployed, exposed, state }: FlawCarrier): string =>
  [
    state === "open" ? "" : state,
    deployed === true ? "runs" : deployed === false ? "built, deployed nowhere" : "not known whether it runs",
    ...(deployed === false
      ? []
      : [exposed === true ? "exposed" : exposed === false ? "internal" : "exposure unknown"]),
  ]
    .filter((part) => part !== "")
    .join(", ");

export const tierWords = ({ tier, tierIfUnknown }: FlawCarrier): string =>
  `${String(tier)}${tierIfUnknown > tier ? "+" : ""}`;

export const ownerWords = ({ answerable }: FlawOwner): string => ownerName(bestNamed(answerable));

export const planeTitle: Readonly<Record<FlawOwner["plane"], string>> = {
  build: "patches",
  runtime: "runs it",
  incident: "responds",
};

/** Who can make a first move, proven; else who is named and what stands against it. */
export function actWords({ act }: FlawCarrier): readonly string[] {
  return act.map(({ role, title, canNow, requires }) => {
    const who = canNow.who ?? "(nobody found)";
    const able =
      canNow.verdict === "can"
        ? `can now: ${canNow.proof[0] ?? "proven"}`
        : canNow.verdict === "cannot"
          ? `cannot: ${canNow.proof.join("; ")}`
          : "not proven";
    const needs = requires.length === 0 ? "" : `; ${requires.join(" and ")} must agree`;
    return withoutArns(`${role} ${who}: ${title} (${able}${needs})`);
  });
}

export function lateWords({ clocks }: FlawCarrier, now: string): readonly string[] {
  return clocks
    .filter(({ late }) => late)
    .map(
      ({ task, due, rule, because }) =>
        `${task} was due ${due === null ? "" : minuteOf(due)} (${dueText(due, now)}) by ${rule}: ${because}`,
    );
}

/** The nearest clock, late or not. */
export function nearestWords({ clocks }: FlawCarrier, now: string): string {
  const [first] = clocks
    .filter((clock) => clock.due !== null)
    .sort((a, b) => ((a.due ?? "") < (b.due ?? "") ? -1 : 1));
  return first === undefined ? "–" : `${first.task} ${dueText(first.due, now)}`;
}

export const unscannedWords: Readonly<Record<FlawDocument["unscanned"][number]["state"], string>> = {
  "same-version": "the version that is flawed elsewhere; no tool has looked at it here",
  mended: "a version that a tool names as the fix",
  "not-judged": "no tool says whether this version has it",
};
