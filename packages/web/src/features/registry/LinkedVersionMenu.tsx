import { Stack } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ask } from "../../graphql-client.ts";
import { ActionMenu } from "../../ui/ActionMenu.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { copyText } from "../../ui/copy-text.ts";
import { showToast } from "../../ui/toasts.ts";
import { useChange } from "../../ui/use-change.ts";
import { versionName } from "../artifact/ArtifactLink.tsx";
import { type LinkedVersionFragment, UnlinkVersionDocument } from "./linked-versions.graphql.gen.ts";
import { type CollectionInfo, registryKeys } from "./registry.queries.ts";
import { printSelectionPath, type SelectionPath } from "./registry-paths.ts";

type Props = {
	place: { org: string; registry: string };
	path: SelectionPath;
	collection: CollectionInfo;
	row: LinkedVersionFragment;
};

/** Asks first: linked again, the version gets another number. */
function Unlink({ collection, row, onClose }: Pick<Props, "collection" | "row"> & { onClose: () => void }): ReactNode {
	const { t } = useTranslation();
	const version = versionName(row.versionIndex);
	const aliases = row.aliases.map(({ alias }) => alias);
	const unlink = useChange(
		(artifactID: string) => ask(UnlinkVersionDocument, { input: { artifactID, artifactPortfolioID: collection.id } }),
		{
			stale: Object.values(registryKeys),
			done: () => ({ text: t("versionMenu.unlinked", { name: `${collection.name}:${version}` }) }),
			onDone: onClose,
		},
	);
	return (
		<ConfirmDialog
			title={t("registry.unlinkOf", { name: `${collection.name}:${version}` })}
			action={t("registry.unlink")}
			busy={unlink.isPending}
			onConfirm={() => row.artifact && unlink.mutate(row.artifact.id)}
			onClose={onClose}
		>
			<Stack gap={6}>
				{aliases.length > 0 ? <p>{t("registry.unlinkAliases", { aliases: aliases.join(", ") })}</p> : null}
				<p className="quiet">{t("registry.unlinkStays")}</p>
			</Stack>
		</ConfirmDialog>
	);
}

/** What can be done with a linked version, as much of it as the viewer may. */
export function LinkedVersionMenu({ place, path, collection, row }: Props): ReactNode {
	const { t } = useTranslation();
	const navigate = useNavigate();
	const [asks, setAsks] = useState(false);
	const version = versionName(row.versionIndex);
	const view = () =>
		void navigate({
			to: "/orgs/$org/registry/$registry",
			params: place,
			search: { selectionPath: printSelectionPath(path), view: "membership", version },
		});
	const copy = () =>
		void copyText(`${path.project}/${collection.name}:${version}`).then(() =>
			showToast({ text: t("ui.copied"), tone: "done" }),
		);
	return (
		<>
			<ActionMenu
				label={t("registry.menuOf", { name: version })}
				actions={[
					{ icon: "show", text: t("registry.view"), onSelect: view },
					{ icon: "copy", text: t("registry.copyName"), onSelect: copy },
					row.capabilities.includes("VERSION_UNLINK") &&
						row.artifact !== null && {
							icon: "unlink",
							text: t("registry.unlink"),
							onSelect: () => setAsks(true),
							danger: true,
							apart: true,
						},
				]}
			/>
			{asks ? <Unlink collection={collection} row={row} onClose={() => setAsks(false)} /> : null}
		</>
	);
}
