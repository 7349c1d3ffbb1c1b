import { useNavigate, useSearch } from "@tanstack/react-router";
import { signedInAgain } from "../app/connection.js";
import { ScreenTitle } from "../parts/screen-title.js";
import { SignInForm } from "./sign-in-form.js";
import "./sign-in.css";

export function SignInScreen() {
  const navigate = useNavigate();
  const { return: back } = useSearch({ from: "/sign-in" });
  return (
    <main className="sign-in" id="main">
      <div className="card">
        <p className="brand-line">
          <span className="brand-mark" aria-hidden>
            r
          </span>
          remit
        </p>
        <ScreenTitle text="Sign in">Who owns a cloud exposure, and will it come back?</ScreenTitle>
        <SignInForm
          onDone={() => {
            signedInAgain();
            void navigate({ href: back ?? "/", replace: true });
          }}
        />
      </div>
    </main>
  );
}
