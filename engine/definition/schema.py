"""The JSON Schema an editor completes and underlines with, generated from the models, every shorthand spelled out.

It serves editors only: what a file means is decided by `reading` and the checks, never by this schema.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from engine.definition.key_help import help_for
from engine.definition.model import LibraryFile, ProcessFile, SiteFile
from engine.definition.model.acting import ACTION_WORDS, Action, TimerRow, ladder_by_its_name, ladder_of_bare_rows
from engine.definition.model.basics import Part, Row, rows_of_a_choice, scalar_text, several
from engine.definition.model.process import Rule
from engine.definition.model.site import attribute_of_bare_type
from engine.definition.model.steps import STEP_KINDS, Step, outcome_of_bare_next
from engine.definition.model.vocabulary import one_or_several
from engine.definition.parts import NAMES, all_parts, keys_of

Schema = dict[str, Any]


def process_schema(language: str = "en") -> Schema:
    """The schema of `processes/<id>.yaml`, its descriptions in this language."""
    return _schema(ProcessFile, language)


def library_schema(language: str = "en") -> Schema:
    """The schema of `_shared.yaml`."""
    return _schema(LibraryFile, language)


def site_schema(language: str = "en") -> Schema:
    """The schema of `_site.yaml`."""
    return _schema(SiteFile, language)


def _schema(file_model: type[Part], language: str) -> Schema:
    schema: Schema = file_model.model_json_schema(by_alias=True, schema_generator=_ForAuthors)
    definitions = schema.get("$defs", {})
    for part in all_parts(file_model):
        block = schema if part is file_model else definitions[part.__name__]
        block.pop("title", None)
        block |= _ALTERNATIVES.get(part, {})
        if language != "en":  # the English one is the docstring of the part
            block["description"] = NAMES[part].say(language)
        for key in keys_of(part):
            block["properties"][key] = {"description": help_for(part, key).say(language)} | block["properties"][key]
    head: Schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": file_model.__name__}
    return head | {key: _linked(value) for key, value in schema.items()}


class _ForAuthors(GenerateJsonSchema):
    """Describes what may be written, not what the model makes of it."""

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        written: Callable[[Schema], list[Schema]] | None = _SHORTHANDS.get(schema["function"]["function"])
        inner = super().function_before_schema(schema)
        if written is None:
            return inner
        shapes = written(inner)
        return shapes[0] if len(shapes) == 1 else {"anyOf": shapes}

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


_WORD: Schema = {"type": ["string", "number", "boolean"]}
_WORDS: Schema = {"type": "array", "items": _WORD, "minItems": 1}
_LINK = "$comment"  # stands for a $ref until every definition has its final name


def _rows_of(part: type[Part]) -> Schema:
    return {"type": "array", "items": {_LINK: part.__name__}, "minItems": 1}


_SHORTHANDS: dict[Any, Callable[[Schema], list[Schema]]] = {
    scalar_text: lambda inner: [_WORD],
    several: lambda inner: [_WORD, {**_WORDS, "minItems": 0}],
    one_or_several: lambda inner: [inner, {"type": "array", "items": {"type": "string"}, "minItems": 1}],
    rows_of_a_choice: lambda inner: [_WORD, _WORDS, inner, {_LINK: Row.__name__}],
    ladder_by_its_name: lambda inner: [{"type": "string"}, inner],
    ladder_of_bare_rows: lambda inner: [_rows_of(TimerRow), inner],
    attribute_of_bare_type: lambda inner: [_WORD, inner],
    outcome_of_bare_next: lambda inner: [{"type": "string"}, _rows_of(Row), inner],
}

_ALTERNATIVES: dict[type[Part], Schema] = {
    Step: {
        "oneOf": [{"required": [kind]} for kind in STEP_KINDS],
        "anyOf": [{"required": ["label"]}, {"required": ["use"]}],
    },
    Row: {
        "oneOf": [
            {"required": ["when", "then"], "properties": {"otherwise": False}},
            {"required": ["otherwise"], "properties": {"when": False, "then": False}},
        ]
    },
    Action: {"oneOf": [{"required": [word]} for word in ACTION_WORDS]},
    Rule: {"oneOf": [{"required": ["never"]}, {"required": ["always"]}]},
}


def _linked(value: Any) -> Any:
    if isinstance(value, dict):
        if value.keys() == {_LINK}:
            return {"$ref": f"#/$defs/{value[_LINK]}"}
        return {key: _linked(inner) for key, inner in value.items()}
    return [_linked(inner) for inner in value] if isinstance(value, list) else value
