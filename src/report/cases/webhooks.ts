import { visible } from "../visible-text.js";
import { counted, minuteOf } from "../wording.js";

export interface WebhookView {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly stoppedAt?: string | undefined;
  readonly stoppedWhy?: string | undefined;
  readonly failing?: { readonly since: string; readonly tries: number } | undefined;
}

/** A block per webhook: where to, what for, and whether anything gets through. */
export function renderWebhooks(webhooks: readonly WebhookView[]): string {
  if (webhooks.length === 0) return "no webhook\n";
  const lines = webhooks.flatMap(({ id, url, events, stoppedAt, stoppedWhy, failing }) => [
    `${id}  ${url}`,
    `  hears    ${events.length === 0 ? "everything" : events.join(", ")}`,
    ...(stoppedAt === undefined
      ? failing === undefined
        ? []
        : [`  failing  since ${minuteOf(failing.since)}, ${counted(failing.tries, "try", "tries")} in a row`]
      : [
          `  stopped  ${minuteOf(stoppedAt)}: ${stoppedWhy ?? "no reason was kept"}`,
          `  to do    mend the receiver, then \`remit webhooks resume ${id}\``,
        ]),
  ]);
  return `${lines.map(visible).join("\n")}\n`;
}
