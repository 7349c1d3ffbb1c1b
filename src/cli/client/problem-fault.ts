import type { Problem } from "../../api/index.js";
import { fault, type CliFault, type ErrorCode } from "../errors.js";

/** What the command line calls a problem of the API. */
const codes: Readonly<Record<number, ErrorCode>> = {
  401: "no-token",
  403: "not-allowed",
  404: "not-there",
  409: "server-refuses",
  412: "server-refuses",
};

/** The problem as a fault: what exactly, and what the server says to do about it. */
export function problemFault({ status, title, detail, hint, reference }: Problem): CliFault {
  const away = status >= 500 || status === 429;
  const what = detail === undefined || detail === title ? title : `${title}: ${detail}`;
  // What cannot be used is a question or a document of the caller's: the place and the reason are all there is to say.
  if (status === 422 && detail !== undefined) return fault("bad-request", detail);
  const found = fault(
    away ? "server-fault" : (codes[status] ?? "bad-request"),
    away ? `${what} (reference ${reference})` : what,
  );
  // With what the server says, where the registry has no better word.
  return status === 401 ? found : Object.assign(found, { hint });
}
