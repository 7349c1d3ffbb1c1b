import type { Input, Vouch } from "../core/decision/index.js";
import { checkPath, contained, textOf, type ClaimedQuestion, type Setting } from "../core/proof/index.js";
import { openDocuments, type OpenedDocuments } from "./proof-documents.js";
import { proofSetting } from "./proof.js";

/**
 * The independent check of every path that an analysis is about to show. It opens the documents anew and reads them
 * with its own eyes.
 */
export async function createVouch(inputs: readonly Input[], now: string): Promise<Vouch> {
  return (await openForVouch(inputs))(now);
}

/** The documents opened once, for as many instants as are asked. */
export async function openForVouch(inputs: readonly Input[]): Promise<(now: string) => Vouch> {
  const paths = inputs.filter(({ role }) => role === "estate").map(({ document }) => document);
  const opened = await openDocuments(paths);
  const setting = await proofSetting(opened.documents, "");
  return (now) => vouchAt({ ...setting, now }, opened);
}

function vouchAt(setting: Setting, { documents, unopened }: OpenedDocuments): Vouch {
  const settings = new Map<string, Setting>();
  return ({ resource, weakness, account }, path) => {
    if (documents.length === 0)
      return { outcome: "not-followed", text: unopened[0]?.reason ?? "no document can be opened again" };
    const question: ClaimedQuestion = { resource, weakness, ...(account === undefined ? {} : { account }) };
    const key = `${resource} ${weakness}`;
    let after = settings.get(key);
    if (after === undefined) settings.set(key, (after = contained(setting, question).setting));
    const result = checkPath(after, question, path);
    if (result.outcome === "holds") return { outcome: "holds", text: "" };
    // What was not opened may say otherwise: without it nothing is held against a path.
    const outcome = unopened.length > 0 ? "not-followed" : result.outcome;
    return { outcome, text: textOf(result) };
  };
}
