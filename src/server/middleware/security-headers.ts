import { secureHeaders } from "hono/secure-headers";

/**
 * What a browser is told on every answer: nothing is loaded from elsewhere, framed, sniffed or passed on (OWASP
 * Secure Headers). Styles of the page are files too, so that no `unsafe-inline` is needed.
 */
export const securityHeaders = () =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      baseUri: ["'none'"],
      objectSrc: ["'none'"],
      frameAncestors: ["'none'"],
      formAction: ["'self'"],
      imgSrc: ["'self'", "data:"],
      requireTrustedTypesFor: ["'script'"],
    },
    crossOriginOpenerPolicy: "same-origin",
    crossOriginResourcePolicy: "same-origin",
    referrerPolicy: "no-referrer",
    // Only means something over https; the proxy that ends TLS may say more.
    strictTransportSecurity: "max-age=31536000",
    xFrameOptions: "DENY",
    permissionsPolicy: { camera: [], geolocation: [], microphone: [] },
  });
