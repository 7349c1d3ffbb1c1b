/**
 * Appends events to a ledger until it is killed, and prints each once it is acknowledged. Runs from the build, as a
 * process of its own: `node crash-writer.mjs PLACE-AS-JSON FIRST`.
 */
import { createHash } from "node:crypto";
import { writeSync } from "node:fs";

/** @type {unknown} */
const built = await import(new URL("../../dist/store/index.js", import.meta.url).href);
const { noHash, openStore } = /** @type {typeof import("../../src/store/index.js")} */ (built);
const [, , place = "", round = ""] = process.argv;
/** @type {unknown} */
const given = JSON.parse(place);
const secret = "a secret key of at least thirty-two characters";
const store = await openStore({
  place: /** @type {import("../../src/store/index.js").Place} */ (given),
  secret,
  now: () => new Date().toISOString(),
});
// Synchronous, so that what was printed was printed whatever happens next.
writeSync(1, "open\n");
let [sequence, previous] = [0, noHash];
const stream = `case-${round}`;
for (;;) {
  const events = [1, 2].map(() => {
    sequence += 1;
    const hash = createHash("sha256").update(`${stream} ${sequence} ${previous}`).digest("hex");
    const event = {
      stream,
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
  const key = `${stream}/${sequence}`;
  const { kind } = await store.ledger.append({
    stream,
    expected: sequence - 2,
    events,
    command: { key, request: key },
  });
  writeSync(1, `${kind} ${sequence}\n`);
}
