/**
 * Whether a change document names a file: on the command line a plan or a policy may be a path, and whoever sends a
 * change over the network must not have files of the server read. As `readers/change` looks for them: any entry's own
 * `document`, where it is a text that is no policy.
 */
export function namesFiles(change: unknown): boolean {
  const entries = isObject(change) ? change["changes"] : undefined;
  if (!Array.isArray(entries)) return false;
  return (entries as readonly unknown[]).some(
    (entry) =>
      isObject(entry) &&
      (entry["terraformPlan"] !== undefined ||
        Object.values(entry).some(
          (inner) =>
            isObject(inner) &&
            typeof inner["document"] === "string" &&
            !inner["document"].trimStart().startsWith("{"),
        )),
  );
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
