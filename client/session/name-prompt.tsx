import { useTranslation } from "react-i18next";
import { Door } from "./door.tsx";
import { NameForm } from "./name-form.tsx";
import { useSignIn } from "./use-session.ts";

/** Asks for a name, the only thing that Plenum needs to know of anybody. */
export function NamePrompt() {
  const { t } = useTranslation();
  const signIn = useSignIn();
  return (
    <Door title={t("session.welcome")} lead={t("session.purpose")}>
      <NameForm
        action={signIn.isPending ? t("session.going") : t("session.go")}
        busy={signIn.isPending}
        error={signIn.error}
        onName={(name) => signIn.mutate(name)}
      />
    </Door>
  );
}
