import { useSearch } from "@tanstack/react-router";
import type { CatalogueCheck } from "../../api/index.js";
import { count } from "../../report/index.js";
import { useRead } from "../api/use-read.js";
import { ScreenTitle } from "../parts/screen-title.js";
import { Fault, NothingYet, useAnalysed, Waiting } from "../parts/state-blocks.js";
import { CatalogueTabs } from "./catalogue-tabs.js";
import { FileEditor } from "./file-editor.js";
import { SavePanel } from "./save-panel.js";
import { Suggestions } from "./suggestions.js";
import type { SuggestionList } from "./suggestion-list.js";
import { useCheck } from "./use-check.js";
import { useCatalogue, useDraft, type InForce } from "./use-draft.js";
import "./catalogue.css";

/** Who answers for what: what waits for a yes or a correction, and the file itself. */
export function CatalogueScreen() {
  const catalogue = useCatalogue();
  if (catalogue.data === undefined)
    return (
      <>
        <header className="page-head">
          <ScreenTitle text="Catalogue" />
        </header>
        {catalogue.error === null ? (
          <Waiting what="the catalogue" />
        ) : (
          <Fault
            error={catalogue.error}
            what="could not read the catalogue"
            retry={() => void catalogue.refetch()}
          />
        )}
      </>
    );
  return <Editing inForce={catalogue.data} />;
}

function Editing({ inForce }: { readonly inForce: InForce }) {
  const search = useSearch({ from: "/catalogue" });
  const analysed = useAnalysed();
  const draft = useDraft(inForce);
  const check = useCheck(draft.text);
  const suggested = useRead<SuggestionList>(
    "/catalogue/suggestions",
    {},
    { when: analysed === true, fresh: 60_000 },
  );
  const list = suggested.data?.value;
  const asFile = search.as === "file" || (search.as === undefined && list?.items.length === 0);
  return (
    <>
      <header className="page-head">
        <ScreenTitle text="Catalogue" />
        <p className="sum">
          {inForce.etag === '"0"'
            ? "no version yet"
            : `version ${inForce.etag.replaceAll(/["W/]/gu, "")} in force`}
          {draft.changed ? ", and a draft that is not saved" : ""}
        </p>
        <p className="lead">{leadOf(list, check.data)}</p>
      </header>
      <CatalogueTabs
        here={asFile ? "file" : "form"}
        suggestions={list?.items.length}
        problems={check.data?.problems.length}
      />
      <SavePanel draft={draft} inForce={inForce} check={check.data} />
      {asFile ? (
        <FileEditor draft={draft} check={check} entry={search.entry} />
      ) : analysed === false ? (
        <NothingYet>
          Tags, CODEOWNERS, schedules and audit logs suggest who answers for what: they come with an estate.
          You may also write remit.yaml by hand.
        </NothingYet>
      ) : suggested.isError ? (
        <Fault
          error={suggested.error}
          what="could not find out what evidence suggests"
          retry={() => void suggested.refetch()}
        />
      ) : list === undefined ? (
        <Waiting what="what evidence suggests" />
      ) : (
        <Suggestions list={list} draft={draft} />
      )}
      {inForce.etag === '"0"' && list !== undefined && list.yaml !== "" ? (
        <p className="start-from">
          <button
            type="button"
            className="button"
            onClick={() => {
              draft.write(list.yaml);
            }}
          >
            Start from the whole draft
          </button>{" "}
          <span className="meta">nothing of it is attested until somebody goes through it</span>
        </p>
      ) : undefined}
    </>
  );
}

/** First what has to be mended, then what waits for a yes. */
function leadOf(list: SuggestionList | undefined, check: CatalogueCheck | undefined): string {
  const problems = check?.problems.length ?? 0;
  if (problems > 0)
    return `${String(problems)} ${problems === 1 ? "problem has" : "problems have"} to be mended first`;
  if (list === undefined) return "";
  const { length } = list.items;
  if (length === 0) return "Nothing waits: evidence suggests nothing that the catalogue does not say.";
  return `${count(length)} ${length === 1 ? "suggestion waits" : "suggestions wait"} for a yes or a correction`;
}
