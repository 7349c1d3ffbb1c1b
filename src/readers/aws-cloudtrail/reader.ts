import { awsAccount, parseArn, type AuditEvent } from "../../core/estate/index.js";
import {
  draftReading,
  isRecord,
  maskSecrets,
  textOf,
  timeOf,
  toJson,
  type JsonRecord,
} from "../drafting/index.js";
import type { EstateReader } from "../estate-reader.js";
import { callerOf } from "./actor.js";
import { isTrail, trailRecords, type TrailRecord } from "./records.js";
import { targetsOf } from "./targets.js";

/** Larger request parameters (uploaded code, templates) are left out: the record itself has them. */
const maxParameters = 32_768;
const maxRejections = 100;

/** CloudTrail in all its envelopes. Read-only calls are counted and not kept. */
export const cloudTrailReader: EstateReader = {
  kind: "aws-cloudtrail",
  title: "CloudTrail events",
  recordsStandAlone: true,
  recognises: ({ value, format }) =>
    isTrail(format === "json-lines" && Array.isArray(value) ? value[0] : value),
  read(document, context) {
    const draft = draftReading(context);
    let faults = 0;
    const seen = new Map<string, string>();
    for (const item of trailRecords(document, draft.root)) {
      draft.count("events");
      const event = eventOf(item);
      if ("fault" in event) {
        faults += 1;
        if (faults <= maxRejections)
          draft.reject(item.place, event.fault, { hint: "the other records were used" });
      } else if (event.readOnly) draft.count("readOnly");
      else {
        // The same id twice is one call delivered twice; the same id for two calls keeps both.
        const content = JSON.stringify({ ...event.event, origin: undefined });
        const known = seen.get(event.event.id);
        const id = known === undefined ? event.event.id : `${event.event.id}#${seen.size}`;
        if (known === content) draft.count("duplicates");
        else {
          seen.set(id, content);
          draft.add("events", { ...event.event, id });
        }
      }
    }
    if (faults > maxRejections)
      draft.reject(draft.root, `${faults - maxRejections} more records are not events`);
    return draft.reading();
  },
};

type Reading = { readonly fault: string } | { readonly readOnly: boolean; readonly event: AuditEvent };

function eventOf({ record, outer = {}, place }: TrailRecord): Reading {
  if (record === undefined) return { fault: "a record that is no event: its text cannot be read" };
  const name = textOf(record["eventName"]) ?? textOf(outer["EventName"]);
  const at = timeOf(record["eventTime"] ?? outer["EventTime"] ?? outer["time"]);
  if (name === undefined) return { fault: "an event without `eventName`" };
  if (at === undefined) return { fault: `event \`${name}\` has no readable \`eventTime\`` };
  const identity = record["userIdentity"] ?? outer["UserIdentity"];
  const caller = callerOf(identity);
  const account = accountOf(record, outer, identity);
  const region = textOf(record["awsRegion"]) ?? textOf(outer["region"]);
  const service = serviceOf(textOf(record["eventSource"]) ?? textOf(outer["EventSource"]), name);
  // `AddPermission20150331v2` is the API version of `AddPermission`.
  const action = name.replace(/\d{8}(v\d+)?$/, "");
  const error = textOf(record["errorCode"]);
  const partition = parseArn(caller.actor ?? "")?.partition ?? "aws";
  return {
    readOnly: isReadOnly(record["readOnly"], action),
    event: {
      id:
        textOf(record["eventID"]) ??
        textOf(outer["EventId"]) ??
        `${at}:${service}:${action}:${place.origin.pointer ?? ""}${place.origin.line ?? ""}`,
      at,
      action: `${service}:${action}`,
      ...(account === undefined ? {} : { account: awsAccount(account) }),
      ...(region === undefined ? {} : { region }),
      ...caller,
      ...agentOf(record, identity),
      targets: targetsOf(record, { partition, account, region, service }),
      ...(error === undefined ? {} : { error }),
      ...parametersOf(record["requestParameters"]),
      origin: place.origin,
    },
  };
}

/** `invokedBy` where a service of AWS made the call for somebody, else the user agent; callers choose that one freely. */
function agentOf(record: JsonRecord, identity: unknown): { agent?: string } {
  const service = isRecord(identity) ? textOf(identity["invokedBy"]) : undefined;
  const agent = service ?? textOf(record["userAgent"]);
  return agent === undefined ? {} : { agent: agent.slice(0, 200) };
}

function accountOf(record: JsonRecord, outer: JsonRecord, identity: unknown): string | undefined {
  const own = isRecord(identity) ? textOf(identity["accountId"]) : undefined;
  const candidates = [textOf(record["recipientAccountId"]), textOf(outer["account"]), own];
  return candidates.find((text) => text !== undefined && /^\d{12}$/.test(text));
}

/** `s3.amazonaws.com` is `s3`; an abridged record without source is told by the call where that is certain. */
function serviceOf(source: string | undefined, name: string): string {
  if (source !== undefined) return source.replace(/\.amazonaws\.com(\.cn)?$/, "");
  return name.startsWith("AssumeRole") ? "sts" : "unknown";
}

/** `readOnly` exists since version 1.05 or so of the record; older records are judged by the verb. */
function isReadOnly(flag: unknown, action: string): boolean {
  if (typeof flag === "boolean") return flag;
  if (flag === "true" || flag === "false") return flag === "true";
  return /^(Get(?!FederationToken|SessionToken|Credentials)|List|Describe|Head|Lookup|BatchGet|Search|Scan|Query|View|Test|Simulate|Preview|Validate|Check|Estimate)/.test(
    action,
  );
}

function parametersOf(value: unknown): { parameters?: NonNullable<AuditEvent["parameters"]> } {
  if (value === undefined || value === null) return {};
  const masked = maskSecrets(toJson(value));
  if (masked === null) return {};
  const size = JSON.stringify(masked).length;
  return { parameters: size <= maxParameters ? masked : { truncated: `${size} characters, not kept` } };
}
