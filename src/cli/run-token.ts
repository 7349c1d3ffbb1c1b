import { existsSync } from "node:fs";
import { open } from "node:fs/promises";
import { randomUUID } from "node:crypto";
import type { Scope } from "../api/index.js";
import { ask } from "./client/call.js";
import { throughDoor } from "./client/door.js";
import type { ClientFlags } from "./client/flags.js";
import { tableOrJson } from "./client/format.js";
import { widthFor, type Console } from "./console.js";
import { fault, type ExitCode } from "./errors.js";
import { instantOf } from "./inputs.js";
import { finish } from "./outcome.js";
import { deliver } from "./output.js";

export interface IssueFlags extends ClientFlags {
  readonly scopes: string;
  readonly name: string;
  readonly expires?: string;
}

/** `remit token issue PERSON --out FILE`: the secret goes into a file that only this user reads, or to standard output alone. */
export async function runIssue(person: string, flags: IssueFlags, io: Console): Promise<ExitCode> {
  const { issueToken, scopeSchema } = await import("../api/index.js");
  const { out } = flags;
  // Before anything is issued: a token that could not be kept would be in force all the same.
  if (out !== undefined && existsSync(out)) throw fault("file-exists", `\`${out}\``);
  const scopes = flags.scopes.split(",").map((typed): Scope => {
    const scope = scopeSchema.safeParse(typed);
    if (!scope.success)
      throw fault("usage", `\`${typed}\` is no scope: use ${scopeSchema.options.join(", ")}`);
    return scope.data;
  });
  const expiresAt = flags.expires === undefined ? undefined : instantOf(flags.expires);
  const { secret, token } = await throughDoor(flags, io, async (door) => {
    const { body } = await ask(door, issueToken, {
      headers: { "idempotency-key": randomUUID() },
      body: { name: flags.name, person, scopes, ...(expiresAt === undefined ? {} : { expiresAt }) },
    });
    return body;
  });
  if (out === undefined) await io.out(`${secret}\n`);
  else {
    const file = await open(out, "wx", 0o600).catch((error: unknown) => {
      throw fault("cannot-write", `\`${out}\``, error);
    });
    await file.writeFile(`${secret}\n`);
    await file.close();
    await io.out(`token ${token.id} of ${person} (${scopes.join(", ")}) in ${out}\n`);
  }
  return finish(io, [{ exit: 0, reason: "issued" }]);
}

/** `remit token list`. */
export async function runTokens(flags: ClientFlags, io: Console): Promise<ExitCode> {
  const format = tableOrJson(flags.format);
  const [{ listTokens }, report] = await Promise.all([
    import("../api/index.js"),
    import("../report/index.js"),
  ]);
  const { items } = await throughDoor(flags, io, async (door) => (await ask(door, listTokens)).body);
  const text =
    format === "json"
      ? report.renderJson({ schema: "remit.tokens/1", items })
      : report.renderTokens(items, { width: widthFor(io), now: io.now() });
  await deliver(io, text, flags.out);
  return finish(io, [{ exit: 0, reason: "completed" }]);
}

/** `remit token revoke ID`. */
export async function runRevoke(id: string, flags: ClientFlags, io: Console): Promise<ExitCode> {
  const { revokeToken } = await import("../api/index.js");
  await throughDoor(flags, io, async (door) => ask(door, revokeToken, { params: { id } }));
  await io.out(`revoked  ${id}\n`);
  return finish(io, [{ exit: 0, reason: "revoked" }]);
}
