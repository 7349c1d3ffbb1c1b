import { Transform, type TransformCallback } from "node:stream";
import { problem } from "./problem-response.js";

/** Passes on what comes, up to so many bytes. */
export function atMost(mostBytes: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done: TransformCallback) {
      bytes += chunk.length;
      if (bytes > mostBytes) done(problem("too-large"));
      else done(null, chunk);
    },
  });
}

/** Relative and without steps upwards: a name, not a place of the server. */
export function shownName(name: string): string {
  const parts = name.split(/[\\/]+/).filter((part) => part !== "" && part !== "." && part !== "..");
  const shown = parts.join("/");
  if (shown === "" || shown.length > 500 || /[\p{Cc}]/u.test(shown))
    throw problem("unusable", { detail: "a file has no name that can be shown" });
  return shown;
}
