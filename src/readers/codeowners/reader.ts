import type { ParsedDocument } from "../document.js";
import { draftReading } from "../drafting/index.js";
import type { EstateReader } from "../estate-reader.js";
import { parseCodeOwners } from "./parse.js";

/** `CODEOWNERS` of GitHub and GitLab. */
export const codeOwnersReader: EstateReader = {
  kind: "codeowners",
  title: "CODEOWNERS file",
  recognises: (document) =>
    document.format === "text" &&
    /(^|[/\\-])CODEOWNERS(\.txt)?$/.test(document.source.path) &&
    looksLikeOwners(document),
  read(document, context) {
    const draft = draftReading(context);
    const path = context.source.path.replaceAll("\\", "/");
    const parsed = parseCodeOwners(document.text, /(^|\/)\.gitlab\//.test(path) ? "gitlab" : undefined);
    for (const { line, reason } of parsed.problems) {
      const { pointer: _, ...origin } = draft.root.origin;
      draft.reject({ ...draft.root, origin: { ...origin, line } }, reason, { used: parsed.rules.length });
    }
    const repository = repositoryOf(path);
    draft.add("codeOwners", {
      ...(repository === undefined ? {} : { repository }),
      dialect: parsed.dialect,
      rules: parsed.rules,
      origin: draft.root.origin,
    });
    draft.count("rules", parsed.rules.length);
    draft.count("sections", parsed.sections.length);
    return draft.reading();
  },
};

/** The file has no mark of its own: every line that counts must read like a rule, a heading or a comment. */
function looksLikeOwners(document: ParsedDocument): boolean {
  const lines = document.text
    .split(/\r?\n/, 200)
    .filter((line) => line.trim() !== "" && !line.trimStart().startsWith("#"));
  return lines.every((line) => !/^\s*[{<]|^\s*[\w.-]+:\s/.test(line));
}

/** `…/github.com/acme/etl/.github/CODEOWNERS` and `repos/acme/etl/CODEOWNERS` name the repository. */
function repositoryOf(path: string): string | undefined {
  const found =
    /(?:^|\/)(?:repos|repositories|github\.com|gitlab\.com)\/([\w.-]+\/[\w.-]+)\/(?:\.github\/|\.gitlab\/|docs\/)?CODEOWNERS/.exec(
      path,
    );
  return found?.[1];
}
