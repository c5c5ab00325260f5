"""The ariadne-codegen plugin: the hooks, each handing over to the module that knows how.

Run by `make generate` through `[tool.ariadne-codegen]` in pyproject.toml.
"""

from __future__ import annotations

import ast
import builtins
import shutil
from pathlib import Path
from typing import Any

from ariadne_codegen.plugins.base import Plugin
from ariadne_codegen.utils import format_code, str_to_pascal_case, str_to_snake_case
from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    SelectionSetNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    is_enum_type,
    parse,
    visit,
)

from leadiq._core import billing
from leadiq._core.documents import Segment

from . import inputs, models, traps, writing
from .docs import docstring, price_line, text_of, wrapped
from .templates import Compiled, compile_operation, segments, split

BANNER = "# @generated from {source} by `make generate`. Do not edit."
RUNTIME_MODELS = ("UNSET", "BaseModel", "InputModel", "UnknownVariant", "UnsetType")


class _Parents(Visitor):
    """Remembers which type each field node, and each selection set, is selected on."""

    def __init__(self, info: TypeInfo) -> None:
        super().__init__()
        self.info = info
        self.fields: dict[int, Any] = {}
        self.sets: dict[int, Any] = {}

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        self.fields[id(node)] = (self.info.get_parent_type(), self.info.get_field_def())

    def enter_selection_set(self, node: SelectionSetNode, *_: Any) -> None:
        self.sets[id(node)] = self.info.get_parent_type()


class LeadIQPlugin(Plugin):
    """Makes the generated package what docs/architecture.md says it is."""

    def __init__(self, schema: GraphQLSchema, config_dict: dict[str, Any]) -> None:
        super().__init__(schema, config_dict)
        section = config_dict["tool"]["ariadne-codegen"]
        self.schema_path = Path(section["schema_path"])
        self.package = Path(section["target_package_path"]) / section["target_package_name"]
        self.kept: list[Any] = []  # nodes whose id() is a key below have to stay alive
        self.parents: dict[int, _Parents] = {}
        self.public: dict[str, list[str]] = {}
        self.roots: dict[str, ast.AnnAssign] = {}  # the one field of each operation's own model
        self.compiled: dict[str, Compiled] = {}
        self.fragments: dict[str, tuple[Segment, ...]] = {}

    # -- documents

    def generate_operation_str(self, operation_str: str, operation_definition: Any) -> str:
        document = parse(operation_str, no_location=True)
        traps.check(self.schema, document)
        compiled = compile_operation(self.schema, document)
        self.compiled[compiled.name] = compiled
        for name, fragment in split(document)[1].items():
            self.fragments[name] = segments(fragment)
        return operation_str

    # -- enums and inputs

    def generate_enum(self, class_def: ast.ClassDef, enum_type: GraphQLEnumType) -> ast.ClassDef:
        class_def.bases = [models.name("OpenEnum")]
        body = docstring(text_of(enum_type.description))
        for member, value in zip(class_def.body, enum_type.values.values(), strict=True):
            assert isinstance(member, ast.Assign)
            target = member.targets[0]
            assert isinstance(target, ast.Name)
            if hasattr(str, target.id) or target.id in {"name", "value", "is_known"}:
                target.id += "_"
            body += [member, *docstring(text_of(value.description, value.deprecation_reason))]
        class_def.body = body
        return class_def

    def generate_enums_module(self, module: ast.Module) -> ast.Module:
        classes = [s for s in module.body if isinstance(s, ast.ClassDef)]
        module.body = [ast.ImportFrom("_ground.enums", [ast.alias("OpenEnum")], 2), *classes]
        self.public["enums"] = [c.name for c in classes]
        return module

    def generate_input_field(
        self, field_implementation: ast.AnnAssign, input_field: Any, field_name: str
    ) -> ast.AnnAssign:
        node = field_implementation
        models.split_alias(node.value)
        inputs.take_times(node, input_field)
        inputs.deprecate(node, input_field)
        return node

    def generate_input_class(
        self, class_def: ast.ClassDef, input_type: GraphQLInputObjectType
    ) -> ast.ClassDef:
        class_def.bases = [models.name("InputModel")]
        fields = iter(input_type.fields.values())
        body = docstring(text_of(input_type.description))
        for statement in class_def.body:
            if isinstance(statement, ast.AnnAssign):
                field = next(fields)
                text = text_of(field.description, field.deprecation_reason)
                body += [statement, *docstring(text)]
        class_def.body = body
        return class_def

    def generate_inputs_module(self, module: ast.Module) -> ast.Module:
        for statement in module.body:
            if isinstance(statement, ast.ImportFrom) and statement.module == "base_model":
                statement.names = [ast.alias("InputModel")]
        models.linearise(module)
        module.body.insert(0, inputs.import_of_times())
        self.public["inputs"] = [s.name for s in module.body if isinstance(s, ast.ClassDef)]
        return module

    # -- results

    def generate_result_field(
        self, field_implementation: ast.AnnAssign, operation_definition: Any, field: FieldNode
    ) -> ast.AnnAssign:
        node = field_implementation
        parent, definition = self._parents(operation_definition).fields.get(id(field), (None, None))
        if field.name.value == "__typename":
            node.annotation = _typename(parent, node.annotation)
        else:
            models.open_union(node)
            if definition is not None:
                text = text_of(definition.description, definition.deprecation_reason)
                node.doc = docstring(text)  # type: ignore[attr-defined]
        models.split_alias(node.value)
        node.value = models.plain_default(node.value)
        return node

    def generate_result_class(
        self, class_def: ast.ClassDef, operation_definition: Any, selection_set: SelectionSetNode
    ) -> ast.ClassDef:
        type_ = self._parents(operation_definition).sets.get(id(selection_set))
        body: list[ast.stmt] = []
        for statement in class_def.body:
            body += [statement, *getattr(statement, "doc", [])]
        empty = len(body) == 1 and isinstance(body[0], ast.Pass)
        if (
            not empty
            and type_ is not None
            and not isinstance(operation_definition, OperationDefinitionNode)
        ):
            body[:0] = docstring(text_of(type_.description))
        class_def.body = body
        return class_def

    def generate_result_types_module(
        self, module: ast.Module, operation_definition: Any
    ) -> ast.Module:
        models.linearise(module)
        (wrapper,) = (s for s in module.body if isinstance(s, ast.ClassDef))
        (root,) = (s for s in wrapper.body if isinstance(s, ast.AnnAssign))
        self.roots[operation_definition.name.value] = root
        return module

    def generate_fragments_module(
        self, module: ast.Module, fragments_definitions: dict[str, FragmentDefinitionNode]
    ) -> ast.Module:
        models.linearise(module)
        self.public["fragments"] = [s.name for s in module.body if isinstance(s, ast.ClassDef)]
        return module

    def _parents(self, definition: Any) -> _Parents:
        found = self.parents.get(id(definition))
        if found is None:
            info = TypeInfo(self.schema)
            found = self.parents[id(definition)] = _Parents(info)
            self.kept.append(definition)
            visit(definition, TypeInfoVisitor(info, found))
        return found

    # -- client

    def generate_client_method(
        self, method_def: Any, operation_definition: OperationDefinitionNode
    ) -> Any:
        assert operation_definition.name
        operation = operation_definition.name.value
        compiled = self.compiled[operation]
        variables = next(s.value for s in method_def.body if _is_target(s, "variables"))
        flags = set(compiled.flags)
        kept = [k.value not in flags for k in variables.keys]
        variables.keys = [k for k, keep in zip(variables.keys, kept, strict=True) if keep]
        variables.values = [v for v, keep in zip(variables.values, kept, strict=True) if keep]
        _drop_arguments(method_def.args, {str_to_snake_case(f) for f in flags})
        method_def.name = _method_name(operation, compiled.root)
        extra = _options(compiled)
        method_def.args.kwonlyargs = [a for a, _, _ in extra]
        method_def.args.kw_defaults = [d for _, d, _ in extra]
        options = ast.parse("Unpack[CallOptions]", mode="eval").body
        method_def.args.kwarg = ast.arg("options", options)
        method_def.returns = ast.Constant(value=operation)  # see _return_root
        method_def.body = [
            *docstring(self._method_doc(operation_definition, compiled)),
            ast.ImportFrom(
                str_to_snake_case(operation), [ast.alias(str_to_pascal_case(operation))], 1
            ),
            _return(operation, variables, [k for _, _, k in extra]),
        ]
        return ast.fix_missing_locations(method_def)

    def _method_doc(self, operation: OperationDefinitionNode, compiled: Compiled) -> str:
        root_type = self.schema.get_root_type(operation.operation)
        assert root_type
        field = root_type.fields[compiled.root]
        lines = [text_of(field.description, field.deprecation_reason)]
        arguments = [
            f"    {str_to_snake_case(name)}: {' '.join(argument.description.split())}"
            for name, argument in field.args.items()
            if argument.description
        ]
        if compiled.bill.unlocks:
            arguments.append("    unlock: what to pay for beyond the cheapest tier.")
        if "total" in compiled.flags:
            arguments.append("    total: whether to ask for the total, which is slow.")
        arguments.append(
            "    **options: clocks, retry policy and lane of this call; see `Options`."
        )
        lines.append("Args:\n" + "\n".join(arguments))
        lines.append(price_line(compiled.bill))
        if not compiled.repeatable:
            lines.append("Not repeated by itself when its outcome is unknown.")
        return "\n\n".join(wrapped(line) for line in lines if line)

    def generate_client_module(self, module: ast.Module) -> ast.Module:
        client = next(s for s in module.body if isinstance(s, ast.ClassDef))
        client.body = [
            *docstring("Every operation of `queries/` as a method; the rest is in its base."),
            *sorted(
                (s for s in client.body if isinstance(s, ast.AsyncFunctionDef)),
                key=lambda method: method.name,
            ),
        ]
        for method in client.body:
            if isinstance(method, ast.AsyncFunctionDef):
                self._return_root(method)
        self.public["enums"] = [n for n, t in self.schema.type_map.items() if is_enum_type(t)]
        module.body = [*_client_imports(client, self.public), client]
        return ast.fix_missing_locations(module)

    def _return_root(self, method: ast.AsyncFunctionDef) -> None:
        """Let a method return the root field's value; it was not known when the method was made."""
        assert isinstance(method.returns, ast.Constant)
        root = self.roots[str(method.returns.value)]
        method.returns = root.annotation
        returned = method.body[-1]
        assert isinstance(returned, ast.Return)
        assert isinstance(returned.value, ast.Attribute)
        returned.value.attr = ast.unparse(root.target)

    # -- files

    def copy_code(self, copied_code: str) -> str:
        if "class BaseModel(" not in copied_code:
            return copied_code
        names = ", ".join(RUNTIME_MODELS)
        source = f"from .._ground.base import {names}\n\n__all__ = {list(RUNTIME_MODELS)!r}\n"
        return BANNER.format(source="leadiq._ground.base") + "\n\n" + format_code(source)

    def get_file_comment(self, comment: str, code: str, source: str | None = None) -> str:
        return BANNER.format(source=source or "schema.graphql and queries")

    def generate_init_code(self, generated_code: str) -> str:
        traps.unique(
            [(name, module) for module, names in self.public.items() for name in names]
            + [(str_to_pascal_case(name), "operations") for name in self.compiled]
        )
        return self._banner() + format_code(writing.init(self.public))

    def generate_files(self, generated_files: list[str]) -> list[str]:
        code = writing.operations(self.compiled.values(), self.fragments)
        (self.package / "operations.py").write_text(self._banner() + format_code(code))
        for path in self.package.glob("*.py"):
            path.write_text(writing.unfold(path.read_text()))
        shutil.copyfile(self.schema_path, self.package / self.schema_path.name)
        return sorted([*generated_files, "operations.py", self.schema_path.name])

    def _banner(self) -> str:
        return BANNER.format(source="schema.graphql and queries") + "\n\n"


def _typename(parent: Any, annotation: ast.expr) -> ast.expr:
    """The type of a `__typename`: the one name of an object, any name for an interface.

    Production lists no implementer of the interface `Plan`, and answers with some all the same.
    """
    if isinstance(parent, GraphQLObjectType):
        return ast.parse(f"Literal[{parent.name!r}]", mode="eval").body
    return models.name("str") if isinstance(parent, GraphQLInterfaceType) else annotation


def _is_target(statement: ast.stmt, name: str) -> bool:
    return isinstance(statement, ast.AnnAssign) and ast.unparse(statement.target) == name


def _drop_arguments(arguments: ast.arguments, names: set[str]) -> None:
    first_default = len(arguments.args) - len(arguments.defaults)
    pairs = [
        (argument, arguments.defaults[i - first_default] if i >= first_default else None)
        for i, argument in enumerate(arguments.args)
        if argument.arg not in names
    ]
    arguments.args = [argument for argument, _ in pairs]
    arguments.defaults = [default for _, default in pairs if default is not None]


def _method_name(operation: str, root: str) -> str:
    """Name a method after its root field, unless that would hide a builtin (`list`)."""
    name = str_to_snake_case(root)
    plain = operation in {str_to_pascal_case(root), f"Get{str_to_pascal_case(root)}"}
    return name if plain and not hasattr(builtins, name) else str_to_snake_case(operation)


def _options(compiled: Compiled) -> list[tuple[ast.arg, ast.expr, ast.keyword]]:
    found: list[tuple[str, ast.expr, ast.expr]] = []
    if compiled.bill.unlocks:
        annotation = ast.parse("Iterable[Unlock]", mode="eval").body
        found.append(("unlock", annotation, ast.Tuple([], ast.Load())))
    found += [
        (flag, models.name("bool"), ast.Constant(value=True))
        for flag in compiled.flags
        if flag not in billing.UNLOCKS
    ]
    return [
        (ast.arg(name, annotation), default, ast.keyword(name, models.name(name)))
        for name, annotation, default in found
    ]


def _return(operation: str, variables: ast.expr, keywords: list[ast.keyword]) -> ast.Return:
    call = ast.Call(
        ast.parse("self._execute", mode="eval").body,
        [
            ast.parse(f"operations.{writing.constant(operation)}", mode="eval").body,
            models.name(str_to_pascal_case(operation)),
            variables,
        ],
        [*keywords, ast.keyword(None, models.name("options"))],
    )
    return ast.Return(ast.Attribute(ast.Await(call), operation, ast.Load()))


def _client_imports(client: ast.ClassDef, public: dict[str, list[str]]) -> list[ast.stmt]:
    used = {
        reference.id
        for method in client.body
        if isinstance(method, ast.AsyncFunctionDef)
        for part in (method.args, method.returns or method.args)
        for reference in models.references(part)
    }
    lines = [
        "from __future__ import annotations",
        "from typing import TYPE_CHECKING, Annotated, Any, Optional, Union",
        "from . import operations",
        "from .base_client import GeneratedBase",
        "from .._ground.unset import UNSET",
        "if TYPE_CHECKING:",
        "    from collections.abc import Iterable",
        "    from typing import Unpack",
        "    from pydantic import Field",
        "    from .._conduct.options import CallOptions",
        "    from .._core.pricing import Unlock",
        "    from .base_model import UnknownVariant, UnsetType",
    ]
    for module, names in sorted(public.items()):
        needed = sorted(used & set(names))
        if needed:
            lines.append(f"    from .{module} import {', '.join(needed)}")
    scalars = sorted(used & {"ZonedDateTime"})
    lines += [f"    from .._ground.scalars import {name}" for name in scalars]
    return ast.parse("\n".join(lines)).body
