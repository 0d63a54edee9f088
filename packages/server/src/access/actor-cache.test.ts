import { describe, expect, test } from "vitest";
import { anonymous, system, type UserActor } from "./actor.ts";
import { createActorCache, type FoundActor } from "./actor-cache.ts";

const actor = (userId: string): UserActor => ({
	kind: "user",
	userId,
	username: userId,
	instanceAdmin: false,
	personalEntityId: "e",
	defaultEntityId: "e",
	teams: new Map(),
	organizations: new Map(),
	grants: new Map(),
	via: "api-key",
});
const found = (userId: string, goodUntil: Date | null = null): FoundActor => ({ actor: actor(userId), goodUntil });
const at = (milliseconds: number) => new Date(1_000_000 + milliseconds);

/** A look-up that answers with one after the other, and counts. */
function lookUps(...answers: Array<FoundActor | null | Error>) {
	const asked = { count: 0 };
	const lookUp = async () => {
		const answer = answers[Math.min(asked.count++, answers.length - 1)];
		if (answer instanceof Error) throw answer;
		return answer ?? null;
	};
	return { asked, lookUp };
}

test("answers from memory for less than a second", async () => {
	const cache = createActorCache();
	const { asked, lookUp } = lookUps(found("a"), found("b"));
	expect(await cache.find("k", at(0), lookUp)).toMatchObject({ userId: "a" });
	expect(await cache.find("k", at(999), lookUp)).toMatchObject({ userId: "a" });
	expect(asked.count).toBe(1);
	expect(await cache.find("k", at(1000), lookUp)).toMatchObject({ userId: "b" });
	expect(asked.count).toBe(2);
});

test("does not trust a clock that went back", async () => {
	const cache = createActorCache();
	const { asked, lookUp } = lookUps(found("a"));
	await cache.find("k", at(0), lookUp);
	await cache.find("k", at(-1), lookUp);
	expect(asked.count).toBe(2);
});

test("lets many who ask at once share one look-up", async () => {
	const cache = createActorCache();
	const { asked, lookUp } = lookUps(found("a"));
	await Promise.all(Array.from({ length: 20 }, () => cache.find("k", at(0), lookUp)));
	expect(asked.count).toBe(1);
});

test("keeps neither nobody nor a failure", async () => {
	const cache = createActorCache();
	const { lookUp } = lookUps(null, new Error("away"), found("a"));
	expect(await cache.find("k", at(0), lookUp)).toBeNull();
	await expect(cache.find("k", at(0), lookUp)).rejects.toThrow("away");
	expect(await cache.find("k", at(0), lookUp)).toMatchObject({ userId: "a" });
});

test("drops a credential that ended in the meantime", async () => {
	const cache = createActorCache();
	const { lookUp } = lookUps(found("a", at(500)), null);
	expect(await cache.find("k", at(0), lookUp)).toMatchObject({ userId: "a" });
	expect(await cache.find("k", at(499), lookUp)).toMatchObject({ userId: "a" });
	expect(await cache.find("k", at(500), lookUp)).toBeNull();
});

test("a look-up under way when all is forgotten answers those who asked before, and nobody after", async () => {
	const cache = createActorCache();
	const slow = Promise.withResolvers<FoundActor>();
	const before = cache.find("k", at(0), () => slow.promise);
	cache.forgetAll();
	const { asked, lookUp } = lookUps(found("new"));
	expect(await cache.find("k", at(0), lookUp)).toMatchObject({ userId: "new" });
	slow.resolve(found("old"));
	expect(await before).toMatchObject({ userId: "old" });
	expect(await cache.find("k", at(1), lookUp)).toMatchObject({ userId: "new" });
	expect(asked.count).toBe(1);
});

test("holds 5,000 and lets go of the longest unused", async () => {
	const cache = createActorCache();
	const { asked, lookUp } = lookUps(found("a"));
	for (let index = 0; index < 5_000; index++) await cache.find(`k${index}`, at(0), lookUp);
	await cache.find("k0", at(1), lookUp);
	await cache.find("one more", at(1), lookUp);
	expect(asked.count).toBe(5_001);
	await cache.find("k0", at(2), lookUp);
	expect(asked.count).toBe(5_001);
	await cache.find("k1", at(2), lookUp);
	expect(asked.count).toBe(5_002);
});

describe("what is remembered for an actor", () => {
	/** Counts the look-ups of one thing, which is there or not. */
	function counted(value: string | null) {
		const asked = { count: 0 };
		const lookUp = async () => {
			asked.count++;
			return value;
		};
		return { asked, lookUp };
	}

	test("is his alone, and gone when all is forgotten or a second old", async () => {
		const cache = createActorCache();
		const [ann, bob] = [actor("ann"), actor("bob")];
		const { asked, lookUp } = counted("found");
		for (let index = 0; index < 3; index++) expect(await cache.recall(ann, "k", at(0), lookUp)).toBe("found");
		expect(asked.count).toBe(1);
		await cache.recall(bob, "k", at(0), lookUp);
		expect(asked.count).toBe(2);
		await cache.recall(ann, "k", at(999), lookUp);
		expect(asked.count).toBe(2);
		await cache.recall(ann, "k", at(1000), lookUp);
		expect(asked.count).toBe(3);
		cache.forgetAll();
		await cache.recall(ann, "k", at(1000), lookUp);
		expect(asked.count).toBe(4);
	});

	test("is never that there is none", async () => {
		const cache = createActorCache();
		const ann = actor("ann");
		const { asked, lookUp } = counted(null);
		for (let index = 0; index < 3; index++) expect(await cache.recall(ann, "k", at(0), lookUp)).toBeNull();
		expect(asked.count).toBe(3);
	});

	test("is nothing for those without an account", async () => {
		const cache = createActorCache();
		const { asked, lookUp } = counted("found");
		for (const who of [system, system, anonymous, anonymous]) await cache.recall(who, "k", at(0), lookUp);
		expect(asked.count).toBe(4);
	});

	test("does not come back from a look-up that was under way when all was forgotten", async () => {
		const cache = createActorCache();
		const ann = actor("ann");
		const slow = Promise.withResolvers<string>();
		const before = cache.recall(ann, "k", at(0), () => slow.promise);
		cache.forgetAll();
		slow.resolve("old");
		expect(await before).toBe("old");
		expect(await cache.recall(ann, "k", at(0), async () => "new")).toBe("new");
	});
});
