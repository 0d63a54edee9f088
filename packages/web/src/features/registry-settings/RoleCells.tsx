import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useChange } from "../../ui/use-change.ts";
import { RoleSelect, useRoleName } from "../members/RoleSelect.tsx";
import { registryRoles, removeAccess, setRegistryRole } from "./registry-members.queries.ts";
import { type Registry, type RoleOrigin, registryKeys } from "./registry-settings.queries.ts";
import type { RoleRow } from "./role-rows.ts";

/** Where a role comes from, in words. */
export function useOriginWords(): (origin: RoleOrigin) => string {
	const { t } = useTranslation();
	return ({ kind, team }) => {
		switch (kind) {
			case "ORGANIZATION_ADMIN":
				return t("roleOrigin.organizationAdmin");
			case "TEAM":
				return t("roleOrigin.team", { team: team?.name ?? "" });
			case "DEFAULT":
				return t("roleOrigin.default");
			case "GIVEN":
				return t("roleOrigin.given");
			default:
				return t("roleOrigin.other");
		}
	};
}

type Props = { registry: Registry; row: RoleRow };

/** The role given by name, to be changed by those who may. */
export function GivenRole({ registry, row }: Props): ReactNode {
	const { t } = useTranslation();
	const nameOf = useRoleName();
	const change = useChange(
		({ role }: { role: string }) => {
			const member = { kind: row.kind, id: row.id };
			return role === ""
				? removeAccess({ registry: registry.id, member })
				: setRegistryRole({ registry: registry.id, member, role });
		},
		{
			stale: registryKeys,
			done: (_, { role }) => {
				const before = row.given ?? "";
				return {
					text:
						role === ""
							? t("registrySettings.removed", { name: row.name })
							: t("members.roleSet", { name: row.name, role: nameOf(role) }),
					...(role === before ? {} : { undo: () => change.mutate({ role: before }) }),
				};
			},
		},
	);
	if (!registry.capabilities.includes("REGISTRY_ROLES")) {
		return row.given === null ? <span className="quiet">–</span> : nameOf(row.given);
	}
	return (
		<RoleSelect
			roles={registryRoles}
			value={change.isPending ? change.variables.role : (row.given ?? "")}
			label={t("members.roleOf", { name: row.name })}
			busy={change.isPending}
			{...(row.given === null ? { none: t("registrySettings.noneGiven") } : {})}
			onChange={(role) => change.mutate({ role })}
		/>
	);
}

/** What counts in the end, and by what. */
export function EffectiveRole({ row }: { row: RoleRow }): ReactNode {
	const { t } = useTranslation();
	const nameOf = useRoleName();
	const wordsOf = useOriginWords();
	if (row.kind === "team") return <span className="under">{t("registrySettings.allOfTeam")}</span>;
	const deciding = [
		...(row.given === row.effective ? [t("roleOrigin.given")] : []),
		...row.others.filter(({ role }) => role === row.effective).map(wordsOf),
	];
	const rest = row.others.filter(({ role }) => role !== row.effective);
	return (
		<span className="effective">
			<span>
				{nameOf(row.effective)} <span className="under">· {deciding.join(", ")}</span>
			</span>
			{rest.length > 0 ? (
				<span className="under">
					{t("roleOrigin.also", {
						roles: rest.map((origin) => `${nameOf(origin.role)} (${wordsOf(origin)})`).join(", "),
					})}
				</span>
			) : null}
		</span>
	);
}
