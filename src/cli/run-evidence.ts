import { readdir } from "node:fs/promises";
import type { Analysis, Case } from "../core/decision/index.js";
import type { Console } from "./console.js";
import { fault, type ExitCode } from "./errors.js";
import type { ServerFlags } from "./client/flags.js";
import { finish, rejectedOutcome } from "./outcome.js";
import { deliver } from "./output.js";
import { analyzeInputs, type AnalyzeFlags } from "./run-analyze.js";
import { findCase } from "./run-explain.js";
import { rememberedInputs } from "./run-playbook.js";
import { evidenceOnServer, isForServer } from "./run-on-server.js";
import { visible } from "./visible.js";

export interface EvidenceFlags extends AnalyzeFlags, ServerFlags {
  readonly verify?: string;
  readonly seal?: string;
}

/** `remit evidence CASE --out FOLDER`, `remit evidence --verify FOLDER`. */
export async function runEvidence(
  id: string | undefined,
  flags: EvidenceFlags,
  io: Console,
): Promise<ExitCode> {
  const format = flags.format ?? "table";
  if (format !== "table" && format !== "json")
    throw fault("bad-question", `the answer comes as table or json, not as \`${format}\``);
  if (flags.verify !== undefined) {
    if (id !== undefined || flags.out !== undefined)
      throw fault("usage", "`--verify` takes a folder, and neither a case nor `--out`");
    return verify(flags.verify, flags, format, io);
  }
  if (id === undefined) throw fault("usage", "name a case, or a folder with `--verify`");
  if (flags.out === undefined) throw fault("usage", "name a new folder with `--out`");
  if (isForServer(flags)) return fromServer(id, flags.out, flags, format, io);
  const analysis = await analyzeInputs(await rememberedInputs(flags, io), io);
  const item = findCase(analysis, id);
  const app = await import("../app/index.js");
  const parts = await partsOf(analysis, item, io);
  const manifest = app.manifestOf(analysis, item, parts, await app.versionText());
  const { renderEvidence, renderJson } = await import("../report/index.js");
  const written = await app.writeFolder(flags.out, [
    ...parts,
    { name: app.manifestName, text: renderJson(manifest) },
  ]);
  if (written.kind === "refused") throw fault("usage", written.reason);
  await deliver(
    io,
    format === "json" ? renderJson(manifest) : renderEvidence(manifest, flags.out),
    undefined,
  );
  return finish(io, rejectedOutcome(analysis.rejected));
}

/** The bundle that the server made, whole or not at all; its seal says whether it came as it was sent. */
async function fromServer(
  id: string,
  out: string,
  flags: EvidenceFlags,
  format: "table" | "json",
  io: Console,
): Promise<ExitCode> {
  const [app, { renderEvidence, renderJson }, { validateEvidence }] = await Promise.all([
    import("../app/index.js"),
    import("../report/index.js"),
    import("../contract/index.js"),
  ]);
  // Making the bundle takes a while: what would be refused after it is refused before.
  const there = await readdir(out).catch(() => []);
  if (there.length > 0) throw fault("usage", `\`${out}\` is not empty: name a new folder`);
  const files = await evidenceOnServer(id, flags, io);
  const json = (name: string): unknown => {
    try {
      return JSON.parse(files.find((file) => file.name === name)?.text ?? "");
    } catch {
      return undefined;
    }
  };
  const validated = validateEvidence(json(app.manifestName));
  if (!("manifest" in validated)) throw fault("not-remit", "the bundle has no manifest of this release");
  const written = await app.writeFolder(out, files);
  if (written.kind === "refused") throw fault("usage", written.reason);
  const { manifest } = validated;
  await deliver(io, format === "json" ? renderJson(manifest) : renderEvidence(manifest, out), undefined);
  const analysis = json("analysis.json") as Pick<Analysis, "rejected"> | undefined;
  return finish(io, rejectedOutcome(analysis?.rejected ?? []));
}

/** Everything that shows why the case was decided so. Documents are cited by digest: what they hold stays with them. */
async function partsOf(analysis: Analysis, item: Case, io: Console) {
  const [app, report, { proofText }, { decisionRecord }, { maskSecretValues }] = await Promise.all([
    import("../app/index.js"),
    import("../report/index.js"),
    import("../core/proof/index.js"),
    import("../core/decision/index.js"),
    import("../core/findings/index.js"),
  ]);
  const { proof, unopened } = await app.proveCase(analysis, item);
  for (const { path, reason } of unopened)
    io.err(`note  ${visible(path)} ${reason}: the proof does without it\n`);
  const excerpt = await app.catalogueExcerpt(analysis, item);
  if (excerpt?.changed === true)
    io.err(`note  ${visible(excerpt.document)} is not the file that was read any more: no excerpt of it\n`);
  const overrides = (excerpt?.overrides as { readonly rules?: unknown } | null | undefined)?.rules;
  const parts = [
    {
      name: "analysis.json",
      what: "the whole analysis, as `remit analyze --format json` prints it",
      text: report.renderJson(analysis),
    },
    { name: "case.json", what: "the case: facts, paths, owners, clocks", text: report.renderJson(item) },
    {
      name: "decision.json",
      what: "rules that fired and did not, with their facts; follow-ups; who has to sign",
      text: report.renderJson(decisionRecord(item, analysis, Array.isArray(overrides) ? overrides : [])),
    },
    { name: "proof.json", what: "the proof, for `remit check-proof`", text: proofText(proof) },
    {
      name: "case.md",
      what: "the same for people, with every route and source",
      text: report.renderPageMarkdown(report.pageOf(item, analysis, { verbose: true })),
    },
    {
      name: "playbook.md",
      what: "who does what, in which order",
      text: report.renderPlaybook(app.playbookOfCase(analysis, item)),
    },
    ...(excerpt === undefined
      ? []
      : [
          {
            name: "catalogue.json",
            what: "the entries of the catalogue that the case cites",
            text: report.renderJson(excerpt),
          },
        ]),
  ];
  // Readers mask what is secret; what one of them let through goes no further than here.
  const masked = parts.map((part) => ({ ...part, text: withoutSecrets(part, maskSecretValues) }));
  const hidden = masked.filter(({ text }, index) => text !== parts[index]?.text).map(({ name }) => name);
  if (hidden.length > 0) io.err(`note  a secret value was masked in ${hidden.join(", ")}\n`);
  if (!hidden.includes("proof.json")) return masked;
  io.err("note  a masked proof proves nothing: the folder holds none\n");
  return masked.filter(({ name }) => name !== "proof.json");
}

/** Text by text and line by line, so that what is cut off in one does not take the rest of the file with it. */
function withoutSecrets(
  part: { readonly name: string; readonly text: string },
  mask: (text: string) => string,
): string {
  if (!part.name.endsWith(".json")) return part.text.split("\n").map(mask).join("\n");
  const clean = (value: unknown): unknown => {
    if (typeof value === "string") return mask(value);
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, clean(each)]));
  };
  return `${JSON.stringify(clean(JSON.parse(part.text)), null, 2)}\n`;
}

async function verify(folder: string, flags: EvidenceFlags, format: string, io: Console): Promise<ExitCode> {
  const seal = flags.seal?.toLowerCase();
  if (seal !== undefined && !/^[0-9a-f]{64}$/.test(seal))
    throw fault("usage", `\`--seal ${flags.seal ?? ""}\`: give the 64 hex digits of the seal`);
  const [{ verifyEvidence }, { validateEvidence, validateProof }, report] = await Promise.all([
    import("../app/index.js"),
    import("../contract/index.js"),
    import("../report/index.js"),
  ]);
  const answer = await verifyEvidence(folder, {
    validateManifest: validateEvidence,
    validateProof,
    estate: flags.estate ?? [],
    ...(seal === undefined ? {} : { seal }),
  });
  if (answer.kind === "unreadable") throw fault("bad-question", answer.reason);
  const { check } = answer;
  const document = {
    schema: "remit.evidence-check/1" as const,
    folder,
    verified: check.faults.length === 0,
    ...check,
  };
  await deliver(
    io,
    format === "json" ? report.renderJson(document) : report.renderEvidenceCheck(document),
    undefined,
  );
  const [first] = check.faults;
  return finish(
    io,
    first === undefined
      ? [{ exit: 0, reason: "verified" }]
      : [{ exit: 1, reason: `not verified: ${first.file} ${first.text}` }],
  );
}
