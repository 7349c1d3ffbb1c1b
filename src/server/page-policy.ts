/** A report needs no script and nothing from anywhere, so the browser is told to refuse both, whatever it holds. */
export const reportPolicy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/**
 * The screens load scripts, styles and data from this server alone, and no text ever becomes markup (Trusted Types).
 * `nonce`: of this answer; the styles with which a dialog stops the page behind it carry it.
 */
export const screenPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
