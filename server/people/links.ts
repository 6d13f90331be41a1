import { isAtLeast, type Role } from "../../shared/access/roles.ts";
import { makeId, type Chance, type LinkId, type SurveyId } from "../../shared/base/ids.ts";
import { Refused } from "../../shared/protocol/refusals.ts";
import type { Records } from "../records/records.ts";
import type { Link, Links, Person } from "../storage/storage.ts";
import { hashSecret, makeLinkSecret } from "./secrets.ts";

/** Share links: whoever has the secret may come in with the link's role. */
export class ShareLinks {
  readonly #links: Links;
  readonly #records: Records;
  readonly #chance: Chance;
  readonly #nowMs: () => number;

  constructor(links: Links, records: Records, chance: Chance, nowMs: () => number) {
    this.#links = links;
    this.#records = records;
    this.#chance = chance;
    this.#nowMs = nowMs;
  }

  /** Makes a link; its secret is answered here and never again. */
  async make(survey: SurveyId, role: Role, by: Person): Promise<string> {
    const link: Link = { id: makeId<LinkId>(this.#chance), survey, role, at: this.#nowMs() };
    const secret = makeLinkSecret(this.#chance);
    await this.#links.add(link, hashSecret(secret));
    await this.#records.say(survey, by.id, () => [{ type: "link.made", link: link.id, role }]);
    return secret;
  }

  /** The link that this secret opens, or a refusal. */
  async find(secret: string): Promise<Link> {
    const link = await this.#links.bySecret(hashSecret(secret));
    if (!link) throw new Refused("not-found", "link");
    return link;
  }

  /** The person is now a member with the link's role, or keeps the higher one they had; answers which. */
  async join(secret: string, person: Person): Promise<{ survey: SurveyId; role: Role }> {
    const { survey, role } = await this.find(secret);
    await this.#records.say(survey, person.id, (state) => {
      const member = state.members.get(person.id);
      if (member && isAtLeast(member.role, role)) return [];
      return [{ type: "member.joined", member: person.id, name: person.name, role }];
    });
    const { members } = await this.#records.state(survey);
    return { survey, role: members.get(person.id)?.role ?? role };
  }
}
