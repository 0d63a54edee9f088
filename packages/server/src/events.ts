/** What something was, and what it is. */
type Change = { readonly from: string; readonly to: string };

/**
 * The closed union of what happened. A use case emits an event inside its own transaction (`jobs/outbox.ts`);
 * readers of the outbox (history, automations, audit, search) come after the fact and can never veto.
 */
export type DomainEvent =
	| { type: "user.created"; userId: string; username: string }
	| { type: "user.deactivated"; userId: string }
	| { type: "user.activated"; userId: string }
	| { type: "user.admin-set"; userId: string; admin: boolean }
	| { type: "user.password-changed"; userId: string }
	| { type: "user.renamed"; userId: string; from: string; to: string }
	| { type: "api-key.created"; keyId: string; userId: string; scope: string }
	| { type: "api-key.deleted"; keyId: string; userId: string }
	| { type: "organization.created"; organizationId: string; name: string }
	| { type: "team.created"; entityId: string; organizationId: string; name: string }
	| { type: "organization.member-set"; organizationId: string; userId: string; role: string }
	| { type: "organization.member-removed"; organizationId: string; userId: string }
	| { type: "organization.renamed"; organizationId: string; from: string; to: string }
	| { type: "organization.deleted"; organizationId: string; name: string }
	| { type: "team.member-set"; entityId: string; userId: string; role: string }
	| { type: "team.member-removed"; entityId: string; userId: string }
	| { type: "team.renamed"; entityId: string; from: string; to: string }
	| { type: "team.deleted"; entityId: string; name: string }
	| { type: "invite.created"; inviteId: string; organizationId: string; entityId: string | null }
	| { type: "invite.accepted"; inviteId: string; userId: string }
	| { type: "invite.revoked"; inviteId: string }
	| { type: "entity.ttl-set"; entityId: string; seconds: number | null }
	| { type: "entity.xxhash-digests-set"; entityId: string; enabled: boolean }
	| { type: "project.created"; projectId: string; entityId: string; name: string }
	| { type: "project.updated"; projectId: string; access: Change | null; description: Change | null }
	| { type: "project.renamed"; projectId: string; from: string; to: string }
	| { type: "project.deleted"; projectId: string; entityId: string; name: string }
	/** Of user and team one is null. */
	| {
			type: "project.member-set";
			projectId: string;
			userId: string | null;
			teamId: string | null;
			role: string;
			from: string | null;
	  }
	| { type: "project.member-removed"; projectId: string; userId: string | null; teamId: string | null; from: string }
	/** Null: nobody. */
	| { type: "project.owner-set"; projectId: string; userId: string | null; fromUserId: string | null }
	| {
			type: "registry.updated";
			projectId: string;
			setting: "acceptedTypes" | "allowAllTypes" | "defaultRole" | "protectedAliases";
			from: RegistrySetting;
			to: RegistrySetting;
	  }
	| { type: "run.created"; runId: string; projectId: string; name: string }
	| { type: "run.finished"; runId: string; projectId: string; state: string }
	| {
			type: "artifact.committed";
			artifactId: string;
			collectionId: string;
			projectId: string;
			versionIndex: number;
			runId: string | null;
	  }
	| { type: "artifact.produced-again"; artifactId: string; collectionId: string; runId: string }
	| { type: "artifact.used"; artifactId: string; runId: string; collectionId: string; projectId: string }
	| {
			type: "artifact.described";
			artifactId: string;
			collectionId: string;
			projectId: string;
			from: string;
			to: string;
	  }
	| {
			type: "artifact.tagged";
			artifactId: string;
			collectionId: string;
			projectId: string;
			added: string[];
			removed: string[];
	  }
	| { type: "artifact.deleted"; artifactId: string; collectionId: string; projectId: string }
	| { type: "collection.deleted"; collectionId: string; projectId: string; name: string }
	| { type: "collection.created"; collectionId: string; projectId: string; name: string }
	| {
			type: "collection.moved";
			collectionId: string;
			projectId: string;
			fromProjectId: string;
			from: string;
			to: string;
	  }
	| { type: "collection.renamed"; collectionId: string; projectId: string; from: string; to: string }
	| { type: "collection.described"; collectionId: string; projectId: string; from: string; to: string }
	| { type: "collection.retyped"; collectionId: string; projectId: string; from: string; to: string }
	| { type: "collection.tagged"; collectionId: string; projectId: string; added: string[]; removed: string[] }
	| { type: "collection.linked"; collectionId: string; artifactId: string; projectId: string; versionIndex: number }
	| { type: "collection.unlinked"; collectionId: string; artifactId: string; projectId: string; versionIndex: number }
	| {
			type: "alias.moved";
			collectionId: string;
			projectId: string;
			alias: string;
			artifactId: string | null;
			fromArtifactId: string | null;
	  };

type RegistrySetting = string | boolean | readonly string[] | null;

export type DomainEventType = DomainEvent["type"];
