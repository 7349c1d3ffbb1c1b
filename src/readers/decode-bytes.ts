import { gunzipSync } from "node:zlib";

export type DecodedText = { readonly text: string } | { readonly reason: string; readonly hint?: string };

/**
 * Bytes of a file as text: gzip undone (with a limit on the result), byte-order marks removed, UTF-16 in either
 * order (Windows PowerShell redirects to it) and UTF-8 decoded. Anything else is refused, never guessed.
 */
export function decodeBytes(bytes: Uint8Array, maxBytes: number): DecodedText {
  let raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (raw[0] === 0x1f && raw[1] === 0x8b) {
    try {
      raw = gunzipSync(raw, { maxOutputLength: maxBytes });
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code === "ERR_BUFFER_TOO_LARGE")
        return {
          reason: `unpacks to more than the limit of ${inMegabytes(maxBytes)}`,
          hint: "split the file",
        };
      return { reason: "damaged or incomplete gzip file", hint: "copy or download the file again" };
    }
  }
  const encoding = encodingOf(raw);
  if (encoding.utf16 !== undefined) {
    const body = raw.subarray(encoding.bom);
    if (body.length % 2 !== 0)
      return {
        reason: "UTF-16 text of an odd number of bytes: the file is cut off",
        hint: "copy or export the file again",
      };
    return {
      text:
        encoding.utf16 === "le" ? body.toString("utf16le") : Buffer.from(body).swap16().toString("utf16le"),
    };
  }
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(raw) };
  } catch {
    return { reason: "neither UTF-8 nor UTF-16 text", hint: "save the file as UTF-8" };
  }
}

/** By the byte-order mark; without one, by the zero bytes that UTF-16 puts beside ASCII. */
function encodingOf(raw: Buffer): { utf16?: "le" | "be"; bom: number } {
  if (raw[0] === 0xff && raw[1] === 0xfe) return { utf16: "le", bom: 2 };
  if (raw[0] === 0xfe && raw[1] === 0xff) return { utf16: "be", bom: 2 };
  if (raw.length >= 4 && raw[0] !== 0 && raw[1] === 0 && raw[2] !== 0 && raw[3] === 0)
    return { utf16: "le", bom: 0 };
  if (raw.length >= 4 && raw[0] === 0 && raw[1] !== 0 && raw[2] === 0 && raw[3] !== 0)
    return { utf16: "be", bom: 0 };
  return { bom: 0 };
}

export const inMegabytes = (bytes: number): string => `${Math.round(bytes / 1_000_000)} MB`;
