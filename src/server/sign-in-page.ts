/** Pages of a login that the screens cannot show, because nobody is signed in yet. No script; plain words. */
export interface PageText {
  readonly title: string;
  readonly lines: readonly string[];
}

const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

const shell = (head: string, { title, lines }: PageText, tail: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escape(title)} · Remit</title>` +
  `<meta name="viewport" content="width=device-width, initial-scale=1">${head}` +
  `<style>body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:15vh auto;padding:0 1rem;` +
  `color-scheme:light dark}h1{font-size:1.25rem}</style></head><body><main><h1>${escape(title)}</h1>` +
  `${lines.map((line) => `<p>${escape(line)}</p>`).join("")}${tail}</main></body></html>`;

export const refusalPage = (text: PageText): string =>
  shell("", text, '<p><a href="/sign-in">Back to signing in</a></p>');

/**
 * After a login. The browser goes on by itself, from a page of ours: what it asks for next then carries the session's
 * cookie, which it would not send along with a redirect that began at the provider (SameSite=Strict). `to`: a path.
 */
export const goOnPage = (to: string): string =>
  shell(
    `<meta http-equiv="refresh" content="0;url=${escape(to)}">`,
    { title: "Signed in", lines: [] },
    `<p><a href="${escape(to)}">Go on</a></p>`,
  );

/** A path of this installation and nothing else: `//evil.example` and `/\evil.example` are other places to a browser. */
export const ownPath = (text: string | undefined): string =>
  text !== undefined && text.length <= 2000 && /^\/(?![/\\])[\x21-\x7e]*$/.test(text) && !text.includes("\\")
    ? text
    : "/";
