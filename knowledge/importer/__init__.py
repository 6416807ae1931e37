"""An advisory's page -> numbered passages, findings and draft entries. Pure: bytes and text in, values and text out."""

from __future__ import annotations

from knowledge.importer.drafts import Draft, draft_entries, drafts_yaml
from knowledge.importer.fingerprint import fingerprint
from knowledge.importer.page import Block, BlockKind, Finding, Form, ImportedPage, Limits, Severity
from knowledge.importer.passages_yaml import passages_yaml
from knowledge.importer.reader import read_page

__all__ = [
    "Block",
    "BlockKind",
    "Draft",
    "Finding",
    "Form",
    "ImportedPage",
    "Limits",
    "Severity",
    "draft_entries",
    "drafts_yaml",
    "fingerprint",
    "passages_yaml",
    "read_page",
]
