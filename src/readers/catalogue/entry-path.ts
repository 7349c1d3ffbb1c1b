import type { Origin } from "../../core/estate/index.js";

/** The path of an entry in the document, from the pointer of its origin. */
export const pathOf = (origin: Origin): readonly PropertyKey[] =>
  (origin.pointer ?? "")
    .split("/")
    .slice(1)
    .map((part) => stepOf(part.replaceAll("~1", "/").replaceAll("~0", "~")));

/** `planes.build.owner` as steps of a path. */
export const stepsOf = (field: string): readonly PropertyKey[] => field.split(".").map(stepOf);

export const stepOf = (part: string): PropertyKey => (/^\d+$/.test(part) ? Number(part) : part);
