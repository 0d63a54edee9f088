import { Button } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Chips } from "../../ui/Chips.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { TimeText } from "../../ui/TimeText.tsx";
import { useChange } from "../../ui/use-change.ts";
import { endSessions, type Session, sessionsQuery } from "./settings.queries.ts";
import { readUserAgent } from "./user-agent.ts";

/** Where one is signed in, this place marked; and the way out of the others. */
export function Sessions(): ReactNode {
	const { t } = useTranslation();
	const { data: sessions } = useSuspenseQuery(sessionsQuery);
	const end = useChange(endSessions, {
		stale: [sessionsQuery.queryKey],
		done: (count) => ({ text: t("sessions.ended", { count }) }),
	});
	const nameOf = ({ userAgent }: Session) => {
		const { browser, system } = readUserAgent(userAgent);
		if (browser === null && system === null) return userAgent || t("sessions.unknown");
		if (browser !== null && system !== null) return t("sessions.browserOn", { browser, system });
		return browser ?? system ?? "";
	};
	return (
		<>
			<DataTable
				label={t("sessions.title")}
				rows={sessions}
				rowKey={({ id }) => id}
				columns={[
					{
						id: "place",
						title: t("sessions.place"),
						kind: "main",
						cell: (session) => (
							<span className="who-line" title={session.userAgent}>
								{nameOf(session)}
								{session.current ? <Chips kind="type" texts={[t("sessions.this")]} /> : null}
							</span>
						),
					},
					{
						id: "since",
						title: t("sessions.since"),
						kind: "tight",
						cell: ({ createdAt }) => <TimeText at={createdAt} />,
					},
					{
						id: "until",
						title: t("sessions.until"),
						kind: "tight",
						wideOnly: true,
						cell: ({ expiresAt }) => <TimeText at={expiresAt} />,
					},
					{
						id: "end",
						title: "",
						kind: "number",
						cell: (session) =>
							session.current ? null : (
								<Button
									variant="subtle"
									color="red"
									size="compact-xs"
									aria-label={t("sessions.endNamed", { name: nameOf(session) })}
									onClick={() => end.mutate(session.id)}
								>
									{t("sessions.end")}
								</Button>
							),
					},
				]}
			/>
			{sessions.length > 1 ? (
				<Button variant="default" size="xs" loading={end.isPending} onClick={() => end.mutate(null)}>
					{t("sessions.endOthers")}
				</Button>
			) : null}
		</>
	);
}
