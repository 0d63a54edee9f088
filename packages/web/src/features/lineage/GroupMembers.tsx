import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatValue } from "../../ui/format.ts";
import { Icon } from "../../ui/Icon.tsx";
import { useDebounced } from "../../ui/use-debounced.ts";
import { membersQuery } from "./lineage.queries.ts";
import type { LineageGroup, LineageNode, MembersQuery } from "./lineage-api.ts";
import { NodeLink } from "./NodeLink.tsx";

type Props = { group: LineageGroup; onPullOut: (node: LineageNode) => void };

/** The members of a group: looked for, ordered by a metric, and pulled out one by one to follow their own lines. */
export function GroupMembers({ group, onPullOut }: Props): ReactNode {
	const { t, i18n } = useTranslation();
	const [q, setText] = useState("");
	const settled = useDebounced(q, 150);
	const [sort, setSort] = useState<MembersQuery["sort"]>("created");
	const [metric, setMetric] = useState("");
	const isByMetric = sort === "metric" && metric !== "";
	const asked: MembersQuery = isByMetric
		? { q: settled, sort, metric }
		: { q: settled, sort: sort === "metric" ? "created" : sort };
	const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(membersQuery(group.key, asked));
	const members = data?.pages.flatMap((page) => page.members) ?? [];
	return (
		<section className="lineage-members">
			<h3>
				{t("graph.members")} <em>{data?.pages[0]?.total ?? group.count}</em>
			</h3>
			<TextInput
				size="xs"
				aria-label={t("graph.searchMembers")}
				placeholder={t("graph.searchMembers")}
				leftSection={<Icon name="search" size={14} />}
				value={q}
				onChange={({ currentTarget }) => setText(currentTarget.value)}
			/>
			<div className="lineage-order">
				<NativeSelect
					size="xs"
					aria-label={t("graph.order")}
					value={sort}
					onChange={({ currentTarget }) => setSort(sorts.find((each) => each === currentTarget.value) ?? "created")}
					data={sorts.map((value) => ({ value, label: t(`graph.sort.${value}`) }))}
				/>
				{sort === "metric" ? (
					<TextInput
						size="xs"
						aria-label={t("graph.metric")}
						placeholder={t("graph.metric")}
						value={metric}
						onChange={({ currentTarget }) => setMetric(currentTarget.value)}
					/>
				) : null}
			</div>
			<ul>
				{members.map((member) => (
					<li key={member.id}>
						<NodeLink node={member} />
						{member.metric === null ? null : <em>{formatValue(member.metric, i18n.language)}</em>}
						<button
							type="button"
							className="copy"
							aria-label={t("graph.pullOutName", { name: member.name })}
							title={t("graph.pullOutName", { name: member.name })}
							onClick={() => onPullOut(member)}
						>
							<Icon name="arrowRight" size={14} />
						</button>
					</li>
				))}
			</ul>
			{hasNextPage ? (
				<Button variant="subtle" size="compact-xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
					{t("ui.loadMore")}
				</Button>
			) : null}
		</section>
	);
}

const sorts = ["created", "name", "metric"] as const;
