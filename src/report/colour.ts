/** Standard foreground colours of a terminal, so that the reader's own theme decides the shade. */
const codes: Readonly<Record<string, string>> = {
  "yes, by itself": "1;31",
  "yes, from outside": "31",
  yes: "33",
  "shared cause": "35",
  unknown: "34",
  "only admins": "2",
  governed: "36",
  cannot: "32",
};

/** The word of COMES BACK, coloured; nothing else ever is. Padding is kept outside of the colour. */
export function colourWord(padded: string): string {
  const word = padded.trimEnd();
  const code = codes[word];
  return code === undefined ? padded : `\u001b[${code}m${word}\u001b[0m${padded.slice(word.length)}`;
}
