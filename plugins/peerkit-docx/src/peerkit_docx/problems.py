"""
The kinds of problem that a Word template, or a paper drawn with one, can have.

Those that begin with ``word-`` are of the file, with ``template-`` of what is written
in it, with ``access-`` of how it reads to people who do not see it or see it otherwise.
"""

from __future__ import annotations

from typing import Final

from peerkit.errors import ProblemKind, Severity

__all__ = [
    "ACCESS_COLOUR",
    "ACCESS_CONTRAST",
    "ACCESS_EMPTY_HEADER",
    "ACCESS_EMPTY_HEADING",
    "ACCESS_FLOATING",
    "ACCESS_HEADER_ROW",
    "ACCESS_HEADING_SKIP",
    "ACCESS_KINDS",
    "ACCESS_LANGUAGE",
    "ACCESS_LINK_TEXT",
    "ACCESS_MERGED",
    "ACCESS_NESTED",
    "ACCESS_NO_PICTURE_TEXT",
    "ACCESS_ONE_TITLE",
    "ACCESS_SPACING",
    "ACCESS_TITLE",
    "ACCESS_TYPED_LIST",
    "PROBLEM_KINDS",
    "TEMPLATE_BESIDE",
    "TEMPLATE_BLOCK",
    "TEMPLATE_BRANCHES",
    "TEMPLATE_CHARACTER",
    "TEMPLATE_COMPUTED",
    "TEMPLATE_DELIMITER",
    "TEMPLATE_MAY_BE_MISSING",
    "TEMPLATE_NAME",
    "TEMPLATE_NOTE",
    "TEMPLATE_NOT_ALLOWED",
    "TEMPLATE_NO_CELLS",
    "TEMPLATE_NO_ROWS",
    "TEMPLATE_PLACE",
    "TEMPLATE_PREFIX",
    "TEMPLATE_QUOTES",
    "TEMPLATE_REVISIONS",
    "TEMPLATE_STYLE",
    "TEMPLATE_STYLE_ABSENT",
    "TEMPLATE_SYNTAX",
    "TEMPLATE_VALUE",
    "WORD_FETCHES",
    "WORD_FIELD",
    "WORD_LEFT_OUT",
    "WORD_PACKAGE",
    "WORD_PROGRAM",
    "WORD_XML",
]


def _kind(severity: Severity, code: str, meaning: str, mend: str) -> ProblemKind:
    return ProblemKind(code=code, severity=severity, meaning=meaning, mend=mend)


# -- the file ----------------------------------------------------------------------

WORD_PACKAGE: Final = _kind(
    Severity.FAULT,
    "word-package",
    "The file is no Word document, is damaged, or is larger or made otherwise than Word makes it.",
    "Open it in Word and save it as .docx.",
)
WORD_XML: Final = _kind(
    Severity.FAULT,
    "word-xml",
    "A part of the file is not XML as Word writes it: broken, declaring a document type, "
    "nested without end, or not in UTF-8.",
    "Open the file in Word and save it.",
)
WORD_PROGRAM: Final = _kind(
    Severity.FAULT,
    "word-program",
    "The file holds macros, controls or objects of other programs, which could run something.",
    "Take them out; in Word, save it as .docx.",
)
WORD_FETCHES: Final = _kind(
    Severity.FAULT,
    "word-fetches",
    "The file would fetch something when it is opened, is made of other documents, or leads "
    "to something that is not in it.",
    "Put what is needed into the file itself, and take the rest out.",
)
WORD_FIELD: Final = _kind(
    Severity.FAULT,
    "word-field",
    "The file has a field that fetches, runs or asks something, or tells what day it is.",
    "In Word, take the field out.",
)
WORD_LEFT_OUT: Final = _kind(
    Severity.ADVICE,
    "word-left-out",
    "A template of your own leads to something outside of it, or a content control takes its words "
    "from data in the file. That is left out of papers.",
    "Nothing need be done; to be rid of it, take it out in Word.",
)

# -- what is written in it -----------------------------------------------------------

TEMPLATE_DELIMITER: Final = _kind(
    Severity.FAULT,
    "template-delimiter",
    "A tag is not closed in its own paragraph, was never opened, or has braces too many.",
    "Begin and end each tag in one paragraph: {{ … }} or {% … %}.",
)
TEMPLATE_CHARACTER: Final = _kind(
    Severity.FAULT,
    "template-character",
    "A sign stands inside a tag that no tag can hold; Word puts in some by itself, such as a "
    "dash for two hyphens.",
    "Type the tag again; in Word, press Ctrl+Z right after it changes something.",
)
TEMPLATE_QUOTES: Final = _kind(
    Severity.WARNING,
    "template-quotes",
    "Curly quotes stand inside a tag. They are taken for straight ones.",
    "Type straight quotes; in Word, press Ctrl+Z right after it makes them curly.",
)
TEMPLATE_SYNTAX: Final = _kind(
    Severity.FAULT,
    "template-syntax",
    "A tag cannot be understood: something is missing in it or too much.",
    "Compare it with the examples in the reference of Word templates.",
)
TEMPLATE_NOT_ALLOWED: Final = _kind(
    Severity.FAULT,
    "template-not-allowed",
    "A tag asks for something that templates may not do, such as calling something, making "
    "macros or using a filter that is not on the list.",
    "Say it with names, loops, questions and the filters on the list.",
)
TEMPLATE_BLOCK: Final = _kind(
    Severity.FAULT,
    "template-block",
    "A loop or a question is not closed, is closed by the wrong tag, or closes nothing.",
    "Give each {% for … %} its {% endfor %} and each {% if … %} its {% endif %}.",
)
TEMPLATE_PREFIX: Final = _kind(
    Severity.FAULT,
    "template-prefix",
    "The letters that say what a tag stands for (p a paragraph, tr a row, tc a cell, r a run) "
    "are apart from the brace, outside of what they stand for, or differ from where the block "
    "is closed to where it was opened.",
    "Write {%p, {%tr, {%tc or {%r in one, the same for both ends of a block.",
)
TEMPLATE_BESIDE: Final = _kind(
    Severity.FAULT,
    "template-beside",
    "Text stands beside a tag that takes the place of its whole paragraph, row or cell, and "
    "would be lost.",
    "Give the tag a paragraph, row or cell of its own.",
)
TEMPLATE_PLACE: Final = _kind(
    Severity.FAULT,
    "template-place",
    "A tag stands where it cannot be filled.",
    "Put it into the text of the body, a header, a footer, a note or a text box.",
)
TEMPLATE_BRANCHES: Final = _kind(
    Severity.FAULT,
    "template-branches",
    "A loop or question begins in one place and ends in another, so that leaving out or "
    "repeating what lies between would damage the file.",
    "Let both ends stand alike: in the same paragraph, or each in one of its own with p, tr or tc.",
)
TEMPLATE_NAME: Final = _kind(
    Severity.FAULT,
    "template-name",
    "A name is used that this paper does not have.",
    "Look for it in the names of the paper: peerkit template check FILE --fields.",
)
TEMPLATE_MAY_BE_MISSING: Final = _kind(
    Severity.WARNING,
    "template-may-be-missing",
    "A part of the paper is used that some papers lack; for those, drawing would stop.",
    "Put it between {%p if … is defined %} and {%p endif %}.",
)
TEMPLATE_COMPUTED: Final = _kind(
    Severity.FAULT,
    "template-computed",
    "A name is worked out while the paper is drawn, so nobody can tell beforehand whether it "
    "is there.",
    "Write the name out.",
)
TEMPLATE_VALUE: Final = _kind(
    Severity.FAULT,
    "template-value",
    "A tag prints what cannot stand in its place: blocks in a line of text, or a text where "
    "blocks are drawn.",
    "Write {{p … }} in a paragraph of its own for blocks, {{r … }} for rich text, {{ … }} for texts.",
)
TEMPLATE_NO_ROWS: Final = _kind(
    Severity.FAULT,
    "template-no-rows",
    "A table would be drawn without a single row, which Word takes for damage.",
    "Give the table a header row, or put it between {%p if … %} and {%p endif %}.",
)
TEMPLATE_NO_CELLS: Final = _kind(
    Severity.FAULT,
    "template-no-cells",
    "A row of a table would be drawn without a single cell, which Word takes for damage.",
    "Give the row a first cell that is always there, or put it between {%tr if … %} and {%tr endif %}.",
)
TEMPLATE_STYLE: Final = _kind(
    Severity.FAULT,
    "template-style",
    "A style that the paper cannot do without is missing or of another kind.",
    "Copy the style from the base template, in Word with the Organizer.",
)
TEMPLATE_STYLE_ABSENT: Final = _kind(
    Severity.WARNING,
    "template-style-absent",
    "A style that a paper may be drawn through is missing. Normal is used in its place.",
    "Copy the style from the base template, in Word with the Organizer.",
)
TEMPLATE_REVISIONS: Final = _kind(
    Severity.WARNING,
    "template-revisions",
    "Tracked changes or comments stand in the template, and would stand in every paper.",
    "In Word, accept or reject all changes and delete all comments.",
)
TEMPLATE_NOTE: Final = _kind(
    Severity.WARNING,
    "template-note",
    "Words stand in the template that read like a note to its author; every paper would say them.",
    "Take them out, or write what is to be printed.",
)

# -- how it reads --------------------------------------------------------------------

ACCESS_TITLE: Final = _kind(
    Severity.ERROR,
    "access-title",
    "The document has no title. A screen reader says the title when it is opened, and the "
    "name of the file for want of one.",
    "In Word: File, Info, Title.",
)
ACCESS_LANGUAGE: Final = _kind(
    Severity.ERROR,
    "access-language",
    "The document does not say which language it is in, so a screen reader cannot choose its voice.",
    "In Word, set the proofing language as default, and save.",
)
ACCESS_ONE_TITLE: Final = _kind(
    Severity.ERROR,
    "access-one-title",
    "The document has no heading of level 1, or several. People who go from heading to "
    "heading look for the one that says what the document is.",
    "Give the title the style Heading 1, and all other headings deeper ones.",
)
ACCESS_HEADING_SKIP: Final = _kind(
    Severity.ERROR,
    "access-heading-skip",
    "A level of headings is left out, so that people who go from heading to heading think "
    "they have missed something.",
    "Use the next deeper level.",
)
ACCESS_EMPTY_HEADING: Final = _kind(
    Severity.ERROR,
    "access-empty-heading",
    "A heading has no words; it is read out as a heading with nothing behind it.",
    "Write the heading, or take its paragraph out.",
)
ACCESS_TYPED_LIST: Final = _kind(
    Severity.ERROR,
    "access-typed-list",
    "A list is typed with dashes, dots or numbers. Only a real list says how many items it "
    "has, and where one ends.",
    "Take what was typed out, and use a list style.",
)
ACCESS_HEADER_ROW: Final = _kind(
    Severity.ERROR,
    "access-header-row",
    "A table has no row that is marked as its header, so no cell is read out with the heading "
    "of its column.",
    "In Word: Layout, Repeat Header Rows, for the first row.",
)
ACCESS_MERGED: Final = _kind(
    Severity.ERROR,
    "access-merged",
    "Cells of a table are merged or split, so that it cannot be told which column a cell is of.",
    "Split the cells, and say in each what it holds.",
)
ACCESS_NESTED: Final = _kind(
    Severity.ERROR,
    "access-nested",
    "A table lies inside another's cell, where many readers lose their way.",
    "Put it behind the other table.",
)
ACCESS_EMPTY_HEADER: Final = _kind(
    Severity.ERROR,
    "access-empty-header",
    "A column of a table has no heading.",
    "Write the heading into the first row.",
)
ACCESS_NO_PICTURE_TEXT: Final = _kind(
    Severity.ERROR,
    "access-picture-text",
    "A picture has no alternative text for people who do not see it.",
    "In Word: right-click, View Alt Text, and say what it shows, or mark it as decorative.",
)
ACCESS_LINK_TEXT: Final = _kind(
    Severity.ERROR,
    "access-link-text",
    "The words of a link do not say where it leads. They are often read out alone, in a list.",
    "Write the title of what it leads to.",
)
ACCESS_CONTRAST: Final = _kind(
    Severity.ERROR,
    "access-contrast",
    "Text stands out from what is behind it by less than 4.5 to 1 (WCAG 2.2, 1.4.3).",
    "Use a darker colour for the text, or a lighter one behind it.",
)
ACCESS_COLOUR: Final = _kind(
    Severity.ERROR,
    "access-colour",
    "A coloured cell has no words, so that only those who see its colour know what it says.",
    "Write into the cell what the colour means.",
)
ACCESS_SPACING: Final = _kind(
    Severity.ERROR,
    "access-spacing",
    "Empty paragraphs make room. A screen reader says “blank” for each.",
    "Take them out, and give the style room before or after.",
)
ACCESS_FLOATING: Final = _kind(
    Severity.WARNING,
    "access-floating",
    "A picture or text box floats beside the text, so that it is not read in its place, or "
    "not at all.",
    "Set it in line with the text.",
)

ACCESS_KINDS: tuple[ProblemKind, ...] = (
    ACCESS_TITLE, ACCESS_LANGUAGE, ACCESS_ONE_TITLE, ACCESS_HEADING_SKIP, ACCESS_EMPTY_HEADING,
    ACCESS_TYPED_LIST, ACCESS_HEADER_ROW, ACCESS_MERGED, ACCESS_NESTED, ACCESS_EMPTY_HEADER,
    ACCESS_NO_PICTURE_TEXT, ACCESS_LINK_TEXT, ACCESS_CONTRAST, ACCESS_COLOUR, ACCESS_SPACING,
    ACCESS_FLOATING,
)  # fmt: skip

PROBLEM_KINDS: tuple[ProblemKind, ...] = (
    WORD_PACKAGE, WORD_XML, WORD_PROGRAM, WORD_FETCHES, WORD_FIELD, WORD_LEFT_OUT,
    TEMPLATE_DELIMITER, TEMPLATE_CHARACTER, TEMPLATE_QUOTES, TEMPLATE_SYNTAX, TEMPLATE_NOT_ALLOWED,
    TEMPLATE_BLOCK, TEMPLATE_PREFIX, TEMPLATE_BESIDE, TEMPLATE_PLACE, TEMPLATE_BRANCHES,
    TEMPLATE_NAME, TEMPLATE_MAY_BE_MISSING, TEMPLATE_COMPUTED, TEMPLATE_VALUE, TEMPLATE_NO_ROWS,
    TEMPLATE_NO_CELLS,
    TEMPLATE_STYLE, TEMPLATE_STYLE_ABSENT, TEMPLATE_REVISIONS, TEMPLATE_NOTE,
    *ACCESS_KINDS,
)  # fmt: skip
