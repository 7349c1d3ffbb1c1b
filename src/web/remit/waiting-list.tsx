import { Button } from "@mantine/core";
import { useState } from "react";
import type { AwaitedAnswer } from "../../api/index.js";
import { Ago, Due } from "../parts/when.js";
import { CaseLink } from "../parts/case-link.js";
import { Person } from "../parts/person.js";
import { Sentence } from "../parts/plain-text.js";
import { WordBadge } from "../parts/word-badge.js";
import { AnswerDialog } from "./answer-dialog.js";

const kinds = {
  approval: "approval",
  order: "order",
  "hand-over": "hand-over of command",
  dispute: "dispute",
  "glass-review": "review of broken glass",
} as const;

/** Questions that stop a case until they are answered, and nobody but the one asked may answer. */
export function WaitingList({
  items,
  now,
}: {
  readonly items: readonly AwaitedAnswer[];
  readonly now: string;
}) {
  const [asked, setAsked] = useState<AwaitedAnswer>();
  if (items.length === 0) return null;
  return (
    <section className="block" aria-labelledby="waiting">
      <h2 id="waiting">
        Waiting for your decision <span className="amount">{items.length}</span>
      </h2>
      <ul className="task-rows">
        {items.map((item) => (
          <li
            key={`${item.case} ${item.kind} ${item.id}`}
            className="task-row waiting-row"
            data-row
            tabIndex={0}
          >
            <span className="row-kind">{kinds[item.kind]}</span>
            <span className="row-what">
              <Sentence text={item.what} />
              <span className="meta">
                <CaseLink id={item.case} /> <Sentence text={item.title} />
              </span>
            </span>
            <span className="row-side">
              <WordBadge word={item.words} />
              <span className="meta">
                {item.by === undefined ? (
                  "asked"
                ) : (
                  <>
                    <Person name={item.by} inferred={false} /> asks
                  </>
                )}
                , <Ago at={item.since} now={now} />
                {item.until === undefined || item.kind !== "order" ? undefined : (
                  <>
                    {" · answer "}
                    <Due at={item.until} now={now} />
                  </>
                )}
              </span>
            </span>
            <span className="row-act">
              {item.own ? (
                <span className="meta">
                  you asked:{" "}
                  {item.others.length === 0
                    ? "nobody else is found who may answer"
                    : `${item.others.join(" or ")} can answer`}
                </span>
              ) : (
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => {
                    setAsked(item);
                  }}
                >
                  Decide
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {asked === undefined ? undefined : (
        <AnswerDialog
          asked={asked}
          now={now}
          onClose={() => {
            setAsked(undefined);
          }}
        />
      )}
    </section>
  );
}
