import { problemSchema } from "../../api/index.js";
import { fault } from "../errors.js";
import type { Door } from "./door.js";
import { problemFault } from "./problem-fault.js";

const patience = 600_000;

/** What an address answers with where it is no JSON: a page, a playbook, an archive. */
export async function askBytes(door: Door, path: string): Promise<Buffer> {
  const response = await door
    .send(path, {
      headers: { authorization: `Bearer ${door.token}` },
      signal: AbortSignal.timeout(patience),
    })
    .catch((error: unknown) => {
      throw fault("server-away", door.place, error);
    });
  const bytes = Buffer.from(await response.arrayBuffer());
  if (response.ok) return bytes;
  const problem = problemSchema.safeParse(parsed(bytes.toString("utf8")));
  if (problem.success) throw problemFault(problem.data);
  throw fault("not-remit", `${door.place} answers ${String(response.status)}`);
}

export const askText = async (door: Door, path: string): Promise<string> =>
  (await askBytes(door, path)).toString("utf8");

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};
