import type { JsonObject } from "../json-value.js";
import { child, children, type XmlElement } from "./xml.js";

/**
 * A CycloneDX document in XML as the same document in JSON: the members that are read, under their JSON names
 * (CycloneDX 1.4). The extension for flaws of 1.2 and 1.3 (`ext/vulnerability/1.0`) is put in the form of 1.4.
 */
export function bomOfXml(root: XmlElement): JsonObject {
  const metadata = child(root, "metadata");
  const component = child(metadata, "component");
  const timestamp = child(metadata, "timestamp")?.text;
  return {
    bomFormat: "CycloneDX",
    specVersion: /\/bom\/([\d.]+)$/.exec(root.attributes["xmlns"] ?? "")?.[1] ?? "",
    ...known({ serialNumber: root.attributes["serialNumber"] }),
    metadata: {
      ...known({ timestamp }),
      ...(component === undefined ? {} : { component: componentOf(component) }),
    },
    components: children(child(root, "components"), "component").map(componentOf),
    vulnerabilities: children(child(root, "vulnerabilities"), "vulnerability").map(flawOf),
  };
}

function componentOf(element: XmlElement): JsonObject {
  const nested = children(child(element, "components"), "component");
  return {
    ...known({
      "bom-ref": element.attributes["bom-ref"],
      type: element.attributes["type"],
      ...texts(element, ["group", "name", "version", "purl"]),
    }),
    ...(nested.length === 0 ? {} : { components: nested.map(componentOf) }),
    vulnerabilities: children(child(element, "vulnerabilities"), "vulnerability").map(flawOf),
  };
}

function flawOf(element: XmlElement): JsonObject {
  const former = element.attributes["ref"];
  const analysis = child(element, "analysis");
  return {
    ...texts(element, ["id", "description", "recommendation"]),
    references: children(child(element, "references"), "reference").map((each) => texts(each, ["id"])),
    ratings: children(child(element, "ratings"), "rating").map(ratingOf),
    affects: [
      ...(former === undefined ? [] : [{ ref: former }]),
      ...children(child(element, "affects"), "target").map((target) => ({
        ...texts(target, ["ref"]),
        versions: children(child(target, "versions"), "version").map((each) =>
          texts(each, ["version", "range", "status"]),
        ),
      })),
    ],
    ...(analysis === undefined
      ? {}
      : { analysis: texts(analysis, ["state", "justification", "detail", "firstIssued", "lastUpdated"]) }),
  };
}

/** The score is an element with parts in the extension, a number in 1.4. */
function ratingOf(element: XmlElement): JsonObject {
  const score = child(element, "score");
  const base = child(score, "base")?.text ?? score?.text;
  const source = child(child(element, "source"), "name")?.text;
  return {
    ...texts(element, ["severity", "method", "vector"]),
    ...(base === undefined || base === "" ? {} : { score: Number(base) }),
    ...(source === undefined ? {} : { source: { name: source } }),
  };
}

const texts = (element: XmlElement, names: readonly string[]): JsonObject =>
  known(Object.fromEntries(names.map((name) => [name, child(element, name)?.text])));

const known = (members: Readonly<Record<string, string | undefined>>): JsonObject =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== ""));
