import { createPublicKey, verify } from "node:crypto";
import {
  checkpointOf,
  checkpointText,
  ledgerWalk,
  readEvent,
  type BrokenLink,
  type Checkpoint,
} from "../../core/cases/index.js";
import { keyIdOf } from "../ledger/checkpoint-repository.js";
import { noHash } from "../ledger/ledger-event.js";
import { readArchive } from "./archive-lines.js";
import { archiveTables } from "./archive-tables.js";

/** What the ledger of an archive is worth, by nothing but the archive. */
export type ArchiveReport =
  | {
      readonly kind: "whole";
      readonly events: number;
      readonly cases: number;
      /** Hash of the last link. */
      readonly head: string;
      readonly checkpoints: number;
      /** Ids of the keys that signed them: compare with what you were told. */
      readonly keys: readonly string[];
      /** Of the last checkpoint; what came after it is chained, and signed by nobody yet. */
      readonly signedTo: number;
    }
  | { readonly kind: "broken"; readonly at: BrokenLink };

/** Reads the archive from its first line to its last. `trusted`: ids of keys; another one makes a checkpoint broken. */
export async function verifyArchive(path: string, trusted?: readonly string[]): Promise<ArchiveReport> {
  const keys = new Map<string, string>();
  const checkpoints: Checkpoint[] = [];
  const signers = new Set<string>();
  let walk: ReturnType<typeof ledgerWalk> | undefined;
  let broken: BrokenLink | undefined;
  let previous = noHash;
  let position = 0;
  const begun = () => (walk ??= ledgerWalk(checkpoints));
  try {
    for await (const line of readArchive(
      path,
      archiveTables.map(({ name }) => name),
    )) {
      // The first break is kept, and the rest is read all the same: an archive whose sums are wrong is no archive.
      if (line.kind !== "row" || broken !== undefined) continue;
      const row = parsed(line.row);
      if (row === undefined) {
        broken = { position: position + 1, because: "it is no JSON" };
        continue;
      }
      const text = (name: string): string => String(row[name] ?? "");
      if (line.table === "signing_keys") keys.set(text("id"), text("public_key"));
      if (line.table === "checkpoints") {
        const mark = checkpointOf(
          { position: Number(row["position"]), hash: text("chain") },
          new Date(text("at")).toISOString(),
        );
        const because = signatureProblem(mark, text("key_id"), text("signature"), keys, trusted);
        if (because !== undefined) broken = { position: mark.position, because };
        checkpoints.push(mark);
        signers.add(text("key_id"));
      }
      if (line.table === "events") {
        const held = {
          position: Number(row["position"]),
          case: text("stream"),
          sequence: Number(row["sequence"]),
          event: text("hash"),
        };
        broken =
          columnProblem(row, position + 1) ??
          begun().next({
            link: { ...held, previous, hash: text("chain") },
            line: text("body"),
          });
        previous = text("chain");
        position += 1;
      }
    }
  } catch (error) {
    // A changed line changes the sums too: which event it was says more.
    if (broken === undefined) throw error;
  }
  if (broken !== undefined) return { kind: "broken", at: broken };
  const checked = begun().end();
  if (checked.kind === "broken") return checked;
  const { events, cases, head } = checked;
  return {
    kind: "whole",
    events,
    cases,
    head,
    checkpoints: checkpoints.length,
    keys: [...signers].sort(),
    signedTo: Math.max(0, ...checkpoints.map(({ position }) => position)),
  };
}

/** What lists show of an event stands beside its body, and must say the same. */
function columnProblem(
  row: Readonly<Record<string, string | number>>,
  position: number,
): BrokenLink | undefined {
  const event = readEvent(String(row["body"] ?? ""));
  if ("because" in event) return { position, because: event.because };
  const same =
    row["stream"] === event.case &&
    row["sequence"] === event.sequence &&
    row["kind"] === event.fact.kind &&
    row["previous"] === event.previous &&
    row["hash"] === event.hash &&
    Date.parse(String(row["at"])) === Date.parse(event.at);
  const { case: of, sequence } = event;
  return same
    ? undefined
    : { position, case: of, sequence, because: "its row does not say what the event says" };
}

function parsed(row: string): Readonly<Record<string, string | number>> | undefined {
  try {
    return JSON.parse(row) as Readonly<Record<string, string | number>>;
  } catch {
    return undefined;
  }
}

function signatureProblem(
  mark: Checkpoint,
  keyId: string,
  signature: string,
  keys: ReadonlyMap<string, string>,
  trusted: readonly string[] | undefined,
): string | undefined {
  const publicKey = keys.get(keyId);
  if (publicKey === undefined) return `the key \`${keyId}\` of a checkpoint is missing`;
  const spki = Buffer.from(publicKey, "base64");
  if (keyIdOf(spki) !== keyId) return `the key \`${keyId}\` of a checkpoint was exchanged`;
  if (trusted !== undefined && !trusted.includes(keyId))
    return `a checkpoint is signed by \`${keyId}\`, which is none of the keys that you named`;
  const key = createPublicKey({ key: spki, format: "der", type: "spki" });
  const good = verify(null, Buffer.from(checkpointText(mark)), key, Buffer.from(signature, "base64"));
  return good ? undefined : "the signature of a checkpoint is wrong";
}
