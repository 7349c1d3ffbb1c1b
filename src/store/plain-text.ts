/** PostgreSQL keeps neither NUL nor lone surrogates in its texts; JSON writes both as escapes, columns cannot. */
export const plain = (text: string): string =>
  Buffer.from(text, "utf8").toString("utf8").replaceAll("\0", "\ufffd");
