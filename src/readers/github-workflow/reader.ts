import { principalId } from "../../core/estate/index.js";
import { draftReading, isRecord, listOf, textOf, type JsonRecord } from "../drafting/index.js";
import type { EstateReader } from "../estate-reader.js";

/** A workflow of GitHub Actions: which roles it takes, with which secrets, and which folders it applies. */
export const githubWorkflowReader: EstateReader = {
  kind: "github-workflow",
  title: "GitHub Actions workflow",
  recognises: ({ value, format }) =>
    format === "yaml" &&
    isRecord(value) &&
    "on" in value &&
    isRecord(value["jobs"]) &&
    Object.values(value["jobs"]).some((job) => isRecord(job) && ("steps" in job || "uses" in job)),
  read(document, context) {
    const draft = draftReading(context);
    const { value } = document;
    if (!isRecord(value) || !isRecord(value["jobs"])) return draft.reading();
    const path = context.source.path.replaceAll("\\", "/");
    const { root, file } = splitPath(path);
    const repository = repositoryOf(path);
    const jobs = Object.values(value["jobs"]).filter(isRecord);
    const steps = jobs.flatMap((job) => listOf(job["steps"]).filter(isRecord));
    const roles = [...new Set(steps.flatMap((step) => roleOf(step) ?? []))].sort();
    const used = [...steps, ...jobs].flatMap((item) => textOf(item["uses"]) ?? []);
    const uses = [...new Set(used)].filter((ref) => !/^(\.\/|docker:\/\/)/.test(ref)).sort();
    const id = `${repository ?? (root === "" ? "." : root)}#${file}`;
    const { origin } = draft.root;
    draft.add("pipelines", {
      id,
      file,
      ...(repository === undefined ? {} : { repository }),
      // Several roles: none of them is the one that applies.
      ...(roles.length === 1 && roles[0] !== undefined ? { runsAs: principalId(roles[0]) } : {}),
      uses: uses.map((ref) => ({ ref, pinned: /@[0-9a-f]{40}$/.test(ref) })),
      secrets: secretsOf(document.text),
      ranAt: [],
      // Branch protection and reviewers of environments stand in no file of the repository.
      gate: { protectedRef: "unknown", reviewRequired: "unknown", adminBypass: "unknown" },
      origin,
    });
    if (roles.length > 1)
      for (const to of roles) draft.add("links", { kind: "pipeline-role", from: id, to, origin });
    for (const folder of appliedFolders(value, jobs))
      draft.add("links", {
        kind: "deploys",
        from: id,
        to: [root, folder].filter((part) => part !== "").join("/") || ".",
        at: "folder",
        origin,
      });
    draft.count("pipelines");
    return draft.reading();
  },
};

/** The folder of the checkout, and the way from there to the workflow. */
function splitPath(path: string): { readonly root: string; readonly file: string } {
  const at = path.lastIndexOf(".github/workflows/");
  return at < 0
    ? { root: path.replace(/\/?[^/]*$/, ""), file: path.replace(/^.*\//, "") }
    : { root: path.slice(0, at).replace(/\/$/, ""), file: path.slice(at) };
}

/** `repos/acme/infra/.github/…` names the repository, as for CODEOWNERS. */
const repositoryOf = (path: string): string | undefined =>
  /(?:^|\/)(?:repos|repositories|github\.com)\/([\w.-]+\/[\w.-]+)\/\.github\//.exec(path)?.[1];

/** `role-to-assume` of aws-actions/configure-aws-credentials, where it is written out. */
function roleOf(step: JsonRecord): string | undefined {
  const { with: inputs } = step;
  const role = isRecord(inputs) ? textOf(inputs["role-to-assume"]) : undefined;
  return role !== undefined && /^arn:[^:]+:iam::\d{12}:role\//.test(role) ? role : undefined;
}

/** Names of stored secrets; the token of the run itself is none. */
const secretsOf = (text: string): readonly string[] =>
  [...new Set([...text.matchAll(/\$\{\{\s*secrets\.([A-Za-z_]\w*)/g)].map((found) => found[1] ?? ""))]
    .filter((name) => name !== "" && name !== "GITHUB_TOKEN")
    .sort();

/** Folders, from the top of the repository, in which a step applies Terraform; `""` is the top itself. */
function appliedFolders(workflow: JsonRecord, jobs: readonly JsonRecord[]): readonly string[] {
  const found = new Set<string>();
  for (const job of jobs) {
    const base = workingFolder(defaultsOf(job)) ?? workingFolder(defaultsOf(workflow)) ?? "";
    for (const step of listOf(job["steps"]).filter(isRecord)) {
      const script = textOf(step["run"]) ?? "";
      const command = /\b(?:terraform|tofu|terragrunt)\b([^\n;&|]*)\bapply\b/.exec(script);
      if (command === null) continue;
      const asked = /-chdir=("?)([^\s"]+)\1/.exec(command[1] ?? "")?.[2];
      const folder = workingFolder(step) ?? base;
      const whole = [folder, asked ?? ""].filter((part) => part !== "").join("/");
      // A folder that only the run knows is not told.
      if (!whole.includes("${"))
        found.add(whole.replace(/^\.\//, "").replace(/^\.$/, "").replace(/\/+$/, ""));
    }
  }
  return [...found].sort();
}

const workingFolder = (item: JsonRecord): string | undefined => textOf(item["working-directory"]);

function defaultsOf(item: JsonRecord): JsonRecord {
  const defaults = isRecord(item["defaults"]) ? item["defaults"]["run"] : undefined;
  return isRecord(defaults) ? defaults : {};
}
