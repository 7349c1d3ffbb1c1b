import type { FindingsReader, FindingTranslation, TranslatedRow } from "../findings-reader.js";
import { isObject, member, text, type JsonObject } from "../json-value.js";
import { alert } from "./alert.js";
import { anyCase, anyCaseText } from "./any-case.js";
import { assessment } from "./assessment.js";
import { alertRow, recommendationRow } from "./log-analytics.js";

export { defenderCsv } from "./csv.js";

/** Assessments, alerts and governance assignments of Defender for Cloud, as the API and its exports give them. */
export const defender: FindingsReader = {
  kind: "defender",
  title: "Microsoft Defender for Cloud",
  form: "json",
  about: {
    versions:
      "assessments (2020-01-01 to 2025-05-04), alerts (2022-01-01), governance assignments; tables SecurityRecommendation and SecurityAlert",
    envelopes:
      '`{"value": […]}` (REST); `{"data": […]}` (Resource Graph); the example files of the REST API; list; single; JSON lines',
    reads: [
      "key, display name and metadata of the recommendation, resource (connected clouds by their own id), `status.code` and `cause`, risk level",
      "alerts: type, every Azure resource, status, severity; they are threats",
      "governance assignments: owner and due date, as hints on owners of their assessment",
    ],
    ignores: [
      "risk paths and factors, additional data of sub-assessments, entities of alerts",
      "without metadata (`$expand=metadata`) the class of a recommendation is judged by its name, and the row says so",
    ],
    fixture:
      "SecurityRecommendation, SecurityAlert, governance assignments: written from the published schema",
  },
  recognises: (record) => translator(record) !== undefined || listOf(record) !== undefined,
  translate(record) {
    const list = listOf(record);
    if (list === undefined) return translator(record)?.(record) ?? { reason: "no assessment and no alert" };
    const more = ["nextLink", "@odata.nextLink", "$skipToken", "skip_token"].find(
      (name) => text(record, name) !== undefined,
    );
    return { ...gathered(list.items, list.pointer), ...(more === undefined ? {} : { more }) };
  },
};

type Translate = (record: JsonObject) => FindingTranslation;

function translator(record: unknown): Translate | undefined {
  if (!isObject(record)) return undefined;
  const properties = anyCase(record, "properties");
  const kind = `${anyCaseText(record, "type") ?? ""} ${anyCaseText(record, "id") ?? ""}`.toLowerCase();
  if (kind.includes("/governanceassignments")) return governance;
  if (kind.includes("microsoft.security/assessments") && isObject(anyCase(properties, "status")))
    return assessment;
  if (text(properties, "alertType") !== undefined) return alert;
  if (text(record, "RecommendationName") !== undefined && text(record, "AssessedResourceId") !== undefined)
    return recommendationRow;
  if (text(record, "AlertType") !== undefined && text(record, "SystemAlertId") !== undefined) return alertRow;
  return undefined;
}

/** A list whose first member is ours; an empty one cannot be told from that of any other Azure service. */
function listOf(
  record: JsonObject,
): { readonly items: readonly unknown[]; readonly pointer: string } | undefined {
  const body = member(member(member(record, "responses"), "200"), "body");
  if (isObject(body)) {
    if (translator(body) !== undefined) return { items: [body], pointer: "/responses/200/body" };
    const inner = listOf(body);
    return inner === undefined ? undefined : { ...inner, pointer: `/responses/200/body${inner.pointer}` };
  }
  for (const name of ["value", "data"]) {
    const items = member(record, name);
    if (Array.isArray(items) && translator(items[0]) !== undefined) return { items, pointer: `/${name}` };
  }
  return undefined;
}

function gathered(items: readonly unknown[], pointer: string): FindingTranslation {
  const rows: TranslatedRow[] = [];
  const hints: NonNullable<Extract<FindingTranslation, { rows: unknown }>["hints"]>[number][] = [];
  for (const [index, item] of items.entries()) {
    const at = pointer === "/responses/200/body" ? pointer : `${pointer}/${index}`;
    const translated = isObject(item) ? translator(item)?.(item) : undefined;
    if (translated === undefined) rows.push({ pointer: at, reason: "no assessment and no alert" });
    else if ("rows" in translated) hints.push(...(translated.hints ?? []));
    else rows.push({ pointer: at, ...translated });
  }
  return { rows, hints };
}

/** Who answers for a recommendation on a resource, as governance rules assigned it. */
function governance(record: JsonObject): FindingTranslation {
  const id = anyCaseText(record, "id") ?? "";
  const properties = anyCase(record, "properties");
  const who = anyCaseText(properties, "owner");
  const of = /^(.*\/assessments\/[^/]+)\/governanceassignments\//i.exec(id)?.[1];
  const due = anyCaseText(properties, "remediationDueDate");
  if (who === undefined || of === undefined) return { rows: [] };
  const hint = { kind: "governance", who, ...(due === undefined ? {} : { about: `due ${due}` }) } as const;
  return { rows: [], hints: [{ nativeId: of, hint }] };
}
