import { KeifuError } from "@keifu/sdk";
import { Progress, Skeleton } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ask } from "../../graphql-client.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { faultText } from "../../ui/fault-text.ts";
import { showToast } from "../../ui/toasts.ts";
import { versionName } from "./ArtifactLink.tsx";
import type { MembershipRow } from "./collection.queries.ts";
import { type Consent, DeleteLosses, isAgreed, isKeptForAliases } from "./DeleteLosses.tsx";
import { listKeys } from "./use-version-changes.ts";
import { DeleteVersionDocument } from "./version.graphql.gen.ts";
import { versionPlacesQuery } from "./version.queries.ts";

type Props = { collection: string; rows: MembershipRow[]; onClose: () => void; onDone: () => void };
type Failure = { id: string; text: string; isKept: boolean };

/** Deletes versions one after the other: how far it has come is shown, and which the server refused, in its words. */
export function DeleteVersions({ collection, rows, onClose, onDone }: Props): ReactNode {
	const { t } = useTranslation();
	const client = useQueryClient();
	const [consent, setConsent] = useState<Consent>("none");
	const [gone, setGone] = useState<number>();
	const [failures, setFailures] = useState<Failure[]>([]);
	const count = rows.length;
	const ids = rows.flatMap(({ artifact }) => artifact?.id ?? []);
	const places = useQuery(versionPlacesQuery(collection, ids));
	const going = rows.flatMap(({ artifact, versionIndex }) => {
		const found = artifact ? places.data?.get(artifact.id) : undefined;
		return found ? [{ artifact: found, name: versionName(versionIndex) }] : [];
	});
	const losses = { going, isKept: failures.some(({ isKept }) => isKept), consent };
	const remove = async () => {
		const refused: Failure[] = [];
		setFailures([]);
		for (const [index, { id, artifact, versionIndex }] of rows.entries()) {
			setGone(index);
			try {
				if (artifact) await ask(DeleteVersionDocument, { id: artifact.id, deleteAliases: consent === "given" });
			} catch (error) {
				const why = error instanceof KeifuError ? error.message : t("failure.network");
				refused.push({ id, text: `${versionName(versionIndex)}: ${why}`, isKept: isKeptForAliases(error) });
			}
		}
		setGone(undefined);
		await Promise.all(listKeys.map((queryKey) => client.invalidateQueries({ queryKey })));
		const done = count - refused.length;
		if (done > 0) showToast({ tone: "done", text: t("artifactCollection.versionsDeleted", { count: done }) });
		setFailures(refused);
		if (refused.length > 0) return;
		onDone();
		onClose();
	};
	return (
		<ConfirmDialog
			title={t("artifactCollection.deleteVersionsTitle", { count })}
			action={t("artifactCollection.deleteSelected")}
			busy={gone !== undefined || places.isFetching}
			onConfirm={() => {
				// Nothing goes before it was said what goes with it.
				if (places.isError) void places.refetch();
				else if (isAgreed(losses)) void remove();
				else setConsent("asked");
			}}
			onClose={() => (gone === undefined ? onClose() : undefined)}
		>
			<div className="dialog-text">
				<p>{rows.map(({ versionIndex }) => versionName(versionIndex)).join(", ")}</p>
				{places.isPending ? <Skeleton height={40} /> : null}
				{places.isError ? <p role="alert">{faultText(places.error, t)}</p> : null}
				<DeleteLosses {...losses} onConsent={setConsent} />
				{gone === undefined ? null : (
					<>
						<Progress value={(gone / count) * 100} aria-label={t("artifactCollection.deleting")} />
						<p role="status">{t("artifactCollection.deletingAt", { at: gone + 1, count })}</p>
					</>
				)}
				{failures.length > 0 ? (
					<div role="alert">
						<ul>
							{failures.map(({ id, text }) => (
								<li key={id}>{text}</li>
							))}
						</ul>
					</div>
				) : null}
			</div>
		</ConfirmDialog>
	);
}
