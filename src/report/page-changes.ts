import type { Case, FollowUp, RuleId } from "../core/decision/index.js";
import type { PageBlock, PageLine, PageOptions } from "./page-block.js";
import { placeOf } from "./place.js";
import { withoutArns } from "./short-name.js";
import { visible } from "./visible-text.js";

/** FOLLOW-UP, RULES, CHANGES IF, GAPS: what would change the decision, and what it rests on. */
export function changesBlock(item: Case, options: PageOptions): PageBlock {
  return {
    name: "changes",
    title: "What would change it",
    lines: [
      ...followUpLines(item),
      { label: "RULES", text: rulesText(item, options), sources: [] },
      ...(options.verbose ? factLines(item, options) : []),
      ...(item.changesIf.length === 0
        ? []
        : [
            {
              label: "CHANGES IF",
              text: withoutArns(item.changesIf.map((change) => `${change.if} → ${change.then}`).join(" │ ")),
              sources: [],
            },
          ]),
      ...(item.frameworks.length === 0 || !options.verbose ? [] : frameworkLines(item)),
      ...(item.thirdParty === undefined ? [] : [thirdPartyLine(item.thirdParty)]),
      {
        label: "GAPS",
        text: item.gaps.length === 0 ? "none" : withoutArns(item.gaps.map((gap) => gap.text).join(" · ")),
        ...(item.gaps.length === 0 ? {} : { mark: "gap" as const }),
        sources: [],
      },
    ],
  };
}

function followUpLines(item: Case): readonly PageLine[] {
  const { accessReview, secretRotation, privilegeReduction } = item.followUps;
  const all: readonly (readonly [string, FollowUp])[] = [
    ["access review", accessReview],
    ["secret rotation with proof", secretRotation],
    ["privilege reduction", privilegeReduction],
  ];
  const required = all.filter(([, followUp]) => followUp.required && followUp.notApplicable === undefined);
  const without = all.filter(([, followUp]) => followUp.notApplicable !== undefined);
  const because = [...new Set(required.map(([, followUp]) => followUp.because))].filter(
    (text) => text !== "",
  );
  return [
    {
      label: "FOLLOW-UP",
      text: required.length === 0 ? "none mandatory" : required.map(([name]) => name).join(" · "),
      ...(required.length === 0 ? {} : { aside: visible(mandatory(because)) }),
      sources: [],
    },
    ...without.map(([name, followUp]): PageLine => ({
      label: "",
      text: visible(`${name}: not applicable, ${followUp.notApplicable ?? ""}; needs a signer`),
      sources: [],
    })),
  ];
}

/** What each rule found, in a few words; `--verbose` and JSON give the facts it rests on. */
const ruleWords: Readonly<Record<RuleId, (facts: Case["facts"]) => string>> = {
  D1: () => "settings only",
  D2: (facts) =>
    facts["settings_only"]?.value === "unknown" && !isTrue(facts, "can_recur")
      ? "access not ruled out"
      : "access involved",
  D3: () => "standing secret exposed",
  D4: () => "federated or service principal",
  D5: () => "over-privileged service account",
  D6: () => "framework flaw",
  D7: (facts) => (isTrue(facts, "incident_declared") ? "incident declared" : "incident"),
  D8: () => "commander required",
  D9: () => "third party",
  D10: () => "low risk, one team alone",
  D11: (facts) =>
    [
      ...(isTrue(facts, "customer_facing") ? ["customer-facing"] : []),
      ...(isTrue(facts, "privileged") ? ["privileged"] : []),
    ].join(", "),
  D12: (facts) => `regulated${facts["regulated"]?.assumed === true ? " (assumed)" : ""}`,
  D13: (facts) => (isTrue(facts, "deadline_passed") ? "deadline passed" : "no patch"),
  D14: () => "repeat",
};

const isTrue = (facts: Case["facts"], name: string): boolean => facts[name]?.value === true;

function rulesText(item: Case, options: PageOptions): string {
  if (item.rules.length === 0) return "none fired";
  const words = (id: string): string => ruleWords[id as RuleId]?.(item.facts) ?? "";
  return withoutArns(
    item.rules
      .map((rule) => `${rule.id} ${options.verbose ? rule.because : words(rule.id)}`.trim())
      .join(" · "),
  );
}

function mandatory(because: readonly string[]): string {
  const text = because.join("; ");
  if (text === "") return "mandatory";
  return text.startsWith("mandatory") ? text : `mandatory (${text})`;
}

function factLines(item: Case, options: PageOptions): readonly PageLine[] {
  return Object.entries(item.facts)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, fact], index) => ({
      label: index === 0 ? "FACTS" : "",
      text: withoutArns(
        `${name}: ${fact.value === true ? "yes" : fact.value === false ? "no" : "unknown"}${fact.assumed === true ? " (assumed)" : ""}${fact.note === undefined ? "" : `, ${fact.note}`}`,
      ),
      sources: fact.because.map((evidence) => ({ text: placeOf(evidence, options.folder), evidence })),
    }));
}

/** Where an article's id differs from the published text, the published one is given and the remap said (standards.md 3g). */
function frameworkLines(item: Case): readonly PageLine[] {
  return item.frameworks.map((reference, index) => ({
    label: index === 0 ? "STANDARDS" : "",
    text: visible(
      `${reference.framework} ${reference.version} ${reference.id}: ${reference.reason}${reference.remappedFrom === undefined ? "" : ` (${reference.remappedFrom} remapped)`}`,
    ),
    sources: [],
  }));
}

const thirdPartyLine = (party: NonNullable<Case["thirdParty"]>): PageLine => ({
  label: "VENDOR",
  text: visible(
    `${party.id}: contract ${party.contract} · technical ${party.technical}${party.gap === undefined ? "" : ` · ${party.gap}`}`,
  ),
  sources: [],
  ...(party.gap === undefined ? {} : { mark: "gap" as const }),
});
