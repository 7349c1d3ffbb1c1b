import type { VulnerabilityFact } from "../../core/findings/index.js";
import type { FindingsReader, FindingTranslation } from "../findings-reader.js";
import { flawIds } from "../flaws/index.js";
import { member, objects, text, type JsonObject } from "../json-value.js";

const about = {
  versions: "EPSS 2 to 4",
  reads: ["`cve`, `epss`, `percentile`, and the day of the score"],
  ignores: ["the version of the model"],
};
const title = "EPSS scores";

/** The daily table of FIRST: `#model_version:…,score_date:…`, then `cve,epss,percentile`. */
export const epssTable: FindingsReader = {
  kind: "epss",
  title,
  form: "table",
  about: { ...about, envelopes: "CSV, also packed with gzip, with a line of comment before the header" },
  recognises: (record) => hasColumns(record) && Object.keys(record).length <= 6,
  translate: (record, { comments }) =>
    factOf(record, /score_date:(\d{4}-\d{2}-\d{2})/.exec(comments.join(","))?.[1]),
};

/** The same as JSON, as databases of scanners keep it and as the API of FIRST answers (`data`). */
export const epssJson: FindingsReader = {
  kind: "epss",
  title: `${title} (JSON)`,
  form: "json",
  about: { ...about, envelopes: 'list of objects; JSON lines; `{"data": […]}` of the API' },
  recognises: (record) =>
    (hasColumns(record) && text(record, "cve") !== undefined) || answer(record).length > 0,
  translate(record) {
    if (text(record, "cve") !== undefined) return factOf(record, text(record, "date"));
    const read = answer(record).map((each) => factOf(each, text(each, "date")));
    return {
      rows: read.flatMap((each, index) =>
        "reason" in each ? [{ pointer: `/data/${index}`, reason: each.reason }] : [],
      ),
      facts: read.flatMap((each) => ("facts" in each ? (each.facts ?? []) : [])),
    };
  },
};

const answer = (record: JsonObject): readonly JsonObject[] => {
  const data = objects(member(record, "data"));
  return data.every((each) => hasColumns(each)) ? data : [];
};

const hasColumns = (record: JsonObject): boolean =>
  ["cve", "epss", "percentile"].every((column) => Object.hasOwn(record, column));

function factOf(record: JsonObject, date: string | undefined): FindingTranslation {
  const [id] = flawIds(text(record, "cve"));
  const score = share(member(record, "epss"));
  if (id === undefined) return { reason: "`cve` names no flaw" };
  if (score === undefined) return { reason: `\`epss\` of ${id} is no share between 0 and 1` };
  const percentile = share(member(record, "percentile"));
  const fact: VulnerabilityFact = {
    id,
    source: "epss",
    epss: {
      score,
      ...(percentile === undefined ? {} : { percentile }),
      ...(date === undefined ? {} : { date }),
    },
  };
  return { rows: [], facts: [fact] };
}

function share(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && number >= 0 && number <= 1 ? number : undefined;
}
