import type { FlawCarrier, FlawDocument } from "../../core/decision/index.js";
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
} from "../flaw-words.js";
import { nobody } from "../owner.js";
import { placeOf } from "../place.js";
import { shortName, withoutArns } from "../short-name.js";
import { count, counted, minuteOf } from "../wording.js";
import { content, isolated } from "./markup.js";
import { style } from "./style.js";
import { stylePolicy } from "./style-policy.js";

const rowLimit = 1_000;

/** One flaw over the estate as one file that fetches nothing and runs nothing. */
export function renderFlawHtml(document: FlawDocument): string {
  const policy = stylePolicy(style);
  const rows = document.carriers.slice(0, rowLimit);
  const left = document.carriers.length - rows.length;
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    '<meta name="robots" content="noindex">',
    `<title>${content(document.asked)} · remit</title>`,
    `<style>${style}</style>`,
    "</head>",
    "<body>",
    '<div class="wrap">',
    `<header><h1>${content(flawSentence(document))}</h1><p class="lead">${content(flawFacts(document).join(" · "))}</p></header>`,
    "<main>",
    table(rows, document.generatedAt),
    ...(left === 0
      ? []
      : [`<p class="note">${content(`${count(left)} more places are in the JSON document`)}</p>`]),
    ...(rows.length === 0
      ? []
      : [
          '<section class="part" aria-label="Each place">',
          ...rows.map((carrier, index) => carrierSection(carrier, document.generatedAt, index === 0)),
          "</section>",
        ]),
    list(
      "Not scanned",
      document.unscanned.map(({ name, purl, state }) => `${name}: ${purl}, ${unscannedWords[state]}`),
    ),
    list(
      "Stated as not affected, not counted",
      document.notAffected.map(({ name, reason }) => `${withoutArns(name)}: ${reason}`),
    ),
    list(
      "Unknown",
      document.unknowns.map(({ fact, collect }) => `${fact}: ${collect}`),
    ),
    "</main>",
    `<footer><p>${content(`Decided for ${minuteOf(document.generatedAt)} · rules ${document.policyVersion} · ${count(document.inputs.length)} documents read`)}</p></footer>`,
    "</div>",
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

function table(carriers: readonly FlawCarrier[], now: string): string {
  if (carriers.length === 0) return "";
  const heads = ["Case", "Where", "State", "Tier", "Patches", "Runs it", "Responds", "Reaches", "Due"];
  return [
    '<section class="part" aria-label="Where it is"><div class="panel"><table>',
    `<thead><tr>${heads.map((text) => `<th scope="col">${text}</th>`).join("")}</tr></thead><tbody>`,
    ...carriers.map((carrier) => {
      const owners = (["build", "runtime", "incident"] as const).map((plane) => {
        const owner = carrier.owners.find((one) => one.plane === plane);
        const words = owner === undefined ? "–" : ownerWords(owner);
        return `<td><span class="${words === nobody ? "gap" : "owner"}">${isolated(words)}</span></td>`;
      });
      const { resources, accounts } = carrier.reach;
      return [
        "<tr>",
        `<td class="id">${content(carrier.case)}</td>`,
        `<td>${isolated(carrierName(carrier))}</td>`,
        `<td>${content(placeWords(carrier))}</td>`,
        `<td class="tier">${tierWords(carrier)}</td>`,
        ...owners,
        `<td>${content(`${counted(resources.length, "resource")}, ${counted(accounts.length, "account")}`)}</td>`,
        `<td class="due">${content(nearestWords(carrier, now))}</td>`,
        "</tr>",
      ].join("");
    }),
    "</tbody></table></div></section>",
  ].join("\n");
}

function carrierSection(carrier: FlawCarrier, now: string, open: boolean): string {
  const lines: readonly (readonly [string, string])[] = [
    ...carrier.owners.map((owner): readonly [string, string] => [
      planeTitle[owner.plane],
      `${ownerWords(owner)}${owner.gap === undefined ? "" : `: ${owner.gap}`}`,
    ]),
    ...carrier.organisational.map((why): readonly [string, string] => ["raised by", withoutArns(why)]),
    [
      "reaches",
      carrier.identities.length === 0
        ? "not known: as whom it runs is not"
        : `as ${carrier.identities.map(shortName).join(", ")}: ${reachWords(carrier.reach)}`,
    ],
    ...carrier.reach.services.map(({ service, read, change }): readonly [string, string] => [
      "next to it",
      `${service}: ${count(read)} to read, ${count(change)} to change`,
    ]),
    ...(carrier.reach.unlisted.length === 0
      ? []
      : [["not collected", `named by its policies: ${carrier.reach.unlisted.join(", ")}`] as const]),
    ...actWords(carrier).map((words): readonly [string, string] => ["can act", words]),
    ...lateWords(carrier, now).map((words): readonly [string, string] => ["late", words]),
    ...carrier.found.map(({ tool, check, evidence }): readonly [string, string] => [
      "found",
      `${tool} ${check} · ${placeOf(evidence)}`,
    ]),
  ];
  return [
    `<details class="case"${open ? " open" : ""}><summary><span class="ref">${content(carrier.case)}</span><h2 class="sentence">${isolated(carrierName(carrier))}</h2><span class="status">${content(`${placeWords(carrier)} · tier ${tierWords(carrier)} · ${nearestWords(carrier, now)}`)}</span></summary>`,
    `<div class="body"><section class="block">${lines.map(([label, said]) => `<div class="line wide"><div class="label">${content(label)}</div><div class="said">${isolated(said)}</div></div>`).join("\n")}</section></div></details>`,
  ].join("\n");
}

const list = (title: string, items: readonly string[]): string =>
  items.length === 0
    ? ""
    : `<section class="part"><h2>${title}</h2><ul class="list">${items.map((text) => `<li>${isolated(text)}</li>`).join("")}</ul></section>`;
