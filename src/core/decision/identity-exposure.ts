/**
 * Exposures that are an identity or its secret and no asset behind it (`ci.`, `vendor.`, `oauth.app.`, `saas.`,
 * `secret.exposed`): that the identity still opens something is what the exposure is, not a way around it (D5).
 */
export const isIdentityItself = (weakness: string): boolean =>
  /^(ci\.|vendor\.|oauth\.app\.|saas\.|secret\.exposed$)/.test(weakness);
