import { word, type Raw } from "../api/search-params.js";

/** `as`: a team, where it is not one's own remit. */
const read = (raw: Raw) => ({ as: word(raw.as) });

export type RemitSearch = Partial<ReturnType<typeof read>>;

export const remitSearch: (raw: Raw) => RemitSearch = read;
