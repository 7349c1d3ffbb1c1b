import { fails, holds, notFollowed, type ClaimedEvidence, type HopResult } from "./claim.js";
import type { Directory } from "./directory.js";
import { cited, isFields, placeText } from "./raw-document.js";

/** Documents that are not the user's: what AWS publishes, and what no document says. */
const shipped = /^data\/[a-z-]+\.json$/;

/** The document is there, its bytes are those that were cited, and the place exists in it. */
export function checkCitation(directory: Directory, evidence: ClaimedEvidence): HopResult {
  if (shipped.test(evidence.document)) return holds();
  const document = directory.documents.get(evidence.document);
  if (document === undefined)
    return notFollowed(`\`${evidence.document}\` is not among the documents`, evidence);
  if (document.digest !== evidence.digest)
    return fails(
      `\`${evidence.document}\` is not the document that was cited: its bytes have changed`,
      evidence,
    );
  const { found, value } = cited(document, evidence);
  if (!found) return fails(`${placeText(evidence)}: there is no such place`, evidence);
  return stated(evidence, value);
}

/** `NAME = VALUE` in an excerpt is a claim about the value that stands there. */
function stated(evidence: ClaimedEvidence, value: unknown): HopResult {
  const [, name, text] = /^([\w.]+) = (true|false)$/.exec(evidence.excerpt) ?? [];
  if (name === undefined || text === undefined) return holds();
  const last = name.split(".").at(-1) ?? name;
  const told = isFields(value) && last in value ? value[last] : value;
  if (typeof told !== "boolean" || String(told) === text) return holds();
  return fails(`${placeText(evidence)} says ${String(told)}, not ${text}`, evidence);
}
