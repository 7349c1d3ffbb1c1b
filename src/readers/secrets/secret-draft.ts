import {
  registered,
  type FindingDraft,
  type FindingResult,
  type Muting,
  type NamedResource,
  type ObservedTime,
  type OwnerHint,
  type SecretDetail,
  type Severity,
} from "../../core/findings/index.js";
import { sourcePath } from "../code-checks/index.js";
import { own } from "../flaws/index.js";

/** A secret that a scanner found, before its value is let go. */
export interface FoundSecret {
  readonly tool: string;
  /** The detector or rule. */
  readonly rule: string;
  readonly title: string;
  /** The value; it leaves this module only as `hmac(value)`. */
  readonly value?: string | undefined;
  readonly repository?: string | undefined;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly commit?: string | undefined;
  /** Where it lies when that is no file: a bucket, an image, an object of a cluster. */
  readonly resource?: NamedResource | undefined;
  readonly severity: Severity;
  readonly verified?: boolean | undefined;
  /** Name of the key, where it is none of the secret: `AKIA…`. */
  readonly keyId?: string | undefined;
  /** ARN of the identity that the key belongs to, as the tool found out. */
  readonly identity?: string | undefined;
  readonly account?: string | undefined;
  readonly result?: FindingResult;
  readonly muting?: Muting | undefined;
  readonly nativeIds?: readonly string[];
  readonly observed?: ObservedTime | undefined;
  readonly firstSeenAt?: string | undefined;
  readonly author?: string | undefined;
}

/** AWS names access keys by these ids; they are no secret (IAM identifiers, unique ids). */
const accessKeyId = /\b((?:AKIA|ASIA)[A-Z0-9]{12,28})\b/;

/** `REDACTED`, `AKIA************`, `xxxxxxxx`: the tool has hidden the value, and equal ones say nothing. */
export const isHidden = (value: string): boolean =>
  value.trim() === "" || /redacted|\*{3,}|…|\.{4,}|[xX]{6,}/i.test(value) || new Set(value).size <= 2;

/**
 * The rows of a secret: the place where it lies, and, where the tool found out whose key it is, the identity, which the
 * key opens until it is revoked. The place is told by file and line, in a history also by the commit, never by the
 * value: the key of the HMAC may change.
 */
export function secretDrafts(found: FoundSecret, hmac: (value: string) => string): readonly FindingDraft[] {
  const value = found.value === undefined || isHidden(found.value) ? undefined : found.value;
  const named = found.keyId ?? accessKeyId.exec(value ?? "")?.[1];
  const keyId = named === undefined || isHidden(named) ? undefined : named;
  const secret: SecretDetail = {
    // The id of an access key alone is a name: it is matched as one.
    ...(value === undefined || value === keyId ? {} : { hmac: hmac(value) }),
    ...(keyId === undefined ? {} : { keyId }),
    ...(found.verified === undefined ? {} : { verified: found.verified }),
    ...(found.identity === undefined ? {} : { identity: found.identity }),
    ...(found.account === undefined ? {} : { account: found.account }),
  };
  const place = found.file === undefined ? "" : sourcePath(found.file);
  const line = found.line === undefined ? "" : `:${found.line}`;
  const column = found.column === undefined ? "" : String(found.column);
  const located = [found.rule, `${place}${line}`].filter((part) => part !== "").join(" ");
  // A key that has a name is the same key wherever it lies in the repository.
  const subLocator = keyId ?? located;
  const hints: OwnerHint[] = [];
  if (found.author !== undefined && found.author !== "") hints.push({ kind: "author", who: found.author });
  const quality = found.observed?.zoneAssumed === true ? (["zone-assumed"] as const) : [];
  const shared = {
    tool: found.tool,
    result: found.result ?? "fail",
    severity: found.severity,
    title: found.title,
    nativeIds: found.nativeIds ?? [],
    tags: {},
    observedAt: found.observed?.at,
    firstSeenAt: found.firstSeenAt,
    quality,
    ownerHints: hints,
    muting: found.muting,
    ...(Object.keys(secret).length === 0 ? {} : { secret }),
  };
  const where = `${found.title} in ${place === "" ? "what was scanned" : `${place}${line}`}`;
  const inPlace: FindingDraft = {
    ...shared,
    provider: found.resource?.provider ?? "remit",
    check: { kind: "rule", id: found.rule, weakness: registered("secret.in-code"), subLocator },
    resource: found.resource ?? repositoryOf(found.repository, place),
    detail: `${where}${said(found)}`,
    // One line may hold several, and a history the same line several times.
    instance:
      [keyId === undefined ? "" : located, found.commit ?? "", column]
        .filter((part) => part !== "")
        .join("|") || undefined,
  };
  if (found.identity === undefined || !found.identity.startsWith("arn:")) return [inPlace];
  const ofIdentity: FindingDraft = {
    ...shared,
    provider: "aws",
    check: {
      kind: "rule",
      id: found.rule,
      weakness: registered("iam.key.exposed"),
      subLocator: keyId ?? "",
    },
    resource: { provider: "aws", rawId: found.identity, rawAccount: found.account },
    detail: `a key of this identity lies in ${found.repository ?? "a repository"}: ${place}${line}${said(found)}`,
    instance: `${place}${line}|${column}|${found.commit ?? ""}`,
  };
  return [inPlace, ofIdentity];
}

const said = ({ verified }: FoundSecret): string =>
  verified === undefined ? "" : verified ? "; it works" : "; it was not seen to work";

/** A repository by its address without scheme and ending, else the file itself. */
function repositoryOf(repository: string | undefined, place: string): NamedResource {
  const name = (repository ?? "")
    .replace(/^[a-z+]+:\/\/(?:[^/@\s]*@)?/i, "")
    .replace(/^git@([^:]+):/, "$1/")
    .replace(/\.git$/, "")
    .replace(/\/+$/, "");
  // `acme/etl` is how catalogues and estates name a repository of the large hosts.
  if (name !== "" && name !== ".")
    return own("repository", name, name.replace(/^(?:github|gitlab)\.com\/|^bitbucket\.org\//, ""));
  return own("file", place === "" ? "unknown" : place);
}
