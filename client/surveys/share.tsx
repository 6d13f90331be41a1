import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { may } from "../../shared/access/may.ts";
import type { Role } from "../../shared/access/roles.ts";
import type { Member } from "../../shared/records/state.ts";
import * as api from "../session/api.ts";
import { useRefusalWords } from "../session/failure.tsx";
import { Button } from "../ui/button.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import styles from "./share.module.css";

/** What links are made for, from the most asked for. "Suggester" joins them when pages take suggestions. */
const linkRoles = ["editor", "commenter", "reader", "owner"] as const satisfies readonly Role[];

type Props = {
  survey: string;
  role: Role;
  members: readonly Member[];
  me: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** Letting others in: a link for each role, and who is in already. */
export function ShareDialog({ survey, role, members, me, open, onOpenChange }: Props) {
  const { t } = useTranslation();
  const mayMake = may(role, "link.make");
  const lead = mayMake
    ? t("share.lead")
    : t("share.onlyOwner", { role: t(`role.${role}`), may: t(`roleMay.${role}`) });
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("share.title")} lead={lead}>
      {mayMake && (
        <ul className={styles.links}>
          {linkRoles.map((each) => (
            <LinkRow key={each} survey={survey} role={each} />
          ))}
        </ul>
      )}
      {members.length > 0 && (
        <>
          <h3 className={styles.heading}>{t("share.people")}</h3>
          <ul className={styles.members}>
            {members.map((member) => (
              <li key={member.person} className={styles.member}>
                <span>{member.person === me ? t("room.you", { name: member.name }) : member.name}</span>
                <span className={styles.role}>{t(`role.${member.role}`)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}

function LinkRow({ survey, role }: { survey: string; role: Role }) {
  const { t } = useTranslation();
  const words = useRefusalWords();
  const address = useRef<HTMLInputElement>(null);
  const link = useMutation({ mutationFn: () => api.makeLink(survey, role) });
  return (
    <li className={styles.row}>
      <div>
        <p className={styles.name}>{t(`role.${role}`)}</p>
        <p className={styles.may}>{t(`roleMay.${role}`)}</p>
      </div>
      {link.data === undefined && (
        <Button
          busy={link.isPending}
          onClick={() => link.mutate()}
          aria-label={t("share.makeFor", { role: t(`role.${role}`) })}
        >
          {link.isPending ? t("share.making") : t("share.make")}
        </Button>
      )}
      {link.data !== undefined && (
        <div className={styles.made}>
          <input
            ref={address}
            className={styles.url}
            readOnly
            value={link.data}
            aria-label={t("share.link", { role: t(`role.${role}`) })}
            onFocus={(event) => event.target.select()}
          />
          <CopyButton from={address} />
        </div>
      )}
      {link.error && (
        <p className={styles.wrong} role="alert">
          {words(link.error)}
        </p>
      )}
    </li>
  );
}
