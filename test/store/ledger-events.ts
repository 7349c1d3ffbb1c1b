import { createHash } from "node:crypto";
import { noHash, type NewEvent } from "../../src/store/index.js";

/** Events of one stream that continue each other, as a command would hand them in. */
export function eventsOf(
  stream: string,
  count: number,
  after?: NewEvent,
  at = "2026-11-22T12:00:00.000Z",
): readonly NewEvent[] {
  const events: NewEvent[] = [];
  let [sequence, previous] = [after?.sequence ?? 0, after?.hash ?? noHash];
  for (let index = 0; index < count; index += 1) {
    sequence += 1;
    const content = {
      at,
      case: stream,
      fact: { kind: "noted", text: `note ${String(sequence)}` },
      previous,
      sequence,
    };
    const hash = createHash("sha256").update(JSON.stringify(content)).digest("hex");
    const body = JSON.stringify({ ...content, hash });
    events.push({ stream, sequence, kind: "noted", at, body, previous, hash });
    previous = hash;
  }
  return events;
}
