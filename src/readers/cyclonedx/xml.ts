/** An element without its prefix; text is that of the element itself, trimmed. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: XmlElement[];
  text: string;
}

const limits = { depth: 100, elements: 1_000_000 };
const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/**
 * XML as tools write it: elements, attributes, text, CDATA, comments. Document types are refused (they bring entities
 * that grow without bound and files from elsewhere), as is what is not well formed; nothing partial is given.
 */
export function parseXml(source: string): XmlElement | { readonly reason: string } {
  const token =
    /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<(!?)(\/?)([^\s/>]{1,200})((?:"[^"]*"|'[^']*'|[^>"'])*?)(\/?)>|([^<]+)/gy;
  const open: Open[] = [];
  let root: XmlElement | undefined;
  let elements = 0;
  let at = 0;
  const close = (element: Open): void => {
    const done = { ...element, text: element.text.trim() };
    const parent = open.at(-1);
    if (parent === undefined) root = done;
    else parent.children.push(done);
  };
  const text = source.startsWith("\uFEFF") ? source.slice(1) : source;
  while (at < text.length) {
    token.lastIndex = at;
    const found = token.exec(text);
    if (found === null) return { reason: `not well-formed XML at character ${at}` };
    at = token.lastIndex;
    const [, cdata, declaration, ending, name, attributes = "", alone, plain] = found;
    if (declaration === "!") return { reason: "the XML declares a document type: such files are not read" };
    if (plain !== undefined || cdata !== undefined) {
      const current = open.at(-1);
      if (current !== undefined) current.text += cdata ?? decode(plain ?? "");
      else if ((plain ?? "").trim() !== "") return { reason: "text stands outside of the XML document" };
      continue;
    }
    if (name === undefined) continue;
    const local = name.slice(name.indexOf(":") + 1);
    if (ending === "/") {
      const current = open.pop();
      if (current?.name !== local) return { reason: `\`</${name.slice(0, 40)}>\` closes what is not open` };
      close(current);
      continue;
    }
    elements += 1;
    if (elements > limits.elements) return { reason: `more than ${limits.elements} elements` };
    if (open.length >= limits.depth) return { reason: `nested deeper than ${limits.depth} levels` };
    if (root !== undefined) return { reason: "a second document follows the first" };
    const element: Open = { name: local, attributes: attributesOf(attributes), children: [], text: "" };
    if (alone === "/") close(element);
    else open.push(element);
  }
  if (open.length > 0 || root === undefined) return { reason: "the XML ends before its document does" };
  return root;
}

function attributesOf(source: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name = "", double, single] of source.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    const local = name.slice(name.indexOf(":") + 1);
    if (local !== "__proto__") found[local] = decode(double ?? single ?? "");
  }
  return found;
}

const decode = (text: string): string =>
  text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{1,8}));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      const code =
        decimal !== undefined ? Number(decimal) : hex !== undefined ? parseInt(hex, 16) : undefined;
      if (code !== undefined) return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      return entities[name ?? ""] ?? whole;
    },
  );

/** The first child of that name. */
export const child = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.find((each) => each.name === name);

export const children = (element: XmlElement | undefined, name: string): readonly XmlElement[] =>
  element?.children.filter((each) => each.name === name) ?? [];
