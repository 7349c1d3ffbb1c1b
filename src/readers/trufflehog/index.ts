import { observedTime, severityOf, type NamedResource } from "../../core/findings/index.js";
import type { FindingsReader, FindingTranslation, TranslationContext } from "../findings-reader.js";
import { imageArtifact } from "../flaws/index.js";
import { isObject, member, strings, text, type JsonObject } from "../json-value.js";
import { secretDrafts, type FoundSecret } from "../secrets/index.js";

/** TruffleHog 3, and the list forms of trufflehog3 and TruffleHog 2. */
export const trufflehog: FindingsReader = {
  kind: "trufflehog",
  title: "TruffleHog report (JSON)",
  form: "json",
  about: {
    versions: "TruffleHog 2 and 3, trufflehog3",
    envelopes: "JSON lines; list",
    reads: [
      "detector, place in the source (Git, GitHub, GitLab, S3, Docker, files), commit and its author, `Verified`",
      "account and ARN of an AWS key: the identity gets a row of its own",
      "the value, which is kept only as keyed HMAC",
    ],
    ignores: [
      "`Raw` and everything around it, once the HMAC is made",
      "decoder, source ids, commit messages",
    ],
  },
  recognises: (record) =>
    (text(record, "DetectorName") !== undefined && Object.hasOwn(record, "SourceMetadata")) ||
    (isObject(member(record, "rule")) && Object.hasOwn(record, "secret") && Object.hasOwn(record, "path")) ||
    (text(record, "reason") !== undefined && Array.isArray(member(record, "stringsFound"))),
  translate,
};

function translate(record: JsonObject, { hmac }: TranslationContext): FindingTranslation {
  const found =
    text(record, "DetectorName") !== undefined
      ? present(record)
      : isObject(member(record, "rule"))
        ? ofTrufflehog3(record)
        : former(record);
  return { drafts: secretDrafts(found, hmac) };
}

function present(record: JsonObject): FoundSecret {
  const data = member(member(record, "SourceMetadata"), "Data");
  const [kind = "", place] = isObject(data) ? (Object.entries(data)[0] ?? []) : [];
  const extra = member(record, "ExtraData");
  const detector = text(record, "DetectorName") ?? "secret";
  const line = member(place, "line");
  const failed = text(record, "VerificationError") !== undefined;
  const verified = member(record, "Verified");
  const redacted = text(record, "Redacted");
  return {
    tool: "trufflehog",
    rule: detector,
    title: `${detector} secret`,
    value: text(record, "RawV2") ?? text(record, "Raw"),
    repository: text(place, "repository") ?? text(place, "project"),
    file: text(place, "file") ?? text(place, "path") ?? text(place, "link"),
    line: typeof line === "number" && line > 0 ? line : undefined,
    commit: text(place, "commit"),
    resource: resourceOf(kind, place),
    // Somebody else can use what worked for the scanner.
    severity: verified === true ? "high" : "unknown",
    // A check that could not be made says nothing.
    verified: typeof verified === "boolean" && !failed ? verified : undefined,
    keyId: /^A(?:KIA|SIA)[A-Z0-9]{12,28}$/.test(redacted ?? "") ? redacted : undefined,
    identity: text(extra, "arn"),
    account: text(extra, "account"),
    firstSeenAt: observedTime(text(place, "timestamp")?.replace(/ ([+-]\d{4}) \S+$/, "$1"))?.at,
    author: address(text(place, "email")),
  };
}

function resourceOf(kind: string, place: unknown): NamedResource | undefined {
  const bucket = text(place, "bucket");
  if (kind === "S3" && bucket !== undefined) return { provider: "aws", rawId: `arn:aws:s3:::${bucket}` };
  if (kind === "GCS" && bucket !== undefined)
    return { provider: "gcp", rawId: `//storage.googleapis.com/${bucket}`, rawType: "bucket", name: bucket };
  const image = text(place, "image");
  if (image !== undefined) return imageArtifact(`${image}:${text(place, "tag") ?? "latest"}`).resource;
  return undefined;
}

function ofTrufflehog3(record: JsonObject): FoundSecret {
  const rule = member(record, "rule");
  const line = Number(member(record, "line"));
  const id = text(record, "id");
  return {
    tool: "trufflehog",
    rule: text(rule, "id") ?? "secret",
    title: text(rule, "message") ?? "secret",
    value: text(record, "secret"),
    file: text(record, "path"),
    line: Number.isInteger(line) && line > 0 ? line : undefined,
    commit: text(record, "commit"),
    severity: severityOf(text(rule, "severity")),
    nativeIds: id === undefined ? [] : [id],
    firstSeenAt: observedTime(text(record, "date"))?.at,
    author: address(text(record, "author")),
  };
}

/** TruffleHog 2 gives whole lines, several to a row: no single value to match. */
function former(record: JsonObject): FoundSecret {
  const reason = text(record, "reason") ?? "secret";
  const [only, ...more] = strings(member(record, "stringsFound"));
  return {
    tool: "trufflehog",
    rule: reason,
    title: reason,
    value: more.length === 0 ? only : undefined,
    file: text(record, "path"),
    commit: text(record, "commitHash"),
    severity: "unknown",
    firstSeenAt: observedTime(text(record, "date"))?.at,
  };
}

/** `ana@example.com` of `Ana <ana@example.com>`. */
const address = (author: string | undefined): string | undefined =>
  /<([^<>\s]+)>/.exec(author ?? "")?.[1] ?? author;
