/** Fills a store until the disk takes no more, and prints what became of it: `node full-disk-writer.mjs HOME`. */
import { createHash, randomBytes } from "node:crypto";

/** @type {unknown} */
const built = await import(new URL("../../dist/store/index.js", import.meta.url).href);
const { noHash, openStore } = /** @type {typeof import("../../src/store/index.js")} */ (built);
const [, , home = ""] = process.argv;
const secret = "a secret key of at least thirty-two characters";
const store = await openStore({
  place: { kind: "embedded", home },
  secret,
  now: () => "2026-11-22T12:00:00.000Z",
});
let previous = noHash;
const events = [1, 2].map((sequence) => {
  const hash = createHash("sha256").update(String(sequence)).digest("hex");
  const event = {
    stream: "case-a",
    sequence,
    kind: "noted",
    at: "2026-11-22T12:00:00.000Z",
    body: "{}",
    previous,
    hash,
  };
  previous = hash;
  return event;
});
await store.ledger.append({ stream: "case-a", expected: 0, events });
const before = (await store.ledger.head()).position;
let code = "none";
try {
  // Noise does not compress.
  await store.documents.put(randomBytes(40 * 1024 * 1024));
} catch (error) {
  code = error instanceof Error && "code" in error ? String(error.code) : String(error);
}
const after = (await store.ledger.head()).position;
await store.close();
process.stdout.write(JSON.stringify({ before, code, after }));
