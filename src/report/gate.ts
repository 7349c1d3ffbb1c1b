import type { ReadinessGap } from "../core/decision/index.js";
import { wrap } from "./text-width.js";
import { visible } from "./visible-text.js";
import { counted } from "./wording.js";

/** What people and CI read of `remit.gate/1`. */
export interface GateView {
  readonly pass: boolean;
  readonly reasons: readonly (ReadinessGap & { readonly level: "error" | "note" })[];
  readonly known: number;
  readonly workloads: number;
  readonly coverage: { readonly share: number; readonly required: number };
}

/** `may go: …` or `stopped: 3 gaps …`, the sentence that everything else is under. */
export function gateSentence({ pass, reasons, known, workloads, coverage }: GateView): string {
  const errors = reasons.filter(({ level }) => level === "error").length;
  const notes = reasons.length - errors;
  return [
    pass ? "may go" : `stopped by ${counted(errors, "gap")}`,
    `${counted(workloads, "workload")}, ${String(Math.floor(coverage.share * 100))} % of ${String(coverage.required)} duties covered`,
    ...(notes === 0 ? [] : [`${counted(notes, "note")} beside`]),
    ...(known === 0 ? [] : [`${counted(known, "gap")} known from the baseline`]),
  ].join(" · ");
}

export function renderGate(view: GateView, width: number): string {
  const room = Math.max(60, Math.min(width, 160));
  const lines = [
    ...wrap(gateSentence(view), room),
    ...section("STOPS", view, "error", room),
    ...section("NOTES", view, "note", room),
  ];
  return `${lines.map((line) => visible(line).trimEnd()).join("\n")}\n`;
}

function section(head: string, view: GateView, level: "error" | "note", width: number): readonly string[] {
  const own = view.reasons.filter((reason) => reason.level === level);
  if (own.length === 0) return [];
  return [
    "",
    head,
    ...own.flatMap((reason) => {
      const [first = "", ...rest] = wrap(reason.text, width - 2);
      return [
        `${level === "error" ? "✗" : "·"} ${first}`,
        ...rest.map((line) => `  ${line}`),
        ...wrap(`→ ${reason.fix}${placeOf(reason)}`, width - 4).map((line) => `    ${line}`),
      ];
    }),
  ];
}

/** ` (remit.yaml:64)`: where the fix goes. */
const placeOf = ({ evidence }: ReadinessGap): string =>
  evidence === undefined
    ? ""
    : ` (${evidence.document}${evidence.line === undefined ? "" : `:${String(evidence.line)}`})`;

/** For `$GITHUB_STEP_SUMMARY`: GitHub shows it under the run. Names from files are code, never markup. */
export function renderGateSummary(view: GateView): string {
  const code = (text: string): string => `\`${visible(text).replaceAll("`", "'").replaceAll("|", "\\|")}\``;
  const plain = (text: string): string => visible(text).replace(/[\\`*_{}[\]<>()#+!|~]/g, "\\$&");
  return [
    `## ${view.pass ? "Accountability: may go" : "Accountability: stopped"}`,
    "",
    plain(gateSentence(view)),
    "",
    ...(view.reasons.length === 0
      ? []
      : [
          "| | what | what to do |",
          "|---|---|---|",
          ...view.reasons.map(
            (reason) =>
              `| ${reason.level === "error" ? "✗" : "·"} | ${plain(reason.text)} | ${code(reason.fix)} |`,
          ),
          "",
        ]),
  ].join("\n");
}

/** SARIF 2.1.0 (OASIS): one result per reason, at the entry that the fix goes to. */
export function renderGateSarif(view: GateView, version: string): string {
  const kinds = [...new Set(view.reasons.map(({ kind }) => kind))].sort();
  const sarif = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "remit",
            version,
            rules: kinds.map((kind) => ({
              id: `accountability/${kind}`,
              shortDescription: { text: kind.replaceAll("-", " ") },
            })),
          },
        },
        results: view.reasons.map((reason) => ({
          ruleId: `accountability/${reason.kind}`,
          level: reason.level,
          message: { text: `${reason.text}. ${reason.fix}` },
          ...(reason.evidence === undefined
            ? {}
            : {
                locations: [
                  {
                    physicalLocation: {
                      artifactLocation: { uri: uriOf(reason.evidence.document) },
                      region: { startLine: reason.evidence.line ?? 1 },
                    },
                  },
                ],
              }),
          partialFingerprints: { gap: `${reason.kind}|${reason.scope}|${reason.duty ?? ""}` },
        })),
      },
    ],
  };
  return `${JSON.stringify(sarif, null, 2)}\n`;
}

const uriOf = (path: string): string => path.split("/").map(encodeURIComponent).join("/");
