import { createHash } from "node:crypto";
import {
  type FindingDraft,
  type ObservedTime,
  type WeaknessClass,
  observedTime,
} from "../../core/findings/index.js";
import { codeDraft } from "../code-checks/index.js";
import type { TranslatedRow, TranslationContext } from "../findings-reader.js";
import { flawDraft, flawIdIn, flawIds, imageArtifact, namedArtifact } from "../flaws/index.js";
import { member, strings, text, type JsonObject } from "../json-value.js";
import { secretDrafts } from "../secrets/index.js";
import { placeOf, stableIdOf } from "./place.js";
import { messageOf, ruleId, ruleOf, ruleTags, ruleTitle, severityOfResult } from "./rules.js";
import { statedResult, suppressionOf } from "./suppression.js";

export interface SarifRun {
  readonly record: JsonObject;
  readonly tool: string;
  readonly repository: string | undefined;
  readonly observed: ObservedTime | undefined;
  readonly hmac: TranslationContext["hmac"];
  /** Ids of the tool that are no ids. */
  readonly shared: ReadonlySet<string>;
}

/** Tools whose every result is a secret, in whatever words. */
const secretTools = /gitleaks|trufflehog|detect-secrets|nosey|secret/;
const secretRule = /secret|password|credential|private[-_ ]?key|api[-_ ]?key|access[-_ ]?key|token/i;

export function resultRow(result: JsonObject, pointer: string, run: SarifRun): TranslatedRow {
  const tool = member(run.record, "tool");
  const rule = ruleOf(result, tool);
  const id = ruleId(result) ?? text(rule, "id") ?? text(member(result, "message"), "id");
  const title = ruleTitle(rule, id ?? "");
  // The words of a tool for secrets may quote what it found: they name no rule.
  const spoken = secretTools.test(run.tool) ? "secret" : messageOf(result, rule).slice(0, 80);
  const named = id ?? (title === "" ? spoken : title);
  if (named === "")
    return { pointer, reason: "neither `ruleId` nor `message` is there: the result says nothing" };
  const place = placeOf(result, run.record);
  const stated = statedResult(result);
  const suppressed = stated === "fail" ? suppressionOf(result) : undefined;
  const first = observedTime(text(member(result, "provenance"), "firstDetectionTimeUtc"));
  const shared = {
    tool: run.tool,
    severity: severityOfResult(result, rule),
    result: suppressed === undefined ? stated : ("muted" as const),
    muting: suppressed,
    nativeIds: [text(result, "guid")].filter((each) => each !== undefined),
    observed: run.observed,
    firstSeenAt: first?.at,
  };
  const tags = ruleTags(rule);
  if (secretTools.test(run.tool) || (secretRule.test(`${named} ${title}`) && isFound(tags, named)))
    return { pointer, drafts: secret(result, named, title, place, run, shared) };
  // Only a rule that is the flaw itself is about a component; CodeQL's rules name CWEs, not CVEs.
  const flaw = flawIdIn(named);
  if (flaw !== undefined)
    return { pointer, drafts: [component(result, flaw, named, messageOf(result, rule), run, shared)] };
  const message = messageOf(result, rule);
  const own = stableIdOf(result);
  const stableId = own === undefined || run.shared.has(own) ? spokenId(place, message) : own;
  return {
    pointer,
    drafts: [
      codeDraft({
        ...shared,
        rule: named,
        title: title === "" ? named : title,
        class: classOf(rule, tags),
        detail: message || undefined,
        within: run.repository,
        file: place.file,
        line: place.line,
        ...(stableId === undefined ? { address: place.logical } : { stableId }),
      }),
    ],
  };
}

/** Without a line only the words tell results of one rule apart. */
const spokenId = (place: ReturnType<typeof placeOf>, message: string): string | undefined =>
  place.line !== undefined || place.logical !== undefined || message === ""
    ? undefined
    : createHash("sha256").update(message).digest("hex").slice(0, 12);

/** `hardcoded-password` is found; `password-hashing` is a flaw of code: tags of CodeQL and the like tell. */
const isFound = (tags: readonly string[], rule: string): boolean =>
  tags.some((tag) => /cwe-?0*(798|259|321|312)\b/i.test(tag)) ||
  /hard-?coded|leak|detected|exposed/i.test(rule);

/** A rule about security is a flaw of the code; by its words it may be more; style is plain. */
function classOf(rule: JsonObject | undefined, tags: readonly string[]): WeaknessClass | undefined {
  const security =
    member(member(rule, "properties"), "security-severity") !== undefined ||
    tags.some((tag) => /^security$|cwe|owasp/i.test(tag));
  return security ? "vulnerability" : undefined;
}

type Shared = Pick<FindingDraft, "tool" | "severity" | "result" | "muting" | "nativeIds"> & {
  readonly observed: ObservedTime | undefined;
  readonly firstSeenAt: string | undefined;
};

/** The message and the snippet may quote the secret: neither is kept. */
function secret(
  result: JsonObject,
  rule: string,
  title: string,
  place: ReturnType<typeof placeOf>,
  run: SarifRun,
  shared: Shared,
): readonly FindingDraft[] {
  const properties = member(result, "properties");
  const partial = member(result, "partialFingerprints");
  const said = text(properties, "repo");
  return secretDrafts(
    {
      ...shared,
      rule,
      title: title === "" ? rule : title,
      value: text(properties, "offender") ?? text(properties, "secret"),
      repository: said === undefined || said === "." ? run.repository : said,
      file: place.file,
      line: place.line,
      commit: text(properties, "commit") ?? text(partial, "commitSha"),
      author: text(properties, "email") ?? text(partial, "email"),
    },
    run.hmac,
  );
}

/** A flaw of a component, as Trivy, Grype and others put it into SARIF: the package stands in the message. */
function component(
  result: JsonObject,
  flaw: string,
  rule: string,
  message: string,
  run: SarifRun,
  shared: Shared,
): FindingDraft {
  const properties = member(result, "properties");
  const line = (name: string): string | undefined =>
    new RegExp(`^${name}: *(\\S[^\\n]*)$`, "m").exec(message)?.[1]?.trim();
  const fixed = line("Fixed Version");
  const own = member(run.record, "properties");
  const image = text(own, "imageName") ?? strings(member(own, "repoTags"))[0];
  const file = placeOf(result, run.record).file;
  const artifact = image === undefined ? namedArtifact("file", file ?? "") : imageArtifact(image);
  const also = /^([A-Z]+-\d{4}-\d+)\b/.exec(rule)?.[1];
  return flawDraft({
    ...shared,
    ids: flawIds(flaw, [also]),
    resource: artifact.resource,
    artifact: artifact.artifact,
    package: line("Package") ?? text(properties, "component") ?? text(properties, "packageName"),
    installed: line("Installed Version") ?? text(properties, "componentVersion"),
    purl: text(properties, "purl"),
    fixed: fixed === undefined ? [] : fixed.split(/,\s*/),
    places: image === undefined || file === image || file === undefined ? [] : [file],
    quality: artifact.quality,
    // Without a package in words the message tells components apart.
    ...(line("Package") === undefined && text(properties, "component") === undefined
      ? { title: message.slice(0, 200) }
      : {}),
  });
}
