import { toolRule, type CheckName } from "../../core/findings/index.js";
import { member, objects, strings, text, type JsonObject } from "../json-value.js";

export interface OcsfCheck {
  readonly tool: string;
  readonly check: CheckName;
  /** The class is judged by words alone. */
  readonly guessed: boolean;
}

/** The product, lower case, with hyphens: `security-hub-cspm`, `guardduty`. */
export function ocsfTool(record: JsonObject): string {
  const product = member(member(record, "metadata"), "product");
  const name = text(product, "name") ?? text(product, "vendor_name") ?? text(product, "uid") ?? "ocsf";
  const tool = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  // One tool by its several names: findings in ASFF and in OCSF are the same findings.
  if (/^(aws-)?security-hub(-cspm)?$/.test(tool)) return "security-hub";
  return tool.replace(/^(amazon|aws)-/, "");
}

/** Which check the record is about: a control, else what the product calls its rule. */
export function ocsfCheck(record: JsonObject): OcsfCheck | { readonly reason: string } {
  const tool = ocsfTool(record);
  const info = member(record, "finding_info") ?? member(record, "finding");
  const compliance = member(record, "compliance");
  const title = text(info, "title") ?? text(record, "message") ?? "";
  const control = text(compliance, "control");
  if (tool === "security-hub" && control !== undefined && /^[A-Za-z][A-Za-z0-9]*\.\d+$/.test(control))
    return { tool, check: { kind: "security-hub", control }, guessed: false };
  const analytic = member(info, "analytic");
  const types = strings(member(info, "types"));
  const id =
    control ??
    text(member(record, "metadata"), "event_code") ??
    text(analytic, "uid") ??
    text(analytic, "name") ??
    types[0] ??
    title;
  if (id === "")
    return { reason: "no control, no event code, no analytic and no title: the finding names no rule" };
  // Detections with a technique or a type of threat say that somebody was seen acting.
  const threat =
    member(record, "class_uid") === 2004 &&
    compliance === undefined &&
    (objects(member(info, "attacks")).length > 0 ||
      types.some((type) => /^(TTPs|Unusual|Effects)|^\w+:\w+\//.test(type)));
  const rule = {
    id,
    title: title === "" ? id : title,
    threat,
    ...(threat
      ? {
          class: /iam|credential|user|login/i.test(`${id} ${title}`)
            ? ("credential" as const)
            : ("vulnerability" as const),
        }
      : {}),
  };
  return { tool, check: toolRule(tool, rule), guessed: !threat };
}
