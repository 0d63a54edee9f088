import {
	DeleteQueryNode,
	InsertQueryNode,
	type KyselyPlugin,
	type LogEvent,
	MergeQueryNode,
	type OperationNode,
	type PluginTransformQueryArgs,
	type PluginTransformResultArgs,
	RawNode,
	type RootOperationNode,
	SelectModifierNode,
	SelectQueryNode,
	UpdateQueryNode,
} from "kysely";
import type { DatabaseHooks } from "./database.ts";

const slowMilliseconds = 500;
const namePattern = /^[A-Za-z][\w.-]*$/;
const trailingName = /\/\* ([\w.-]+) \*\/$/;

type Nameable<B> = { withPlugin(plugin: KyselyPlugin): B };

/**
 * Names a query: `named("artifact.assignVersion", db.updateTable(…))`, also around a `` sql`…` `` builder.
 * The name ends up as an SQL comment (seen in `pg_stat_activity` and in logs) and as a label of the metrics.
 */
export function named<B extends Nameable<B>>(name: string, builder: B): B {
	if (!namePattern.test(name)) {
		throw new TypeError(`"${name}" is no query name: letters, digits, dot, dash and underscore only`);
	}
	return builder.withPlugin(nameComment(name));
}

/** Turns Kysely's log events into the hooks given at open time. */
export function queryLogger(hooks: DatabaseHooks): (event: LogEvent) => void {
	return (event) => {
		const name = trailingName.exec(event.query.sql)?.[1] ?? "unnamed";
		const milliseconds = event.queryDurationMillis;
		hooks.onQuery?.(name, milliseconds);
		if (milliseconds > slowMilliseconds) hooks.onSlowQuery?.(name, milliseconds, event.query.sql);
	};
}

function nameComment(name: string): KyselyPlugin {
	const comment = `/* ${name} */`;
	return {
		transformQuery: (args: PluginTransformQueryArgs) => withComment(args.node, comment),
		transformResult: async (args: PluginTransformResultArgs) => args.result,
	};
}

function withComment(node: RootOperationNode, comment: string): RootOperationNode {
	if (RawNode.is(node)) {
		const last = node.sqlFragments.length - 1;
		return {
			...node,
			sqlFragments: node.sqlFragments.map((text, at) => (at === last ? `${text.trimEnd()} ${comment}` : text)),
		};
	}
	if (SelectQueryNode.is(node)) {
		const modifier = SelectModifierNode.createWithExpression(RawNode.createWithSql(comment));
		return { ...node, endModifiers: [...(node.endModifiers ?? []), modifier] };
	}
	if (InsertQueryNode.is(node) || UpdateQueryNode.is(node) || DeleteQueryNode.is(node) || MergeQueryNode.is(node)) {
		const endModifiers: OperationNode[] = [...(node.endModifiers ?? []), RawNode.createWithSql(comment)];
		return { ...node, endModifiers };
	}
	return node;
}
