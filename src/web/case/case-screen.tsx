import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import type { Case } from "../../core/decision/index.js";
import type { Evidence } from "../../core/estate/index.js";
import { fixLead, withoutArns } from "../../report/index.js";
import { ProblemError } from "../api/client.js";
import { useNow } from "../parts/now.js";
import { Due } from "../parts/when.js";
import { useNameOf } from "../parts/people.js";
import { Person } from "../parts/person.js";
import { useKeys } from "../parts/keys.js";
import { Sentence } from "../parts/plain-text.js";
import { ScreenTitle } from "../parts/screen-title.js";
import { OpenEvidence } from "../parts/source-chip.js";
import { Empty, Fault, Waiting } from "../parts/state-blocks.js";
import { WordBadge } from "../parts/word-badge.js";
import { Approvals } from "./approvals.js";
import { BlockLines } from "./block-lines.js";
import { CaseMenu } from "./case-menu.js";
import { CasePanel } from "./case-panel.js";
import { ticksOf, type CaseSearch } from "./case-search.js";
import { evidenceOf, keyOfEvidence } from "./evidence-of.js";
import { FollowUps } from "./follow-ups.js";
import { LinkedFindings } from "./linked-findings.js";
import { ShownCase } from "./move.js";
import { NextStep } from "./next-step.js";
import { Neighbours } from "./neighbours.js";
import { PathBlock } from "./path-block.js";
import { Timeline } from "./timeline.js";
import { Tracks } from "./tracks.js";
import { useCase, usePage, type CaseAnswer } from "./use-case.js";
import { useCuts } from "./use-cuts.js";
import { useFindingEvidence } from "./use-linked-findings.js";
import { Verified } from "./verified.js";
import type { Asked } from "./what-if/use-what-if.js";
import { WhyOwner } from "./why-owner.js";
import "../parts/page.css";
import "../cases/cases.css";
import "./case.css";

/** First: the sentence, its word, the next step. */
export function CaseScreen() {
  const { id } = useParams({ from: "/cases/$id" });
  const found = useCase(id);
  if (found.isPending)
    return (
      <>
        <ScreenTitle text={id} />
        <Waiting rows={8} what={id} />
      </>
    );
  if (found.isError)
    return (
      <>
        <ScreenTitle text={id} />
        {found.error instanceof ProblemError && found.error.status === 404 ? (
          <Empty title={`There is no case ${id}, or it is another team's.`}>
            <p>Ids stay the same over imports. What another team answers for is not shown to you.</p>
            <Link to="/cases" className="button">
              All cases
            </Link>
          </Empty>
        ) : (
          <Fault error={found.error} what={`${id} was not read`} retry={() => void found.refetch()} />
        )}
      </>
    );
  return <FoundCase key={id} id={id} answer={found.data.value} />;
}

/** A link that names only a hop means its first source. */
const evidenceOfHop = (item: Case, { route = 1, hop }: CaseSearch): Evidence | undefined =>
  hop === undefined ? undefined : item.recreation.paths[route - 1]?.hops[hop - 1]?.evidence[0];

function FoundCase({ id, answer }: { readonly id: string; readonly answer: CaseAnswer }) {
  const { decided: item, state } = answer;
  const page = usePage(item);
  const search = useSearch({ from: "/cases/$id" });
  const navigate = useNavigate({ from: "/cases/$id" });
  const change = useCallback(
    (part: Parameters<Change>[0]): void =>
      void navigate({
        search: (before) =>
          Object.fromEntries(
            Object.entries({ ...before, ...part }).filter(([, value]) => value !== undefined),
          ) as CaseSearch,
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  const reported = useFindingEvidence(id);
  const all = useMemo(() => evidenceOf({ reported, item }), [reported, item]);
  const openEvidence = useCallback(
    (evidence: Evidence): void => change({ show: "evidence", source: keyOfEvidence(evidence) }),
    [change],
  );
  const openHop = (route: number, hop: number): void => {
    const [first] = item.recreation.paths[route]?.hops[hop]?.evidence ?? [];
    change({
      route: route + 1,
      hop: hop + 1,
      show: "evidence",
      source: first === undefined ? undefined : keyOfEvidence(first),
    });
  };
  const ticks = ticksOf(search);
  const [pasted, setPasted] = useState<Asked>();
  const cut = useCuts(item, {
    ticks: search.show === "cut" ? ticks : [],
    changes: search.show === "what-if" ? (search.try ?? []) : [],
    pasted: search.show === "what-if" ? pasted : undefined,
  });
  useCaseKeys(search, change, openHop);
  const called = useNameOf();
  if (page === undefined) return null;
  const [what, why, checked, , changes] = page.blocks;
  const lead = fixLead(item);
  const panel = search.show;
  return (
    <ShownCase value={state}>
      <OpenEvidence value={openEvidence}>
        <article className="case" data-panel={panel}>
          <header className="case-head-block">
            <div className="case-top">
              <span className="case-id">{id}</span>
              <Neighbours id={id} />
              <CaseMenu state={state} />
            </div>
            <ScreenTitle text={`${id} ${page.sentence}`}>
              <Sentence text={page.sentence} />
            </ScreenTitle>
            <p className="case-status">
              <WordBadge word={page.words} />
              <span>
                {page.status.slice(1, -1).join(" · ")} · <NearestDue state={state} /> · lead {item.lead}
                {item.lead === "not decided yet" ? null : (
                  <>
                    {" "}
                    <Person name={lead?.person ?? lead?.team} inferred={lead?.inferred === true} />
                  </>
                )}
                {state.status === "open" ? "" : ` · ${state.status}`}
                {state.incident === undefined ? "" : " · incident declared"}
              </span>
            </p>
            <NextStep item={item} state={state} />
          </header>
          <div className="case-body">
            <div className="case-blocks">
              <Block number={1} title={what?.title ?? ""}>
                <BlockLines lines={what?.lines ?? []} />
                <Verified state={state} />
                <LinkedFindings id={id} />
              </Block>
              <Block number={2} title={why?.title ?? ""}>
                {why === undefined ? null : (
                  <PathBlock
                    item={item}
                    block={why}
                    as={search.as ?? "diagram"}
                    open={
                      search.route === undefined || search.hop === undefined
                        ? undefined
                        : { route: search.route - 1, hop: search.hop - 1 }
                    }
                    onAs={(as) => change({ as: as === "list" ? "list" : undefined })}
                    onOpen={openHop}
                    cut={cut}
                  />
                )}
                {item.recreation.verdict === "possible" ? (
                  <p>
                    <button
                      type="button"
                      className="facet"
                      onClick={() => change({ show: panel === "cut" ? undefined : "cut" })}
                    >
                      Cut it: tick changes and watch the path break
                    </button>{" "}
                    <button
                      type="button"
                      className="facet"
                      onClick={() => change({ show: panel === "what-if" ? undefined : "what-if" })}
                    >
                      What if: any change
                    </button>
                  </p>
                ) : null}
              </Block>
              <Block number={3} title={checked?.title ?? ""}>
                <BlockLines lines={checked?.lines ?? []} />
              </Block>
              <Block number={4} title="Who acts">
                <Tracks item={item} state={state} />
                <p className="commander">
                  <span className="label">Commander</span>{" "}
                  <Sentence
                    text={
                      item.commander.required
                        ? `required${item.commander.person === undefined ? "" : `: ${called(item.commander.person) ?? item.commander.person}`} · ${item.commander.because}`
                        : `not required${item.commander.because === "" ? "" : ` · ${item.commander.because}`}`
                    }
                  />
                </p>
                <div className="two">
                  <FollowUps item={item} state={state} />
                  <Approvals state={state} />
                </div>
              </Block>
              <Block number={5} title={changes?.title ?? ""}>
                <BlockLines lines={changes?.lines.filter(({ label }) => label !== "FOLLOW-UP") ?? []} />
                <WhyOwner item={item} />
              </Block>
              <section className="case-block" aria-labelledby="timeline">
                <h2 id="timeline">Timeline</h2>
                <Timeline state={state} />
              </section>
            </div>
            {panel === undefined ? null : (
              <CasePanel
                item={item}
                show={panel}
                evidence={all.get(search.source ?? "") ?? evidenceOfHop(item, search)}
                sentence={withoutArns(item.title)}
                ticks={ticks}
                onTicks={(next) => change({ cut: next.length === 0 ? undefined : next.join(",") })}
                whatIf={{
                  changes: search.try ?? [],
                  pasted,
                  onChanges: (next) => change({ try: next.length === 0 ? undefined : next }),
                  onPasted: setPasted,
                }}
                onShow={(show) => change({ show })}
              />
            )}
          </div>
        </article>
      </OpenEvidence>
    </ShownCase>
  );
}

function NearestDue({ state }: { readonly state: CaseAnswer["state"] }) {
  const now = useNow();
  const open = state.clocks.flatMap(({ due, doneAt }) => (due === null || doneAt !== undefined ? [] : [due]));
  const [first] = open.sort();
  return first === undefined ? "no clock" : <Due at={first} now={now} />;
}

interface BlockProps {
  readonly number: number;
  readonly title: string;
  readonly children: React.ReactNode;
}

function Block({ number, title, children }: BlockProps) {
  const id = `block-${String(number)}`;
  return (
    <section className="case-block" aria-labelledby={id}>
      <h2 id={id} tabIndex={-1}>
        <span className="block-number" aria-hidden>
          {number}
        </span>
        {title}
      </h2>
      {children}
    </section>
  );
}

type Change = (part: { readonly [name in keyof CaseSearch]?: CaseSearch[name] | undefined }) => void;

function useCaseKeys(
  search: CaseSearch,
  change: Change,
  openHop: (route: number, hop: number) => void,
): void {
  const navigate = useNavigate();
  const { id } = useParams({ from: "/cases/$id" });
  useKeys({
    ...Object.fromEntries(
      [1, 2, 3, 4, 5].map((number) => [
        String(number),
        () => {
          const heading = document.getElementById(`block-${String(number)}`);
          heading?.focus();
          heading?.scrollIntoView({ block: "start" });
        },
      ]),
    ),
    e: () => openHop((search.route ?? 1) - 1, (search.hop ?? 1) - 1),
    l: () => change({ as: search.as === "list" ? undefined : "list" }),
    w: () => change({ show: search.show === "cut" ? undefined : "cut" }),
    u: () => void navigate({ to: "/cases" }),
    y: () => void navigator.clipboard.writeText(id),
    Y: () => void navigator.clipboard.writeText(window.location.href),
    ...(search.show === undefined ? {} : { Escape: () => change({ show: undefined }) }),
  });
}
