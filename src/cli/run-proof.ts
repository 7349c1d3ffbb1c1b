import type { Analysis, Case } from "../core/decision/index.js";
import type { Console } from "./console.js";
import { deliver } from "./output.js";
import { visible } from "./visible.js";

/** Writes the proof of a case, and says what of it the independent check could not follow. */
export async function writeProof(analysis: Analysis, item: Case, path: string, io: Console): Promise<void> {
  const [{ proveCase }, { proofText }] = await Promise.all([
    import("../app/index.js"),
    import("../core/proof/index.js"),
  ]);
  const { proof, unopened } = await proveCase(analysis, item);
  for (const { path: document, reason } of unopened)
    io.err(`note  ${visible(document)} ${reason}: the proof does without it\n`);
  const open = [...proof.paths, ...proof.certificates].filter(({ outcome }) => outcome !== "holds").length;
  await deliver(io, proofText(proof), path);
  const size = `${proof.paths.length} paths, ${proof.certificates.length} certificates, ${proof.documents.length} documents`;
  io.err(`proof ${visible(path)}: ${size}${open === 0 ? "" : `, ${open} not shown independently`}\n`);
}
