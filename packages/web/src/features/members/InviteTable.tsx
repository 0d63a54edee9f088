import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { TimeText } from "../../ui/TimeText.tsx";
import { useChange } from "../../ui/use-change.ts";
import { type Invite, type Place, peopleKey, takeBackInvite } from "./members.queries.ts";
import { useRoleName } from "./RoleSelect.tsx";

/** The open invitations, each with its link to copy again, and the way to take it back. */
export function InviteTable({ place, invites }: { place: Place; invites: Invite[] }): ReactNode {
	const { t } = useTranslation();
	const roleName = useRoleName();
	const takeBack = useChange(takeBackInvite, {
		stale: [peopleKey(place.entity)],
		done: () => ({ text: t("invites.takenBack") }),
	});
	const whoOf = ({ name }: Invite) => name ?? t("invites.anybody");
	return (
		<div className="people">
			<DataTable
				label={t("invites.open")}
				rows={invites}
				rowKey={({ id }) => id}
				columns={[
					{ id: "who", title: t("invites.for"), kind: "main", cell: whoOf },
					{ id: "role", title: t("settings.role"), kind: "tight", cell: ({ role }) => roleName(role) },
					{
						id: "by",
						title: t("invites.by"),
						kind: "tight",
						wideOnly: true,
						cell: ({ createdBy }) => createdBy?.username ?? "–",
					},
					{
						id: "until",
						title: t("invites.until"),
						kind: "tight",
						wideOnly: true,
						cell: ({ expiresAt }) => <TimeText at={expiresAt} />,
					},
					{
						id: "link",
						title: t("invites.link"),
						kind: "tight",
						cell: (invite) =>
							invite.link ? (
								<CopyButton text={invite.link} label={t("invites.linkFor", { name: whoOf(invite) })} worded />
							) : null,
					},
					{
						id: "menu",
						title: "",
						kind: "number",
						cell: (invite) => (
							<Button
								variant="subtle"
								color="red"
								size="compact-xs"
								aria-label={t("invites.takeBackFrom", { name: whoOf(invite) })}
								onClick={() => takeBack.mutate({ entity: place.entity, id: invite.id })}
							>
								{t("invites.takeBack")}
							</Button>
						),
					},
				]}
			/>
		</div>
	);
}
