import { word, type Raw } from "../api/search-params.js";

/** `as`: a team, where it is not one's own remit. */
export const remitSearch = (raw: Raw) => ({ as: word(raw.as) });
