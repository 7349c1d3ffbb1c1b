import type { UseQueryResult } from "@tanstack/react-query";
import type { CaseWhatIf } from "../../../api/index.js";
import type { Case } from "../../../core/decision/index.js";
import { shortName, withoutArns } from "../../../report/index.js";
import { ProblemError, type Answer } from "../../api/client.js";
import { CaseLink } from "../../parts/case-link.js";
import { PlainText, Sentence } from "../../parts/plain-text.js";
import { WordBadge } from "../../parts/word-badge.js";
import { lostWords } from "../lost-words.js";
import "../cut-panel.css";

interface AnswerProps {
  readonly item: Case;
  readonly asked: boolean;
  readonly answer: UseQueryResult<Answer<CaseWhatIf>>;
}

/** WAS and NOW, route by route, and what else would be otherwise: only what the server has answered to exactly this. */
export function WhatIfAnswer({ item, asked, answer }: AnswerProps) {
  const said = asked && !answer.isFetching ? answer.data?.value : undefined;
  return (
    <>
      <div className="cut-outcome" aria-live="polite">
        <div className="cut-word">
          <span className="label">Was</span>
          <WordBadge word={item.recreation.words} />
        </div>
        <div className="cut-word">
          <span className="label">Now</span>
          {!asked ? (
            <span className="meta">tick or add a change to see what it does</span>
          ) : answer.isFetching ? (
            <span className="meta">checking…</span>
          ) : answer.isError ? (
            <NotAnswered error={answer.error} retry={() => void answer.refetch()} />
          ) : said === undefined ? null : said.after === undefined ? (
            <span>nothing of this case is left</span>
          ) : (
            <>
              <WordBadge word={said.after.words} />
              <span className="meta">{routeCount(said)}</span>
            </>
          )}
        </div>
        {said === undefined ? null : (
          <p className="meta">
            {said.after === undefined ? null : (
              <>
                <Sentence text={said.after.because} />.{" "}
                {said.after.lead === said.before.lead
                  ? ""
                  : `Lead ${said.before.lead}, then ${said.after.lead}. `}
              </>
            )}
            {lostWords(said.lost)}
          </p>
        )}
      </div>
      {said === undefined ? null : <Beyond said={said} own={item.id} />}
    </>
  );
}

const routeCount = ({ routes }: CaseWhatIf): string =>
  routes.length === 0
    ? ""
    : `${String(routes.filter(({ broken }) => broken).length)} of ${String(routes.length)} routes cut`;

function NotAnswered({ error, retry }: { readonly error: Error; readonly retry: () => void }) {
  const problem = error instanceof ProblemError ? error.problem : undefined;
  return (
    <span role="alert">
      not known: <PlainText text={problem?.detail ?? error.message} />{" "}
      {problem?.status === 422 ? null : (
        <button type="button" className="quiet" onClick={retry}>
          Ask again
        </button>
      )}
    </span>
  );
}

const most = 8;

function Beyond({ said, own }: { readonly said: CaseWhatIf; readonly own: string }) {
  const { routes, opened, document } = said;
  const elsewhere = document.verdicts.filter(({ before, after }) => (before?.case ?? after?.case) !== own);
  const used = new Set(document.broken.map(({ who, action }) => `${who} ${action}`));
  const lost = document.access.lost.filter(({ principal, action }) => !used.has(`${principal} ${action}`));
  return (
    <div className="what-if-beyond">
      <Rows title="Routes" items={routes}>
        {({ route, because, broken }) => (
          <li key={route}>
            {broken ? "cut: " : "still works: "}
            <Sentence text={because} />
          </li>
        )}
      </Rows>
      <Rows title="Opened by the change" items={opened}>
        {(text) => (
          <li key={text}>
            <Sentence text={text} />
          </li>
        )}
      </Rows>
      <Rows title="Stops, and the audit log shows it in use" items={document.broken}>
        {({ who, action, resource, lastUsedAt }) => (
          <li key={`${who} ${action} ${resource}`}>
            <PlainText text={shortName(who)} />: <code>{action}</code> on{" "}
            <PlainText text={shortName(resource)} />, last used {lastUsedAt.slice(0, 10)}
          </li>
        )}
      </Rows>
      <Rows title="Access lost" items={lost}>
        {({ principal, action, resource }) => (
          <li key={`${principal} ${action} ${resource}`}>
            <PlainText text={shortName(principal)} />: <code>{action}</code> on{" "}
            <PlainText text={shortName(resource)} />
          </li>
        )}
      </Rows>
      <Rows title="Access gained" items={document.access.gained}>
        {({ principal, action, resource }) => (
          <li key={`${principal} ${action} ${resource}`}>
            <PlainText text={shortName(principal)} />: <code>{action}</code> on{" "}
            <PlainText text={shortName(resource)} />
          </li>
        )}
      </Rows>
      <Rows title="Other cases" items={elsewhere}>
        {({ resource, weakness, name, before, after }) => (
          <li key={`${resource} ${weakness}`}>
            {before?.case === undefined ? null : <CaseLink id={before.case} />} <PlainText text={name} />:{" "}
            {before?.words ?? "not there"}, then {after?.words ?? "gone"}
          </li>
        )}
      </Rows>
      <Rows title="New exposures" items={document.newExposures}>
        {({ resource, weakness, name, title, words }) => (
          <li key={`${resource} ${weakness}`}>
            <PlainText text={name} />: {withoutArns(title)}
            {words === undefined ? "" : `, ${words}`}
          </li>
        )}
      </Rows>
      <Rows title="Names nothing of the estate" items={document.rejected}>
        {({ reason, pointer }) => (
          <li key={`${pointer ?? ""} ${reason}`}>
            <PlainText text={reason} />
          </li>
        )}
      </Rows>
    </div>
  );
}

interface RowsProps<Item> {
  readonly title: string;
  readonly items: readonly Item[];
  readonly children: (item: Item) => React.ReactNode;
}

function Rows<Item>({ title, items, children }: RowsProps<Item>) {
  if (items.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className="label">
        {title} {items.length}
      </h3>
      <ul>{items.slice(0, most).map(children)}</ul>
      {items.length > most ? (
        <p className="meta">and {items.length - most} more: the answer of the API lists them</p>
      ) : null}
    </section>
  );
}
