import { parseArn } from "../../estate/index.js";
import type { EdgeSketch } from "./edge.js";

/**
 * A privileged root session does one task: audit or delete the root credentials, unlock a bucket or a queue policy, or
 * allow the password to be recovered (STS API reference, AssumeRoot: TaskPolicyArn). It becomes the root user only
 * where whoever recovers the password also reads the mailbox, which no document of the cloud says.
 */
export function rootSession(root: string): Pick<EdgeSketch, "verdict" | "missing"> {
  const account = parseArn(root)?.account ?? root;
  return {
    verdict: "unknown",
    missing: [
      {
        key: `root-mailbox|aws:${account}`,
        fact: `who reads the mailbox of the root user of account ${account}`,
        collect: "state `root.mailboxControlled` of the account in the estate",
      },
    ],
  };
}
