import { parseArn } from "../../core/estate/index.js";
import {
  draftReading,
  isRecord,
  listOf,
  parseJson,
  pick,
  policyServices,
  textOf,
  textsOf,
  type Draft,
  type JsonRecord,
} from "../drafting/index.js";
import type { EstateReader } from "../estate-reader.js";
import { absentPolicy, readAbsentPolicy } from "./absent.js";
import { queueEncryption, splitFunctionArn, topicEncryption } from "./shapes.js";

type Shape = "queue" | "topic" | "function" | "secret" | "repository";

/** `sqs get-queue-attributes`, `sns get-topic-attributes`, `lambda get-policy`, `secretsmanager get-resource-policy`, `ecr get-repository-policy`. */
export const resourcePoliciesReader: EstateReader = {
  kind: "aws-resource-policies",
  title: "resource policy of a queue, topic, function, secret or repository",
  recognises: ({ value }) =>
    isRecord(value) && (shapeOf(value) !== undefined || absentPolicy(value) !== undefined),
  read({ value }, context) {
    const draft = draftReading(context);
    const shape = isRecord(value) ? shapeOf(value) : undefined;
    if (isRecord(value) && shape !== undefined) readers[shape](value, draft);
    else readAbsentPolicy(value, draft);
    return draft.reading();
  },
};

function shapeOf(value: JsonRecord): Shape | undefined {
  const attributes = value["Attributes"];
  if (isRecord(attributes)) {
    if ("TopicArn" in attributes) return "topic";
    if ("QueueArn" in attributes) return "queue";
    const services = policyServices(attributes["Policy"]);
    return services.has("sqs") ? "queue" : services.has("sns") ? "topic" : undefined;
  }
  if (typeof value["policyText"] === "string" && typeof value["repositoryName"] === "string")
    return "repository";
  if (textOf(value["ARN"])?.includes(":secretsmanager:") === true) {
    // `describe-secret` has the same heading and no policy at all.
    return Object.keys(value).every((key) => ["ARN", "Name", "ResourcePolicy"].includes(key))
      ? "secret"
      : undefined;
  }
  if ("Policy" in value && policyServices(value["Policy"]).has("lambda")) return "function";
  return undefined;
}

const readers: { readonly [Name in Shape]: (value: JsonRecord, draft: Draft) => void } = {
  queue(value, draft) {
    readAttributes(value, draft, "QueueArn", "sqs:queue", "queue policy");
  },

  topic(value, draft) {
    readAttributes(value, draft, "TopicArn", "sns:topic", "topic policy");
  },

  function(value, draft) {
    const place = draft.root.at("Policy");
    const stated = textOf(pick(value, "FunctionArn"));
    const arn = stated ?? onlyResource(value["Policy"], "lambda");
    if (arn === undefined) {
      draft.reject(place, "this policy does not name one function", {
        hint: "Lambda policies name their function in `Resource`; supply the answer of `get-policy` unchanged",
      });
      return;
    }
    const { id, qualifier } = splitFunctionArn(arn);
    draft
      .resource(id, { kind: "lambda:function" }, draft.root)
      .policy(value["Policy"], place, "function policy", qualifier);
    draft.count("policies");
  },

  secret(value, draft) {
    const secret = draft.resource(
      textOf(value["ARN"]) ?? "",
      { kind: "secretsmanager:secret", name: textOf(value["Name"]) ?? "" },
      draft.root,
    );
    const place = draft.root.at("ResourcePolicy");
    if (value["ResourcePolicy"] === undefined) secret.noPolicy(draft.root);
    else secret.policy(value["ResourcePolicy"], place, "secret policy");
    draft.count("policies");
  },

  repository(value, draft) {
    const name = textOf(value["repositoryName"]) ?? "";
    const region = draft.context.regionHint;
    const account = textOf(value["registryId"]) ?? draft.context.accountHint;
    const arn =
      textOf(value["repositoryArn"]) ??
      (region === undefined || account === undefined
        ? undefined
        : `arn:aws:ecr:${region}:${account}:repository/${name}`);
    if (arn === undefined) {
      draft.reject(draft.root, `the Region of repository \`${name}\` is not stated`, {
        hint: "put the Region into the path, e.g. `eu-west-1/repository-policy.json`",
      });
      return;
    }
    draft
      .resource(arn, { kind: "ecr:repository", name }, draft.root)
      .policy(value["policyText"], draft.root.at("policyText"), "repository policy");
    draft.count("policies");
  },
};

function readAttributes(
  value: JsonRecord,
  draft: Draft,
  arnName: string,
  kind: "sqs:queue" | "sns:topic",
  name: string,
): void {
  const attributes = value["Attributes"];
  if (!isRecord(attributes)) return;
  const place = draft.root.at("Attributes");
  const arn = textOf(attributes[arnName]) ?? onlyResource(attributes["Policy"], kind.slice(0, 3));
  if (arn === undefined) {
    draft.reject(place, `these attributes do not name their ${kind.slice(4)}`, {
      hint: `ask for all attributes, so that \`${arnName}\` is among them`,
    });
    return;
  }
  const resource = draft.resource(arn, { kind }, place);
  const whole = attributes[arnName] !== undefined;
  if (attributes["Policy"] !== undefined && attributes["Policy"] !== "")
    resource.policy(attributes["Policy"], place.at("Policy"), name);
  // An answer with all attributes that has no policy says that there is none.
  else if (whole && Object.keys(attributes).length > 3) resource.noPolicy(place);
  if (whole)
    resource.set(
      "encryption",
      kind === "sqs:queue" ? queueEncryption(attributes) : topicEncryption(attributes),
      place,
    );
  draft.count("policies");
}

/** The one ARN of a service that the resources of a policy name. */
function onlyResource(policy: unknown, service: string): string | undefined {
  const document = typeof policy === "string" ? parseJson(policy) : policy;
  if (!isRecord(document)) return undefined;
  const raw = document["Statement"];
  const statements = (Array.isArray(raw) ? listOf(raw) : [raw]).filter(isRecord);
  const arns = statements.flatMap((statement) => {
    const resource = statement["Resource"];
    return typeof resource === "string" ? [resource] : textsOf(resource);
  });
  const found = new Set(arns.filter((arn) => parseArn(arn)?.service === service && !/[*?]/.test(arn)));
  return found.size === 1 ? [...found][0] : undefined;
}
