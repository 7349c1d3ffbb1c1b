import { isMap, isSeq, parseDocument } from "yaml";
import { isAuthority, planes } from "./nameable.js";

export interface Naming {
  /** Id of the workload. */
  readonly workload: string;
  readonly duty: string;
  readonly person: string;
  readonly deputy?: string;
  /** `2027-11-22`; of authorities only, and they end on that day. */
  readonly until?: string;
}

/**
 * The catalogue with this person named. What is said of exactly this workload and duty is replaced, everything else stays
 * as it is written, comments too. Undefined where `text` is no YAML map.
 */
export function withNamed(text: string, naming: Naming): string | undefined {
  const { workload, duty, person, deputy, until } = naming;
  const document = parseDocument(text === "" ? "version: 1\n" : text);
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined;
  const section = isAuthority(duty) ? "authorities" : "workloads";
  const held = document.get(section);
  const list = isSeq(held) ? held : document.createNode([]);
  if (!isSeq(held)) document.set(section, list);
  const scope = `workload:${workload}`;
  const found = list.items.findIndex((item) =>
    isMap(item)
      ? isAuthority(duty)
        ? item.get("kind") === duty && item.get("scope") === scope && !item.has("credential")
        : item.get("id") === workload
      : false,
  );
  const path = [section, found < 0 ? list.items.length : found];
  const set = (place: readonly string[], value: string | undefined): void => {
    if (value !== undefined) document.setIn([...path, ...place], value);
    else document.deleteIn([...path, ...place]);
  };
  if (found < 0)
    list.items.push(
      document.createNode(isAuthority(duty) ? { kind: duty, scope } : { id: workload, planes: {} }, {
        flow: true,
      }),
    );
  if (isAuthority(duty)) {
    set(["holder"], person);
    set(["deputy"], deputy);
    set(["until"], until);
  } else {
    const plane = planes[duty] ?? duty;
    set(["planes", plane, "owner"], person);
    set(["planes", plane, "deputy"], deputy);
  }
  return document.toString({ lineWidth: 120 });
}
