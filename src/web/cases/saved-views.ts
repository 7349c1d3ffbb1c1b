import { casesSearch } from "./cases-search.js";

export interface SavedView {
  readonly name: string;
  readonly search: Readonly<Record<string, unknown>>;
}

const key = "remit-case-views";
const most = 20;

export function savedViews(): readonly SavedView[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isView).slice(0, most) : [];
  } catch {
    return [];
  }
}

export const keepView = (view: SavedView): readonly SavedView[] =>
  keep([...savedViews().filter(({ name }) => name !== view.name), view].slice(-most));

/** `search`: as JSON. */
export const removeView = (search: string): readonly SavedView[] =>
  keep(savedViews().filter((view) => JSON.stringify(casesSearch(view.search)) !== search));

function keep(views: readonly SavedView[]): readonly SavedView[] {
  localStorage.setItem(key, JSON.stringify(views));
  return views;
}

const isView = (value: unknown): value is SavedView =>
  typeof value === "object" &&
  value !== null &&
  typeof (value as SavedView).name === "string" &&
  typeof (value as SavedView).search === "object" &&
  (value as SavedView).search !== null;
