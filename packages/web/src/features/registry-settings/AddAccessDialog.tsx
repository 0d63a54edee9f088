import { Button, MultiSelect, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../../ui/Dialog.tsx";
import { faultText } from "../../ui/fault-text.ts";
import { useChange } from "../../ui/use-change.ts";
import { RoleSelect } from "../members/RoleSelect.tsx";
import { addAccess, type MemberRef, registryRoles } from "./registry-members.queries.ts";
import { candidatesQuery, type Registry, registryKeys } from "./registry-settings.queries.ts";
import type { RoleRow } from "./role-rows.ts";

type Props = { org: string; registry: Registry; rows: RoleRow[]; onClose: () => void };

function readRef(text: string): MemberRef {
	const [kind = "", id = ""] = text.split(" ");
	return { kind: kind === "team" ? "team" : "user", id };
}

/** Lets people and teams of the organisation into a registry, with a role. */
export function AddAccessDialog({ org, registry, rows, onClose }: Props): ReactNode {
	const { t } = useTranslation();
	const { data: candidates } = useQuery(candidatesQuery(org));
	const [chosen, setChosen] = useState<string[]>([]);
	const [role, setRole] = useState("viewer");
	const isIn = new Set(rows.filter(({ given }) => given !== null).map(({ id }) => id));
	const add = useChange(addAccess, {
		stale: registryKeys,
		inForm: true,
		done: (_, { members }) => ({ text: t("registrySettings.added", { count: members.length }) }),
		onDone: onClose,
	});
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (chosen.length > 0) add.mutate({ registry: registry.id, members: chosen.map(readRef), role });
	};
	const choices = (kind: "team" | "user", items: { id: string; name: string }[]) =>
		items.filter(({ id }) => !isIn.has(id)).map(({ id, name }) => ({ value: `${kind} ${id}`, label: name }));
	return (
		<Dialog onClose={onClose} title={t("registrySettings.addAccess")}>
			<form onSubmit={submit}>
				<Stack gap="sm">
					<MultiSelect
						label={t("registrySettings.include")}
						description={t("registrySettings.includeHint")}
						data={[
							{ group: t("organization.teams"), items: choices("team", candidates?.teams ?? []) },
							{ group: t("registrySettings.users"), items: choices("user", candidates?.users ?? []) },
						]}
						limit={100}
						searchable
						hidePickedOptions
						nothingFoundMessage={t("registrySettings.nobodyFound")}
						value={chosen}
						error={faultText(add.error, t)}
						onChange={setChosen}
						data-autofocus
					/>
					<RoleSelect roles={registryRoles} value={role} label={t("settings.role")} labelled onChange={setRole} />
					<p className="under">{t(`registrySettings.roleMeans.${meaningOf(role)}`)}</p>
					<div className="field-buttons end">
						<Button variant="default" onClick={onClose}>
							{t("ui.cancel")}
						</Button>
						<Button type="submit" loading={add.isPending}>
							{t("registrySettings.add")}
						</Button>
					</div>
				</Stack>
			</form>
		</Dialog>
	);
}

function meaningOf(role: string) {
	return registryRoles.find((known) => known === role) ?? "viewer";
}
