"""What the patterns of a query say of its variables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from trabecula.formats.rdf.rows import term
from trabecula.sparql.contents import Contents
from trabecula.sparql.linting.paths import End, either, ends, meet
from trabecula.sparql.linting.spelling import name_of
from trabecula.sparql.path_syntax import TYPE
from trabecula.sparql.schema import classes
from trabecula.sparql.tree import Group, Iri, Triple, Variable

#: GRAPH says of its variable what this property says of its values.
_GRAPH = End(frozenset(("graph",)), Iri(term("np:hasAssertion"), "GRAPH"), value=True)


def _of_class(triple: Triple) -> tuple[End, None] | None:
    """What a node is by its class."""
    step, kind = triple.path.iri, triple.object
    if step is None or step.value != TYPE or not isinstance(kind, Iri):
        return None
    class_kind = "entity" if kind.value == term("tb:Entity") else classes().get(kind.value)
    if class_kind is None:
        return None
    return End(frozenset((class_kind,)), Iri(TYPE, f"a {name_of(kind)}"), value=False), None


class Roles:
    """What variables are, group by group; each group comes after the one it stands in."""

    def __init__(self, groups: Iterable[tuple[Group, Group | None]], contents: Contents) -> None:
        self._contents = contents
        self._around = {id(group): around for group, around in groups}
        self._own: dict[int, dict[str, End]] = {}
        self._anywhere: dict[str, End] = {}
        #: What nothing can be: two ends and how the variable is written, each once.
        self.conflicts: dict[tuple[End, End, str], None] = {}
        for group, _ in groups:
            self._own[id(group)] = {}
            if group.how == "graph" and isinstance(group.name, Variable):
                self._add(group, group.name, _GRAPH)
            for triple in group.triples():
                before, after = _of_class(triple) or ends(triple.path, contents)
                for node, end in ((triple.subject, before), (triple.object, after)):
                    if isinstance(node, Variable) and end is not None:
                        self._add(group, node, end)

    def _add(self, group: Group, variable: Variable, end: End) -> None:
        before = self.within(group, variable.name)
        if before is None:
            self._own[id(group)][variable.name] = end
        elif meet(before, end, self._contents):
            both = before.kinds & end.kinds or before.kinds
            step = before if before.only or not end.only else end
            self._own[id(group)][variable.name] = replace(step, kinds=both)
        else:
            self.conflicts[before, end, variable.shown] = None
        first = self._anywhere.setdefault(variable.name, end)
        if first is not end:
            self._anywhere[variable.name] = either([first, end])

    def within(self, group: Group, name: str) -> End | None:
        """What a variable is where it stands in this group, as far as patterns around it say."""
        here: Group | None = group
        while here is not None:
            end = self._own[id(here)].get(name)
            if end is not None:
                return end
            outside = self._around[id(here)]
            if outside is not None and outside.select is not None and here is outside.select.where:
                given = {variable.name for variable in outside.select.variables}
                if name not in given and not outside.select.star:
                    return None
            here = outside
        return None

    def of(self, group: Group, name: str) -> End | None:
        """What a variable is; where nothing around this group says so, what it is elsewhere."""
        return self.within(group, name) or self._anywhere.get(name)
