import type { Console } from "./console.js";
import { fault, type ExitCode } from "./errors.js";
import { finish } from "./outcome.js";
import { deliver } from "./output.js";

export interface CheckProofFlags {
  readonly estate?: readonly string[];
  readonly format?: string;
  readonly out?: string;
}

/** `remit check-proof FILE`: 0 verified; 1 it does not hold, and where; 2 no proof. */
export async function runCheckProof(file: string, flags: CheckProofFlags, io: Console): Promise<ExitCode> {
  const format = flags.format ?? "table";
  if (format !== "table" && format !== "json")
    throw fault("bad-question", `the answer comes as table or json, not as \`${format}\``);
  const [{ checkProofFile }, { validateProof }, { renderJson, renderProofCheck }] = await Promise.all([
    import("../app/index.js"),
    import("../contract/index.js"),
    import("../report/index.js"),
  ]);
  const answer = await checkProofFile(file, validateProof, flags.estate ?? []);
  if (answer.kind === "unreadable") throw fault("bad-proof", answer.reason);
  const { check } = answer;
  const verified = check.faults.length === 0;
  const document = { schema: "remit.check-proof/1" as const, file, verified, ...check };
  await deliver(io, format === "json" ? renderJson(document) : renderProofCheck(document), flags.out);
  const [first] = check.faults;
  return finish(
    io,
    first === undefined
      ? [{ exit: 0, reason: "verified" }]
      : [{ exit: 1, reason: `not verified: ${first.part} ${first.text}` }],
  );
}
