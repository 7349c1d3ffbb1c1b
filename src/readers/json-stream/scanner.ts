import {
  BACKSLASH,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  NEWLINE,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
  isWord,
  lineBreak,
  printable,
} from "./json-bytes.js";
import type { JsonStreamLimits } from "./limits.js";
import { passOver, type Pass } from "./pass-over.js";
import type { RawElement, ScanEnd, ScanFault, ScanHandlers } from "./scan-types.js";

/** A longer head or tail of an envelope is not handed out: it is neither, but data of another kind. */
const envelopeBytes = 256 * 1024;

/** Where the scan stands outside of elements. */
type Level = "top" | "list" | "envelope";

/**
 * Finds the elements of a stream of JSON without holding more than one of them: the members of a top-level
 * array, of `Findings` or `findings` in an envelope (also inside EventBridge's `detail`), or else every
 * top-level object (JSON lines, concatenated objects, one object). It only matches brackets and strings;
 * what an element holds is `JSON.parse`'s to judge.
 */
export function createScanner(handlers: ScanHandlers, limits: JsonStreamLimits) {
  let base = 0; // offset of the current chunk
  let line = 1;
  let stopped: ScanFault | undefined;
  const literals: string[] = [];
  let lists = 0;

  // The element (or envelope) in progress. `depth` counts its open brackets, `kinds` says which they are.
  let depth = 0;
  const kinds = new Uint8Array(limits.depth + 1);
  let keys = 0;
  const pass: Pass = { depth, keys, line, inString: false, floor: 0, deepest: limits.depth, kinds };
  let held: Buffer[] = [];
  let heldBytes = 0;
  let fault: string | undefined;
  let startOffset = 0;
  let startLine = 1;

  // The string in progress: chunks may end inside one, even inside an escape.
  let inString = false;
  let escaped = false;

  // The list that elements are members of.
  let level: Level = "top";
  const bytesAt = { top: limits.documentBytes, list: limits.elementBytes, envelope: envelopeBytes };
  let index = 0;
  let pointerBase = "";
  let documents = 0;
  /** Closers that follow the list of an envelope: its remaining members are skipped. */
  let tail = 0;
  /** Set while a top-level object may still turn out to be an envelope: the name seen last at depth 1 or 2. */
  let watching = false;
  let keyText = "";
  let keyStart = -1;
  let detailOpen = false;
  let literal = "";
  let resync = false;
  /** Inside a list, at a member that is no object. */
  let scalar = false;

  const at = (offset: number, atLine: number): RawElement => ({
    pointer: pointerBase + (level === "list" ? `/${index}` : ""),
    line: atLine,
    offset,
    document: documents,
  });
  const stop = (offset: number, reason: string): void => {
    stopped ??= { ...at(offset, line), reason };
  };

  function keep(chunk: Buffer, from: number, to: number): void {
    if (to <= from) return;
    heldBytes += to - from;
    const most = bytesAt[level];
    if (heldBytes > most && fault === undefined) {
      fault = `the element is larger than ${most} bytes`;
      held = [];
    }
    if (fault === undefined) held.push(chunk.subarray(from, to));
  }

  function finish(chunk: Buffer, from: number, to: number): void {
    keep(chunk, from, to);
    const place = at(startOffset, startLine);
    const most = level === "top" ? limits.documentKeys : limits.keys;
    if (keys > most) fault ??= `the element has more than ${most} member names`;
    const whole = held.length === 1 && held[0] !== undefined ? held[0] : Buffer.concat(held);
    const problem = fault;
    reset();
    if (problem !== undefined) handlers.fault({ ...place, reason: problem });
    else handlers.element(whole, place);
    index += 1;
    documents += level === "top" ? 1 : 0;
  }

  function reset(): void {
    held = [];
    heldBytes = 0;
    depth = 0;
    keys = 0;
    fault = undefined;
    watching = false;
    detailOpen = false;
    keyText = "";
    keyStart = -1;
  }

  function literalEnd(offset: number): void {
    const text = literal;
    literal = "";
    if (text === "") return;
    if (/^(null|true|false|-?\d+(\.\d+)?([eE][+-]?\d+)?)$/.test(text)) literals.push(text);
    else stop(offset - text.length, "the text is not JSON");
  }

  /** Feeds one chunk. The chunk must not be changed afterwards: elements are views on it. */
  function push(chunk: Buffer): void {
    let i = 0;
    let from = 0; // start of the part of the element that lies in this chunk
    const end = chunk.length;
    let newline = -1; // the next line break at or behind the place where it was last needed
    while (i < end && stopped === undefined) {
      if (resync) {
        // After a broken line the next one that starts an object is the next record.
        const next = chunk.indexOf(NEWLINE, i);
        if (next === -1) break;
        line += 1;
        i = next + 1;
        resync = false;
        continue;
      }
      if (inString) {
        if (escaped) {
          escaped = false;
          i += 1;
          continue;
        }
        const segment = i;
        const quote = chunk.indexOf(QUOTE, i);
        if (newline < segment) newline = lineBreak(chunk, segment);
        if (newline < (quote === -1 ? end : quote)) {
          // RFC 8259 7: a string holds no raw line break. One line of JSON lines was cut there.
          if (level === "top" && depth > 0) {
            i = newline;
            broken(base + newline, "a line ends inside a string");
            newline = -1;
            continue;
          }
          line += 1;
        }
        if (quote === -1) {
          // Is the last byte an escape that reaches into the next chunk? Count the backslashes before the end.
          let slashes = 0;
          while (end - 1 - slashes >= i && chunk[end - 1 - slashes] === BACKSLASH) slashes += 1;
          escaped = slashes % 2 === 1;
          if (keyStart >= 0) keyText += chunk.toString("latin1", keyStart, Math.min(end, keyStart + 16));
          keyStart = keyStart >= 0 ? 0 : -1;
          break;
        }
        let slashes = 0;
        while (quote - 1 - slashes >= i && chunk[quote - 1 - slashes] === BACKSLASH) slashes += 1;
        i = quote + 1;
        if (slashes % 2 === 1) continue;
        inString = false;
        if (keyStart >= 0) {
          keyText += chunk.toString("latin1", keyStart, Math.min(quote, keyStart + 16));
          keyStart = -1;
        }
        continue;
      }
      if (depth > 0) {
        Object.assign(pass, { depth, keys, line, floor: watching ? 2 : 0 });
        i = passOver(chunk, i, pass);
        ({ depth, keys, line, inString } = pass);
        if (i >= end || inString) continue;
      }
      const byte = chunk[i] as number;
      if (byte <= 0x20) {
        if (byte === NEWLINE) line += 1;
        else if (byte === 0) {
          stop(base + i, "a NUL byte stands where JSON should be: the file was not written to its end");
          break;
        }
        i += 1;
        if (depth === 0 && level === "top") literalEnd(base + i - 1);
        continue;
      }
      if (depth === 0) {
        // Between elements.
        if (byte === OPEN_OBJECT || (byte === OPEN_ARRAY && level === "list")) {
          literalEnd(base + i);
          startOffset = base + i;
          startLine = line;
          depth = 1;
          kinds[1] = byte;
          from = i;
          watching = level === "top" && byte === OPEN_OBJECT;
          i += 1;
        } else if (byte === OPEN_ARRAY && level === "top") {
          literalEnd(base + i);
          level = "list";
          index = 0;
          tail = 0;
          pointerBase = "";
          i += 1;
        } else if (byte === CLOSE_ARRAY && level === "list") {
          level = tail > 0 ? "envelope" : "top";
          lists += 1;
          index = 0;
          scalar = false;
          depth = tail;
          i += 1;
          if (tail === 0) documents += 1;
          else {
            from = i; // The rest of the envelope is read like an element.
            for (let open = 1; open <= tail; open += 1) kinds[open] = OPEN_OBJECT;
          }
        } else if (byte === COMMA && (level === "list" || documents > 0)) {
          i += 1;
          if (scalar) index += 1;
          scalar = false;
        } else if (level === "list") {
          // A member that is no object: counted, reported, skipped up to the next comma or closer.
          if (!scalar)
            handlers.fault({ ...at(base + i, line), reason: "a member of the list is not an object" });
          scalar = true;
          inString = byte === QUOTE;
          i += 1;
        } else if (isWord(byte) && literals.length < 8 && literal.length < 40) {
          literal += String.fromCharCode(byte);
          i += 1;
        } else {
          stop(
            base + i,
            `the text is not JSON: \`${printable(byte)}\` stands where a list or an object should start`,
          );
        }
        continue;
      }
      switch (byte) {
        case QUOTE:
          inString = true;
          if (watching && depth <= (detailOpen ? 2 : 1)) {
            keyText = "";
            keyStart = i + 1;
          }
          i += 1;
          break;
        case OPEN_OBJECT:
        case OPEN_ARRAY:
          if (watching && entersList(byte)) {
            tail = depth;
            pointerBase = `${detailOpen && depth === 2 ? "/detail" : ""}/${keyText}`;
            keep(chunk, from, i);
            if (fault === undefined && heldBytes <= envelopeBytes)
              handlers.envelope?.(Buffer.concat(held), depth);
            reset();
            level = "list";
            index = 0;
            i += 1;
            break;
          }
          if (watching && byte === OPEN_OBJECT && depth === 1 && keyText === "detail") detailOpen = true;
          else if (watching && depth === 1) detailOpen = false;
          depth += 1;
          if (depth > limits.depth) {
            fault ??= `the element is nested deeper than ${limits.depth} levels`;
            held = [];
          } else kinds[depth] = byte;
          i += 1;
          break;
        case CLOSE_OBJECT:
        case CLOSE_ARRAY: {
          const opened = depth > limits.depth ? undefined : kinds[depth];
          if (opened !== undefined && opened !== (byte === CLOSE_OBJECT ? OPEN_OBJECT : OPEN_ARRAY)) {
            broken(base + i, `\`${String.fromCharCode(byte)}\` closes a bracket that it does not match`);
            break;
          }
          depth -= 1;
          i += 1;
          if (depth === 0) {
            if (level === "envelope") {
              keep(chunk, from, i);
              handlers.tail?.(fault === undefined ? Buffer.concat(held) : undefined, tail);
              reset();
              level = "top";
              documents += 1;
            } else finish(chunk, from, i);
          }
          break;
        }
        case COLON:
          keys += 1;
          i += 1;
          break;
        default:
          i += 1;
      }
    }
    // A name that starts with the next chunk.
    if (keyStart >= end) keyStart = 0;
    if (depth > 0 && stopped === undefined && !resync) keep(chunk, from, end);
    base += end;
  }

  /** A list of findings starts here: the value of `Findings` or `findings`, at depth 1 or inside `detail`. */
  function entersList(byte: number): boolean {
    if (byte !== OPEN_ARRAY) return false;
    const inPlace = depth === 1 || (depth === 2 && detailOpen);
    return inPlace && (keyText === "Findings" || keyText === "findings");
  }

  /** Brackets that do not match. Among JSON lines the next line is a fresh start; inside a list nothing is. */
  function broken(offset: number, reason: string): void {
    if (level === "top") {
      const place = at(startOffset, startLine);
      reset();
      inString = false;
      handlers.fault({ ...place, reason });
      documents += 1;
      index += 1;
      resync = true;
    } else stop(offset, reason);
  }

  function finishStream(): ScanEnd {
    literalEnd(base);
    if (stopped === undefined && (depth > 0 || level !== "top")) {
      const open = depth > 0 && level !== "envelope" ? at(startOffset, startLine) : at(base, line);
      const what =
        depth > 0 && level !== "envelope"
          ? "ends in the middle of a record"
          : "ends before its list is closed";
      stopped = { ...open, reason: what };
    }
    return { ...(stopped === undefined ? {} : { stopped }), literals, lists };
  }

  return { push, finish: finishStream, line: () => line };
}
