import { createHash, timingSafeEqual } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isSignedBy } from "../../connectors/index.js";
import type { Rejection } from "../../core/estate/index.js";
import type { WebhookSource } from "../../store/index.js";
import type { Installation } from "../installation/installation.js";
import { takeInDocuments } from "../installation/take-in.js";

/** What may be sent, and what its readers call it. */
export const sourceKinds = {
  /** Events of EventBridge, ASFF or OCSF. */
  securityhub: ["asff", "ocsf"],
  wiz: ["wiz"],
  defender: ["defender"],
  ocsf: ["ocsf"],
} as const;

export type SourceKind = keyof typeof sourceKinds;

export interface ReceivedWebhook {
  readonly kind: SourceKind;
  readonly body: Uint8Array;
  /** The secret of the source as it is, for senders that sign nothing. */
  readonly key?: string;
  /** Standard Webhooks. */
  readonly signature?: Parameters<typeof isSignedBy>[2];
}

export type Received =
  | { readonly kind: "taken"; readonly import: string; readonly findings: number }
  /** Neither key nor signature are of a source of this kind. */
  | { readonly kind: "stranger" }
  /** It holds no findings of this kind. */
  | { readonly kind: "unusable"; readonly why: string };

/** Keeps what a source sent as one document of findings; the next analysis reads it with everything else. */
export async function receiveWebhook(
  installation: Installation,
  received: ReceivedWebhook,
): Promise<Received> {
  const { store } = installation;
  const source = await senderOf(installation, received);
  if (source === undefined) return { kind: "stranger" };
  const read = await readBody(received.body);
  const fits = sourceKinds[received.kind].some((kind) =>
    read.kind.split("+").some((item) => item.includes(kind)),
  );
  if (!fits || read.rows === 0) {
    const [first] = read.rejected;
    return {
      kind: "unusable",
      why:
        first === undefined
          ? `it reads as \`${read.kind}\` with ${String(read.rows)} findings, and this address takes ${received.kind}`
          : first.reason,
    };
  }
  const digest = createHash("sha256").update(received.body).digest("hex");
  const path = `webhooks/${received.kind}/${source.id}/${digest.slice(0, 16)}.json`;
  const taken = await takeInDocuments(installation, "findings", [{ path, bytes: received.body }]);
  await store.webhookSources.used(source.id);
  return { kind: "taken", import: taken.snapshot, findings: read.rows };
}

/** Every source of the kind is tried, so that how long it takes tells nothing about which one it nearly was. */
async function senderOf(
  { store }: Installation,
  { kind, body, key, signature }: ReceivedWebhook,
): Promise<WebhookSource | undefined> {
  let found: WebhookSource | undefined;
  for (const source of await store.webhookSources.list(kind)) {
    const secret = await store.webhookSources.secretOf(source.id);
    if (secret === undefined) continue;
    const knows = key !== undefined && isSame(key, secret);
    const signed = signature !== undefined && isSignedBy(secret, body, signature);
    if (knows || signed) found ??= source;
  }
  return found;
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [given, expected].map((text) => createHash("sha256").update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

/** What the readers make of it, before it is kept. */
async function readBody(
  body: Uint8Array,
): Promise<{ readonly kind: string; readonly rows: number; readonly rejected: readonly Rejection[] }> {
  const { loadFindings, loadReferenceData } = await import("../../readers/index.js");
  const folder = await mkdtemp(join(tmpdir(), "remit-webhook-"));
  try {
    const path = join(folder, "webhook.json");
    await writeFile(path, body, { mode: 0o600 });
    const { inputs, rejected, rows, passing } = await loadFindings([path], {
      reference: loadReferenceData().checks,
      keepRows: true,
    });
    return { kind: inputs[0]?.kind ?? "unknown", rows: rows.length + passing.length, rejected };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
