// Writes data/aws-escalation-facts.json from the corpus: facts about published privilege escalation paths.
import { join } from "node:path";
import { byCode, corpusFolder, isCommand, linesOf, readJson, writeData } from "./shared.mjs";

/**
 * @typedef {{ id: string, category: string, services: string[], requires: string[], parent: string | null }} Path
 */

/** @param {{ source: string, paths: Path[] }} input */
export function compactEscalations({ source, paths }) {
  return {
    source,
    licence: "Apache-2.0",
    paths: [...paths]
      .sort((a, b) => byCode(a.id, b.id))
      .map(({ id, category, services, requires, parent }) => ({
        id,
        category,
        services,
        requires,
        ...(parent !== null && { parent }),
      })),
  };
}

if (isCommand(import.meta.url)) {
  const folder = corpusFolder(process.argv.slice(2));
  writeData(
    "aws-escalation-facts.json",
    linesOf(compactEscalations(readJson(join(folder, "escalations/aws-paths.json"))), ["paths"]),
  );
}
