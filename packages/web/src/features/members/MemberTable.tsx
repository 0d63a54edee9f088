import { useSuspenseQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { viewerQuery } from "../../app-shell/viewer.queries.ts";
import { ActionMenu } from "../../ui/ActionMenu.tsx";
import { Chips } from "../../ui/Chips.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { useChange } from "../../ui/use-change.ts";
import { type Member, type Place, peopleKey, setActive, setInstanceAdmin, setRole } from "./members.queries.ts";
import { RemoveMemberDialog } from "./RemoveMemberDialog.tsx";
import { placeRoles, RoleSelect, useRoleName } from "./RoleSelect.tsx";
import { Who } from "./Who.tsx";

type RowProps = { place: Place; member: Member };

function usernameOf({ username, name }: Member): string {
	return username ?? name;
}

function RoleCell({ place, member }: RowProps): ReactNode {
	const { t } = useTranslation();
	const nameOf = useRoleName();
	const username = usernameOf(member);
	const change = useChange((input: { username: string; role: string }) => setRole(place, input), {
		stale: [peopleKey(place.entity), ["viewer"], ["team-settings"], ["organization-settings"]],
		done: (_, { role }) => {
			const before = member.role ?? "member";
			return {
				text: t("members.roleSet", { name: username, role: nameOf(role) }),
				...(role === before ? {} : { undo: () => change.mutate({ username, role: before }) }),
			};
		},
	});
	const role = member.role ?? "member";
	if (!place.mayAdminister || member.user?.deletedAt) return nameOf(role);
	return (
		<RoleSelect
			roles={placeRoles}
			value={change.isPending ? change.variables.role : role}
			label={t("members.roleOf", { name: username })}
			busy={change.isPending}
			onChange={(next) => change.mutate({ username, role: next })}
		/>
	);
}

function MemberMenu({ place, member }: RowProps): ReactNode {
	const { t } = useTranslation();
	const { data: viewer } = useSuspenseQuery(viewerQuery);
	const [removing, setRemoving] = useState(false);
	const username = usernameOf(member);
	const isSelf = viewer?.id === member.id;
	const isPerson = member.accountType !== "SERVICE";
	const stale = [peopleKey(place.entity)];
	const activate = useChange(setActive, {
		stale,
		done: (_, { active }) => ({
			text: t(active ? "members.activated" : "members.deactivated", { name: username }),
			...(active ? {} : { undo: () => activate.mutate({ username, active: true }) }),
		}),
	});
	const administer = useChange(setInstanceAdmin, {
		stale,
		done: (_, { admin }) => ({
			text: t(admin ? "members.instanceAdminSet" : "members.instanceAdminTaken", { name: username }),
		}),
	});
	const isOff = Boolean(member.user?.deletedAt);
	const isServerAdmin = Boolean(member.user?.admin);
	const mayAnything = viewer?.admin === true && !isSelf && place.kind === "organization";
	const actions = [
		mayAnything && {
			text: t(isOff ? "members.activate" : "members.deactivate"),
			onSelect: () => activate.mutate({ username, active: isOff }),
		},
		mayAnything &&
			isPerson &&
			!isOff && {
				text: t(isServerAdmin ? "members.takeInstanceAdmin" : "members.makeInstanceAdmin"),
				onSelect: () => administer.mutate({ username, admin: !isServerAdmin }),
			},
		(place.mayAdminister || isSelf) && {
			text: t(isSelf ? "members.leave" : "members.remove"),
			onSelect: () => setRemoving(true),
			danger: true,
		},
	];
	return (
		<>
			<ActionMenu label={t("members.actionsFor", { name: username })} actions={actions} />
			{removing ? (
				<RemoveMemberDialog place={place} username={username} isSelf={isSelf} onClose={() => setRemoving(false)} />
			) : null}
		</>
	);
}

function MemberName({ member }: { member: Member }): ReactNode {
	const { t } = useTranslation();
	const { data: viewer } = useSuspenseQuery(viewerQuery);
	const username = usernameOf(member);
	const marks = [
		...(viewer?.id === member.id ? [t("members.you")] : []),
		...(member.accountType === "SERVICE" ? [t("members.machine")] : []),
		...(member.user?.admin ? [t("settings.instanceAdmin")] : []),
		...(member.user?.deletedAt ? [t("members.isOff")] : []),
	];
	const under = member.name === username ? member.email : [member.name, member.email].filter(Boolean).join(" · ");
	return (
		<Who name={username} under={under}>
			<Chips kind="type" texts={marks} />
		</Who>
	);
}

/** The people of a team or organisation; their roles can be changed by those who may. */
export function MemberTable({ place, members }: { place: Place; members: Member[] }): ReactNode {
	const { t } = useTranslation();
	return (
		<div className="people">
			<DataTable
				label={t("members.title")}
				rows={members}
				rowKey={({ id }) => id}
				columns={[
					{ id: "who", title: t("members.user"), kind: "main", cell: (member) => <MemberName member={member} /> },
					{
						id: "role",
						title: t("settings.role"),
						kind: "tight",
						cell: (member) => <RoleCell place={place} member={member} />,
					},
					{ id: "menu", title: "", kind: "number", cell: (member) => <MemberMenu place={place} member={member} /> },
				]}
			/>
		</div>
	);
}
