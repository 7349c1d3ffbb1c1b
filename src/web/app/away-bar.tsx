import { useEffect } from "react";
import { useQueryClient } from "@tanstack/react-query";

/** Reading goes on with what is there; nothing is queued, and no text is lost. */
export function AwayBar({ since }: { readonly since: number }) {
  const queries = useQueryClient();
  useEffect(() => {
    const timer = setInterval(() => void queries.refetchQueries({ queryKey: ["session"] }), 5000);
    return () => clearInterval(timer);
  }, [queries]);
  const at = new Date(since).toTimeString().slice(0, 5);
  return (
    <div className="away" role="alert">
      No answer since {at}; you see what was read then. Your text is kept, trying again every 5 s.
    </div>
  );
}
