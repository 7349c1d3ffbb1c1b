/** PostgreSQL keeps neither NUL nor lone surrogates in its texts; JSON writes both as escapes, columns cannot. */
export const plain = (text: string): string =>
  mayBeRefused.test(text) ? Buffer.from(text, "utf8").toString("utf8").replaceAll("\0", "\ufffd") : text;

/** A cheap look, as nearly no text holds any: surrogates in pairs are let through by what follows. */
const mayBeRefused = /[\0\ud800-\udfff]/;
