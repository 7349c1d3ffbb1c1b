import type { VulnerabilityDetail } from "../../core/findings/index.js";
import { member, objects, text, type JsonObject } from "../json-value.js";

export interface OcsfFlaw {
  readonly id: string;
  readonly title: string;
  readonly detail: VulnerabilityDetail;
  readonly instance: string | undefined;
  readonly severity: string | undefined;
}

/** The flaws of a record, one for each affected package or place in code; those without any name are left out. */
export function ocsfFlaws(record: JsonObject): readonly OcsfFlaw[] {
  return objects(member(record, "vulnerabilities")).flatMap((each) => {
    const cve = text(member(each, "cve"), "uid");
    const cwe = text(objects(member(member(each, "cve"), "cwes"))[0] ?? member(each, "cwe"), "uid");
    const advisory = text(member(each, "advisory"), "uid");
    const title = text(each, "title") ?? cve ?? advisory ?? cwe ?? "";
    const id = cve ?? advisory ?? cwe ?? (title === "" ? undefined : title);
    if (id === undefined) return [];
    const ids = [...new Set([cve, advisory].filter((name) => name !== undefined))];
    const score = objects(member(member(each, "cve"), "cvss"))
      .map((cvss) => member(cvss, "base_score"))
      .find((base): base is number => typeof base === "number");
    const epss = Number(text(member(member(each, "cve"), "epss"), "score") ?? Number.NaN);
    const known: VulnerabilityDetail = {
      ids: ids.length === 0 ? [id] : ids,
      ...(score === undefined ? {} : { cvss: score }),
      ...(Number.isFinite(epss) ? { epss: { score: epss } } : {}),
      ...(member(each, "is_exploit_available") === true ? { exploited: true } : {}),
    };
    const shared = { id, title, severity: text(each, "severity") };
    const packages = objects(member(each, "affected_packages"));
    const code = objects(member(each, "affected_code"));
    const places = code.flatMap(
      (at) => text(member(at, "file"), "path") ?? text(member(at, "file"), "name") ?? [],
    );
    if (packages.length === 0) {
      const detail = places.length === 0 ? known : { ...known, places };
      return [
        { ...shared, detail, instance: places.length === 0 ? undefined : places.join(" ").slice(0, 500) },
      ];
    }
    return packages.map((item): OcsfFlaw => {
      const name = text(item, "name");
      const purl = text(item, "purl");
      const installed = text(item, "version");
      const fixed = text(item, "fixed_in_version");
      const path = text(item, "path");
      const detail: VulnerabilityDetail = {
        ...known,
        ...(purl === undefined ? {} : { purl }),
        ...(name === undefined ? {} : { package: name }),
        ...(installed === undefined ? {} : { installed }),
        ...(fixed === undefined || fixed === "NotAvailable" ? {} : { fixed: [fixed] }),
        ...(path === undefined ? {} : { places: [path] }),
      };
      return {
        ...shared,
        detail,
        instance: [purl ?? name, path].filter((part) => part !== undefined).join(" "),
      };
    });
  });
}
