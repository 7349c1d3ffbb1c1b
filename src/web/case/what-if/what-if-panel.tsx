import { Checkbox } from "@mantine/core";
import { useMemo } from "react";
import type { Case } from "../../../core/decision/index.js";
import { CopyButton } from "../../parts/copy-button.js";
import { Sentence } from "../../parts/plain-text.js";
import { addressRoom } from "../case-search.js";
import { ChangeForm, PasteForm } from "./change-form.js";
import { changeWords, keyOf, offersOf } from "./change-offers.js";
import type { JsonChange } from "./change-kinds.js";
import { documentOf, useWhatIf, type Asked } from "./use-what-if.js";
import { WhatIfAnswer } from "./what-if-answer.js";
import "./what-if.css";

export interface WhatIfProps {
  readonly item: Case;
  /** Changes that are asked about; they live in the address. */
  readonly changes: readonly JsonChange[];
  /** A document that is asked about instead, as it was pasted: too large for an address. */
  readonly pasted: Asked | undefined;
  readonly onChanges: (changes: readonly JsonChange[]) => void;
  readonly onPasted: (document: Asked | undefined) => void;
}

/** Any change at all: ticked on the path, composed, or pasted; the server says what it makes of the case. */
export function WhatIfPanel({ item, changes, pasted, onChanges, onPasted }: WhatIfProps) {
  const offers = useMemo(() => offersOf(item), [item]);
  const asked = pasted ?? (changes.length === 0 ? undefined : documentOf(changes));
  const answer = useWhatIf(item.id, asked);
  const has = new Set(changes.map(keyOf));
  const offered = new Set(offers.map(({ change }) => keyOf(change)));
  const others = changes.filter((change) => !offered.has(keyOf(change)));
  const without = (change: JsonChange): readonly JsonChange[] =>
    changes.filter((other) => keyOf(other) !== keyOf(change));
  const ask = (wanted: readonly JsonChange[]): void => {
    const long = JSON.stringify(wanted).length > addressRoom;
    onPasted(long ? documentOf(wanted) : undefined);
    if (!long) onChanges(wanted);
  };
  return (
    <section className="what-if" aria-label="What if">
      {pasted === undefined ? (
        <>
          {offers.length === 0 ? null : (
            <fieldset className="what-if-offers">
              <legend className="label">On this path</legend>
              {offers.map(({ words, change }) => (
                <Checkbox
                  key={keyOf(change)}
                  checked={has.has(keyOf(change))}
                  onChange={(event) =>
                    onChanges(event.currentTarget.checked ? [...changes, change] : without(change))
                  }
                  label={<Sentence text={words} />}
                />
              ))}
            </fieldset>
          )}
          {others.length === 0 ? null : (
            <>
              <h3 className="label">Added</h3>
              <ul className="what-if-added" aria-label="Added changes">
                {others.map((change) => (
                  <li key={keyOf(change)}>
                    <Sentence text={changeWords(change)} />{" "}
                    <button type="button" className="quiet" onClick={() => onChanges(without(change))}>
                      Remove<span className="unseen"> {changeWords(change)}</span>
                    </button>
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      ) : (
        <p>
          Asked: the document that was pasted.{" "}
          <button type="button" className="quiet" onClick={() => onPasted(undefined)}>
            Forget it
          </button>
        </p>
      )}
      <WhatIfAnswer item={item} asked={asked !== undefined} answer={answer} />
      {asked === undefined || pasted !== undefined ? null : (
        <p className="what-if-copy">
          <CopyButton text={JSON.stringify(asked, undefined, 2)} label="Copy as a change document" />
        </p>
      )}
      <details className="what-if-more">
        <summary>Another change</summary>
        <ChangeForm onAdd={(change) => ask([...without(change), change])} />
      </details>
      <details className="what-if-more">
        <summary>A document or a Terraform plan</summary>
        <PasteForm onChanges={ask} onDocument={onPasted} />
      </details>
    </section>
  );
}
