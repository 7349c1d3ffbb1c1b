import { errorAnswer } from "../aws-error/index.js";
import { isRecord, type Draft } from "../drafting/index.js";

type Absent =
  | { readonly of: "repository"; readonly name: string; readonly account: string }
  | { readonly of: "function" };

/**
 * Errors that are the answer "there is no policy": `RepositoryPolicyNotFoundException` of ECR, whose text names
 * repository and registry, and `ResourceNotFoundException` of Lambda's GetPolicy, which names nothing. A function
 * that does not exist gets another text (`Function not found`) and says nothing.
 */
export function absentPolicy(value: unknown): Absent | undefined {
  const answer = errorAnswer(value);
  if (answer === undefined) return undefined;
  if (answer.code === "RepositoryPolicyNotFoundException") {
    const found = /repository with name '([^']+)' in the registry with id '(\d{12})'/.exec(answer.message);
    return found === null ? undefined : { of: "repository", name: found[1] ?? "", account: found[2] ?? "" };
  }
  const isFunction =
    answer.code === "ResourceNotFoundException" &&
    answer.operation === "GetPolicy" &&
    /^The resource you requested does not exist/.test(answer.message);
  return isFunction ? { of: "function" } : undefined;
}

export function readAbsentPolicy(value: unknown, draft: Draft): void {
  const absent = absentPolicy(value);
  if (absent === undefined || !isRecord(value)) return;
  const place = draft.root.at("Error");
  const { regionHint } = draft.context;
  draft.count("errors");
  const file = draft.context.source.path.split("/").at(-1) ?? "";
  const name =
    absent.of === "repository"
      ? absent.name
      : /^(?:lambda|function)-policy-([\w-]+)\.(?:json|txt)$/.exec(file)?.[1];
  const account = absent.of === "repository" ? absent.account : draft.context.accountHint;
  if (name === undefined || account === undefined || regionHint === undefined) {
    draft.reject(place, "the answer that there is no policy does not say of what", {
      hint:
        absent.of === "repository"
          ? "put the Region into the path"
          : "name the file `ACCOUNT/REGION/lambda-policy-NAME.json`",
    });
    return;
  }
  const [service, resource, kind] =
    absent.of === "repository"
      ? (["ecr", "repository/", "ecr:repository"] as const)
      : (["lambda", "function:", "lambda:function"] as const);
  const arn = `arn:aws:${service}:${regionHint}:${account}:${resource}${name}`;
  draft.resource(arn, { kind, name }, place).noPolicy(place);
}
