import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ActionMenu } from "../../ui/ActionMenu.tsx";
import { copyText } from "../../ui/copy-text.ts";
import { lazyPart } from "../../ui/lazy-part.tsx";
import { showToast } from "../../ui/toasts.ts";
import type { CollectionRow, RegistryHead } from "./registry.queries.ts";
import { printSelectionPath, registryNameOf } from "./registry-paths.ts";

const DeleteCollection = lazyPart(async () => (await import("./DeleteCollection.tsx")).DeleteCollection);
const EditCollection = lazyPart(async () => (await import("./EditCollection.tsx")).EditCollection);
const LinkVersion = lazyPart(async () => (await import("./LinkVersion.tsx")).LinkVersion);
const MoveCollection = lazyPart(async () => (await import("./MoveCollection.tsx")).MoveCollection);

type Props = {
	org: string;
	registry: RegistryHead;
	collection: CollectionRow;
	/** In a list: with the way to the collection's page, and without what only its page shows. */
	inRow?: boolean;
	onHistory?: () => void;
};

type Open = "link" | "edit" | "move" | "delete";

function Dialog({ open, onClose, ...about }: Omit<Props, "onHistory"> & { open: Open | null; onClose: () => void }) {
	if (open === "link") return <LinkVersion {...about} onClose={onClose} />;
	if (open === "edit") return <EditCollection {...about} onClose={onClose} />;
	if (open === "move") return <MoveCollection {...about} onClose={onClose} />;
	if (open === "delete") return <DeleteCollection {...about} onClose={onClose} />;
	return null;
}

/** What can be done with a collection: as much of it as the viewer may. */
export function CollectionMenu(props: Props): ReactNode {
	const { org, registry, collection, inRow = false, onHistory } = props;
	const { t } = useTranslation();
	const navigate = useNavigate();
	const [open, setOpen] = useState<Open | null>(null);
	const may = (capability: CollectionRow["capabilities"][number]) => collection.capabilities.includes(capability);
	const mayDelete = may("COLLECTION_DELETE");
	const selectionPath = printSelectionPath({
		entity: registry.entityName,
		project: registry.name,
		collection: collection.name,
	});
	const view = () =>
		void navigate({
			to: "/orgs/$org/registry/$registry",
			params: { org, registry: registryNameOf(registry.name) },
			search: { selectionPath },
		});
	const copy = () =>
		void copyText(`${registry.name}/${collection.name}`).then(() => showToast({ text: t("ui.copied"), tone: "done" }));
	return (
		<>
			<ActionMenu
				label={t("registry.menuOf", { name: collection.name })}
				actions={[
					inRow && { icon: "show", text: t("registry.viewDetails"), onSelect: view },
					may("VERSION_LINK") && { icon: "link", text: t("registry.linkVersion"), onSelect: () => setOpen("link") },
					{ icon: "copy", text: t("registry.copyPath"), onSelect: copy },
					onHistory !== undefined && { icon: "history", text: t("registry.history"), onSelect: onHistory },
					may("COLLECTION_EDIT") && { icon: "edit", text: t("ui.edit"), onSelect: () => setOpen("edit") },
					mayDelete && { icon: "arrowRight", text: t("registry.move"), onSelect: () => setOpen("move") },
					mayDelete && {
						icon: "delete",
						text: t("ui.delete"),
						onSelect: () => setOpen("delete"),
						danger: true,
						apart: true,
					},
				]}
			/>
			<Dialog
				org={org}
				registry={registry}
				collection={collection}
				inRow={inRow}
				open={open}
				onClose={() => setOpen(null)}
			/>
		</>
	);
}
