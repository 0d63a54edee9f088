import { type GraphQLResolveInfo, Kind, type SelectionNode, visit } from "graphql";

/** True where a document asks for the field that is being answered by itself: nothing beside it but ids. */
export function isAskedAlone({ fieldName, operation, fragments }: GraphQLResolveInfo): boolean {
	let alone = true;
	const isField = (node: SelectionNode, ...names: string[]) =>
		node.kind === Kind.FIELD && names.includes(node.name.value);
	for (const definition of [operation, ...Object.values(fragments)]) {
		visit(definition, {
			SelectionSet({ selections }) {
				if (!selections.some((node) => isField(node, fieldName))) return;
				alone &&= selections.every((node) => isField(node, fieldName, "id", "__typename"));
			},
		});
	}
	return alone;
}
