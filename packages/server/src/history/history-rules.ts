import type { DomainEvent, DomainEventType } from "../events.ts";

/**
 * Events that history shows, by their kind on the wire. The others are about people, keys and runs, or about what nobody
 * can see any more.
 */
const wireKinds = {
	"project.created": "PROJECT_CREATED",
	"project.updated": "PROJECT_UPDATED",
	"project.renamed": "PROJECT_RENAMED",
	"project.member-set": "PROJECT_MEMBER_SET",
	"project.member-removed": "PROJECT_MEMBER_REMOVED",
	"project.owner-set": "PROJECT_OWNER_SET",
	"registry.updated": "REGISTRY_UPDATED",
	"collection.created": "COLLECTION_CREATED",
	"collection.described": "COLLECTION_DESCRIBED",
	"collection.renamed": "COLLECTION_RENAMED",
	"collection.retyped": "COLLECTION_RETYPED",
	"collection.tagged": "COLLECTION_TAGGED",
	"collection.moved": "COLLECTION_MOVED",
	"collection.deleted": "COLLECTION_DELETED",
	"collection.linked": "COLLECTION_LINKED",
	"collection.unlinked": "COLLECTION_UNLINKED",
	"alias.moved": "ALIAS_MOVED",
	"artifact.committed": "ARTIFACT_COMMITTED",
	"artifact.described": "ARTIFACT_DESCRIBED",
	"artifact.tagged": "ARTIFACT_TAGGED",
	"artifact.used": "ARTIFACT_USED",
	"artifact.deleted": "ARTIFACT_DELETED",
} as const satisfies Partial<Record<DomainEventType, string>>;

export type ShownType = keyof typeof wireKinds;
// A cast: `Object.keys` forgets what is known of the keys.
export const shownTypes = Object.keys(wireKinds) as ShownType[];
export type ShownEvent = Extract<DomainEvent, { type: ShownType }>;

/** Those that tell who belongs to a project. */
export const peopleTypes: ReadonlySet<ShownType> = new Set<ShownType>([
	"project.member-set",
	"project.member-removed",
	"project.owner-set",
]);

export function wireKind(type: ShownType): (typeof wireKinds)[ShownType] {
	return wireKinds[type];
}

/** Numbers in its collection of the versions that an event names, where they are known. */
export type VersionNumbers = { readonly versionIndex: number | null; readonly fromVersionIndex: number | null };

export type Change = {
	readonly field: string;
	readonly item: string | null;
	readonly before: string | null;
	readonly after: string | null;
};

/** What an event says was changed. */
export function changesOf(event: ShownEvent, numbers: VersionNumbers): Change[] {
	switch (event.type) {
		case "project.created":
		case "collection.created":
			return [change("name", null, event.name)];
		case "collection.deleted":
			return [change("name", event.name, null)];
		case "project.updated":
			return [...changed("access", event.access), ...changed("description", event.description)];
		case "project.renamed":
		case "collection.renamed":
			return [change("name", event.from, event.to)];
		case "collection.moved":
			return event.from === event.to ? [] : [change("name", event.from, event.to)];
		case "collection.retyped":
			return [change("type", event.from, event.to)];
		case "collection.described":
		case "artifact.described":
			return [change("description", event.from || null, event.to || null)];
		case "project.member-set":
			return [change("role", event.from, event.role)];
		case "project.member-removed":
			return [change("role", event.from, null)];
		case "project.owner-set":
			return [change("owner", event.fromUserId, event.userId)];
		case "registry.updated":
			return [change(event.setting, settingText(event.from), settingText(event.to))];
		case "collection.tagged":
		case "artifact.tagged":
			return [
				...event.removed.map((tag) => change("tag", tag, null)),
				...event.added.map((tag) => change("tag", null, tag)),
			];
		default:
			return versionChanges(event, numbers);
	}
}

type VersionEvent = Extract<
	ShownEvent,
	{
		type:
			| "collection.linked"
			| "collection.unlinked"
			| "alias.moved"
			| "artifact.committed"
			| "artifact.used"
			| "artifact.deleted";
	}
>;

function versionChanges(event: VersionEvent, numbers: VersionNumbers): Change[] {
	switch (event.type) {
		case "collection.linked":
		case "artifact.committed":
			return [change("version", null, versionText(event.versionIndex))];
		case "collection.unlinked":
			return [change("version", versionText(event.versionIndex), null)];
		case "artifact.deleted":
			return [change("version", versionText(numbers.versionIndex), null)];
		case "alias.moved": {
			const before = event.fromArtifactId === null ? null : versionText(numbers.fromVersionIndex);
			const after = event.artifactId === null ? null : versionText(numbers.versionIndex);
			return [{ ...change("alias", before, after), item: event.alias }];
		}
		case "artifact.used":
			return [];
	}
}

function change(field: string, before: string | null, after: string | null): Change {
	return { field, item: null, before, after };
}

function changed(field: string, what: { readonly from: string; readonly to: string } | null): Change[] {
	return what === null ? [] : [change(field, what.from || null, what.to || null)];
}

function versionText(versionIndex: number | null): string | null {
	return versionIndex === null ? null : `v${versionIndex}`;
}

function settingText(value: string | boolean | readonly string[] | null): string | null {
	if (value === null || typeof value === "string") return value;
	return typeof value === "boolean" ? String(value) : value.join(", ");
}
