import { isObject, type JsonChange } from "./what-if/change-kinds.js";
import { oneOf, wholeNumber, word, type Raw } from "../api/search-params.js";

export const panels = ["evidence", "cut", "what-if"] as const;

export interface CaseSearch {
  /** Routes and hops count from 1. */
  readonly route?: number;
  readonly hop?: number;
  readonly show?: (typeof panels)[number];
  readonly as?: "list";
  /** Ticked changes of the cut, from 1: `1,3`. */
  readonly cut?: string;
  /** Changes of the what-if, as `remit.change/1` has them. */
  readonly try?: readonly JsonChange[];
  /** Digest and pointer of the evidence that is open. */
  readonly source?: string;
}

export function caseSearch(raw: Raw): CaseSearch {
  const cut = word(raw.cut);
  const search = {
    route: wholeNumber(raw.route),
    hop: wholeNumber(raw.hop),
    show: oneOf(raw.show, panels),
    as: oneOf(raw.as, ["list"]),
    cut: cut !== undefined && /^\d+(,\d+)*$/.test(cut) ? cut : undefined,
    try: changesOf(raw.try),
    source: typeof raw.source === "string" ? raw.source.slice(0, 4200) : undefined,
  };
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}

/** What an address cannot hold is asked about all the same, and no link shows it. */
export const addressRoom = 4000;

const changesOf = (value: unknown): readonly JsonChange[] | undefined =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every(isObject) &&
  JSON.stringify(value).length <= addressRoom
    ? value
    : undefined;

export const ticksOf = ({ cut }: CaseSearch): readonly number[] =>
  cut === undefined ? [] : [...new Set(cut.split(",").map(Number))].sort((a, b) => a - b);
