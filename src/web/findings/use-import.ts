import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ImportDetail } from "../../api/index.js";
import type { Rejection } from "../../core/estate/index.js";
import { ProblemError, read, send } from "../api/client.js";
import { apiPath } from "../api/path.js";
import { roleOf, type DocumentRole } from "./document-role.js";

export interface Chosen {
  readonly path: string;
  readonly file: File;
  readonly role: DocumentRole;
}

export interface Imported {
  readonly documents: number;
  readonly opened: readonly string[];
  readonly redecided: readonly string[];
  readonly verified: readonly string[];
  readonly rejected: readonly Rejection[];
}

/** A large one is not waited for: it has an id, and nothing to tell yet. */
type Accepted = Partial<Imported> & { readonly id: string };

/** Bytes of a file that are looked at before it is sent. */
const headBytes = 65_536;

/** Files that were dropped or chosen, sent together: what depends on each other is read together. */
export function useImport() {
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<readonly Chosen[]>([]);
  const [phase, setPhase] = useState("");
  const [sent, setSent] = useState<Sent>();
  const sending = useMutation({
    mutationFn: async (files: readonly { readonly path: string; readonly file: File }[]) => {
      const roles = await Promise.all(
        files.map(async ({ path, file }) => ({
          path,
          file,
          role: roleOf(path, await file.slice(0, headBytes).text()),
        })),
      );
      setChosen(roles);
      setPhase("");
      setSent(undefined);
      return sendAll(roles, { onPhase: setPhase, onSent: (bytes, of) => setSent({ bytes, of }) });
    },
    onSuccess: () => queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" }),
  });
  return { chosen, sending, phase, sent };
}

/** How much of the upload has left; until it begins to, nothing is known. */
export interface Sent {
  readonly bytes: number;
  readonly of: number;
}

interface Told {
  readonly onPhase: (phase: string) => void;
  readonly onSent: (bytes: number, of: number) => void;
}

/** The catalogue first: whoever answers for what is found is known by the one that is in force then. */
async function sendAll(files: readonly Chosen[], { onPhase, onSent }: Told): Promise<Imported> {
  for (const { file, role } of files) if (role === "catalogue") await putCatalogue(await file.text());
  const documents = files.filter(({ role }) => role !== "catalogue");
  if (documents.length === 0) return { documents: 0, opened: [], redecided: [], verified: [], rejected: [] };
  const form = new FormData();
  for (const { path, file, role } of documents) form.append(role, file, path);
  const { value } = await send<Accepted>(apiPath("/imports"), { method: "POST", body: form, onSent });
  return value.opened === undefined ? ended(value.id, onPhase) : (value as Imported);
}

/** What was not waited for goes on by itself: it is asked how far it is until it has ended. */
async function ended(id: string, tell: (phase: string) => void): Promise<Imported> {
  for (;;) {
    const { state, progress, result, failure } = (
      await read<ImportDetail>(apiPath(`/imports/${encodeURIComponent(id)}`))
    ).value;
    if (result !== undefined) return result;
    if (state === "failed") throw new Error(failure ?? "the import failed");
    tell(phaseOf(progress));
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
}

const lookMs = 1000;

function phaseOf(progress: ImportDetail["progress"]): string {
  if (progress === undefined) return "waiting for the analysis before";
  const { phase, done, total } = progress;
  return total === undefined
    ? phase
    : `${phase}: ${done.toLocaleString("en")} of ${total.toLocaleString("en")}`;
}

async function putCatalogue(text: string): Promise<void> {
  const current = await read<string>(apiPath("/catalogue")).catch((error: unknown) => {
    if (error instanceof ProblemError && error.status === 404) return undefined;
    throw error;
  });
  await send(apiPath("/catalogue"), {
    method: "PUT",
    body: text,
    type: "application/yaml",
    ifMatch: current?.etag ?? '"0"',
  });
}
