import { UserRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Person } from "../session/answers.ts";
import { Button } from "../ui/button.tsx";
import { Menu, MenuNote, MenuRule } from "../ui/menu.tsx";
import { ThemeChoice } from "../ui/theme-choice.tsx";
import styles from "./person-menu.module.css";

/** Under whose name this browser is in, and how Plenum looks in it. */
export function PersonMenu({ me }: { me: Person }) {
  const { t } = useTranslation();
  const words = t("home.person", { name: me.name });
  return (
    <Menu
      button={
        <Button look="icon" className={styles.me ?? ""} aria-label={words}>
          <span className={styles.name}>{me.name}</span>
          <UserRound aria-hidden />
        </Button>
      }
    >
      <MenuNote>{words}</MenuNote>
      <MenuRule />
      <ThemeChoice />
    </Menu>
  );
}
