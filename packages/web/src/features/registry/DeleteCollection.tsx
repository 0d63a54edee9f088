import { Stack } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ask } from "../../graphql-client.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { useChange } from "../../ui/use-change.ts";
import { DeleteCollectionDocument } from "./collection.graphql.gen.ts";
import type { DialogProps } from "./EditCollection.tsx";
import { registryKeys } from "./registry.queries.ts";
import { registryNameOf } from "./registry-paths.ts";

/** Asks, and says what goes: the links and their aliases, never what was linked. */
export function DeleteCollection({ org, registry, collection, inRow, onClose }: DialogProps): ReactNode {
	const { t } = useTranslation();
	const navigate = useNavigate();
	const { name, versionCount } = collection;
	const remove = useChange(() => ask(DeleteCollectionDocument, { input: { artifactPortfolioID: collection.id } }), {
		stale: [registryKeys.collections, registryKeys.head, registryKeys.all],
		done: () => ({ text: t("registry.deleted", { name }) }),
		onDone: () => {
			onClose();
			const params = { org, registry: registryNameOf(registry.name) };
			if (!inRow) void navigate({ to: "/orgs/$org/registry/$registry", params, replace: true });
		},
	});
	return (
		<ConfirmDialog
			title={t("registry.deleteOf", { name })}
			action={t("registry.deleteNow")}
			{...(versionCount > 0 ? { typeName: name } : {})}
			busy={remove.isPending}
			onConfirm={() => remove.mutate(undefined)}
			onClose={onClose}
		>
			<Stack gap={6}>
				<p>{t("registry.deleteLinks", { count: versionCount })}</p>
				<p className="quiet">{t("registry.deleteStays")}</p>
			</Stack>
		</ConfirmDialog>
	);
}
