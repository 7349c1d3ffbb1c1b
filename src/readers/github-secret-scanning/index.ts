import { observedTime, type Muting } from "../../core/findings/index.js";
import type { FindingsReader, FindingTranslation, TranslationContext } from "../findings-reader.js";
import { member, text, type JsonObject } from "../json-value.js";
import { secretDrafts } from "../secrets/index.js";

/** Alerts of GitHub secret scanning, as its API lists them. */
export const githubSecretScanning: FindingsReader = {
  kind: "github-secret-scanning",
  title: "GitHub secret scanning alerts",
  form: "json",
  about: {
    versions: "REST API 2022-11-28",
    envelopes: "list; JSON lines; one alert",
    reads: [
      "type, repository, state with resolution and comment, validity, first place where the alert has it, times",
      "resolved alerts are muted with their resolution, `revoked` too: that a key no longer works is believed when seen",
      "the value, which is kept only as keyed HMAC",
    ],
    ignores: ["people and addresses of the API"],
  },
  recognises: (record) =>
    text(record, "secret_type") !== undefined && typeof member(record, "number") === "number",
  translate,
};

function translate(record: JsonObject, { hmac }: TranslationContext): FindingTranslation {
  const type = text(record, "secret_type") ?? "secret";
  const number = member(record, "number") as number;
  const first = member(record, "first_location_detected");
  const line = member(first, "start_line");
  const validity = text(record, "validity");
  const repository =
    text(member(record, "repository"), "full_name") ??
    /\/repos\/([^/]+\/[^/]+)\//.exec(text(record, "url") ?? "")?.[1];
  const drafts = secretDrafts(
    {
      tool: "github-secret-scanning",
      rule: type,
      title: text(record, "secret_type_display_name") ?? type,
      value: text(record, "secret"),
      repository: repository === undefined ? undefined : `github.com/${repository}`,
      // Without its place the number tells alerts apart.
      file: text(first, "path") ?? `alert ${number}`,
      line: typeof line === "number" && line > 0 ? line : undefined,
      commit: text(first, "commit_sha"),
      severity: "unknown",
      verified: validity === "active" ? true : validity === "inactive" ? false : undefined,
      ...resolution(record),
      nativeIds: [text(record, "html_url")].filter((each) => each !== undefined),
      observed: observedTime(member(record, "updated_at")),
      firstSeenAt: observedTime(member(record, "created_at"))?.at,
    },
    hmac,
  );
  return {
    drafts:
      text(record, "state") === "resolved"
        ? drafts.map((each) => ({ ...each, quality: [...each.quality, "closed-by-hand"] }))
        : drafts,
  };
}

function resolution(record: JsonObject): { result?: "muted"; muting?: Muting } {
  if (text(record, "state") !== "resolved") return {};
  const said = [
    text(record, "resolution")?.replaceAll("_", " ") ?? "resolved",
    text(record, "resolution_comment"),
  ];
  const by = text(member(record, "resolved_by"), "login");
  const at = observedTime(member(record, "resolved_at"))?.at;
  return {
    result: "muted",
    muting: {
      source: "tool",
      reason: said.filter((part) => part !== undefined).join(": "),
      ...(by === undefined ? {} : { by }),
      ...(at === undefined ? {} : { at }),
    },
  };
}
