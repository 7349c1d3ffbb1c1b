import type { ByteSource, SourceFault } from "../json-stream/index.js";
import type { SourceLimits } from "./limits.js";

export interface PeekedSource {
  /** The first 64 KB at most, as text. */
  readonly head: Buffer;
  /** The whole, the head included. */
  readonly source: ByteSource;
  /** For who looks and does not read on. */
  readonly close: () => Promise<void>;
}

const headBytes = 64 * 1024;

/** A look at the start of a source, which is then still whole. */
export async function peek(source: ByteSource): Promise<PeekedSource> {
  const iterator = source.chunks[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  let ended = false;
  while (head.length < headBytes && !ended) {
    const next = await iterator.next();
    ended = next.done === true;
    if (next.done !== true) head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
  async function* whole(): AsyncGenerator<Buffer> {
    try {
      if (head.length > 0) yield head;
      while (!ended) {
        const next = await iterator.next();
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  }
  return {
    head: head.subarray(0, headBytes),
    source: { ...source, chunks: whole() },
    close: async () => {
      await iterator.return?.();
    },
  };
}

/** Ends a source that unpacks to absurdly more than it holds, and says so. `packed`: bytes that were read for it so far. */
export function bounded(source: ByteSource, packed: () => number, limits: SourceLimits): ByteSource {
  let problem: SourceFault | undefined;
  async function* chunks(): AsyncGenerator<Buffer> {
    let bytes = 0;
    for await (const chunk of source.chunks) {
      bytes += chunk.length;
      if (bytes > limits.ratioFrom && bytes > limits.ratio * packed()) {
        problem = {
          reason: `unpacks to more than ${limits.ratio} times its size`,
          hint: "unpack it yourself if it is what you expect",
        };
        return;
      }
      yield chunk;
    }
  }
  return { ...source, chunks: chunks(), fault: () => problem ?? source.fault() };
}
