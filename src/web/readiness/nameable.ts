const authorityDuties = [
  "revoke",
  "compensating-control",
  "residual-risk",
  "privilege-change",
  "emergency",
] as const;

/** Duties that are a plane of the workload. */
export const planes: Readonly<Record<string, string>> = {
  patch: "build",
  run: "runtime",
  respond: "incident",
};

export const isAuthority = (duty: string): boolean => authorityDuties.some((one) => one === duty);

/** Duties that the catalogue gives one workload; the others are an account's or the company's, and are written there. */
export const canName = (duty: string): boolean => isAuthority(duty) || duty in planes;
