import { ActionIcon, Menu } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { copyText } from "../../ui/copy-text.ts";
import { Icon, type IconName } from "../../ui/Icon.tsx";
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

function Item(props: { icon: IconName; text: string; bad?: boolean; onClick: () => void }): ReactNode {
	return (
		<Menu.Item
			leftSection={<Icon name={props.icon} />}
			onClick={props.onClick}
			{...(props.bad ? { color: "red" } : {})}
		>
			{props.text}
		</Menu.Item>
	);
}

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
			<Menu position="bottom-end" withinPortal>
				<Menu.Target>
					<ActionIcon
						variant="subtle"
						color="gray"
						size="sm"
						aria-label={t("registry.menuOf", { name: collection.name })}
					>
						<Icon name="more" />
					</ActionIcon>
				</Menu.Target>
				<Menu.Dropdown>
					{inRow ? <Item icon="show" text={t("registry.viewDetails")} onClick={view} /> : null}
					{may("VERSION_LINK") ? (
						<Item icon="link" text={t("registry.linkVersion")} onClick={() => setOpen("link")} />
					) : null}
					<Item icon="copy" text={t("registry.copyPath")} onClick={copy} />
					{onHistory ? <Item icon="history" text={t("registry.history")} onClick={onHistory} /> : null}
					{may("COLLECTION_EDIT") ? <Item icon="edit" text={t("ui.edit")} onClick={() => setOpen("edit")} /> : null}
					{may("COLLECTION_DELETE") ? (
						<>
							<Item icon="arrowRight" text={t("registry.move")} onClick={() => setOpen("move")} />
							<Menu.Divider />
							<Item icon="delete" bad text={t("ui.delete")} onClick={() => setOpen("delete")} />
						</>
					) : null}
				</Menu.Dropdown>
			</Menu>
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
