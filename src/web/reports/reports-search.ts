import { word, type Raw } from "../api/search-params.js";

const read = (raw: Raw) => ({ from: word(raw.from), to: word(raw.to) });

export type ReportsSearch = Partial<ReturnType<typeof read>>;

export const reportsSearch: (raw: Raw) => ReportsSearch = read;
