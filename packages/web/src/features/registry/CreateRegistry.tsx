import { Button, Radio, Stack, TagsInput, Textarea, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ask } from "../../graphql-client.ts";
import { SideDrawer } from "../../ui/Dialog.tsx";
import { faultText } from "../../ui/fault-text.ts";
import { useChange } from "../../ui/use-change.ts";
import { CreateRegistryDocument } from "./registry.graphql.gen.ts";
import { registryKeys } from "./registry.queries.ts";
import { registryNameOf, registryProject } from "./registry-paths.ts";

type Props = {
	organization: { name: string; orgEntity: { name: string } | null; registries: { name: string }[] };
	onClose: () => void;
};

type Field = "name" | "description" | "types";
type Draft = { name: string; description: string; restricted: boolean; specified: boolean; types: string[] };

const empty: Draft = { name: "", description: "", restricted: false, specified: false, types: [] };
const usualTypes = ["model", "dataset"];

/** Beside which field a refusal belongs: the server's sentences name what they are about. */
function fieldOf(refusal: string): Field {
	if (/artifact type|name of a type/i.test(refusal)) return "types";
	return /description/i.test(refusal) ? "description" : "name";
}

function useCreate({ organization, onClose }: Props) {
	const navigate = useNavigate();
	const { t } = useTranslation();
	const create = ({ name, description, restricted, specified, types }: Draft) =>
		ask(CreateRegistryDocument, {
			input: {
				entityName: organization.orgEntity?.name ?? organization.name,
				name: registryProject(name.trim()),
				description: description.trim() || null,
				access: restricted ? "RESTRICTED" : "PRIVATE",
				allowAllArtifactTypesInRegistry: !specified,
				artifactTypes: specified ? types.map((type) => ({ name: type })) : [],
			},
		});
	return useChange(create, {
		stale: [registryKeys.all],
		inForm: true,
		done: (_, { name }) => ({ text: t("registry.created", { name: name.trim() }) }),
		onDone: ({ upsertModel }, { name }) => {
			onClose();
			const registry = registryNameOf(upsertModel?.project?.name ?? registryProject(name.trim()));
			void navigate({ to: "/orgs/$org/registry/$registry", params: { org: organization.name, registry } });
		},
	});
}

function Types({ draft, set, refusal }: { draft: Draft; set: (patch: Partial<Draft>) => void; refusal?: string }) {
	const { t } = useTranslation();
	return (
		<>
			<Radio.Group
				label={t("registry.form.types")}
				value={draft.specified ? "some" : "all"}
				onChange={(value) => set({ specified: value === "some" })}
			>
				<Stack gap={6} mt={6}>
					<Radio value="all" label={t("registry.allTypes")} />
					<Radio value="some" label={t("registry.form.specifyTypes")} />
				</Stack>
			</Radio.Group>
			{draft.specified ? (
				<TagsInput
					label={t("registry.form.typeNames")}
					description={t("registry.form.typesStay")}
					placeholder={t("registry.form.typesPlaceholder")}
					data={usualTypes}
					value={draft.types}
					onChange={(types) => set({ types })}
					error={refusal}
					acceptValueOnBlur
					comboboxProps={{ position: "top" }}
				/>
			) : null}
		</>
	);
}

/** The form of a custom registry. */
export function CreateRegistry(props: Props): ReactNode {
	const { t } = useTranslation();
	const [draft, setDraft] = useState(empty);
	const create = useCreate(props);
	const set = (patch: Partial<Draft>) => {
		create.reset();
		setDraft({ ...draft, ...patch });
	};
	// The server would change a registry that is there already.
	const wanted = registryProject(draft.name.trim()).toLowerCase();
	const taken = props.organization.registries.some(({ name }) => name.toLowerCase() === wanted);
	const refusal = taken ? t("registry.form.taken") : faultText(create.error, t);
	const at = refusal === undefined ? undefined : taken ? "name" : fieldOf(refusal);
	const noType = draft.specified && draft.types.length === 0;
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (draft.name.trim() !== "" && !taken && !noType && !create.isPending) create.mutate(draft);
	};
	return (
		<SideDrawer onClose={props.onClose} title={t("registry.form.create")}>
			<form onSubmit={submit}>
				<Stack gap="md">
					<TextInput
						label={t("ui.name")}
						required
						data-autofocus
						maxLength={128}
						autoComplete="off"
						value={draft.name}
						onChange={({ currentTarget }) => set({ name: currentTarget.value })}
						error={at === "name" ? refusal : undefined}
					/>
					<Textarea
						label={t("registry.form.description")}
						autosize
						minRows={2}
						maxRows={8}
						value={draft.description}
						onChange={({ currentTarget }) => set({ description: currentTarget.value })}
						error={at === "description" ? refusal : undefined}
					/>
					<Radio.Group
						label={t("registry.form.visibility")}
						value={draft.restricted ? "restricted" : "organization"}
						onChange={(value) => set({ restricted: value === "restricted" })}
					>
						<Stack gap={6} mt={6}>
							<Radio
								value="organization"
								label={t("registry.organization")}
								description={t("registry.organizationHint")}
							/>
							<Radio value="restricted" label={t("registry.restricted")} description={t("registry.restrictedHint")} />
						</Stack>
					</Radio.Group>
					<Types draft={draft} set={set} {...(at === "types" && refusal !== undefined ? { refusal } : {})} />
					<div className="form-foot">
						<Button variant="default" onClick={props.onClose}>
							{t("ui.cancel")}
						</Button>
						<Button type="submit" loading={create.isPending} disabled={draft.name.trim() === "" || taken || noType}>
							{t("registry.form.create")}
						</Button>
					</div>
				</Stack>
			</form>
		</SideDrawer>
	);
}
