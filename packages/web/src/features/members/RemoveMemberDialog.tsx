import { Skeleton } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { viewerQuery } from "../../app-shell/viewer.queries.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { useChange } from "../../ui/use-change.ts";
import { type Place, peopleKey, removalQuery, removeMember } from "./members.queries.ts";

function Losses({ place, username }: { place: Place; username: string }): ReactNode {
	const { t } = useTranslation();
	const { data, isPending } = useQuery(removalQuery(place.entity, username));
	if (isPending) return <Skeleton height={54} />;
	if (!data) return null;
	const { teams, projects, givenRoles, switchedOff } = data;
	return (
		<ul className="losses">
			{place.kind === "organization" && teams.length > 0 ? (
				<li>{t("members.loseTeams", { count: teams.length, teams: teams.join(", ") })}</li>
			) : null}
			{projects > 0 ? <li>{t("members.loseProjects", { count: projects })}</li> : null}
			{givenRoles > 0 ? <li>{t("members.loseRoles", { count: givenRoles })}</li> : null}
			{switchedOff ? <li>{t("members.loseKeys")}</li> : null}
		</ul>
	);
}

type Props = { place: Place; username: string; isSelf: boolean; onClose: () => void };

/** Asks before somebody is taken out, or leaves, and says first what they lose. */
export function RemoveMemberDialog({ place, username, isSelf, onClose }: Props): ReactNode {
	const { t } = useTranslation();
	const client = useQueryClient();
	const navigate = useNavigate();
	const remove = useChange(removeMember, {
		stale: isSelf ? [] : [peopleKey(place.entity), ["team-settings"], ["organization-settings"]],
		done: () => ({ text: t(isSelf ? "members.left" : "members.removed", { name: username, place: place.name }) }),
		onDone: async () => {
			onClose();
			if (!isSelf) return;
			// What was read here is no longer the viewer's to read.
			await navigate({ to: "/settings" });
			await client.invalidateQueries({ queryKey: viewerQuery.queryKey });
		},
	});
	const values = { name: username, place: place.name };
	return (
		<ConfirmDialog
			title={t(isSelf ? "members.leaveTitle" : "members.removeTitle", values)}
			action={t(isSelf ? "members.leave" : "members.remove")}
			busy={remove.isPending}
			onConfirm={() => remove.mutate({ entity: place.entity, username }, { onError: onClose })}
			onClose={onClose}
		>
			<p>{t(isSelf ? "members.leaveLead" : "members.removeLead", values)}</p>
			<Losses place={place} username={username} />
			<p className="quiet">{t("members.keepWork")}</p>
		</ConfirmDialog>
	);
}
