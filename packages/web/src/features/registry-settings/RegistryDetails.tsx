import { NativeSelect } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Markdown } from "../../ui/Markdown.tsx";
import { SavedField } from "../../ui/SavedField.tsx";
import { Setting } from "../../ui/Setting.tsx";
import { showToast } from "../../ui/toasts.ts";
import { useChange } from "../../ui/use-change.ts";
import { registryNameOf, registryProject, registryTitle } from "../registry/registry-paths.ts";
import { type Registry, registryKeys, renameRegistry, saveRegistry } from "./registry-settings.queries.ts";

const route = "/frame/own/orgs/$org/registry/$registry/settings";

type Props = { registry: Registry };

/** The name, where it can be changed. The two registries that every organisation has keep theirs. */
function Name({ registry }: Props): ReactNode {
	const { t } = useTranslation();
	const { org } = useParams({ from: route });
	const navigate = useNavigate();
	const client = useQueryClient();
	const name = registryNameOf(registry.name);
	if (registry.isCoreRegistry || !registry.capabilities.includes("REGISTRY_EDIT")) return <p>{registryTitle(name)}</p>;
	const rename = async (to: string) => {
		await renameRegistry(registry, registryProject(to));
		await navigate({ to: "/orgs/$org/registry/$registry/settings", params: { org, registry: to }, replace: true });
		await client.invalidateQueries();
		showToast({ tone: "done", text: t("settings.renamed", { name: to }) });
	};
	return <SavedField hideLabel label={t("registrySettings.name")} value={name} maxLength={100} onSave={rename} />;
}

function Description({ registry }: Props): ReactNode {
	const { t } = useTranslation();
	const client = useQueryClient();
	const text = registry.description ?? "";
	if (!registry.capabilities.includes("REGISTRY_EDIT")) {
		return text === "" ? <p className="quiet">{t("registrySettings.noDescription")}</p> : <Markdown text={text} />;
	}
	const save = async (description: string) => {
		await saveRegistry({ id: registry.id, description });
		await Promise.all(registryKeys.map((queryKey) => client.invalidateQueries({ queryKey })));
		showToast({ tone: "done", text: t("registrySettings.descriptionSaved") });
	};
	return <SavedField hideLabel label={t("registrySettings.description")} value={text} multiline onSave={save} />;
}

function Visibility({ registry }: Props): ReactNode {
	const { t } = useTranslation();
	const present = registry.access ?? "PRIVATE";
	const words = { PRIVATE: t("registrySettings.organization"), RESTRICTED: t("registrySettings.restricted") };
	const save = useChange(saveRegistry, {
		stale: registryKeys,
		done: (_, { access }) => ({
			text: t("registrySettings.visibilitySet"),
			...(access === present ? {} : { undo: () => save.mutate({ id: registry.id, access: present }) }),
		}),
	});
	const shown = save.isPending ? (save.variables.access ?? present) : present;
	const why = t(shown === "RESTRICTED" ? "registrySettings.restrictedMeans" : "registrySettings.organizationMeans");
	if (!registry.capabilities.includes("REGISTRY_VISIBILITY")) {
		return (
			<>
				<p>{present === "RESTRICTED" ? words.RESTRICTED : words.PRIVATE}</p>
				<p className="under">{why}</p>
			</>
		);
	}
	return (
		<NativeSelect
			className="field"
			size="sm"
			aria-label={t("registrySettings.visibility")}
			data={Object.entries(words).map(([value, label]) => ({ value, label }))}
			value={shown}
			description={why}
			inputWrapperOrder={["label", "input", "description", "error"]}
			onChange={({ currentTarget }) => save.mutate({ id: registry.id, access: currentTarget.value })}
		/>
	);
}

/** Name, description and visibility of a registry: to be changed by those who may. */
export function RegistryDetails({ registry }: Props): ReactNode {
	const { t } = useTranslation();
	return (
		<>
			<Setting
				title={t("registrySettings.name")}
				hint={t(registry.isCoreRegistry ? "registrySettings.coreNameHint" : "registrySettings.nameHint")}
			>
				<Name registry={registry} />
			</Setting>
			<Setting title={t("registrySettings.description")} hint={t("registrySettings.descriptionHint")}>
				<Description registry={registry} />
			</Setting>
			<Setting title={t("registrySettings.visibility")} hint={t("registrySettings.visibilityHint")}>
				<Visibility registry={registry} />
			</Setting>
		</>
	);
}
