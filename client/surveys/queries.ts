import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import * as api from "../session/api.ts";
import type { Survey, Template } from "../session/answers.ts";

/** The surveys that this person may enter, the newest first. */
export function useSurveys() {
  return useQuery({ queryKey: ["surveys"], queryFn: api.surveys });
}

/** One survey as it was when asked; in its room, the connection knows it as it is now. */
export function useSurvey(id: string) {
  return useQuery({
    queryKey: ["survey", id],
    queryFn: () => api.survey(id),
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

/** What to do with a survey that was just made: the list must know it, and it need not be asked for again. */
export function useKeepSurvey(): (survey: Survey) => void {
  const queries = useQueryClient();
  return (survey) => {
    queries.setQueryData(["survey", survey.id], survey);
    void queries.invalidateQueries({ queryKey: ["surveys"] });
  };
}

export function useCreateSurvey(onMade: (survey: Survey) => void) {
  const keep = useKeepSurvey();
  return useMutation({
    mutationFn: ({ title, template }: { title: string; template: Template }) =>
      api.createSurvey(title, template),
    onSuccess: (survey) => {
      keep(survey);
      onMade(survey);
    },
  });
}

export function useAddPage(id: string, onAdded: (page: string) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (title: string) => api.addPage(id, title),
    onSuccess: async (page) => {
      await queries.invalidateQueries({ queryKey: ["survey", id] });
      onAdded(page.id);
    },
  });
}
