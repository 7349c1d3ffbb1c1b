/** A report needs no script and nothing from anywhere, so the browser is told to refuse both, whatever it holds. */
export const reportPolicy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");
