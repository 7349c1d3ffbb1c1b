/**
 * Characters that a terminal or a browser would obey instead of show: controls, direction changes (the
 * "trojan source" set), invisible spaces and tags. Names come from outside and must not steer the reader.
 */
const unseen =
  // eslint-disable-next-line no-control-regex, no-misleading-character-class -- finding such characters is the purpose
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180b-\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\u{e0001}|[\u{e0020}-\u{e007f}]|(?<![\p{Extended_Pictographic}\ufe0f\u{1f3fb}-\u{1f3ff}])\u200d/gu;

/** The text with every such character written out as `U+202E`. */
export const visible = (text: string): string => text.replace(unseen, codePointName);

function codePointName(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  return `U+${point.toString(16).toUpperCase().padStart(4, "0")}`;
}
