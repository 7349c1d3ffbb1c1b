import { isObject } from "../json-value.js";

/** A member whose name differs in case by the version of the API (`Id` and `id`, `Source` and `source`). */
export function anyCase(value: unknown, name: string): unknown {
  if (!isObject(value)) return undefined;
  if (Object.hasOwn(value, name)) return value[name];
  const wanted = name.toLowerCase();
  const found = Object.keys(value).find((key) => key.toLowerCase() === wanted);
  return found === undefined ? undefined : value[found];
}

export function anyCaseText(value: unknown, name: string): string | undefined {
  const found = anyCase(value, name);
  return typeof found === "string" && found !== "" ? found : undefined;
}
