import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Refused } from "../../shared/protocol/refusals.ts";
import { Notice } from "../ui/notice.tsx";
import type { Survey } from "./answers.ts";
import * as api from "./api.ts";
import { Door } from "./door.tsx";
import { Failure } from "./failure.tsx";
import { NameForm } from "./name-form.tsx";
import { useSession, useSignIn } from "./use-session.ts";

/** Coming in through a link: whoever is known goes straight in, everybody else says their name first. */
export function Join({ secret, onJoined }: { secret: string; onJoined: (survey: Survey) => void }) {
  const { t } = useTranslation();
  const me = useSession();
  const invitation = useQuery({
    queryKey: ["link", secret],
    queryFn: () => api.link(secret),
    // Asked again while a name is being typed, a failure would take the form away.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const signIn = useSignIn();
  const join = useMutation({ mutationFn: () => api.join(secret), onSuccess: onJoined });
  const isKnown = Boolean(me.data);
  const goIn = join.mutate;
  useEffect(() => {
    if (isKnown) goIn();
  }, [isKnown, goIn]);

  const error = invitation.error ?? me.error ?? join.error;
  if (error instanceof Refused && error.refusal.code === "not-found")
    return <Notice title={t("session.badLink")} text={t("session.badLinkHint")} />;
  const retry = (): void => {
    void me.refetch();
    void invitation.refetch();
    if (isKnown) join.mutate();
  };
  if (error) return <Failure error={error} onRetry={retry} home={null} />;
  if (me.data !== null || !invitation.data) return null;

  const { title, role } = invitation.data;
  return (
    <Door
      above={t("session.invited")}
      title={title}
      lead={t("session.invitedAs", { role: t(`role.${role}`), may: t(`roleMay.${role}`) })}
    >
      <NameForm
        action={signIn.isPending ? t("session.entering") : t("session.enter")}
        busy={signIn.isPending}
        error={signIn.error}
        onName={(name) => signIn.mutate(name)}
      />
    </Door>
  );
}
