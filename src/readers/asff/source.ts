import { registered, type CheckName, type Weakness, type WeaknessClass } from "../../core/findings/index.js";
import { member, objects, text, type JsonObject } from "../json-value.js";
import { asffControl } from "./control.js";

export interface AsffSource {
  readonly tool: string;
  readonly check: CheckName;
  /** The package of a vulnerability, which tells its findings apart. */
  readonly instance?: string;
}

/** Which tool wrote the record and what it checked, from the fields that each product fills. */
export function asffSource(record: JsonObject): AsffSource | { readonly reason: string } {
  const generator = text(record, "GeneratorId") ?? "";
  const product = productOf(record);
  if (product === "prowler" || generator.startsWith("prowler-")) {
    const id = generator.replace(/^prowler-/, "");
    return id === ""
      ? { reason: "`GeneratorId` names no check" }
      : { tool: "prowler", check: { kind: "prowler", id } };
  }
  if (product === "guardduty") return guardDuty(record);
  const cve = vulnerabilityId(record);
  if (cve !== undefined) {
    const instance = packageOf(record);
    return {
      tool: product,
      check: { kind: "vulnerability", id: cve },
      ...(instance === undefined ? {} : { instance }),
    };
  }
  const control = asffControl(record, generator);
  if (control !== undefined) return { tool: "security-hub", check: { kind: "security-hub", control } };
  if (product === "access-analyzer") return accessAnalyzer(record);
  if (product === "inspector") return inspectorNetwork(record, generator);
  if (generator === "" && text(record, "Title") === undefined)
    return { reason: "neither `GeneratorId` nor `Title` is there" };
  return rule(product, generator === "" ? (text(record, "Title") ?? "") : generator, classOfTypes(record));
}

/** `arn:aws:securityhub:REGION::product/COMPANY/PRODUCT`, or the names beside it. */
function productOf(record: JsonObject): string {
  const arn = text(record, "ProductArn") ?? "";
  const [company = "", name = ""] = arn.includes(":product/")
    ? arn.slice(arn.indexOf(":product/") + 9).split("/")
    : [];
  const fields = member(record, "ProductFields");
  const stated = text(fields, "ProviderName") ?? text(fields, "Product Name") ?? text(record, "ProductName");
  if (
    company === "aquasecurity" ||
    /^trivy/i.test(stated ?? "") ||
    (text(record, "GeneratorId") ?? "").startsWith("Trivy/")
  )
    return "trivy";
  const product = name === "" || name === "default" ? (stated ?? "unknown") : name;
  return product.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
}

function vulnerabilityId(record: JsonObject): string | undefined {
  const listed = text(objects(member(record, "Vulnerabilities"))[0], "Id");
  const generator = /^Trivy\/(.+)$/.exec(text(record, "GeneratorId") ?? "")?.[1];
  const inTitle = /\b(CVE-\d{4}-\d{4,}|GHSA(?:-[0-9a-z]{4}){3})\b/.exec(text(record, "Title") ?? "")?.[1];
  const found = listed ?? generator ?? inTitle;
  return found !== undefined && /^[\w.:-]{3,80}$/.test(found) ? found : undefined;
}

function packageOf(record: JsonObject): string | undefined {
  const listed = objects(member(objects(member(record, "Vulnerabilities"))[0], "VulnerablePackages"));
  const names = listed.flatMap((each) => text(each, "Name") ?? []);
  if (names.length > 0) return [...new Set(names)].sort().join(",").slice(0, 500);
  const other = member(member(objects(member(record, "Resources"))[0], "Details"), "Other");
  return text(other, "PkgName");
}

/** Threats: someone was seen acting. `TTPs/Defense Evasion/DefenseEvasion:EC2-UnusualDNSResolver`. */
function guardDuty(record: JsonObject): AsffSource {
  const full = typesOf(record)[0] ?? text(record, "Title") ?? "unknown";
  const type = full.slice(full.lastIndexOf("/") + 1);
  const about = /(?:^|:)([A-Za-z0-9]+)[-!/]/.exec(type)?.[1] ?? "";
  const known: readonly (readonly [RegExp, string])[] = [
    [/BucketAnonymousAccessGranted|BucketPublicAccessGranted/, "s3.public"],
    [/BucketBlockPublicAccessDisabled|AccountBlockPublicAccessDisabled/, "s3.public-access-block-off"],
    [/CompromisedCredentials|LeakedCredentials|CredentialsExposed/, "iam.key.exposed"],
  ];
  const found = known.find(([pattern]) => pattern.test(type))?.[1];
  if (found !== undefined)
    return { tool: "guardduty", check: { kind: "rule", id: type, weakness: registered(found) } };
  const threatClass: WeaknessClass = /InstanceCredentialExfiltration/.test(type)
    ? "metadata-credential"
    : about === "IAMUser"
      ? "credential"
      : "vulnerability";
  const weakness: Weakness = {
    id: `guardduty.${type}`,
    class: threatClass,
    title: fewWords(
      type
        .split(/[-.!/]/)
        .slice(1)
        .join(" ") || type,
    ),
    resourceKinds: [],
    threat: true,
  };
  return { tool: "guardduty", check: { kind: "rule", id: type, weakness } };
}

/** External access: public, or by another account. The resource type says which weakness a public one is. */
function accessAnalyzer(record: JsonObject): AsffSource {
  const title = text(record, "Title") ?? "";
  const type = text(objects(member(record, "Resources"))[0], "Type") ?? "";
  const publicByType: Readonly<Record<string, string>> = {
    AwsS3Bucket: "s3.public",
    AwsKmsKey: "kms.open-key",
    AwsSqsQueue: "sqs.public",
    AwsSnsTopic: "sns.public",
    AwsLambdaFunction: "lambda.public",
    AwsEcrRepository: "ecr.open-repository",
    AwsIamRole: "iam.trust.broad",
  };
  const found =
    /public access/i.test(title) && Object.hasOwn(publicByType, type) ? publicByType[type] : undefined;
  const id = text(record, "GeneratorId") ?? "aws/access-analyzer";
  if (found !== undefined)
    return { tool: "access-analyzer", check: { kind: "rule", id, weakness: registered(found) } };
  return rule("access-analyzer", id, "trust", "access from outside");
}

/** Network reachability of Inspector: `Port 22 is reachable from an Internet Gateway - TCP`. */
function inspectorNetwork(record: JsonObject, generator: string): AsffSource {
  const title = text(record, "Title") ?? "";
  const port = /\bport (\d+)(?:-(\d+))?\b.*reachable from (?:an )?internet/i.exec(title);
  if (port === null) return rule("inspector", generator, classOfTypes(record));
  const ports =
    port[2] === undefined || port[2] === port[1] ? (port[1] ?? "") : `${port[1] ?? ""}-${port[2]}`;
  const subLocator = `${/\bUDP\b/.test(title) ? "udp" : "tcp"}/${ports}`;
  return {
    tool: "inspector",
    check: { kind: "rule", id: "network-reachability", weakness: registered("ec2.open-ingress"), subLocator },
  };
}

function rule(tool: string, id: string, weaknessClass: WeaknessClass, title = fewWords(id)): AsffSource {
  const slug = id
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "")
    .slice(0, 80);
  const weakness: Weakness = { id: `${tool}.${slug}`, class: weaknessClass, title, resourceKinds: [] };
  return { tool, check: { kind: "rule", id, weakness } };
}

/** ASFF types taxonomy: `NAMESPACE/CATEGORY/CLASSIFIER`. */
function classOfTypes(record: JsonObject): WeaknessClass {
  const types = typesOf(record).join(" ");
  if (/Vulnerabilities/.test(types)) return "vulnerability";
  if (/External Access Granted|Data Exposure|Publicly|Network Reachability/.test(types))
    return "public-exposure";
  if (/Credential|Exposed Keys/.test(types)) return "credential";
  if (/^(TTPs|Unusual Behaviors|Effects)/.test(types)) return "vulnerability";
  return "configuration";
}

const typesOf = (record: JsonObject): readonly string[] => {
  const types = member(record, "Types");
  return Array.isArray(types) ? types.filter((type): type is string => typeof type === "string") : [];
};

const fewWords = (id: string): string =>
  id
    .replaceAll(/([a-z])([A-Z])|([A-Z]+)(?=[A-Z][a-z])/g, "$1$3 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "")
    .slice(-5)
    .join(" ");
