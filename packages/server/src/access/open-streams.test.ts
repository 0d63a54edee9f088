import { expect, test } from "vitest";
import type { TeamRole, UserActor } from "./actor.ts";
import { createOpenStreams } from "./open-streams.ts";

const actor = (teams: Record<string, TeamRole>): UserActor => ({
	kind: "user",
	userId: "u",
	username: "u",
	instanceAdmin: false,
	personalEntityId: "e",
	defaultEntityId: "e",
	teams: new Map(Object.entries(teams)),
	organizations: new Map([["o", "member"]]),
	grants: new Map([["p", "viewer"]]),
	via: "ticket",
});

/** A stream of somebody in the team `t` who is found to be `now` when asked again. */
function streamOf(now: () => Promise<UserActor | null>) {
	const seen = { cut: 0 };
	return { seen, stream: { actor: actor({ t: "member" }), lookUp: now, cut: () => void seen.cut++ } };
}

test.each([
	["nobody any more", null, 1],
	["in no team", actor({}), 1],
	["out of a project", { ...actor({ t: "member" }), grants: new Map() }, 1],
	["out of the organisation", { ...actor({ t: "member" }), organizations: new Map() }, 1],
	["of a lower role, who may still read", actor({ t: "viewer" }), 0],
	["in more teams", actor({ t: "member", further: "admin" }), 0],
])("whoever is found to be %s", async (_what, now, cuts) => {
	const streams = createOpenStreams(() => new Date(0));
	const { seen, stream } = streamOf(async () => now);
	streams.watch(stream);
	await streams.recheck();
	expect(seen.cut).toBe(cuts);
});

test("a database that is away takes nobody's rights", async () => {
	const streams = createOpenStreams(() => new Date(0));
	const { seen, stream } = streamOf(async () => await Promise.reject(new Error("away")));
	streams.watch(stream);
	await streams.recheck();
	expect(seen.cut).toBe(0);
});

test("what has ended is not looked at, and with an age only what is older", async () => {
	let now = 0;
	const streams = createOpenStreams(() => new Date(now));
	const [ended, young] = [streamOf(async () => null), streamOf(async () => null)];
	streams.watch(ended.stream)();
	now = 1_000;
	streams.watch(young.stream);
	now = 5_999;
	await streams.recheck(5_000);
	expect([ended.seen.cut, young.seen.cut]).toEqual([0, 0]);
	now = 6_000;
	await streams.recheck(5_000);
	expect([ended.seen.cut, young.seen.cut]).toEqual([0, 1]);
});
