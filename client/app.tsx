import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { Suspense, useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Redirect, Route, Router, Switch, useLocation } from "wouter";
import { HomeLink } from "./surveys/home-link.tsx";
import { Refused } from "../shared/protocol/refusals.ts";
import { basePath, firstPage, patterns, to } from "./routes.ts";
import type { Person, Survey } from "./session/answers.ts";
import { Broken, Failure } from "./session/failure.tsx";
import { Join } from "./session/join.tsx";
import { later } from "./session/later.ts";
import { sessionKey } from "./session/use-session.ts";
import { SignedIn } from "./session/signed-in.tsx";
import { Home } from "./surveys/home.tsx";
import { useSurvey } from "./surveys/queries.ts";
import { LiveRegions } from "./ui/announce.tsx";
import { Boundary } from "./ui/boundary.tsx";
import { Notice } from "./ui/notice.tsx";

// The list of surveys is what most people see first: the rest comes when it is asked for.
const OpenPage = later(async () => (await import("./open-page.tsx")).OpenPage);
const CreateSurvey = later(async () => (await import("./surveys/create.tsx")).CreateSurvey);
const ImportSurvey = later(async () => (await import("./surveys/import.tsx")).ImportSurvey);

const queries = new QueryClient({
  defaultOptions: {
    // Expected refusals are answers, not accidents: asking again changes nothing. And a browser that believes itself
    // offline asks all the same: waiting for a network in silence, it would show nothing at all.
    queries: { retry: false, networkMode: "always" },
    mutations: { networkMode: "always" },
  },
  queryCache: new QueryCache({ onError: noticeSignedOut }),
});

/** A session can end while its screens stand: then whoever is here is asked for a name again. */
function noticeSignedOut(error: unknown): void {
  if (error instanceof Refused && error.refusal.code === "no-session") queries.setQueryData(sessionKey, null);
}

/** Everything that Plenum shows: which screen stands at which address. */
export function App() {
  return (
    <QueryClientProvider client={queries}>
      <Router base={basePath(document.baseURI)}>
        <Guarded>
          <Screens />
        </Guarded>
      </Router>
      <LiveRegions />
    </QueryClientProvider>
  );
}

/** A screen that cannot be drawn is replaced by what can be done, until the person goes elsewhere. */
function Guarded({ children }: { children: ReactNode }) {
  const [address] = useLocation();
  return (
    <Boundary until={address} instead={(error) => <Broken error={error} />}>
      <Suspense>{children}</Suspense>
    </Boundary>
  );
}

function Screens() {
  const [, go] = useLocation();
  const open = (survey: Survey): void => {
    // An answer that comes late, or twice, takes nobody back who has gone on to another page of the survey.
    const inside = `${basePath(document.baseURI)}${to.survey(survey.id)}/`;
    if (location.pathname.startsWith(inside)) return;
    const first = firstPage(survey.pages);
    go(first ? to.page(survey.id, first.id) : to.survey(survey.id), { replace: true });
  };
  return (
    <Switch>
      <Route path={patterns.home}>
        <SignedIn>{(me) => <Home me={me} />}</SignedIn>
      </Route>
      <Route path={patterns.create}>
        <SignedIn>{(me) => <CreateSurvey me={me} onMade={open} />}</SignedIn>
      </Route>
      <Route path={patterns.upload}>
        <SignedIn>{(me) => <ImportSurvey me={me} onMade={open} />}</SignedIn>
      </Route>
      <Route path={patterns.join}>{({ secret }) => <Join secret={secret} onJoined={open} />}</Route>
      <Route path={patterns.page}>
        {({ survey, page }) => <SignedIn>{(me) => <OpenSurvey id={survey} page={page} me={me} />}</SignedIn>}
      </Route>
      <Route path={patterns.survey}>
        {({ survey }) => <SignedIn>{(me) => <OpenSurvey id={survey} page={null} me={me} />}</SignedIn>}
      </Route>
      <Route>
        <NothingHere />
      </Route>
    </Switch>
  );
}

/** The room of a page, or of the survey's first page where none is named, once it is sure that both are there. */
function OpenSurvey({ id, page, me }: { id: string; page: string | null; me: Person }) {
  const { data: survey, error, refetch } = useSurvey(id);
  const failure = error && <Failure error={error} onRetry={() => void refetch()} home={<HomeLink />} />;
  if (!survey) return failure;
  const first = firstPage(survey.pages);
  const target = page === null ? first : survey.pages.find((each) => each.id === page);
  if (page === null && first) return <Redirect to={to.page(survey.id, first.id)} replace />;
  if (!target) return <AskAgain key={page} ask={refetch} otherwise={failure ?? <NothingHere />} />;
  return <OpenPage key={target.id} survey={survey} page={target} me={me} />;
}

/** Somebody else may have added a page since the survey was asked for: asks once more before it says otherwise. */
function AskAgain({ ask, otherwise }: { ask: () => Promise<unknown>; otherwise: ReactNode }) {
  const [hasAsked, setAsked] = useState(false);
  useEffect(() => void ask().then(() => setAsked(true)), [ask]);
  return hasAsked ? otherwise : null;
}

function NothingHere() {
  const { t } = useTranslation();
  return <Notice title={t("failed.notFound")} text={t("refusal.not-found")} action={<HomeLink />} />;
}
