import { z } from "zod/mini";
import { role } from "../access/roles.ts";
import { linkId, personId } from "../base/ids.ts";
import { limits } from "../base/limits.ts";
import { kind } from "./record.ts";

/** Somebody came in, through a link or as the survey's maker, and may do what the role says. */
export const memberJoined = kind({
  type: "member.joined",
  said: z.object({
    member: personId,
    name: z.string().check(z.minLength(1), z.maxLength(limits.nameLength)),
    role,
  }),
  action: "server",
  apply: (state, said) => {
    state.members.set(said.member, { person: said.member, name: said.name, role: said.role });
  },
});

export const memberSet = kind({
  type: "member.set",
  said: z.object({ member: personId, role }),
  action: "member.set",
  refuse: (state, said, asker) => {
    if (!state.members.has(said.member)) return { code: "not-found", details: "member" };
    if (said.member === asker.person)
      return { code: "not-allowed", details: "another owner must change your role" };
    return null;
  },
  apply: (state, said) => {
    const member = state.members.get(said.member);
    if (member) state.members.set(said.member, { ...member, role: said.role });
  },
});

/** A share link was made. Its secret is in no record: only its hash is kept, with the link. */
export const linkMade = kind({
  type: "link.made",
  said: z.object({ link: linkId, role }),
  action: "server",
  apply: (state, record) => {
    state.links.set(record.link, { id: record.link, role: record.role, by: record.person, at: record.at });
  },
});
