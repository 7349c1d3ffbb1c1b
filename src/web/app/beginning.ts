import type { QueryClient } from "@tanstack/react-query";
import type { Summary } from "../../api/index.js";
import { ProblemError, read } from "../api/client.js";
import { apiPath } from "../api/path.js";

/** Where one begins: a live incident, else what is yours, else the list; an empty installation, with its first documents. */
export async function beginning(
  queries: QueryClient,
): Promise<"/command" | "/remit" | "/cases" | "/start" | "/sign-in"> {
  try {
    const { value } = await read<Summary>(apiPath("/summary"));
    queries.setQueryData(["summary"], value);
    const { analysed, cases } = value;
    if (!analysed) return "/start";
    if (cases.incidents > 0) return "/command";
    return cases.mine + cases.waiting > 0 ? "/remit" : "/cases";
  } catch (error) {
    // Whoever signs in begins here again: a way back to one of the screens would miss where they begin.
    if (error instanceof ProblemError && error.status === 401) return "/sign-in";
    // Nobody answers: the frame says so.
    return "/remit";
  }
}
