import type { Case, CasePath } from "../../core/decision/index.js";
import { hopText, namesIn, withoutArns } from "../../report/index.js";
import { PlainText } from "../parts/plain-text.js";
import { SourceChip } from "../parts/source-chip.js";
import "./path-list.css";

/** The sentence of each hop of a route, by its number from 0: the same words in the diagram, the list and the report. */
export function sentencesOf(item: Case, path: CasePath): ReadonlyMap<number, string> {
  const nameOf = namesIn(item);
  return new Map(path.hops.map((hop, index) => [index, hopText(hop, nameOf)]));
}

/** For a screen reader and for the diagram's buttons: `Hop 2 of 3: … Certain. 2 sources.` */
export function spokenHops(item: Case, path: CasePath): ReadonlyMap<number, string> {
  const certainty =
    path.verdict === "unknown" ? "Unknown" : path.certainty === "certain" ? "Certain" : "Only if";
  return new Map(
    [...sentencesOf(item, path)].map(([index, sentence]) => {
      const sources = path.hops[index]?.evidence.length ?? 0;
      const counted = `${sources} ${sources === 1 ? "source" : "sources"}`;
      return [index, `Hop ${index + 1} of ${path.hops.length}: ${sentence}. ${certainty}. ${counted}.`];
    }),
  );
}

interface PathListProps {
  readonly item: Case;
  /** Route and hop that are open beside it, from 0. */
  readonly open?: { readonly route: number; readonly hop: number };
  readonly onOpen: (route: number, hop: number) => void;
  /** The first hop of each route that the ticked changes break. */
  readonly cut?: ReadonlyMap<number, number>;
}

/** Every route in words, the worst first, each hop with its sources; then who came near and what stops them. */
export function PathList({ item, open, onOpen, cut }: PathListProps) {
  const { paths, morePaths, stopped } = item.recreation;
  return (
    <div className="path-list">
      {paths.map((path, route) => (
        <Route
          key={path.route}
          item={item}
          path={path}
          route={route}
          openHop={open?.route === route ? open.hop : undefined}
          cutAt={cut?.get(route)}
          onOpen={onOpen}
        />
      ))}
      {morePaths === 0 ? undefined : (
        <p className="meta">
          {morePaths} more {morePaths === 1 ? "route goes" : "routes go"} the same way; the export lists every
          one.
        </p>
      )}
      {stopped.length === 0 ? undefined : (
        <section aria-label="Stopped">
          <h3 className="label">Stopped</h3>
          <ul className="path-stops">
            {stopped.map(({ who, by }) => (
              <li key={`${who} ${by}`}>
                <PlainText text={withoutArns(who)} />: <PlainText text={withoutArns(by)} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

interface RouteProps {
  readonly item: Case;
  readonly path: CasePath;
  readonly route: number;
  readonly openHop: number | undefined;
  readonly cutAt: number | undefined;
  readonly onOpen: (route: number, hop: number) => void;
}

function Route({ item, path, route, openHop, cutAt, onOpen }: RouteProps) {
  const sentences = sentencesOf(item, path);
  return (
    <section className="path-route" aria-label={`Route ${route + 1}`}>
      <h3 className="label">
        Route {route + 1}
        {route === 0 ? ", worst" : ""} · {legWords[path.leg]} ·{" "}
        {path.verdict === "unknown" ? "unknown" : path.certainty}
        {path.colluding === true ? " · only two together" : ""}
      </h3>
      <ol>
        {path.hops.map((hop, index) => (
          <li
            key={`${hop.from} ${hop.to} ${hop.via}`}
            className={cutAt !== undefined && index >= cutAt ? "path-step gone" : "path-step"}
            aria-current={openHop === index ? "step" : undefined}
          >
            <button type="button" className="path-sentence" onClick={() => onOpen(route, index)}>
              <PlainText text={sentences.get(index) ?? hop.via} />
            </button>
            {index === path.recurrenceHop ? <span className="path-back">brings it back</span> : undefined}
            {cutAt === index ? <span className="path-back">cut here</span> : undefined}
            <span className="path-sources">
              {hop.evidence.slice(0, 4).map((evidence, at) => (
                <SourceChip key={at} evidence={evidence} />
              ))}
              {hop.evidence.length > 4 ? (
                <span className="meta">and {hop.evidence.length - 4} more</span>
              ) : undefined}
            </span>
          </li>
        ))}
      </ol>
      {path.condition === undefined ? undefined : (
        <p>
          Only if <PlainText text={withoutArns(path.condition)} />
        </p>
      )}
      {path.unchecked === undefined ? undefined : (
        <p>
          The independent check could not follow it: <PlainText text={path.unchecked} />
        </p>
      )}
    </section>
  );
}

const legWords: Readonly<Record<CasePath["leg"], string>> = {
  restore: "sets it again",
  bypass: "reaches it without a change",
  drift: "restored by code",
};
