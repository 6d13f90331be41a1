import type { SurveyId } from "../../shared/base/ids.ts";
import type { Role } from "../../shared/access/roles.ts";
import type { PageSummary, SurveySummary } from "../../shared/protocol/http.ts";
import type { SurveyState, TreeNode } from "../../shared/records/state.ts";

/** What a member is told of a survey: its title, their role, its tree in order. */
export function summaryOf(id: SurveyId, state: SurveyState, role: Role): SurveySummary {
  return { id, title: state.title, role, pages: state.tree.map(pageSummary) };
}

export function pageSummary({ id, title, path, kind, parent }: TreeNode): PageSummary {
  return { id, title, path, kind, parent };
}

/** Where to begin: the survey's first page, or null while it has none. */
export function firstPage(state: SurveyState): PageSummary | null {
  const page = state.tree.find((node) => node.kind === "page");
  return page ? pageSummary(page) : null;
}
