import type { Role } from "../../shared/access/roles.ts";
import type { PageId, PersonId, SurveyId } from "../../shared/base/ids.ts";

/** Who is at a socket, as the upgrade found out; it holds as long as the connection does. */
export type Visitor = {
  readonly page: PageId;
  readonly survey: SurveyId;
  readonly person: { readonly id: PersonId; readonly name: string };
  readonly role: Role;
};
