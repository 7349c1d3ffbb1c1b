/**
 * A tsquery in which every word is the beginning of one. Words are letters and digits, so that nothing in them means
 * anything to the query.
 */
export const prefixesOf = (terms: readonly string[]): string =>
  terms.map((term) => `'${lettersOf(term)}':*`).join(" & ");

export const lettersOf = (term: string): string => term.replaceAll(/[^\p{L}\p{N}]/gu, "");
