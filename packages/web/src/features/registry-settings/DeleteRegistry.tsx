import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Setting } from "../../ui/Setting.tsx";
import { useChange } from "../../ui/use-change.ts";
import { registryNameOf } from "../registry/registry-paths.ts";
import { deleteRegistry, type Registry, registryDeletionQuery } from "./registry-settings.queries.ts";

function DeleteDialog({ registry, onClose }: { registry: Registry; onClose: () => void }): ReactNode {
	const { t } = useTranslation();
	const navigate = useNavigate();
	const client = useQueryClient();
	const { data: preview } = useQuery(registryDeletionQuery(registry));
	const name = registryNameOf(registry.name);
	const remove = useChange(deleteRegistry, {
		stale: [],
		done: () => ({ text: t("registrySettings.deleted", { name }) }),
		onDone: async () => {
			await navigate({ to: "/registry" });
			await client.invalidateQueries();
		},
	});
	return (
		<ConfirmDialog
			title={t("registrySettings.deleteTitle", { name })}
			action={t("registrySettings.delete")}
			typeName={name}
			busy={remove.isPending}
			onConfirm={() => remove.mutate(registry.id, { onError: onClose })}
			onClose={onClose}
		>
			{preview ? (
				<p>
					{t("registrySettings.deleteCollections", { count: preview.collections })}{" "}
					{t("registrySettings.deleteLinks", { count: preview.linksHere })}
				</p>
			) : null}
			<p className="quiet">{t("registrySettings.sourcesStay")}</p>
		</ConfirmDialog>
	);
}

/** The end of a custom registry. */
export function DeleteRegistry({ registry }: { registry: Registry }): ReactNode {
	const { t } = useTranslation();
	const [asking, setAsking] = useState(false);
	if (registry.isCoreRegistry || !registry.capabilities.includes("REGISTRY_DELETE")) return null;
	return (
		<Setting title={t("registrySettings.delete")} hint={t("registrySettings.deleteHint")} danger>
			<Button color="red" variant="outline" size="xs" onClick={() => setAsking(true)}>
				{t("registrySettings.delete")}
			</Button>
			{asking ? <DeleteDialog registry={registry} onClose={() => setAsking(false)} /> : null}
		</Setting>
	);
}
