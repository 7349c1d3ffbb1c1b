/**
 * The user whose answer a file holds, from its name: `access-keys-svc-batch.json`, `mfa-devices-ana.ruiz.json`.
 * Answers of IAM about one user that list nothing do not name the user. `what` is a regular expression.
 */
export function userOfPath(path: string, what: string): string | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/\.(?:json|txt)(?:\.gz)?$/i, "");
  return new RegExp(`(?:^|[-_.])${what}-([\\w+=,.@-]{1,64})$`).exec(name)?.[1];
}

/** The scope of a listing that covers one user: `aws:222222222222/user/svc-batch`. */
export const userScope = (account: string, user: string): string => `aws:${account}/user/${user}`;
