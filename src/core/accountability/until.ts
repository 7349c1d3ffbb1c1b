/** Whether something that holds until `until` still holds at `now`. A day without a time holds to its end (UTC). */
export function stillHolds(until: string, now: string): boolean {
  const end = /^\d{4}-\d{2}-\d{2}$/.test(until) ? `${until}T23:59:59.999Z` : until;
  const [last, instant] = [Date.parse(end), Date.parse(now)];
  // What cannot be read as a time counts for nothing: an approval is never stretched by a typo.
  return Number.isFinite(last) && Number.isFinite(instant) && last >= instant;
}
