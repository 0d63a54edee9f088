import { NativeSelect } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

/** The roles of teams and organisations, the highest first. */
export const placeRoles = ["admin", "member", "viewer"] as const;

const roleNames = ["admin", "member", "viewer", "restricted_viewer"] as const;

/** A role in the words of the page. */
export function useRoleName(): (role: string | null) => string {
	const { t } = useTranslation();
	return (role) => {
		const known = roleNames.find((name) => name === role);
		return known === undefined ? (role ?? "") : t(`roleName.${known}`);
	};
}

type Props = {
	roles: readonly string[];
	value: string;
	/** Whose role it is, for those who hear the page; or what stands above the field. */
	label: string;
	/** Shows the label, too. */
	labelled?: boolean;
	busy?: boolean;
	/** A choice for no role at all. */
	none?: string;
	onChange: (role: string) => void;
};

/** The role of somebody, to be changed. */
export function RoleSelect({ roles, value, label, labelled, busy, none, onChange }: Props): ReactNode {
	const nameOf = useRoleName();
	const choices = roles.map((role) => ({ value: role, label: nameOf(role) }));
	return (
		<NativeSelect
			size="xs"
			className={value === "" ? "role-select none" : "role-select"}
			{...(labelled ? { label } : { "aria-label": label })}
			data={none === undefined ? choices : [{ value: "", label: none }, ...choices]}
			value={value}
			aria-busy={busy}
			onChange={({ currentTarget }) => onChange(currentTarget.value)}
		/>
	);
}
