"""Rewriting the modules of models: open unions, plain aliases, classes in order."""

from __future__ import annotations

import ast

import pytest

from leadiq_codegen import models


def assigned(code: str) -> ast.AnnAssign:
    """The one annotated assignment in some code."""
    (statement,) = ast.parse(code).body
    assert isinstance(statement, ast.AnnAssign)
    return statement


def rewritten(code: str) -> str:
    """A field after its union was opened."""
    node = assigned(code)
    models.open_union(node)
    return ast.unparse(ast.fix_missing_locations(node))


class Quoting(ast.NodeTransformer):
    """Writes quoted names as ariadne-codegen does: names whose quotes belong to them."""

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        return models.name(f'"{node.value}"') if isinstance(node.value, str) else node

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        return node if ast.unparse(node.value) == "Literal" else self.generic_visit(node)  # type: ignore[return-value]


def linear(code: str) -> tuple[str, dict[str, str]]:
    """A module after its classes were put in order, and the names that went."""
    module = Quoting().visit(ast.parse(code))
    gone = models.linearise(module)
    return ast.unparse(ast.fix_missing_locations(module)), gone


def test_references_are_names_outside_of_literals() -> None:
    """Every name counts, except the values inside `Literal[...]`."""
    tree = ast.parse("a: List[B, 'C'] | Literal[D] = f(E)")
    assert sorted(r.id for r in models.references(tree)) == ["B", "E", "List", "a", "f"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "a: int = Field(alias='b')",
            "a: int = Field(validation_alias='b', serialization_alias='b')",
        ),
        (
            "a: int = Field(alias='b', default=None)",
            "a: int = Field(validation_alias='b', serialization_alias='b', default=None)",
        ),
        ("a: int = Field(default=1)", "a: int = Field(default=1)"),
        ("a: int = 1", "a: int = 1"),
        ("a: int", "a: int"),
    ],
)
def test_an_alias_is_written_as_two(before: str, after: str) -> None:
    """`alias=` would hide the Python name from type checkers."""
    node = assigned(before)
    models.split_alias(node.value)
    assert ast.unparse(node) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: int = Field(default=None)", "a: int = None"),
        ("a: int = Field(default=None, alias='b')", "a: int = Field(default=None, alias='b')"),
        ("a: int = Field()", "a: int = Field()"),
        ("a: int = 1", "a: int = 1"),
        ("a: int", "a: int"),
    ],
)
def test_a_default_alone_is_plain(before: str, after: str) -> None:
    """`= None` builds faster than a `Field` that says nothing else."""
    node = assigned(before)
    node.value = models.plain_default(node.value)
    assert ast.unparse(node) == after


OPEN = (
    "Annotated[Union[Annotated[Union[A, B], Field(discriminator={q}typename__{q})], "
    "UnknownVariant], Field(union_mode='left_to_right')]"
).replace("{q}", "'")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: Union[A, B] = Field(discriminator='typename__')", f"a: {OPEN}"),
        (
            "a: Union[A, B] = Field(discriminator='typename__', alias='b')",
            f"a: {OPEN} = Field(alias='b')",
        ),
        (
            "a: Optional[Annotated[Union[A, B], Field(discriminator='typename__')]] = None",
            f"a: Optional[{OPEN}] = None",
        ),
        (
            "a: list[Annotated[Union[A, B], Field(discriminator='typename__')]]",
            f"a: list[{OPEN}]",
        ),
        ("a: Union[A, B] = Field(alias='b')", "a: Union[A, B] = Field(alias='b')"),
        ("a: Union[A, B]", "a: Union[A, B]"),
        ("a: Optional[A] = None", "a: Optional[A] = None"),
    ],
)
def test_a_union_is_opened(before: str, after: str) -> None:
    """A union by `__typename` gets one more member, wherever it stands; nothing else changes."""
    assert rewritten(before) == after


def test_classes_stand_in_the_order_of_their_use() -> None:
    """What a class refers to stands before it; quotes and rebuilding go."""
    code, gone = linear(
        "from .base_model import BaseModel\n"
        "class B(BaseModel):\n    a: 'A'\n"
        "class A(BaseModel):\n    c: Optional['C'] = None\n"
        "class C(BaseModel):\n    x: int\n"
        "B.model_rebuild()\n"
    )
    assert code.split("\n") == [
        "from .base_model import BaseModel",
        *("", "class C(BaseModel):", "    x: int"),
        *("", "class A(BaseModel):", "    c: Optional[C] = None"),
        *("", "class B(BaseModel):", "    a: A"),
    ]
    assert gone == {}


def test_classes_that_add_nothing_go() -> None:
    """A pass-through class gives way to what it stands for, through any number of steps."""
    code, gone = linear(
        "from .base_model import BaseModel\n"
        "from .fragments import Imported\n"
        "class User(BaseModel):\n    a: 'Second'\n    b: 'FromElsewhere'\n    c: 'Named'\n"
        "class First(Real):\n    pass\n"
        "class Second(First):\n    pass\n"
        "class Named(Real):\n    typename__: Literal['Real']\n"
        "class FromElsewhere(Imported):\n    pass\n"
        "class Real(BaseModel):\n    x: int\n"
        "Alias = Second\n"
    )
    assert "class First" not in code
    assert "    a: Real\n    b: Imported\n    c: Real" in code
    assert gone == {
        "Alias": "Real",
        "First": "Real",
        "FromElsewhere": "Imported",
        "Named": "Real",
        "Second": "Real",
    }


def test_classes_that_add_something_stay() -> None:
    """A class with a field of its own, two bases, or the ground as its base is no alias."""
    code, gone = linear(
        "from .base_model import BaseModel\n"
        "class Empty(BaseModel):\n    pass\n"
        "class A(BaseModel):\n    x: int\n"
        "class B(A):\n    y: int\n"
        "class C(A, B):\n    pass\n"
        "class D(Stranger):\n    pass\n"
    )
    assert gone == {}
    assert [line for line in code.split("\n") if line.startswith("class")] == [
        "class A(BaseModel):",
        "class B(A):",
        "class C(A, B):",
        "class D(Stranger):",
        "class Empty(BaseModel):",
    ]


def test_the_fallback_is_imported_where_it_is_used() -> None:
    """Only a module with an open union imports `UnknownVariant`."""
    code, _ = linear("class A(BaseModel):\n    a: Union[int, UnknownVariant]\n")
    assert code.startswith("from .base_model import UnknownVariant\n")
    assert "UnknownVariant" not in linear("class A(BaseModel):\n    a: int\n")[0]


def test_a_circle_is_refused() -> None:
    """Classes that need each other cannot be put in order: the error names the circle."""
    with pytest.raises(ValueError, match=r"in a circle: A -> B"):
        linear("class A(BaseModel):\n    b: 'B'\nclass B(BaseModel):\n    a: 'A'\n")


def test_the_result_does_not_depend_on_the_order_before() -> None:
    """The same classes in any order become the same module."""
    classes = [f"class {n}(BaseModel):\n    x: 'Z'\n" for n in "CAB"] + [
        "class Z(BaseModel):\n    x: int\n"
    ]
    assert linear("".join(classes)) == linear("".join(reversed(classes)))
