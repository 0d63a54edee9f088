import { type RawBuilder, sql } from "kysely";
import type { Database } from "../db/database.ts";
import { columnsIn, nestRow } from "../db/nested-row.ts";
import { named } from "../db/query-name.ts";
import { type ProjectRow, projectColumns } from "../project/index.ts";
import { artifactColumns, collectionColumns, memberColumns } from "./artifact-columns-reader.ts";
import { collectionKey, type VersionSelector } from "./artifact-name-rules.ts";
import type { AliasRow, ArtifactRow, CollectionRow, MembershipRow, TagRow } from "./artifact-rows.ts";

/** A version with every place it is in: all that rights depend on, and all that is commonly asked of it, in one query. */
export type VersionFound = {
	readonly artifact: ArtifactRow;
	/** Its living memberships, in no order; none while it is pending. */
	readonly members: readonly MembershipRow[];
	/** Where it was logged, and where it is linked to. */
	readonly projects: readonly ProjectRow[];
};

/** Once, however many places there are: it may be long. */
const versionColumns = { ...artifactColumns, metadata: "case when c.id = a.collection_id then a.metadata::text end" };

const aliasesAsJson = sql`(select coalesce(json_agg(json_build_object('id', l.id, 'alias', l.alias,
		'collectionId', l.collection_id, 'memberId', l.member_id, 'artifactId', a.id) order by l.created_at, l.alias), '[]')
	from artifact_member held join artifact_alias l on l.member_id = held.id where held.artifact_id = a.id)`;

const tagsAsJson = sql`(select coalesce(json_agg(json_build_object('id', g.id, 'artifactId', a.id, 'name', g.name)
	order by g.name), '[]') from artifact_tag g where g.artifact_id = a.id)`;

const placeColumns = sql`${columnsIn("artifact", versionColumns)}, ${columnsIn("collection", collectionColumns)},
	${columnsIn("project", projectColumns)}, ${columnsIn("member", memberColumns)}`;

/** One place of a version; what is said of the version itself is complete in the row of its own collection only. */
type PlaceRow = {
	readonly key: string;
	readonly artifact: ArtifactRow;
	readonly collection: CollectionRow;
	readonly project: ProjectRow;
	readonly member: MembershipRow | null;
	readonly aliases: readonly AliasRow[] | null;
	readonly tags: readonly TagRow[] | null;
};

/** The version of this id, in any state. An id whose content was committed by another version first finds that one. */
export async function readVersion(db: Database, id: string): Promise<VersionFound | undefined> {
	const asked = sql`select asked.id as key, coalesce(asked.merged_into_id, asked.id) as artifact_id
		from artifact asked where asked.id = ${id} limit 1`;
	return assemble(await readPlaces(db, "artifact.version", asked))?.version;
}

/** Where to look for a version by name: in one collection, or in a project's collection of that name, whatever its case. */
export type CollectionAsked =
	| { readonly collectionId: string }
	| { readonly projectId: string; readonly collectionName: string };

/** The living member of a collection that a selector names: by number, else alias, else digest. */
export async function readMember(
	db: Database,
	where: CollectionAsked,
	selector: VersionSelector,
): Promise<MembershipRow | undefined> {
	const members = sql`select m.id as key, m.artifact_id from artifact_member m join artifact a on a.id = m.artifact_id`;
	const collection = collectionIdOf(where);
	const here = sql`a.state = 'COMMITTED' and m.collection_id = ${collection}`;
	if (selector.versionIndex !== null) {
		const byNumber = sql`${members} where ${here} and m.version_index = ${selector.versionIndex} limit 1`;
		return memberAsked(await readPlaces(db, "artifact.memberByVersion", byNumber));
	}
	// One holder at most, and the limit says so to the planner: what belongs to him is looked up after him, whatever the
	// sizes of the tables were when the statement was planned.
	const byAlias = sql`select m.id as key, m.artifact_id from artifact_alias l
		join artifact_member m on m.id = l.member_id join artifact a on a.id = m.artifact_id
		where l.collection_id = ${collection} and l.alias = ${selector.text} and a.state = 'COMMITTED' limit 1`;
	const found = memberAsked(await readPlaces(db, "artifact.memberByAlias", byAlias));
	if (found !== undefined || selector.digestPrefix === null) return found;
	const byDigest = sql`${members} where ${here} and a.digest like ${`${selector.digestPrefix}%`}
		order by m.version_index desc limit 2`;
	// Two living versions of one digest cannot be; two that share a prefix can, and then it names neither.
	return memberAsked(await readPlaces(db, "artifact.memberByDigest", byDigest));
}

/** A member by its id, while its version is alive. */
export async function readMemberById(db: Database, memberId: string): Promise<MembershipRow | undefined> {
	const asked = sql`select m.id as key, m.artifact_id from artifact_member m join artifact a on a.id = m.artifact_id
		where m.id = ${memberId} and a.state = 'COMMITTED' limit 1`;
	return memberAsked(await readPlaces(db, "artifact.memberById", asked));
}

function collectionIdOf(where: CollectionAsked): RawBuilder<unknown> {
	if ("collectionId" in where) return sql`${where.collectionId}::uuid`;
	return sql`(select id from artifact_collection
		where project_id = ${where.projectId} and name_key = ${collectionKey(where.collectionName)})`;
}

/** The places of the versions that `asked` names, rows of a `key` and an `artifact_id`. */
async function readPlaces(db: Database, name: string, asked: RawBuilder<unknown>): Promise<PlaceRow[]> {
	const query = sql<object>`
		select asked.key, ${placeColumns},
			case when c.id = a.collection_id then ${aliasesAsJson} end as aliases,
			case when c.id = a.collection_id then ${tagsAsJson} end as tags
		from (${asked}) asked join artifact a on a.id = asked.artifact_id
		cross join lateral (
			select a.collection_id as id
			union select m.collection_id from artifact_member m where m.artifact_id = a.id
		) place
		join artifact_collection c on c.id = place.id join artifact_type t on t.id = c.type_id
		join project p on p.id = c.project_id join entity e on e.id = p.entity_id
		left join registry r on r.project_id = p.id
		left join artifact_member own on own.artifact_id = a.id and own.collection_id = c.id`;
	return (await named(name, query).execute(db)).rows.map((row) => nestRow<PlaceRow>(row));
}

function memberAsked(places: readonly PlaceRow[]): MembershipRow | undefined {
	const found = assemble(places);
	return found?.version.members.find((member) => member.id === found.key);
}

/** The one version of these places; none where there are several or none. */
function assemble(places: readonly PlaceRow[]): { key: string; version: VersionFound } | undefined {
	const own = places.find((place) => place.collection.id === place.artifact.collectionId);
	if (own === undefined || places.some((place) => place.key !== own.key)) return undefined;
	const collections = new Map(
		places.map(({ collection, project }) => [collection.id, { ...collection, project }] as const),
	);
	const alongAlias = (alias: AliasRow): AliasRow => {
		const collection = collections.get(alias.collectionId);
		return collection === undefined ? alias : { ...alias, collection };
	};
	const projects = places.map(({ project }) => project);
	const artifact = withAlong(
		{ ...own, artifact: { ...own.artifact, projects } },
		(own.aliases ?? []).map(alongAlias),
		collections.get(own.collection.id),
	);
	const members = places.flatMap(({ member, collection }) => {
		if (member === null || artifact.state !== "COMMITTED") return [];
		const aliases = artifact.aliases?.filter(({ memberId }) => memberId === member.id) ?? [];
		return [{ ...member, artifact, collection: collections.get(collection.id) ?? collection, aliases }];
	});
	return { key: own.key, version: { artifact, members, projects } };
}

function withAlong(own: PlaceRow, aliases: readonly AliasRow[], sequence: CollectionRow | undefined): ArtifactRow {
	const artifact = sequence === undefined ? own.artifact : { ...own.artifact, sequence };
	// A pending version has its aliases and tags still to come: whoever commits it must not hand out what was there before.
	return artifact.state === "COMMITTED" ? { ...artifact, aliases, tags: own.tags ?? [] } : artifact;
}
