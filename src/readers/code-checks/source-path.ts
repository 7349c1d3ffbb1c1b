/** A path as tools write it, with `/` between its parts and without scheme or `./` in front. */
export const sourcePath = (path: string): string =>
  path
    .replaceAll("\\", "/")
    .replace(/^file:\/\/(?=\/)/i, "")
    .replace(/^(\.\/)+/, "");
