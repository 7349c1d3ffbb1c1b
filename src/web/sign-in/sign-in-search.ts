/** Only an address of this installation: a link must not send anybody elsewhere after signing in. */
export function signInSearch(raw: Readonly<Record<string, unknown>>): { readonly return?: string } {
  const back = raw.return;
  return typeof back === "string" && /^\/(?![/\\])/.test(back) ? { return: back } : {};
}
