import type { ConditionClause, Statement } from "../../../estate/index.js";

/** A set of tokens that a trust statement admits. */
export interface SubjectSet {
  /** The subject pattern, or `*`. */
  readonly pattern: string;
  /** Band 1: anyone who can get a matching token from a shared issuer; band 2: one repository, project or workload. */
  readonly band: 1 | 2;
  readonly label: string;
  /** `owner/name` of the one repository, where pinned. */
  readonly repository?: string;
}

interface Platform {
  readonly words: string;
  /** Everyone can get tokens from this issuer (IAM calls it shared). */
  readonly shared: boolean;
  /** Splits a subject into the part that must be fixed to pin it, and what the rest says. */
  classify(pattern: string): Omit<SubjectSet, "pattern">;
  readonly anything: string;
}

const wild = (text: string): boolean => /[*?]/.test(text);
const stem = (text: string): string => text.slice(0, Math.max(0, text.search(/[*?]/)));

/** `repo:OWNER/NAME:…`, also with ids: `repo:OWNER@1/NAME@2:…` (GitHub docs, "OpenID Connect reference"). */
function github(pattern: string): Omit<SubjectSet, "pattern"> {
  const match = /^repo:([^:]*)(:.*)?$/.exec(pattern);
  const [owner = "", name] = (match?.[1] ?? "").split("/");
  if (match === null || wild(owner)) {
    const start = stem(match?.[1] ?? pattern.replace(/^repo:?/, ""));
    return start === ""
      ? { band: 1, label: "any GitHub repository" }
      : { band: 1, label: `any repository named ${start}…` };
  }
  if (name === undefined)
    return { band: 1, label: wild(pattern) ? `any repository named ${owner}…` : `repository ${owner}` };
  // A star directly after the name also matches longer names: `repo:acme/etl*` is `acme/etl-evil` too.
  if (wild(name)) {
    const start = stem(name);
    return {
      band: 1,
      label: start === "" ? `any repository of ${owner}` : `any repository named ${owner}/${start}…`,
    };
  }
  const repository = `${owner.replace(/@\d+$/, "")}/${name.replace(/@\d+$/, "")}`;
  const rest = (match[2] ?? "").slice(1);
  return {
    band: 2,
    label: `repository ${repository}${rest === "" || rest === "*" ? "" : `, ${rest.replace(/^environment:/, "environment ").replace(/^ref:refs\/heads\//, "branch ")}`}`,
    repository,
  };
}

const colonParts = (pattern: string, keys: readonly string[], what: string) => {
  const values = keys.map((key) => new RegExp(`(?:^|:)${key}:([^:]*)`).exec(pattern)?.[1]);
  const pinned = values.every((value) => value !== undefined && value !== "" && !wild(value));
  const shown = values.filter((value) => value !== undefined).join("/");
  return pinned
    ? { band: 2 as const, label: `${what} ${shown}`, repository: values[0] ?? "" }
    : {
        band: 1 as const,
        label: shown === "" || shown === "*" ? `any ${what}` : `any ${what} named ${stem(shown) || shown}…`,
      };
};

const clusterPod = (pattern: string): Omit<SubjectSet, "pattern"> => {
  const [, , namespace = "*", account = "*"] = pattern.split(":");
  if (wild(pattern))
    return {
      band: 2,
      label: wild(namespace) ? "any pod of the cluster" : `any pod in namespace ${namespace}`,
    };
  return { band: 2, label: `pods with service account ${namespace}/${account}` };
};

export function platformOf(issuer: string): Platform {
  if (issuer.startsWith("token.actions.githubusercontent.com"))
    return { words: "GitHub", shared: true, classify: github, anything: "any GitHub repository" };
  if (/^oidc\.eks\./.test(issuer))
    return { words: "Kubernetes", shared: false, classify: clusterPod, anything: "any pod of the cluster" };
  if (issuer === "gitlab.com" || issuer.startsWith("gitlab")) {
    return {
      words: "GitLab",
      shared: issuer === "gitlab.com",
      classify: (pattern) => colonParts(pattern, ["project_path"], "GitLab project"),
      anything: "any GitLab project",
    };
  }
  if (issuer === "app.terraform.io") {
    return {
      words: "Terraform Cloud",
      shared: true,
      classify: (pattern) =>
        omitRepository(colonParts(pattern, ["organization", "workspace"], "Terraform Cloud workspace")),
      anything: "any Terraform Cloud workspace",
    };
  }
  if (issuer.startsWith("api.bitbucket.org")) {
    const classify = (pattern: string): Omit<SubjectSet, "pattern"> => {
      const [repository = "*"] = pattern.split(":");
      return wild(repository) || repository === ""
        ? { band: 1, label: "any Bitbucket repository" }
        : { band: 2, label: `Bitbucket repository ${repository}`, repository };
    };
    return { words: "Bitbucket", shared: true, classify, anything: "any Bitbucket repository" };
  }
  const shared = [
    "accounts.google.com",
    "www.amazon.com",
    "graph.facebook.com",
    "cognito-identity.amazonaws.com",
    "agent.buildkite.com",
    "oidc.circleci.com",
  ].some((host) => issuer.startsWith(host));
  return {
    words: issuer,
    shared,
    classify: (pattern) =>
      wild(pattern)
        ? {
            band: shared || stem(pattern) === "" ? 1 : 2,
            label: `any subject of ${issuer} named ${stem(pattern)}…`,
          }
        : { band: 2, label: `subject ${pattern} of ${issuer}` },
    anything: `any subject of ${issuer}`,
  };
}

const omitRepository = ({ band, label }: Omit<SubjectSet, "pattern">): Omit<SubjectSet, "pattern"> => ({
  band,
  label,
});

/** Operators that demand a value. Negated and date, number or null operators do not pin a subject. */
const pins = (clause: ConditionClause): boolean =>
  /^(ForAnyValue:|ForAllValues:)?String(Equals|EqualsIgnoreCase|Like)(IfExists)?$/.test(clause.operator);
const lenient = (clause: ConditionClause): boolean =>
  /^ForAllValues:/.test(clause.operator) || /IfExists$/.test(clause.operator);

/** Wildcards count only in `Like` operators; in `Equals` a star is a star. */
const literal = (clause: ConditionClause, value: string): boolean =>
  /Like/.test(clause.operator) || !wild(value);

/**
 * The tokens of `issuer` that a statement admits. Every OIDC token carries `sub` and `aud` (OpenID Connect Core,
 * section 2), so `ForAllValues` and `IfExists` pin those; on any other claim they pass when the claim is absent and pin
 * nothing.
 */
export function subjectSets(statement: Statement, issuer: string): readonly SubjectSet[] {
  const platform = platformOf(issuer);
  const prefix = `${issuer}:`.toLowerCase();
  const claims = statement.conditions.filter(
    (clause) => clause.key.toLowerCase().startsWith(prefix) && pins(clause),
  );
  const claimOf = (clause: ConditionClause): string => clause.key.slice(prefix.length).toLowerCase();
  const choices: SubjectSet[][] = [];
  for (const clause of claims) {
    const claim = claimOf(clause);
    const values = clause.values.filter((value) => literal(clause, value));
    if (claim === "sub") choices.push(values.map((pattern) => ({ pattern, ...platform.classify(pattern) })));
    // GitHub: other claims that name one repository pin it as well as the subject does.
    else if (
      platform.words === "GitHub" &&
      !lenient(clause) &&
      ["repository", "repository_id"].includes(claim)
    ) {
      choices.push(
        values.map((value) =>
          claim === "repository"
            ? { pattern: `repo:${value}:*`, ...github(`repo:${value}:*`) }
            : {
                pattern: `repository_id:${value}`,
                ...(wild(value)
                  ? { band: 1, label: platform.anything }
                  : { band: 2, label: `repository number ${value}` }),
              },
        ),
      );
    } else if (platform.words === "GitHub" && !lenient(clause) && claim === "repository_owner") {
      choices.push(values.map((value) => ({ pattern: `repo:${value}/*`, ...github(`repo:${value}/*`) })));
    }
  }
  // Several clauses must all hold: the one that pins most decides.
  const best = choices.sort((a, b) => worst(b) - worst(a))[0];
  return (
    best ?? [
      {
        pattern: "*",
        band: platform.shared ? 1 : platform.words === "Kubernetes" ? 2 : 1,
        label: platform.anything,
      },
    ]
  );
}

const worst = (sets: readonly SubjectSet[]): number => Math.min(3, ...sets.map(({ band }) => band));

/** Audiences that a statement demands; undefined when it demands none. */
export function audiences(statement: Statement, issuer: string): readonly string[] | undefined {
  const clause = statement.conditions.find(
    ({ key, operator }) =>
      key.toLowerCase() === `${issuer}:aud`.toLowerCase() &&
      /^(ForAnyValue:|ForAllValues:)?String(Equals|Like)/.test(operator),
  );
  return clause?.values;
}
