import type { ReactNode } from "react";

interface NarrowedProps {
  /** As the answer says it; absent: it holds everything. */
  readonly is: true | undefined;
  /** What else there is to say of it. */
  readonly children?: ReactNode;
}

/** Stands over what holds only what the teams of whoever looks answer for: it must not read as if that were all. */
export function Narrowed({ is, children }: NarrowedProps) {
  return is === undefined ? undefined : (
    <p className="meta">Only what your teams answer for is shown and counted here.{children}</p>
  );
}
