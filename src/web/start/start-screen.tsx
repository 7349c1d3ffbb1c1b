import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { CaseLine } from "../../api/index.js";
import { useSummary } from "../api/session.js";
import { useRead } from "../api/use-read.js";
import { droppedFiles, chosenFiles } from "../findings/dropped-files.js";
import { ImportProgress } from "../findings/import-progress.js";
import { useImport } from "../findings/use-import.js";
import { CaseLink } from "../parts/case-link.js";
import { CommandLine } from "../parts/command-line.js";
import { Sentence } from "../parts/plain-text.js";
import { ScreenTitle } from "../parts/screen-title.js";
import { Fault } from "../parts/state-blocks.js";
import { WordBadge } from "../parts/word-badge.js";
import "../findings/findings.css";
import "./start.css";

/** Two documents decide most: what was found, and who may do what. */
const best = [
  { what: "identities and their policies", command: "aws iam get-account-authorization-details > gaad.json" },
  { what: "findings", command: "prowler aws --output-formats json-ocsf" },
] as const;

/** An empty installation: the two ways to a first decision. */
export function StartScreen() {
  const summary = useSummary();
  const { chosen, sending, phase, sent } = useImport();
  const [over, setOver] = useState(false);
  const [input, setInput] = useState<HTMLInputElement | null>(null);
  const [folder, setFolder] = useState<HTMLInputElement | null>(null);
  const example = summary.data?.example === true;
  const analysed = summary.data?.analysed === true;
  return (
    <>
      <header className="page-head">
        <ScreenTitle text="See a decision in three minutes" />
      </header>
      <div className="start">
        <section className="panel" aria-labelledby="own-files">
          <h2 id="own-files">Use your own files</h2>
          <div
            className={over ? "drop-zone over" : "drop-zone"}
            onDragOver={(event) => {
              event.preventDefault();
              setOver(true);
            }}
            onDragLeave={() => {
              setOver(false);
            }}
            onDrop={(event) => {
              event.preventDefault();
              setOver(false);
              void droppedFiles(event.dataTransfer).then((files) => {
                if (files.length > 0) sending.mutate(files);
              });
            }}
          >
            <p>Drop files or a folder here, in any order. What they are is found out by what they hold.</p>
            <div className="start-buttons">
              <button
                type="button"
                className={analysed ? "button" : "button primary"}
                onClick={() => input?.click()}
              >
                Choose files
              </button>
              <button type="button" className="button" onClick={() => folder?.click()}>
                Choose a folder
              </button>
            </div>
            <input
              ref={setInput}
              type="file"
              multiple
              hidden
              aria-label="Files to import"
              onChange={(event) => {
                const { files } = event.currentTarget;
                if (files !== null && files.length > 0) sending.mutate(chosenFiles(files));
                event.currentTarget.value = "";
              }}
            />
            <input
              ref={(element) => {
                element?.setAttribute("webkitdirectory", "");
                setFolder(element);
              }}
              type="file"
              multiple
              hidden
              aria-label="Folder to import"
              onChange={(event) => {
                const { files } = event.currentTarget;
                if (files !== null && files.length > 0) sending.mutate(chosenFiles(files));
                event.currentTarget.value = "";
              }}
            />
          </div>
          {sending.isIdle ? (
            <>
              <p className="meta">The two documents that decide most, if you have none yet:</p>
              {best.map(({ what, command }) => (
                <div key={what} className="fetch">
                  <span className="label">{what}</span>
                  <CommandLine command={command} />
                </div>
              ))}
            </>
          ) : undefined}
        </section>
        <section className="panel start-example" aria-labelledby="look">
          <h2 id="look">Look at the example</h2>
          <p>A company of four accounts, made up, in a folder of its own: apart from your data.</p>
          {example ? (
            <p>
              <Link to="/cases" className="button">
                Open its cases
              </Link>
            </p>
          ) : (
            <CommandLine command="remit serve --example --port 7474" />
          )}
        </section>
      </div>
      <ImportProgress chosen={chosen} sending={sending} phase={phase} sent={sent} />
      {analysed ? <FirstDecision soFar={!sending.isSuccess} /> : undefined}
    </>
  );
}

/** The first row of the list: a case that comes back, and why. */
function FirstDecision({ soFar }: { readonly soFar: boolean }) {
  const cases = useRead<{ readonly items: readonly CaseLine[]; readonly total: number }>("/cases", {
    sort: "back",
    limit: 1,
    view: "open",
  });
  const first = cases.data?.value.items[0];
  if (cases.data === undefined)
    return cases.error === null ? null : (
      <div className="first-decision">
        <Fault
          error={cases.error}
          what="could not read the first decision"
          retry={() => void cases.refetch()}
        />
      </div>
    );
  if (first === undefined)
    return (
      <p className="first-decision" role="status">
        Nothing ungoverned can bring anything back, as far as these files say.
      </p>
    );
  return (
    <section className="panel first-decision" aria-label="First decision">
      <h2>{soFar ? "First decision, so far" : "First decision"}</h2>
      <p className="first-line">
        <WordBadge word={first.words} /> <CaseLink id={first.id} /> <Sentence text={first.title} />
      </p>
      <p>
        <Sentence text={first.because} />
      </p>
      <p className="start-buttons">
        <Link to="/cases/$id" params={{ id: first.id }} search={{}} className="button primary">
          Open {first.id}
        </Link>
        <Link to="/cases" search={{}} className="button">
          All {cases.data.value.total} cases
        </Link>
        <Link to="/catalogue" search={{}} className="button">
          Name owners
        </Link>
      </p>
    </section>
  );
}
