/** Files that paths, folders and patterns name, as `analyze` would read them; and what is not there. */
export async function inputFiles(paths: readonly string[]): Promise<{
  readonly files: readonly { readonly path: string }[];
  readonly missing: readonly { readonly path: string; readonly reason: string }[];
}> {
  const { expandInputPaths } = await import("../readers/index.js");
  const found = await expandInputPaths(paths);
  return {
    files: found.flatMap((item) => (item.kind === "file" ? [{ path: item.path }] : [])),
    missing: found.flatMap((item) =>
      item.kind === "missing-path" ? [{ path: item.path, reason: item.reason }] : [],
    ),
  };
}
