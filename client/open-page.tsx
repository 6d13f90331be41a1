import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Toaster, toast as notice } from "sonner";
import { useLocation } from "wouter";
import { may } from "../shared/access/may.ts";
import { Refused } from "../shared/protocol/refusals.ts";
import { CommentDrawer, CommentMargin } from "./comments/margin.tsx";
import { PageConnection } from "./connection/page-connection.ts";
import type { Status } from "./connection/status.ts";
import { useStore } from "./connection/use-store.ts";
import { History } from "./editor/history.ts";
import { PageEditor } from "./editor/page-editor.tsx";
import type { PageText } from "./editor/page-text.ts";
import { KeptBanner } from "./kept/kept-banner.tsx";
import { HomeLink } from "./surveys/home-link.tsx";
import { useArrivals } from "./people/arrivals.ts";
import { Presence } from "./people/presence.tsx";
import { useRoleNews } from "./people/role-news.ts";
import { Banner } from "./room/banner.tsx";
import { ConnectionLine } from "./room/connection-line.tsx";
import { Contents, type ContentsNode } from "./room/contents.tsx";
import { Room } from "./room/room.tsx";
import { sectionsOf } from "./room/sections.ts";
import { useOutline } from "./room/use-outline.ts";
import { useReading } from "./room/use-reading.ts";
import { basePath, to } from "./routes.ts";
import type { Person, Survey } from "./session/answers.ts";
import { addPicture, assetUrl } from "./session/api.ts";
import { Failure, useRefusalWords } from "./session/failure.tsx";
import { AddPage } from "./surveys/add-page.tsx";
import { ExportDialog, ExportItems, fileName } from "./surveys/export.tsx";
import { downloadCopy } from "./surveys/own-copy.ts";
import { ShareDialog } from "./surveys/share.tsx";
import toast from "./ui/toast.module.css";

type Props = { survey: Survey; page: Survey["pages"][number]; me: Person };

/** Opens the room of a page: its connection lives as long as this stands. */
export function OpenPage({ survey, page, me }: Props) {
  const [connection, setConnection] = useState<PageConnection | null>(null);
  useEffect(() => {
    const opened = new PageConnection({ page: page.id, survey: survey.id, person: me.id });
    // oxlint-disable-next-line react/set-state-in-effect -- drawing may be repeated, opening a socket may not
    setConnection(opened);
    return () => opened.destroy();
  }, [page.id, survey.id, me.id]);
  return connection && <InRoom connection={connection} survey={survey} page={page} me={me} />;
}

/** Brings the parts of the room together: none of them knows the others. */
function InRoom({ connection, survey, page, me }: Props & { connection: PageConnection }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const refusalWords = useRefusalWords();
  const [text, setText] = useState<PageText | null>(null);
  const [isSharing, setSharing] = useState(false);
  const [isExporting, setExporting] = useState(false);
  const status = useStore(connection.status);
  const people = useStore(connection.people);
  const now = useLiveSurvey(connection, survey);
  const hadText = useHadText(status);
  const outline = useOutline(text);
  const sections = useMemo(() => sectionsOf(outline), [outline]);
  const reading = useReading(text, sections);
  useArrivals(people, me.id);
  useAnchor(text);
  useRoleNews(now.liveRole);

  const mayWrite = may(now.role, "page.write") && isWritable(status);
  const current = now.nodes.find((node) => node.id === page.id) ?? page;
  if (status.refusal && !hadText)
    return <Failure error={refusedBy(status)} onRetry={() => location.reload()} home={<HomeLink />} />;
  return (
    <>
      <Room
        survey={now.title}
        page={current.title}
        banner={
          <>
            <Banner
              status={status}
              refusalWords={(refused) => refusalWords(refusedBy(refused))}
              onDownload={() => void downloadCopy(connection.doc, fileName(page.path))}
              onDiscard={() => void connection.discard().finally(() => location.reload())}
            />
            <KeptBanner
              connection={connection}
              mayWrite={mayWrite}
              history={History.of(connection.doc)}
              toText={() => text?.focus()}
            />
          </>
        }
        status={<ConnectionLine status={status} onTryNow={() => connection.tryNow()} />}
        presence={<Presence people={people} me={me.id} />}
        exports={<ExportItems survey={survey.id} onPage={() => setExporting(true)} />}
        onShare={() => setSharing(true)}
        contents={(close) => (
          <Contents
            survey={survey.id}
            nodes={now.nodes}
            page={page.id}
            sections={sections}
            reading={reading}
            onLeave={close}
            onSection={(id) => {
              close();
              text?.goTo(id);
            }}
            foot={
              may(now.role, "page.add") && (
                <AddPage
                  survey={survey.id}
                  onAdded={(added) => {
                    close();
                    go(to.page(survey.id, added));
                  }}
                />
              )
            }
          />
        )}
        text={
          hadText ? (
            <PageEditor
              connection={connection}
              editable={mayWrite}
              resolveAsset={(asset) => assetUrl(survey.id, asset)}
              resolvePage={(id, anchor) => `${basePath(document.baseURI)}${to.page(survey.id, id, anchor)}`}
              goToPage={(id, anchor) => go(to.page(survey.id, id, anchor))}
              addPicture={(file) => addPicture(survey.id, file)}
              onRefused={(error) => notice.error(refusalWords(error))}
              onReady={setText}
              placeholder={t("room.placeholder")}
            />
          ) : (
            <p role="status">{t("loading")}</p>
          )
        }
        margin={<CommentMargin connection={connection} text={text} />}
        drawer={(open, onOpenChange) => (
          <CommentDrawer connection={connection} text={text} open={open} onOpenChange={onOpenChange} />
        )}
      />
      <ShareDialog
        survey={survey.id}
        role={now.role}
        members={now.members}
        me={me.id}
        open={isSharing}
        onOpenChange={setSharing}
      />
      <Toaster position="bottom-center" toastOptions={{ unstyled: true, className: toast.toast ?? "" }} />
      <ExportDialog page={page.id} path={page.path} open={isExporting} onOpenChange={setExporting} />
    </>
  );
}

/** Brings the heading that the address names into view, once the text is there. */
function useAnchor(text: PageText | null): void {
  useEffect(() => {
    const anchor = location.hash.slice(1);
    if (text && anchor) text.goToAnchor(anchor);
  }, [text]);
}

/** The survey as its records tell it; until they have come, as the server answered. */
function useLiveSurvey(connection: PageConnection, survey: Survey) {
  const { state, role } = useStore(connection.survey);
  const nodes: readonly ContentsNode[] = state.seq === 0 ? survey.pages : state.tree;
  return {
    title: state.seq === 0 ? survey.title : state.title,
    nodes,
    liveRole: role,
    role: role ?? survey.role,
    members: [...state.members.values()],
  };
}

/** Whether the page's text has been there once: from then on it stays on the screen, whatever happens. */
function useHadText(status: Status): boolean {
  const [hadText, setHadText] = useState(false);
  const hasText = status.state !== "loading" && !status.refusal;
  if (hasText && !hadText) setHadText(true);
  return hadText || hasText;
}

function isWritable({ state }: Status): boolean {
  return state !== "refused" && state !== "outdated" && state !== "read-only";
}

function refusedBy({ refusal }: Status): Refused {
  return new Refused(refusal?.code ?? "internal", refusal?.details);
}
