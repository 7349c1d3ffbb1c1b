import { CloseButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { BlockLines } from "../case/block-lines.js";
import { useCase, usePage } from "../case/use-case.js";
import { Sentence } from "../parts/plain-text.js";
import { Fault, Waiting } from "../parts/state-blocks.js";
import { WordBadge } from "../parts/word-badge.js";

/** The first two blocks of a case beside the list. */
export function CasePeek({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  return (
    <aside className="peek panel" aria-label={`Case ${id}`}>
      <div className="peek-head">
        <Link to="/cases/$id" params={{ id }} className="case-id plain">
          {id}
        </Link>
        <CloseButton aria-label="Close the peek" onClick={onClose} />
      </div>
      <Peeked id={id} />
    </aside>
  );
}

function Peeked({ id }: { readonly id: string }) {
  const found = useCase(id);
  const page = usePage(found.data?.value.decided);
  if (found.isPending) return <Waiting rows={6} what={id} />;
  if (found.isError)
    return <Fault error={found.error} what={`${id} was not read`} retry={() => void found.refetch()} />;
  if (page === undefined) return null;
  return (
    <>
      <h2>
        <Sentence text={page.sentence} />
      </h2>
      <p className="peek-status">
        <WordBadge word={page.words} /> <span className="meta">{page.status.join(" · ")}</span>
      </p>
      {page.blocks.slice(0, 2).map((block) => (
        <section key={block.name}>
          <h3 className="label">{block.title}</h3>
          <BlockLines lines={block.lines} />
        </section>
      ))}
    </>
  );
}
