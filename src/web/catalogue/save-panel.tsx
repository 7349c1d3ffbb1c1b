import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { CatalogueCheck } from "../../api/index.js";
import { ProblemError, send } from "../api/client.js";
import { apiPath } from "../api/path.js";
import { CaseLink } from "../parts/case-link.js";
import { Sentence } from "../parts/plain-text.js";
import { Refusal } from "../parts/refusal.js";
import { DiffView } from "./diff-view.js";
import { checked } from "./use-check.js";
import type { DraftState, InForce } from "./use-draft.js";

interface SavePanelProps {
  readonly draft: DraftState;
  readonly inForce: InForce;
  readonly check: CatalogueCheck | undefined;
}

/** The button that saved it is gone with the draft. */
const focus = (element: HTMLElement | null): void => element?.focus({ preventScroll: true });

/** Before a version is saved one sees what it changes; when somebody else saved first, both versions are shown. */
export function SavePanel({ draft, inForce, check }: SavePanelProps) {
  const queries = useQueryClient();
  const effect = useMutation({ mutationFn: async (text: string) => (await checked(text, true)).value });
  const save = useMutation({
    mutationFn: (text: string) =>
      send<{ readonly version: number }>(apiPath("/catalogue"), {
        method: "PUT",
        body: text,
        type: "application/yaml",
        ifMatch: draft.from.etag,
      }),
    onSuccess: async () => {
      draft.discard();
      effect.reset();
      await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
    },
    onError: async (error) => {
      if (error instanceof ProblemError && error.status === 412)
        await queries.invalidateQueries({ queryKey: ["catalogue", "text"] });
    },
  });
  if (save.isSuccess && !draft.changed)
    return (
      <p role="status" className="saved" tabIndex={-1} ref={focus}>
        Version {save.data.value.version} is in force.
      </p>
    );
  if (!draft.changed) return null;
  if (draft.behind) return <Conflict draft={draft} inForce={inForce} />;
  const valid = check?.valid !== false;
  return (
    <section className="panel save" aria-label="The draft">
      <div className="panel-head">
        <h2>A draft that is not saved</h2>
        <span className="buttons">
          <button
            type="button"
            className="button"
            onClick={() => {
              draft.discard();
              effect.reset();
            }}
          >
            Discard the draft
          </button>
          <button
            type="button"
            className="button"
            disabled={!valid || effect.isPending}
            onClick={() => {
              effect.mutate(draft.text);
            }}
          >
            {effect.isPending ? "Finding out what changes" : "Show what changes"}
          </button>
          <button
            type="button"
            className="button primary"
            disabled={!valid || save.isPending}
            onClick={() => {
              save.mutate(draft.text);
            }}
          >
            {save.isPending ? "Saving" : "Save under your name"}
          </button>
        </span>
      </div>
      {valid ? undefined : <p>It has problems, so it stays a draft; the version in force goes on holding.</p>}
      {save.error === null ? undefined : <Refusal error={save.error} />}
      {effect.error === null ? undefined : <Refusal error={effect.error} />}
      {effect.data === undefined ? undefined : <Effect check={effect.data} />}
      <details>
        <summary>Changed lines</summary>
        <DiffView before={draft.from.text} after={draft.text} />
      </details>
    </section>
  );
}

function Conflict({ draft, inForce }: { readonly draft: DraftState; readonly inForce: InForce }) {
  return (
    <section className="panel save" aria-label="Two versions" role="alert">
      <h2>Somebody else saved a version while you edited</h2>
      <p>
        Both are below: `-` is only in theirs, `+` only in yours. Keep one, or merge by hand in remit.yaml.
      </p>
      <div className="buttons">
        <button type="button" className="button" onClick={draft.discard}>
          Keep theirs
        </button>
        <button
          type="button"
          className="button"
          onClick={() => {
            draft.rebase(draft.text);
          }}
        >
          Go on with yours over theirs
        </button>
      </div>
      <DiffView before={inForce.text} after={draft.text} />
    </section>
  );
}

function Effect({ check }: { readonly check: CatalogueCheck }) {
  const { effect } = check;
  if (effect === undefined)
    return <p>{check.valid ? "Nothing was analysed yet, so nothing changes." : "It would not be stored."}</p>;
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  return (
    <div className="effect">
      <p>
        {effect.cases.length} cases and {effect.cells.length} duties change; coverage{" "}
        {percent(effect.coverage.before)} → {percent(effect.coverage.after)}.
      </p>
      <ul>
        {effect.cases.slice(0, 20).map(({ id, title, before, after }) => (
          <li key={id}>
            <CaseLink id={id} /> <Sentence text={title} />:{" "}
            {before === undefined
              ? "opens"
              : after === undefined
                ? "goes"
                : `${before.words}, lead ${before.leadName ?? before.lead} → ${after.words}, lead ${after.leadName ?? after.lead}`}
          </li>
        ))}
        {effect.cells.slice(0, 20).map(({ workload, name, duty, before, after }) => (
          <li key={`${workload} ${duty}`}>
            <Sentence text={name} /> · {duty}: {before?.who ?? before?.state ?? "–"} →{" "}
            {after?.who ?? after?.state ?? "–"}
          </li>
        ))}
      </ul>
      {effect.cases.length + effect.cells.length > 40 || effect.more > 0 ? (
        <p className="meta">only the first 20 of each are listed</p>
      ) : undefined}
    </div>
  );
}
