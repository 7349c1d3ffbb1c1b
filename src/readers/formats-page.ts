import type { FormatDescription } from "./findings-reader.js";
import { findingsReaders, textFindingsReaders } from "./findings-registry.js";
import { sourceLimits } from "./findings-source/index.js";
import { jsonStreamLimits } from "./json-stream/index.js";

const forms = { json: "JSON", table: "table", text: "text" } as const;

/** `docs/formats.md`: what `--findings` reads, in the words of the readers themselves. */
export function formatsPage(): string {
  const readers = [...findingsReaders, ...textFindingsReaders];
  const sections = [...readers]
    .sort((a, b) => (a.title < b.title ? -1 : a.title > b.title ? 1 : 0))
    .map(({ kind, title, form, about, ...rest }) =>
      section(title, kind, forms[form], about, "asserts" in rest && rest.asserts === "nothing"),
    );
  return `${[head, ...sections, limits()].join("\n\n")}\n`;
}

const head = `# Formats of findings

Written from the readers by \`node scripts/formats.mjs\`; a test holds it to them.

\`--findings\` takes files, folders and patterns, and \`-\` for standard input. A file is recognised by its content, never
by its name; one file may hold records of several formats. Beside what each format says below:

- **Packing**: gzip, and zip with any number of files in it (named \`archive.zip!file\`). Archives in archives are refused.
- **Text**: UTF-8 with or without byte-order mark, and UTF-16. JSON comes as a list, as one object, as an envelope with
  \`Findings\` or \`findings\`, as JSON lines, or as objects one after the other. Tables are parted by \`,\`, \`;\` or tabs.
- **What is wrong is named**: every record that cannot be used with its place and reason, and every file of which nothing
  can be used. A file that was cut, or that says of itself that it is one page of several, gives its whole records, is
  called incomplete, and vouches for nothing.
- **Empty is no statement**: an empty list says that a tool ran and found nothing. An empty file or \`null\` does not.
- **A fix is believed when it is seen**: a row that passes proves it. A finding that is not listed any more is gone only
  where a later scan of Prowler lists rows that passed in the same account, and ran the same check in the same Region.
  Lists that come in pages or filtered say nothing of what they do not list. A scan that was limited to some resources
  looks like one that did not find the others: do not give it together with older ones.
- **Ids of tools** are kept as aliases. A finding is told by tool, provider, check, account, Region, resource and part.
- **Secrets** are masked before anything keeps them. Of a value that a scanner shows only an HMAC is made, under a key
  derived from \`REMIT_SECRET_KEY\` (at least 32 characters): with the same key, equal secrets of different runs match, in
  \`secret.hmacs\` of the analysis. Without it they match only within one run, no HMAC is handed out, and \`unknowns\` says
  so. Every other place where the same secret lies is in \`secret.also\`.
- **Owners** that a tool names (tags, owners and champions of projects, governance assignments, contacts, authors of
  commits) are kept as evidence with their row, in \`ownerHints\` of the analysis, and weighed where the catalogue names
  nobody. They are never ownership itself, and automation is nobody.`;

function section(
  title: string,
  kind: string,
  form: string,
  about: FormatDescription,
  assertsNothing: boolean,
): string {
  return [
    `## ${title}`,
    "",
    `\`${kind}\`, ${form}. ${sentence(about.versions)}`,
    "",
    `- Comes as: ${about.envelopes}`,
    "- Reads:",
    ...about.reads.map((line) => `  - ${line}`),
    "- Ignores:",
    ...about.ignores.map((line) => `  - ${line}`),
    ...(assertsNothing
      ? ["- Vouches for nothing: it is a list of issues, so that what it does not list may be anything"]
      : []),
    ...(about.fixture === undefined ? [] : [`- Tested without a real sample: ${about.fixture}`]),
  ].join("\n");
}

const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;

function limits(): string {
  const rows: readonly (readonly [string, string])[] = [
    ["nesting inside one record", `${jsonStreamLimits.depth} levels`],
    ["one record of a list", megabytes(jsonStreamLimits.elementBytes)],
    ["member names in one record of a list", String(jsonStreamLimits.keys)],
    ["one document that is read as a whole", megabytes(jsonStreamLimits.documentBytes)],
    ["member names in such a document", String(jsonStreamLimits.documentKeys)],
    ["one row of a table", megabytes(sourceLimits.rowBytes)],
    ["columns of a table", String(sourceLimits.columns)],
    ["a text that is neither JSON nor a table", megabytes(sourceLimits.textBytes)],
    ["a file after unpacking", megabytes(jsonStreamLimits.totalBytes)],
    [
      "unpacked bytes for each packed byte",
      `${sourceLimits.ratio}, once more than ${megabytes(sourceLimits.ratioFrom)} are unpacked`,
    ],
    ["files in one archive", String(sourceLimits.archiveEntries)],
    ["table of contents of an archive", megabytes(sourceLimits.archiveDirectoryBytes)],
  ];
  return [
    "## Limits",
    "",
    "Reaching one is reported with the place and the limit; what was read before is used, unless it is said otherwise.",
    "",
    "| what | at most |",
    "|---|---|",
    ...rows.map(([what, most]) => `| ${what} | ${most} |`),
  ].join("\n");
}

const megabytes = (bytes: number): string => `${bytes / 1024 / 1024} MB`;
