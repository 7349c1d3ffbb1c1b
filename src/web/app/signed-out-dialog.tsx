import { Modal } from "@mantine/core";
import { SignInForm } from "../sign-in/sign-in-form.js";
import { signedInAgain } from "./connection.js";

/** Over the page: what was being written stays where it is. */
export function SignedOutDialog() {
  return (
    <Modal opened onClose={() => undefined} withCloseButton={false} title="You are signed out" centered>
      <p>Sign in again. What you were writing is still there.</p>
      <SignInForm onDone={signedInAgain} />
    </Modal>
  );
}
