import {
  observedTime,
  severityOf,
  type DataQuality,
  type FindingDraft,
  type VulnerabilityDetail,
} from "../../core/findings/index.js";
import type { FindingsReader, FindingTranslation, TranslatedRow } from "../findings-reader.js";
import { isObject, member, text, type JsonObject } from "../json-value.js";

/** Vulnerabilities of machines, of the API of Defender for Endpoint. */
export const defenderEndpoint: FindingsReader = {
  kind: "defender-endpoint",
  title: "Microsoft Defender for Endpoint vulnerabilities",
  form: "json",
  about: {
    versions: "`machinesVulnerabilities` and `SoftwareVulnerabilitiesByMachine`",
    envelopes: '`{"@odata.context": …, "value": […]}`; list; JSON lines',
    reads: ["CVE, machine, vendor, product and version of the software, severity, fixing update, times"],
    ignores: ["links and counters"],
    fixture: "SoftwareVulnerabilitiesByMachine: written from the API reference",
  },
  recognises: (record) =>
    isVulnerability(record) ||
    (Array.isArray(member(record, "value")) &&
      /securitycenter|security\.microsoft/i.test(text(record, "@odata.context") ?? "")),
  translate,
};

const isVulnerability = (value: unknown): boolean =>
  text(value, "cveId") !== undefined &&
  (text(value, "machineId") !== undefined || text(value, "deviceId") !== undefined);

function translate(record: JsonObject): FindingTranslation {
  const list = member(record, "value");
  if (!Array.isArray(list)) return vulnerability(record);
  const rows = list.map((item: unknown, index): TranslatedRow => {
    const pointer = `/value/${index}`;
    return isObject(item) && isVulnerability(item)
      ? { pointer, ...vulnerability(item) }
      : { pointer, reason: "no `cveId` with a `machineId` or `deviceId`" };
  });
  return { rows, ...(text(record, "@odata.nextLink") === undefined ? {} : { more: "@odata.nextLink" }) };
}

function vulnerability(record: JsonObject): { readonly drafts: readonly FindingDraft[] } {
  const cve = text(record, "cveId") ?? "";
  const machine = text(record, "machineId") ?? text(record, "deviceId") ?? "";
  const vendor = text(record, "productVendor") ?? text(record, "softwareVendor");
  const product = text(record, "productName") ?? text(record, "softwareName");
  const version = text(record, "productVersion") ?? text(record, "softwareVersion");
  const component = [vendor, product].filter((part) => part !== undefined).join("/");
  const fix = text(record, "fixingKbId") ?? text(record, "recommendedSecurityUpdateId");
  const id = text(record, "id");
  const seen = observedTime(member(record, "lastSeenTimestamp"));
  const quality: DataQuality[] = seen?.zoneAssumed === true ? ["zone-assumed"] : [];
  const detail: VulnerabilityDetail = {
    ids: [cve],
    ...(component === "" ? {} : { package: component }),
    ...(version === undefined ? {} : { installed: version }),
    ...(fix === undefined ? {} : { fixed: [fix] }),
    ...(text(record, "exploitabilityLevel") === "ExploitIsInKit" ? { exploited: true } : {}),
  };
  const draft: FindingDraft = {
    tool: "defender-endpoint",
    provider: "host",
    check: { kind: "vulnerability", id: cve },
    resource: {
      provider: "host",
      rawId: machine,
      // The name may change and is not unique: the id tells machines apart.
      name: machine,
      rawType: "machine",
      rawAccount: "defender-endpoint",
    },
    result: "fail",
    severity: severityOf(text(record, "severity") ?? text(record, "vulnerabilitySeverityLevel")),
    title: cve,
    detail: [text(record, "deviceName"), component, version]
      .filter((part) => part !== undefined && part !== "")
      .join(" "),
    nativeIds: id === undefined ? [] : [id],
    tags: {},
    observedAt: seen?.at,
    firstSeenAt: observedTime(member(record, "firstSeenTimestamp"))?.at,
    instance: component === "" ? undefined : component,
    quality,
    vulnerability: detail,
  };
  return { drafts: [draft] };
}
