/**
 * The document as text: two spaces, keys in the order of the document's own type, `undefined` left out, one newline at
 * the end. The same value gives the same bytes.
 */
export const renderJson = (document: unknown): string => `${JSON.stringify(document, null, 2)}\n`;
