export interface LastPlace {
  readonly to: string;
  readonly name: string;
}

const key = "remit-last-places";
const most = 8;

/** Where this browser went last; nothing when it keeps nothing. */
export function lastPlaces(): readonly LastPlace[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isPlace).slice(0, most) : [];
  } catch {
    return [];
  }
}

export function keepPlace(place: LastPlace): void {
  const others = lastPlaces().filter(({ to }) => to !== place.to);
  localStorage.setItem(key, JSON.stringify([place, ...others].slice(0, most)));
}

const isPlace = (value: unknown): value is LastPlace =>
  typeof value === "object" &&
  value !== null &&
  typeof (value as LastPlace).to === "string" &&
  (value as LastPlace).to.startsWith("/") &&
  typeof (value as LastPlace).name === "string";
