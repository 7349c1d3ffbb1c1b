import { Button, PasswordInput } from "@mantine/core";
import { useState } from "react";
import { useSignIn, useSignInMethods } from "../api/session.js";
import { PlainText } from "../parts/plain-text.js";
import { Fault, Waiting } from "../parts/state-blocks.js";

/** Every way in that this installation has; the first one is the button. */
export function SignInForm({ onDone }: { readonly onDone: () => void }) {
  const methods = useSignInMethods();
  const signIn = useSignIn();
  const [token, setToken] = useState("");
  const begin = (proof: { readonly token: string } | { readonly person: string }): void =>
    signIn.mutate(proof, { onSuccess: onDone });
  if (methods.isPending) return <Waiting rows={3} what="the ways to sign in" />;
  if (methods.isError)
    return (
      <Fault
        error={methods.error}
        what="the ways to sign in were not read"
        retry={() => void methods.refetch()}
      />
    );
  const { oidc, example } = methods.data;
  return (
    <div className="sign-in-ways">
      {oidc === undefined ? null : (
        <Button component="a" href={oidc.href} fullWidth size="md">
          {oidc.label}
        </Button>
      )}
      {signIn.isError ? <Fault error={signIn.error} what="you are not signed in" /> : null}
      {example === undefined ? null : (
        <section aria-labelledby="look-as">
          <h2 id="look-as">Look at the example as</h2>
          <ul className="people">
            {example.people.map(({ id, name, roles }) => (
              <li key={id}>
                <button type="button" disabled={signIn.isPending} onClick={() => begin({ person: id })}>
                  <span className="who">
                    <PlainText text={name} />
                  </span>
                  <span className="meta">{roles.length === 0 ? "no role" : roles.join(", ")}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <details open={oidc === undefined && example === undefined}>
        <summary>Use an access token</summary>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (token.trim() !== "") begin({ token: token.trim() });
          }}
        >
          <PasswordInput
            label="Access token"
            autoComplete="off"
            value={token}
            onChange={(event) => setToken(event.currentTarget.value)}
            visibilityToggleButtonProps={{ "aria-label": "show the token" }}
          />
          <Button type="submit" variant="default" loading={signIn.isPending} disabled={token.trim() === ""}>
            Sign in with the token
          </Button>
        </form>
      </details>
    </div>
  );
}
