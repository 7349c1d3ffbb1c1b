import { Link } from "@tanstack/react-router";
import type { ImportLine } from "../../api/index.js";
import { count, counted } from "../../report/index.js";
import { useRead } from "../api/use-read.js";
import { Person } from "../parts/person.js";
import { Empty, Fault, Waiting } from "../parts/state-blocks.js";
import { absolute } from "../parts/when.js";

interface ImportListProps {
  /** Only the last one. */
  readonly latest?: boolean;
  readonly onChoose: () => void;
}

/** What was taken in, the newest first; what was not used stands on its own. */
export function ImportList({ latest = false, onChoose }: ImportListProps) {
  const imports = useRead<{ readonly items: readonly ImportLine[]; readonly next?: string }>("/imports", {
    limit: latest ? 1 : 200,
  });
  if (imports.isPending) return latest ? undefined : <Waiting what="imports" />;
  if (imports.data === undefined)
    // Beside the findings it is one line; where they cannot be read, their own fault says enough.
    return imports.error === null || latest ? undefined : (
      <Fault error={imports.error} what="could not read the imports" retry={() => void imports.refetch()} />
    );
  const { items } = imports.data.value;
  if (items.length === 0)
    return latest ? undefined : (
      <Empty title="Nothing was imported yet.">
        <p>The two documents that decide most: what a scanner found, and who may do what in the account.</p>
        <button type="button" className="button" onClick={onChoose}>
          Choose files
        </button>
      </Empty>
    );
  return (
    <ul className={latest ? "imports latest" : "imports"}>
      {items.map((item) => (
        <li key={item.id}>
          <ImportLineView item={item} />
        </li>
      ))}
    </ul>
  );
}

export function ImportLineView({ item }: { readonly item: ImportLine }) {
  return (
    <p className="import-line">
      <Link to="/findings/imports/$id" params={{ id: item.id }}>
        Import {absolute(item.at)}
      </Link>
      <span>
        {counted(item.documents, "file")} = {count(item.read)} read + {count(item.inPart)} in part +{" "}
        <span className={item.rejected === 0 ? undefined : "not-used"}>{count(item.rejected)} rejected</span>
      </span>
      <span className="import-rows">{counted(item.rows, "row")}</span>
      <span className="meta">
        new {count(item.new)} · came back {count(item.returned)} · seen passing {count(item.passing)} · gone{" "}
        {count(item.gone)}
        {item.by === undefined ? undefined : (
          <>
            {" · by "}
            <Person name={item.by} inferred={false} />
          </>
        )}
      </span>
    </p>
  );
}
