import { globMatches as matches } from "../access/index.js";

/** Whether any of the globs (`*` any run, `?` one character) matches the whole text; case matters. */
export const globMatches = (globs: readonly string[], text: string): boolean =>
  globs.some((glob) => matches(glob.startsWith("aws:arn:") ? glob.slice(4) : glob, text));
