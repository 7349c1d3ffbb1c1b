/** What is known about one check of Prowler. */
export interface CheckInfo {
  readonly provider: string;
  /** The present id, also when a former one was asked for. Unique only together with `provider`. */
  readonly id: string;
  /** Former ids of the check. */
  readonly aliases: readonly string[];
  readonly service: string;
  readonly resourceType: string;
  readonly severity: string;
  /** Most urgent first; never empty. */
  readonly classes: readonly WeaknessClass[];
  readonly primaryClass: WeaknessClass;
  /** Actions that can bring the failing state back on the same resource, in the provider's own names. */
  readonly derivedActions: readonly string[];
  /** Actions that can create another resource in the failing state. */
  readonly creationActions: readonly string[];
  /** Where `derivedActions` come from, strongest first; empty when there are none. */
  readonly derivation: readonly DerivationLayer[];
  readonly confidence: DerivationConfidence;
}

/** What is known about one control of AWS Security Hub. */
export interface ControlInfo {
  /** `S3.8` */
  readonly control: string;
  readonly service: string;
  readonly severity: string;
  /** Empty when no Prowler check asks the same. */
  readonly classes: readonly WeaknessClass[];
  /** Ids of the AWS checks of Prowler that ask the same. */
  readonly prowlerChecks: readonly string[];
  /** Actions that can bring the failing state back on the same resource, by those checks. */
  readonly derivedActions: readonly string[];
  /** The runbook of AWS Automated Security Response, where there is one. */
  readonly asrRunbook?: string;
  /** The actions that the runbook writes with to mend the finding; often the ones that bring it back. */
  readonly asrActions: readonly string[];
}

export type WeaknessClass =
  | "public-exposure"
  | "credential"
  | "metadata-credential"
  | "trust"
  | "identity-privilege"
  | "network-boundary"
  | "missing-edge-control"
  | "vulnerability"
  | "configuration";

/**
 * `cli`: inverse of the published fix; `cli-rest`: the same for sub-resources; `family`: reviewed rule; `cfn`: handler
 * permissions of the resource type; `resource-type`: write of the type itself; `evidence`: setter of what the check reads;
 * `evidence-weak`: the same by a looser match; `host-file`: a file of the node, outside cloud IAM.
 */
export type DerivationLayer =
  "cli" | "cli-rest" | "family" | "cfn" | "resource-type" | "evidence" | "evidence-weak" | "host-file";

/**
 * `creation-only`: the setting cannot be changed after creation; `host-access`: whoever can write the node's files;
 * `none`: not a configuration state, no action brings it back.
 */
export type DerivationConfidence = "high" | "medium" | "low" | "creation-only" | "host-access" | "none";

export interface CheckReference {
  /** Version of Prowler that the table describes. */
  readonly prowlerVersion: string;
  /** All checks, sorted by provider and id. */
  readonly prowlerChecks: readonly CheckInfo[];
  /** All controls, sorted. */
  readonly securityHubControls: readonly ControlInfo[];
  /** The check of that id or former id. */
  prowler(provider: string, checkId: string): CheckInfo | undefined;
  /** The control, in the spelling of Security Hub (`S3.8`). */
  securityHub(control: string): ControlInfo | undefined;
}

/** Content of `data/prowler-checks.json`: a row has one string for each name of `columns`; lists are parted by spaces. */
export interface RawChecks {
  readonly version: string;
  readonly columns: string;
  /** provider -> former id -> id */
  readonly aliases: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly checks: readonly (readonly string[])[];
}

/** Content of `data/securityhub-controls.json`, in the same form. */
export interface RawControls {
  readonly columns: string;
  readonly controls: readonly (readonly string[])[];
}

export function buildCheckReference(raw: RawChecks, rawControls: RawControls): CheckReference {
  const former = new Map<string, string[]>();
  const present = new Map<string, string>();
  for (const [provider, names] of Object.entries(raw.aliases)) {
    for (const [alias, id] of Object.entries(names)) {
      const key = keyOf(provider, id);
      former.set(key, [...(former.get(key) ?? []), alias]);
      present.set(keyOf(provider, alias), key);
    }
  }
  const prowlerChecks = raw.checks.map((row) => checkOf(row, former));
  const checks = new Map(prowlerChecks.map((check) => [keyOf(check.provider, check.id), check]));
  const securityHubControls = rawControls.controls.map(controlOf);
  const controls = new Map(securityHubControls.map((control) => [control.control, control]));
  return {
    prowlerVersion: raw.version,
    prowlerChecks,
    securityHubControls,
    prowler(provider, checkId) {
      const key = keyOf(provider, checkId);
      return checks.get(key) ?? checks.get(present.get(key) ?? "");
    },
    securityHub: (control) => controls.get(control),
  };
}

function checkOf(row: readonly string[], former: ReadonlyMap<string, readonly string[]>): CheckInfo {
  // In the order of `columns`.
  const [provider = "", id = "", service = "", resourceType = "", severity = "", confidence] = row;
  const [derivation, classes, derivedActions, creationActions] = row.slice(6);
  const ordered = list(classes) as WeaknessClass[];
  return {
    provider,
    id,
    aliases: former.get(keyOf(provider, id)) ?? [],
    service,
    resourceType,
    severity,
    classes: ordered,
    primaryClass: ordered[0] ?? "configuration",
    derivedActions: list(derivedActions),
    creationActions: list(creationActions),
    derivation: list(derivation) as DerivationLayer[],
    confidence: (confidence ?? "none") as DerivationConfidence,
  };
}

function controlOf(row: readonly string[]): ControlInfo {
  const [
    control = "",
    service = "",
    severity = "",
    classes,
    checks,
    derivedActions,
    runbook = "",
    asrActions,
  ] = row;
  return {
    control,
    service,
    severity,
    classes: list(classes) as WeaknessClass[],
    prowlerChecks: list(checks),
    derivedActions: list(derivedActions),
    ...(runbook !== "" && { asrRunbook: runbook }),
    asrActions: list(asrActions),
  };
}

function list(text: string | undefined): readonly string[] {
  return text === undefined || text === "" ? [] : text.split(" ");
}

const keyOf = (provider: string, id: string): string => `${provider}\n${id}`;
