import { problemSchema } from "../../api/index.js";
import { fault } from "../errors.js";
import type { Door } from "./door.js";
import { problemFault } from "./problem-fault.js";

const patience = 600_000;

/** What an address answers with where it is no JSON: a page, a playbook. */
export async function askText(door: Door, path: string): Promise<string> {
  const response = await door
    .send(path, {
      headers: { authorization: `Bearer ${door.token}` },
      signal: AbortSignal.timeout(patience),
    })
    .catch((error: unknown) => {
      throw fault("server-away", door.place, error);
    });
  const text = await response.text();
  if (response.ok) return text;
  const problem = problemSchema.safeParse(parsed(text));
  if (problem.success) throw problemFault(problem.data);
  throw fault("not-remit", `${door.place} answers ${String(response.status)}`);
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};
