import { Button, Radio, Stack, TagsInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Chips } from "../../ui/Chips.tsx";
import { faultText } from "../../ui/fault-text.ts";
import { Setting } from "../../ui/Setting.tsx";
import { useChange } from "../../ui/use-change.ts";
import { type Registry, registryKeys, saveTypes } from "./registry-settings.queries.ts";

function TypesForm({ registry }: { registry: Registry }): ReactNode {
	const { t } = useTranslation();
	const { acceptedArtifactTypes: saved, allowAllArtifactTypesInRegistry: takesAll } = registry;
	const [all, setAll] = useState(takesAll);
	const [added, setAdded] = useState<string[]>([]);
	const save = useChange((input: { types: string[]; all: boolean }) => saveTypes(registry, input), {
		stale: registryKeys,
		inForm: true,
		done: () => ({ text: t("registrySettings.typesSaved") }),
		onDone: () => setAdded([]),
	});
	const isChanged = all !== takesAll || (!all && added.length > 0);
	const submit = (event: FormEvent) => {
		event.preventDefault();
		save.mutate({ types: all ? [] : added, all });
	};
	const reset = () => {
		setAll(takesAll);
		setAdded([]);
		save.reset();
	};
	return (
		<form className="field" onSubmit={submit}>
			<Radio.Group
				aria-label={t("registrySettings.types")}
				value={all ? "all" : "some"}
				onChange={(value) => setAll(value === "all")}
			>
				<Stack gap={8}>
					<Radio size="xs" value="all" label={t("registrySettings.allTypes")} />
					<Radio size="xs" value="some" label={t("registrySettings.someTypes")} />
				</Stack>
			</Radio.Group>
			{all ? null : (
				<>
					{saved.length > 0 ? <Chips kind="type" texts={saved} /> : null}
					<TagsInput
						size="sm"
						label={t("registrySettings.addTypes")}
						description={t("registrySettings.typesStay")}
						placeholder="model"
						value={added}
						error={faultText(save.error, t)}
						onChange={(types) => setAdded(types.filter((type) => !saved.includes(type)))}
					/>
				</>
			)}
			{isChanged ? (
				<div className="field-buttons">
					<Button type="submit" size="xs" loading={save.isPending}>
						{t("ui.save")}
					</Button>
					<Button variant="default" size="xs" onClick={reset}>
						{t("ui.cancel")}
					</Button>
				</div>
			) : null}
		</form>
	);
}

/** The artifact types that can be linked into a registry. Types are added, and once saved stay. */
export function RegistryAcceptedTypes({ registry }: { registry: Registry }): ReactNode {
	const { t } = useTranslation();
	const { acceptedArtifactTypes: types, allowAllArtifactTypesInRegistry: all } = registry;
	return (
		<Setting title={t("registrySettings.types")} hint={t("registrySettings.typesHint")}>
			{registry.capabilities.includes("REGISTRY_TYPES") ? (
				<TypesForm key={String(all)} registry={registry} />
			) : all ? (
				<p>{t("registrySettings.allTypes")}</p>
			) : (
				<Chips kind="type" texts={types} />
			)}
		</Setting>
	);
}
