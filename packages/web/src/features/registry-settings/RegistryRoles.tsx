import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ActionMenu } from "../../ui/ActionMenu.tsx";
import { Chips } from "../../ui/Chips.tsx";
import { type Column, DataTable } from "../../ui/DataTable.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Section } from "../../ui/Section.tsx";
import { useChange } from "../../ui/use-change.ts";
import { matches } from "../members/matches.ts";
import { useRoleName } from "../members/RoleSelect.tsx";
import { Who } from "../members/Who.tsx";
import { AddAccessDialog } from "./AddAccessDialog.tsx";
import { EffectiveRole, GivenRole } from "./RoleCells.tsx";
import { removeAccess, setOwner } from "./registry-members.queries.ts";
import { type Registry, registryKeys, registryRolesQuery, updateRegistry } from "./registry-settings.queries.ts";
import { type RoleRow, roleRows } from "./role-rows.ts";

/** The role that everybody in the organisation has in a registry that is not restricted. */
function DefaultRole({ registry }: { registry: Registry }): ReactNode {
	const { t } = useTranslation();
	const nameOf = useRoleName();
	const present = registry.registryDefaultRole ?? "viewer";
	const save = useChange(updateRegistry, {
		stale: registryKeys,
		done: (_, { defaultRole = present }) => ({
			text: t("registrySettings.defaultRoleSet", { role: nameOf(defaultRole) }),
			...(defaultRole === present ? {} : { undo: () => save.mutate({ id: registry.id, defaultRole: present }) }),
		}),
	});
	if (registry.access === "RESTRICTED") return <p className="lead">{t("registrySettings.onlyNamed")}</p>;
	if (!registry.capabilities.includes("REGISTRY_ROLES")) {
		return <p className="lead">{t("registrySettings.everybodyIs", { role: nameOf(present) })}</p>;
	}
	return (
		<NativeSelect
			w="100%"
			maw={440}
			size="xs"
			label={t("registrySettings.defaultRole")}
			description={t("registrySettings.defaultRoleHint")}
			data={["member", "viewer"].map((role) => ({ value: role, label: nameOf(role) }))}
			value={save.isPending ? (save.variables.defaultRole ?? present) : present}
			onChange={({ currentTarget }) => save.mutate({ id: registry.id, defaultRole: currentTarget.value })}
		/>
	);
}

function RoleMenu({ registry, row, isOwner }: { registry: Registry; row: RoleRow; isOwner: boolean }): ReactNode {
	const { t } = useTranslation();
	const { name } = row;
	const own = useChange(setOwner, {
		stale: registryKeys,
		done: (_, { user }) => ({
			text: user === null ? t("registrySettings.noOwner") : t("registrySettings.ownerSet", { name }),
		}),
	});
	const remove = useChange(removeAccess, {
		stale: registryKeys,
		done: () => ({ text: t("registrySettings.removed", { name }) }),
	});
	const may = new Set(registry.capabilities);
	const actions = [
		may.has("REGISTRY_ROLES") &&
			row.kind === "user" && {
				text: t(isOwner ? "registrySettings.endOwner" : "registrySettings.makeOwner"),
				onSelect: () => own.mutate({ registry: registry.id, user: isOwner ? null : row.id }),
			},
		may.has("REGISTRY_MEMBERS") &&
			row.given !== null && {
				text: t("registrySettings.remove"),
				onSelect: () => remove.mutate({ registry: registry.id, member: { kind: row.kind, id: row.id } }),
				danger: true,
			},
	];
	return <ActionMenu label={t("members.actionsFor", { name })} actions={actions} />;
}

function columns(registry: Registry, owner: string | undefined, t: TFunction): Column<RoleRow>[] {
	return [
		{
			id: "who",
			title: t("registrySettings.userOrTeam"),
			kind: "main",
			cell: (row) => (
				<Who name={row.name} kind={row.kind} under={row.fullName}>
					<Chips
						kind="type"
						texts={[
							...(row.kind === "team" ? [t("team.title")] : []),
							...(row.isMachine ? [t("members.machine")] : []),
							...(row.id === owner ? [t("registrySettings.owner")] : []),
						]}
					/>
				</Who>
			),
		},
		{
			id: "given",
			title: t("registrySettings.givenRole"),
			cell: (row) => (
				<>
					<GivenRole registry={registry} row={row} />
					<span className="narrow-only">
						<EffectiveRole row={row} />
					</span>
				</>
			),
		},
		{
			id: "effective",
			title: t("registrySettings.effectiveRole"),
			wideOnly: true,
			cell: (row) => <EffectiveRole row={row} />,
		},
		{
			id: "menu",
			title: "",
			kind: "number",
			cell: (row) => <RoleMenu registry={registry} row={row} isOwner={row.id === owner} />,
		},
	];
}

type Props = { org: string; registry: Registry; query: string; onQuery: (query: string) => void };

/** Who may do what in a registry: what was given to whom, what counts in the end, and where that comes from. */
export function RegistryRoles({ org, registry, query, onQuery }: Props): ReactNode {
	const { t } = useTranslation();
	const roles = useSuspenseInfiniteQuery(registryRolesQuery(registry));
	const [adding, setAdding] = useState(false);
	const [first] = roles.data.pages;
	const people = roles.data.pages.flatMap((page) => page.people?.edges.map(({ node }) => node) ?? []);
	const rows = roleRows(first?.teamMembers ?? [], people);
	const owner = first?.owner?.id;
	const shown = rows.filter(({ name, fullName }) => matches(query, [name, fullName]));
	return (
		<>
			<Section title={t("registrySettings.access")}>
				<DefaultRole registry={registry} />
			</Section>
			<Section title={t("registrySettings.members")} count={rows.length}>
				<div className="filter-row">
					<TextInput
						size="xs"
						type="search"
						aria-label={t("registrySettings.search")}
						placeholder={t("registrySettings.search")}
						value={query}
						onChange={({ currentTarget }) => onQuery(currentTarget.value)}
					/>
					{registry.capabilities.includes("REGISTRY_MEMBERS") ? (
						<div className="end">
							<Button size="xs" leftSection={<Icon name="plus" />} onClick={() => setAdding(true)}>
								{t("registrySettings.addAccess")}
							</Button>
						</div>
					) : null}
				</div>
				{shown.length === 0 ? <p className="quiet">{t("members.noneFound", { query })}</p> : null}
				{shown.length > 0 ? (
					<div className="people">
						<DataTable
							label={t("registrySettings.members")}
							rows={shown}
							rowKey={({ kind, id }) => `${kind} ${id}`}
							more={roles}
							columns={columns(registry, owner, t)}
						/>
					</div>
				) : null}
			</Section>
			{adding ? <AddAccessDialog org={org} registry={registry} rows={rows} onClose={() => setAdding(false)} /> : null}
		</>
	);
}
