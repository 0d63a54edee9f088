import { useQueryClient } from "@tanstack/react-query";
import { type LinkProps, useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ask } from "../../graphql-client.ts";
import { ActionMenu } from "../../ui/ActionMenu.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { useChange } from "../../ui/use-change.ts";
import { versionName } from "./ArtifactLink.tsx";
import { type Consent, DeleteLosses, isAgreed, isKeptForAliases } from "./DeleteLosses.tsx";
import { TtlDialog } from "./TtlDialog.tsx";
import { listKeys } from "./use-version-changes.ts";
import { DeleteVersionDocument, UnlinkPlaceDocument } from "./version.graphql.gen.ts";
import type { Membership } from "./version.queries.ts";

type DialogProps = { membership: Membership; collectionLink: LinkProps; onClose: () => void };

/** Leaves the page of a version that is no more, and only then forgets what was read of it. */
function useLeave(collectionLink: LinkProps): () => void {
	const navigate = useNavigate();
	const client = useQueryClient();
	return () => {
		const left = navigate({ ...collectionLink, replace: true });
		void left.then(() => client.removeQueries({ queryKey: ["version"] }));
	};
}

function DeleteDialog({ membership, collectionLink, onClose }: DialogProps): ReactNode {
	const { t } = useTranslation();
	const leave = useLeave(collectionLink);
	const [consent, setConsent] = useState<Consent>("none");
	const { artifact } = membership;
	const name = `${artifact.artifactSequence.name}:${versionName(artifact.versionIndex)}`;
	const remove = useChange(() => ask(DeleteVersionDocument, { id: artifact.id, deleteAliases: consent === "given" }), {
		stale: listKeys,
		done: () => ({ text: t("versionMenu.deleted", { name }) }),
		onDone: leave,
	});
	const losses = { going: [{ artifact }], isKept: isKeptForAliases(remove.error), consent };
	return (
		<ConfirmDialog
			title={t("versionMenu.deleteTitle", { name })}
			action={t("versionMenu.delete")}
			busy={remove.isPending}
			onConfirm={() => (isAgreed(losses) ? remove.mutate(undefined) : setConsent("asked"))}
			onClose={onClose}
		>
			<div className="dialog-text">
				<p>{t("versionMenu.deleteText", { count: artifact.fileCount })}</p>
				<DeleteLosses {...losses} onConsent={setConsent} />
			</div>
		</ConfirmDialog>
	);
}

function UnlinkDialog({ membership, collectionLink, onClose }: DialogProps): ReactNode {
	const { t } = useTranslation();
	const leave = useLeave(collectionLink);
	const { artifact, artifactCollection: collection } = membership;
	const name = `${collection?.name}:${versionName(membership.versionIndex)}`;
	const source = `${artifact.artifactSequence.name}:${versionName(artifact.versionIndex)}`;
	const unlink = useChange(() => ask(UnlinkPlaceDocument, { id: artifact.id, collection: collection?.id ?? "" }), {
		stale: listKeys,
		done: () => ({ text: t("versionMenu.unlinked", { name }) }),
		onDone: leave,
	});
	const aliases = membership.aliases.map(({ alias }) => alias).join(", ");
	return (
		<ConfirmDialog
			title={t("versionMenu.unlinkTitle", { name })}
			action={t("versionMenu.unlink")}
			busy={unlink.isPending}
			onConfirm={() => unlink.mutate(undefined)}
			onClose={onClose}
		>
			<div className="dialog-text">
				<p>{t("versionMenu.unlinkText", { source })}</p>
				{aliases === "" ? null : <p>{t("versionMenu.unlinkAliases", { aliases })}</p>}
			</div>
		</ConfirmDialog>
	);
}

type Props = { membership: Membership; collectionLink: LinkProps };

/** What else can be done with a version. */
export function VersionMenu({ membership, collectionLink }: Props): ReactNode {
	const { t } = useTranslation();
	const [dialog, setDialog] = useState<"ttl" | "unlink" | "delete">();
	const { artifact } = membership;
	const mayDelete = artifact.capabilities.includes("VERSION_DELETE");
	const mayUnlink = membership.capabilities.includes("VERSION_UNLINK");
	const close = () => setDialog(undefined);
	return (
		<>
			<ActionMenu
				inHead
				label={t("ui.more")}
				actions={[
					mayDelete && { icon: "clock", text: t("versionTtl.edit"), onSelect: () => setDialog("ttl") },
					mayUnlink && {
						icon: "unlink",
						text: t("versionMenu.unlink"),
						onSelect: () => setDialog("unlink"),
						apart: mayDelete,
					},
					mayDelete && {
						icon: "delete",
						text: t("versionMenu.delete"),
						onSelect: () => setDialog("delete"),
						danger: true,
						apart: !mayUnlink,
					},
				]}
			/>
			{dialog === "ttl" ? <TtlDialog membership={membership} onClose={close} /> : null}
			{dialog === "unlink" ? <UnlinkDialog {...{ membership, collectionLink }} onClose={close} /> : null}
			{dialog === "delete" ? <DeleteDialog {...{ membership, collectionLink }} onClose={close} /> : null}
		</>
	);
}
