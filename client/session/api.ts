import type { z } from "zod/mini";
import type { Role } from "../../shared/access/roles.ts";
import * as http from "../../shared/protocol/http.ts";
import { Refused } from "../../shared/protocol/refusals.ts";
import * as answers from "./answers.ts";

/** The server could not be asked: no network, or nobody answers at its address. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

/*
 * Every HTTP call that the browser makes, and nothing else that fetches. Each resolves with what the contract
 * (shared/protocol/http.ts) promises, or rejects with `Refused` or `Unreachable`. The session travels in a
 * cookie that scripts cannot see.
 */

/** Who is signed in in this browser, or null. */
export async function whoAmI(): Promise<answers.Person | null> {
  try {
    return (await get("api/session", http.session)).person;
  } catch (error) {
    if (error instanceof Refused && error.refusal.code === "no-session") return null;
    throw error;
  }
}

export async function signIn(name: string): Promise<answers.Person> {
  return (await post("api/session", { name }, http.session)).person;
}

export async function surveys(): Promise<answers.SurveyEntry[]> {
  return (await get("api/surveys", http.surveyList)).surveys;
}

export function survey(id: string): Promise<answers.Survey> {
  return get(`api/surveys/${encodeURIComponent(id)}`, http.surveySummary);
}

export function createSurvey(title: string, template: answers.Template): Promise<answers.Survey> {
  return post("api/surveys", { title, template }, http.surveySummary);
}

export function addPage(id: string, title: string): Promise<http.PageSummary> {
  return post(`api/surveys/${encodeURIComponent(id)}/pages`, { title }, http.pageSummary);
}

/** What a link opens, before it is used. */
export function link(secret: string): Promise<z.infer<typeof http.invitation>> {
  return get(`api/links/${encodeURIComponent(secret)}`, http.invitation);
}

/** Uses a link: from here on its role is this person's, unless they had a greater one. */
export async function join(secret: string): Promise<answers.Survey> {
  return (await post(`api/links/${encodeURIComponent(secret)}`, {}, http.joined)).survey;
}

export async function makeLink(id: string, role: Role): Promise<string> {
  const made = await post(`api/surveys/${encodeURIComponent(id)}/links`, { role }, http.madeLink);
  return new URL(made.url, document.baseURI).href;
}

export async function pageMarkdown(page: string, comments: answers.CommentsAs): Promise<string> {
  return (await ask(pageMarkdownUrl(page, comments))).text();
}

export function pageMarkdownUrl(page: string, comments: answers.CommentsAs): string {
  return url(`api/pages/${encodeURIComponent(page)}/export.md?comments=${comments}`);
}

export function surveyZipUrl(id: string): string {
  return url(`api/surveys/${encodeURIComponent(id)}/export.zip`);
}

/** Gives an image to the survey; answers its id. */
export async function addPicture(id: string, file: File): Promise<string> {
  const headers = { "content-type": file.type };
  const path = `api/surveys/${encodeURIComponent(id)}/assets`;
  const answer = await ask(url(path), { method: "POST", headers, body: file });
  return http.assetSummary.parse(await answer.json()).id;
}

export function assetUrl(id: string, asset: string): string {
  return url(`api/surveys/${encodeURIComponent(id)}/assets/${encodeURIComponent(asset)}`);
}

/**
 * Makes a survey of one zip, or of Markdown files. `onSent` hears how much of the upload is on its way, from 0
 * to 1: `fetch` cannot tell, hence the older way to ask.
 */
export function importSurvey(
  files: readonly File[],
  onSent: (fraction: number) => void,
): { done: Promise<answers.Survey>; cancel: () => void } {
  const request = new XMLHttpRequest();
  const done = new Promise<answers.Survey>((resolve, reject) => {
    request.upload.onprogress = (event) => onSent(event.loaded / event.total);
    request.onload = () => {
      try {
        if (request.status >= 400) throw answers.refusalIn(request.status, request.responseText);
        resolve(http.surveySummary.parse(JSON.parse(request.responseText)));
      } catch (error) {
        reject(error);
      }
    };
    request.onerror = () => reject(new Unreachable());
    request.open("POST", url("api/surveys/import"));
    request.send(uploadBody(files, request));
  });
  return { done, cancel: () => request.abort() };
}

function uploadBody(files: readonly File[], request: XMLHttpRequest): File | FormData {
  const [only] = files;
  if (only && files.length === 1 && answers.isZip(only.name)) {
    request.setRequestHeader("content-type", "application/zip");
    return only;
  }
  const form = new FormData();
  for (const file of files) form.append("files", file, file.name);
  return form;
}

function url(path: string): string {
  return new URL(path, document.baseURI).href;
}

async function get<T>(path: string, shape: z.ZodMiniType<T>): Promise<T> {
  return shape.parse(await (await ask(url(path))).json());
}

async function post<T>(path: string, body: object, shape: z.ZodMiniType<T>): Promise<T> {
  const answer = await ask(url(path), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return shape.parse(await answer.json());
}

async function ask(address: string, init?: RequestInit): Promise<Response> {
  const answer = await fetch(address, init).catch((cause: unknown) => {
    throw new Unreachable("the server did not answer", { cause });
  });
  if (!answer.ok) throw answers.refusalIn(answer.status, await answer.text());
  return answer;
}
