/** The last instant that an end covers: of a day without a time its last millisecond (UTC). */
export const endOf = (until: string): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(until) ? `${until}T23:59:59.999Z` : until;
