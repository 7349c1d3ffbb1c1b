import { ask } from "./client/call.js";
import { throughDoor } from "./client/door.js";
import type { ClientFlags } from "./client/flags.js";
import { tableOrJson } from "./client/format.js";
import type { Console } from "./console.js";
import type { ExitCode } from "./errors.js";
import { finish } from "./outcome.js";
import { deliver } from "./output.js";

/** `remit webhooks list`. */
export async function runWebhooks(flags: ClientFlags, io: Console): Promise<ExitCode> {
  const format = tableOrJson(flags.format);
  const [{ listWebhooksRoute }, report] = await Promise.all([
    import("../api/index.js"),
    import("../report/index.js"),
  ]);
  const { items } = await throughDoor(flags, io, async (door) => (await ask(door, listWebhooksRoute)).body);
  const text =
    format === "json"
      ? report.renderJson({ schema: "remit.webhooks/1", items })
      : report.renderWebhooks(items);
  await deliver(io, text, flags.out);
  return finish(io, [{ exit: 0, reason: "completed" }]);
}

export interface ResumeFlags extends ClientFlags {
  readonly skip?: boolean;
}

/** `remit webhooks resume ID`. */
export async function runResume(id: string, flags: ResumeFlags, io: Console): Promise<ExitCode> {
  const { resumeWebhookRoute } = await import("../api/index.js");
  const { body } = await throughDoor(flags, io, (door) =>
    ask(door, resumeWebhookRoute, { params: { id }, body: { again: flags.skip !== true } }),
  );
  await io.out(`resumed  ${id}, ${String(body.again)} given up before are sent again\n`);
  return finish(io, [{ exit: 0, reason: "resumed" }]);
}
