import { DropdownMenu as Radix } from "radix-ui";
import type { Held } from "../../connection/store.ts";
import { useStore } from "../../connection/use-store.ts";
import { MenuChoice } from "../../ui/menu.tsx";
import look from "../../ui/menu.module.css";
import { landmarkOf } from "../../ui/landmark.ts";
import { kinds, nameOfKind, type Asked } from "./kind-button.ts";
import { useSay } from "./use-say.ts";

/** The menu of kinds, at the button of the box that asked for it. A word of one's own stays among the choices. */
export function KindMenu({ asked }: { asked: Held<Asked | null> }) {
  const now = useStore(asked);
  const say = useSay();
  if (!now) return null;
  const offered: readonly string[] = (kinds as readonly string[]).includes(now.kind)
    ? kinds
    : [now.kind, ...kinds];
  const { left, top, width, height } = now.button.getBoundingClientRect();
  return (
    <Radix.Root open modal={false} onOpenChange={(isOpen) => !isOpen && asked.set(null)}>
      <Radix.Trigger asChild>
        <span
          aria-hidden
          tabIndex={-1}
          style={{ position: "fixed", left, top, width, height, pointerEvents: "none" }}
        />
      </Radix.Trigger>
      <Radix.Portal container={landmarkOf(now.button)}>
        <Radix.Content
          className={look.menu}
          align="start"
          sideOffset={4}
          collisionPadding={12}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            now.button.focus();
          }}
        >
          <MenuChoice
            label={say("kindMenu")}
            value={now.kind}
            options={offered.map((value) => ({ value, label: nameOfKind(say, value) }))}
            onChoose={now.choose}
          />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
