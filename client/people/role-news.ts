import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { toast } from "sonner";
import type { Role } from "../../shared/access/roles.ts";
import { announce } from "../ui/announce.tsx";

/** Tells a person, to see and to hear, that their role is another now. The first role that is known is no news. */
export function useRoleNews(role: Role | null): void {
  const { t } = useTranslation();
  const before = useRef<Role | null>(null);
  useEffect(() => {
    const isNews = before.current !== null && role !== null && before.current !== role;
    before.current = role ?? before.current;
    if (!isNews) return;
    const words = t("roleChanged", { role: t(`role.${role}`), may: t(`roleMay.${role}`) });
    toast(words);
    announce(words, "assertive");
  }, [role, t]);
}
