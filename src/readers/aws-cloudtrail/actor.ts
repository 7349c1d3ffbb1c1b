import { parseArn, principalId, type PrincipalId } from "../../core/estate/index.js";
import { isRecord, textOf, type JsonRecord } from "../drafting/index.js";

export interface Caller {
  /** The identity whose rights were used. */
  readonly actor?: PrincipalId;
  /** The person behind it, where the record says so. */
  readonly person?: string;
  /** `aws:access-key/AKIA…`: only long-term keys; a session's key dies with it. */
  readonly credential?: string;
}

/** Who made a call, after CloudTrail's `userIdentity` element. */
export function callerOf(identity: unknown): Caller {
  if (!isRecord(identity)) return {};
  const key = textOf(identity["accessKeyId"]);
  const actor = actorOf(identity);
  const person = personOf(identity);
  return {
    ...(actor === undefined ? {} : { actor: principalId(actor) }),
    ...(person === undefined ? {} : { person }),
    ...(key?.startsWith("AKIA") === true ? { credential: `aws:access-key/${key}` } : {}),
  };
}

function actorOf(identity: JsonRecord): string | undefined {
  const arn = textOf(identity["arn"]);
  const issuer = issuerOf(identity);
  switch (identity["type"]) {
    case "AssumedRole":
      return issuer ?? roleOfSession(arn);
    // A federation token carries the rights of the user who asked for it.
    case "FederatedUser":
      return issuer ?? arn;
    case "Role":
      return issuer ?? arn;
    case "WebIdentityUser":
      return textOf(identity["userName"]) ?? textOf(identity["principalId"]);
    case "SAMLUser": {
      const name = textOf(identity["userName"]);
      return name === undefined ? textOf(identity["principalId"]) : `saml:${name}`;
    }
    case "AWSService":
      return textOf(identity["invokedBy"]);
    case "AWSAccount":
    case "Unknown": {
      const account = textOf(identity["accountId"]);
      return arn ?? (account !== undefined && /^\d{12}$/.test(account) ? `aws:${account}` : undefined);
    }
    default:
      return arn?.includes(":assumed-role/") === true ? (issuer ?? roleOfSession(arn)) : arn;
  }
}

function issuerOf(identity: JsonRecord): string | undefined {
  const session = identity["sessionContext"];
  const issuer = isRecord(session) ? session["sessionIssuer"] : undefined;
  return isRecord(issuer) ? textOf(issuer["arn"]) : undefined;
}

/** The session's ARN leaves out the path of the role; without the issuer it is the best there is. */
export function roleOfSession(arn: string | undefined): string | undefined {
  const parsed = arn === undefined ? undefined : parseArn(arn);
  const role = /^assumed-role\/([^/]+)\//.exec(parsed?.resource ?? "")?.[1];
  return parsed === undefined || role === undefined
    ? arn
    : `arn:${parsed.partition}:iam::${parsed.account}:role/${role}`;
}

function personOf(identity: JsonRecord): string | undefined {
  const session = identity["sessionContext"];
  const stated = isRecord(session) ? textOf(session["sourceIdentity"]) : undefined;
  if (stated !== undefined) return stated;
  const onBehalf = identity["onBehalfOf"];
  const directory = isRecord(onBehalf) ? textOf(onBehalf["userId"]) : undefined;
  if (identity["type"] === "SAMLUser" || identity["type"] === "IdentityCenterUser") {
    return textOf(identity["userName"]) ?? directory;
  }
  if (identity["type"] !== "AssumedRole") return directory;
  const name = /:assumed-role\/[^/]+\/(.+)$/.exec(textOf(identity["arn"]) ?? "")?.[1];
  return name === undefined || looksMachine(name) ? directory : name;
}

/** Session names that programs choose: instance ids, SDK defaults, run numbers. They name no person. */
const looksMachine = (name: string): boolean =>
  /^i-[0-9a-f]{8,}$|^[\d-]+$|\d{9,}|^(aws|awscli|boto|botocore|terraform|githubactions|gitlab|jenkins|codebuild|lambda|ecs|eks|ssm|cloudformation|assume-?role|session|default)([-_. @].*)?$|^[0-9a-f]{16,}$|[0-9a-f]{8}-[0-9a-f]{4}-/i.test(
    name,
  );
