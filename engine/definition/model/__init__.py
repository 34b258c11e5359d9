"""A process, library or site file exactly as its author may write it, with the shorthands spelled out.

This is the grammar of the language and nothing more: whether a name exists or a path ends is asked by `engine.checks`.
Conditions, durations, moments and rules stay text here; `compiled` parses them once and knows their place.

The three files, and the field and its column, are found here too, for they are spoken of everywhere in the house; every
other part is found in the module it belongs to.
"""

from engine.definition.model.process import ProcessFile
from engine.definition.model.shared import LibraryFile
from engine.definition.model.site import SiteFile
from engine.definition.model.vocabulary import Column, FieldDef

__all__ = ["Column", "FieldDef", "LibraryFile", "ProcessFile", "SiteFile"]
