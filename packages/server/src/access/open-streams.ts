import type { UserActor } from "./actor.ts";

/** An answer that is being sent to somebody. */
export type OpenStream = {
	/** What he was when it began. */
	readonly actor: UserActor;
	/** What he is now; null when his key or session is no longer good. */
	readonly lookUp: () => Promise<UserActor | null>;
	readonly cut: () => void;
};

/** The answers under way, which end when whoever they go to loses the right to them. */
export type OpenStreams = {
	/** Watches one from now on; what it gives ends that. */
	watch(stream: OpenStream): () => void;
	/** Looks at all of them again; with `age` only at those that have been open for so many milliseconds. */
	recheck(age?: number): Promise<void>;
};

export function createOpenStreams(clock: () => Date): OpenStreams {
	const open = new Map<OpenStream, number>();
	return {
		watch(stream) {
			open.set(stream, clock().getTime());
			return () => void open.delete(stream);
		},
		async recheck(age = 0) {
			const before = clock().getTime() - age;
			const due = [...open].filter(([, since]) => since <= before).map(([stream]) => stream);
			await Promise.all(due.map((stream) => cutIfLost(stream)));
		},
	};
}

async function cutIfLost(stream: OpenStream): Promise<void> {
	// A database that is away for a moment takes nobody's rights.
	const now = await stream.lookUp().catch(() => stream.actor);
	if (now === null || hasLost(stream.actor, now)) stream.cut();
}

/** Has he left a team, an organisation, or a project that he was named to? Whatever his role was there, he could read. */
function hasLost(before: UserActor, now: UserActor): boolean {
	return (
		[...before.teams.keys()].some((id) => !now.teams.has(id)) ||
		[...before.organizations.keys()].some((id) => !now.organizations.has(id)) ||
		[...before.grants.keys()].some((id) => !now.grants.has(id))
	);
}
