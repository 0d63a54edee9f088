"""Prints, as JSON, the GraphQL documents that the installed wandb package carries.

Run by the Python of a venv that holds the package; nothing of the package is imported, only read. The output is
`{"version", "documents": [{"text", "where"}], "unresolved": [where]}`.

Python sources: every string that begins like an operation, evaluated together with what the code puts around it
(`+`, `%`, `.format`, `.replace`, `.join`, f-strings, `_HOLES_`). Where the code chooses, four variants are made: the
longest choice everywhere, the shortest, the first, and the last. The Go binary: every operation in its bytes, with the
fragments after it.
"""

import ast
import importlib.metadata
import importlib.util
import json
import pathlib
import re
import sys

BEGINS = re.compile(r"\s*(?:#[^\n]*\n\s*)*(?:query|mutation|subscription)\b[^{}]*[({]|\s*\{\s*[a-z]\w*\s*[({]")
FRAGMENT = re.compile(r"\s*fragment\s+\w+\s+on\s")
HOLE = re.compile(r"_?[A-Z][A-Za-z]*_[A-Za-z_]+")
UNKNOWN = "\0"
LONGEST, SHORTEST, FIRST, LAST = "longest", "shortest", "first", "last"
MODES = (LONGEST, SHORTEST, FIRST, LAST)


class Source:
    """One Python file: its tree, who is inside whom, and the values given to names in each function."""

    def __init__(self, path, name):
        self.name = name
        self.tree = ast.parse(path.read_text(encoding="utf-8", errors="replace"))
        self.parents = {}
        self.assigned = {}
        self.functions = {}
        for node in ast.walk(self.tree):
            for child in ast.iter_child_nodes(node):
                self.parents[child] = node
        for node in ast.walk(self.tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                self.functions.setdefault(node.name, node)
            if isinstance(node, ast.AugAssign):
                targets, grows = [node.target], True
            elif isinstance(node, ast.Assign):
                targets, grows = node.targets, False
            elif isinstance(node, ast.AnnAssign) and node.value is not None:
                targets, grows = [node.target], False
            else:
                continue
            for target in targets:
                if isinstance(target, ast.Name):
                    key = (self.scope(node), target.id)
                    self.assigned.setdefault(key, []).append((grows, node.value))

    def scope(self, node):
        """The innermost function around a node, None at module or class level."""
        while node in self.parents:
            node = self.parents[node]
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                return node
        return None


class Package:
    def __init__(self, root):
        self.sources = []
        self.callers = None
        for path in sorted(root.rglob("*.py")):
            if "vendor" in path.parts or not re.search(rb"\b(query|mutation|fragment)\b", path.read_bytes()):
                continue
            self.sources.append(Source(path, str(path.relative_to(root))))

    def constant(self, name):
        """The value of a name given once at the top of some module."""
        for source in self.sources:
            for _, value in source.assigned.get((None, name), []):
                return source, value
        return None

    def function(self, name):
        for source in self.sources:
            if name in source.functions:
                return source, source.functions[name]
        return None

    def calls(self, name):
        """Some calls of a function: enough to see each document that it is given the parts of."""
        if self.callers is None:
            self.callers = {}
            for source in self.sources:
                for node in ast.walk(source.tree):
                    if isinstance(node, ast.Call):
                        self.callers.setdefault(called_name(node), []).append((source, node))
        return self.callers.get(name, [])[:8]


class Evaluator:
    def __init__(self, package, mode):
        self.package = package
        self.mode = mode
        self.busy = set()
        self.steps = 0

    def choose(self, texts):
        known = [text for text in texts if UNKNOWN not in text]
        if not known:
            return UNKNOWN
        if self.mode in (FIRST, LAST):
            return known[0] if self.mode == FIRST else known[-1]
        return (max if self.mode == LONGEST else min)(known, key=len)

    def text(self, source, node):
        """The string an expression makes; UNKNOWN stands for what only a running client knows."""
        self.steps += 1
        if self.steps > 500:
            return UNKNOWN
        if isinstance(node, ast.Constant):
            return node.value if isinstance(node.value, str) else UNKNOWN
        if isinstance(node, ast.JoinedStr):
            return "".join(self.text(source, part) for part in node.values)
        if isinstance(node, ast.FormattedValue):
            return self.text(source, node.value)
        if isinstance(node, ast.IfExp):
            return self.choose([self.text(source, node.body), self.text(source, node.orelse)])
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            return self.text(source, node.left) + self.text(source, node.right)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
            values = node.right.elts if isinstance(node.right, ast.Tuple) else [node.right]
            pieces = iter([self.text(source, value) for value in values])
            return re.sub(r"%s", lambda _: next(pieces, UNKNOWN), self.text(source, node.left))
        if isinstance(node, ast.Name):
            return self.name(source, node)
        if isinstance(node, ast.Attribute):
            return self.top_level(node.attr)
        if isinstance(node, ast.Call):
            return self.call(source, node)
        return UNKNOWN

    def name(self, source, node):
        scope = source.scope(node)
        given = source.assigned.get((scope, node.id))
        if given is None and scope is not None:
            given = source.assigned.get((None, node.id))
        if given is None and scope is not None and node.id in parameters(scope):
            return self.once((source.name, scope, node.id), lambda: self.argument(scope, node.id))
        if given is None:
            return self.top_level(node.id)
        return self.once((source.name, scope, node.id), lambda: self.given(source, given))

    def given(self, source, given):
        plain = [text for text in (self.text(source, value) for grows, value in given if not grows) if text != UNKNOWN]
        base = self.choose(plain) if plain else UNKNOWN
        if self.mode == SHORTEST:
            return base
        more = [self.text(source, value) for grows, value in given if grows]
        return base + "".join(text for text in more if UNKNOWN not in text)

    def argument(self, function, name):
        """What the callers of a function give it for a parameter; the same caller for all parameters."""
        names = parameters(function)
        default = dict(zip(reversed(names), reversed(function.args.defaults), strict=False)).get(name)
        texts = []
        for source, call in self.package.calls(function.name):
            keyword = next((each.value for each in call.keywords if each.arg == name), None)
            place = names.index(name) - (1 if names[0] in ("self", "cls") else 0)
            value = keyword or (call.args[place] if 0 <= place < len(call.args) else default)
            texts.append(self.text(source, value) if value is not None else UNKNOWN)
        return self.choose(texts)

    def joined(self, source, node):
        """A list of texts that a function makes and then joins."""
        separator, items = self.text(source, node.func.value), node.args[0]
        if isinstance(items, ast.Name):
            scope = source.scope(node)
            values = []
            for grows, value in source.assigned.get((scope, items.id), []):
                if isinstance(value, ast.List) and not (grows and self.mode == SHORTEST):
                    values += value.elts
            if self.mode != SHORTEST and scope is not None:
                for each in ast.walk(scope):
                    if not isinstance(each, ast.Call) or not isinstance(each.func, ast.Attribute) or not each.args:
                        continue
                    if not isinstance(each.func.value, ast.Name) or each.func.value.id != items.id:
                        continue
                    more = each.args[0]
                    if each.func.attr == "append":
                        values.append(more)
                    elif each.func.attr == "extend" and isinstance(more, ast.List):
                        values += more.elts
        elif isinstance(items, (ast.List, ast.Tuple)):
            values = items.elts
        else:
            values = []
        return separator.join(self.text(source, value) for value in values) if values else UNKNOWN

    def top_level(self, name):
        found = self.package.constant(name)
        if found is None:
            return UNKNOWN
        return self.once((found[0].name, None, name), lambda: self.text(*found))

    def once(self, key, evaluate):
        if key in self.busy:
            return UNKNOWN
        self.busy.add(key)
        try:
            return evaluate()
        finally:
            self.busy.discard(key)

    def call(self, source, node):
        function = node.func
        if isinstance(function, ast.Attribute):
            if function.attr == "format":
                return self.format(source, function.value, node)
            if function.attr == "join" and node.args:
                return self.joined(source, node)
            if function.attr == "replace" and len(node.args) >= 2:
                old, new = (self.text(source, argument) for argument in node.args[:2])
                return self.text(source, function.value).replace(old, new)
        name = called_name(node)
        if name in ("gql", "dedent", "gql_compat", "print_ast") and node.args:
            return self.text(source, node.args[0])
        found = self.package.function(name)
        if found is None or not re.search("fragment|edge_name|gql", name, re.IGNORECASE):
            return UNKNOWN
        returns = [each.value for each in ast.walk(found[1]) if isinstance(each, ast.Return) and each.value]
        return self.once((found[0].name, "call", name), lambda: self.choose([self.text(found[0], r) for r in returns]))

    def format(self, source, template, node):
        pieces = iter([self.text(source, argument) for argument in node.args])
        named = {keyword.arg: self.text(source, keyword.value) for keyword in node.keywords}
        text = self.text(source, template)
        parts = re.split(r"(\{\{|\}\}|\{\w*\})", text)
        for index, part in enumerate(parts):
            if part in ("{{", "}}"):
                parts[index] = part[0]
            elif part == "{}":
                parts[index] = next(pieces, UNKNOWN)
            elif part.startswith("{") and part.endswith("}") and len(part) > 2:
                parts[index] = named.get(part[1:-1], UNKNOWN)
        return "".join(parts)

    def fill_holes(self, source, scope, text):
        """What the function around puts in place of `_HOLES_`."""

        fillings = {}
        for node in ast.walk(scope if scope is not None else source.tree):
            if not isinstance(node, ast.Call) or len(node.args) < 2 or not isinstance(node.args[0], ast.Constant):
                continue
            hole = node.args[0].value
            if called_name(node) == "replace" and isinstance(hole, str) and HOLE.fullmatch(hole):
                fillings.setdefault(hole, []).append(self.text(source, node.args[1]))
        for _ in range(3):
            for hole, texts in fillings.items():
                text = text.replace(hole, self.choose(texts))
        return text


def called_name(call):
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def parameters(function):
    return [each.arg for each in [*function.args.posonlyargs, *function.args.args]]


def is_self_contained(text):
    spread = set(re.findall(r"\.\.\.\s*(?!on\b)(\w+)", text))
    return spread <= set(re.findall(r"\bfragment\s+(\w+)", text))


def is_whole(source, node):
    """Whether an expression is as far out as the building of a document goes."""
    parent = source.parents.get(node)
    if isinstance(parent, (ast.BinOp, ast.JoinedStr, ast.FormattedValue, ast.Attribute)):
        return False
    return not (isinstance(parent, ast.Call) and isinstance(parent.func, ast.Name) and parent.func.id == "gql")


def may_be_document(node):
    if isinstance(node, ast.Call):
        return called_name(node) in ("gql", "dedent", "format", "replace")
    return any(isinstance(each, ast.Constant) and isinstance(each.value, str) and BEGINS.match(each.value) for each in ast.walk(node))


def python_documents(root):
    package = Package(root)
    found, unresolved = {}, []
    for source in package.sources:
        for node in ast.walk(source.tree):
            if not isinstance(node, (ast.Constant, ast.JoinedStr, ast.BinOp, ast.Call)) or not is_whole(source, node):
                continue
            if isinstance(source.parents.get(node), ast.Expr) or not may_be_document(node):
                continue
            variants = []
            for mode in MODES:
                evaluator = Evaluator(package, mode)
                text = evaluator.text(source, node)
                if not BEGINS.match(text):
                    continue
                scope = source.scope(node)
                text = evaluator.fill_holes(source, scope, text)
                where = f"{source.name}:{node.lineno}"
                if "{{" in text or re.search(r"\{\w*\}|%s", text):
                    continue  # A template on its own: the place that fills it gives the document.
                variants.append(text)
            # Choices that do not go together give a document that spreads a fragment it does not have.
            variants = [text for text in variants if is_self_contained(text)] or variants
            whole = [text for text in variants if UNKNOWN not in text]
            if variants and not whole:
                unresolved.append(where)
            for text in whole:
                found.setdefault(text, where)
    return found, sorted(unresolved)


def balanced(data, start):
    """The end of the block that opens at or after `start`; None where it never closes."""
    depth = 0
    for index in range(start, min(len(data), start + 100_000)):
        letter = data[index]
        if letter == 0x7B:
            depth += 1
        elif letter == 0x7D:
            depth -= 1
            if depth == 0:
                return index + 1
    return None


def binary_documents(root):
    binary = root / "bin" / "wandb-core"
    if not binary.exists():
        return {}
    data, found = binary.read_bytes(), {}
    for match in re.finditer(rb"(?:query|mutation) [A-Z]\w+ ?[({]", data):
        opening = match.end() - 1
        if data[opening : opening + 1] == b"(":
            closing = data.find(b")", opening)
            opening = data.find(b"{", closing)
        end = balanced(data, opening)
        while end is not None:
            fragment = re.compile(rb"\s*fragment \w+ on \w+ \{").match(data, end)
            if fragment is None:
                break
            end = balanced(data, fragment.end() - 1)
        if end is None:
            continue
        raw = data[match.start() : end]
        if raw.isascii() and b"\0" not in raw:
            found.setdefault(raw.decode("ascii"), "bin/wandb-core")
    return found


def main():
    root = pathlib.Path(importlib.util.find_spec("wandb").origin).parent
    documents, unresolved = python_documents(root)
    for text, where in binary_documents(root).items():
        documents.setdefault(text, where)
    json.dump(
        {
            "version": importlib.metadata.version("wandb"),
            "documents": [{"text": text, "where": where} for text, where in documents.items()],
            "unresolved": unresolved,
        },
        sys.stdout,
    )


main()
