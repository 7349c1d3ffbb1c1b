import { HoverCard } from "@mantine/core";
import { dueText, minuteOf } from "../../report/index.js";
import { useNow } from "./now.js";

/** `today`, `3 d`, `2 h late`; hover and focus say the instant. */
export function Due({ at }: { readonly at: string | null | undefined }) {
  const now = useNow();
  if (at === null || at === undefined) return <span className="meta">–</span>;
  const text = dueText(at, now);
  return <Instant at={at} text={text} late={text.endsWith("late")} />;
}

/** `today`, `yesterday`, `19 d ago`. */
export function Ago({ at }: { readonly at: string }) {
  return <Instant at={at} text={agoText(at, useNow())} late={false} />;
}

export function agoText(at: string, now: string): string {
  const passed = Date.parse(now) - Date.parse(at);
  if (Number.isNaN(passed)) return at;
  const minutes = Math.floor(passed / 60_000);
  if (minutes < 1) return "now";
  if (minutes < 60) return `${String(minutes)} min ago`;
  if (minutes < 48 * 60) return `${String(Math.floor(minutes / 60))} h ago`;
  return `${String(Math.floor(minutes / 1440))} d ago`;
}

interface InstantText {
  readonly at: string;
  readonly text: string;
  readonly late: boolean;
}

function Instant({ at, text, late }: InstantText) {
  return (
    <HoverCard shadow="none" openDelay={200} position="bottom">
      <HoverCard.Target>
        <time dateTime={at} className={late ? "late" : undefined}>
          {text}
        </time>
      </HoverCard.Target>
      <HoverCard.Dropdown>{minuteOf(at)}</HoverCard.Dropdown>
    </HoverCard>
  );
}
