import { randomUUID } from "node:crypto";
import { ask } from "./client/call.js";
import { throughDoor } from "./client/door.js";
import type { ClientFlags } from "./client/flags.js";
import { tableOrJson } from "./client/format.js";
import type { Console } from "./console.js";
import type { ExitCode } from "./errors.js";
import { finish } from "./outcome.js";
import { deliver } from "./output.js";

export interface EraseFlags extends ClientFlags {
  readonly reason: string;
  readonly preview?: boolean;
}

/** `remit people erase ID --reason TEXT`. */
export async function runErase(person: string, flags: EraseFlags, io: Console): Promise<ExitCode> {
  const format = tableOrJson(flags.format);
  const [{ erasePersonRoute }, report] = await Promise.all([
    import("../api/index.js"),
    import("../report/index.js"),
  ]);
  const { reason, preview = false } = flags;
  const { body } = await throughDoor(flags, io, (door) =>
    ask(door, erasePersonRoute, {
      headers: { "idempotency-key": randomUUID() },
      body: { person, reason, ...(preview ? { preview } : {}) },
    }),
  );
  const text =
    format === "json"
      ? report.renderJson({ schema: "remit.erasure/1", ...body })
      : report.renderErasure(body);
  await deliver(io, text, flags.out);
  return finish(io, [{ exit: 0, reason: body.erased ? "erased" : "nothing was changed" }]);
}
