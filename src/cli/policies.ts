import type { Authorizer } from "../app/index.js";
import { fault } from "./errors.js";

/** The policies of `path`, else those that ship; checked before anything is opened. */
export async function authorizerFrom(path: string | undefined): Promise<Authorizer> {
  const { createAuthorizer, isPolicyFault, readPolicyFiles, shippedPolicies } =
    await import("../app/index.js");
  if (path === undefined) return createAuthorizer(shippedPolicies());
  try {
    return createAuthorizer(readPolicyFiles(path));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "EACCES")
      throw fault("bad-setting", `the policies \`${path}\` cannot be read`, error);
    if (isPolicyFault(error)) throw fault("bad-setting", `the policies \`${path}\`: ${error.message}`, error);
    throw error;
  }
}
