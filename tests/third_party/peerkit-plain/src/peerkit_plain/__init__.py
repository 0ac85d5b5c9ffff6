"""The format `txt` for peerkit: papers as plain text, to paste into an e-mail."""
import re

from peerkit import Format, document as d, hookimpl

def words(part):
    text = "".join(map(words, part.inlines)) if hasattr(part, "inlines") else d.plain_text(part)
    bare = not isinstance(part, d.Link) or part.href.removeprefix("mailto:") == text
    return text if bare else f"{text} <{part.href}>"
def fold(text, width, mark=""):  # Folds at single spaces alone, so that joining gives it back.
    pattern = rf"(?=.)(?:.{{0,{max(width - len(mark), 20)}}}|[^ ]+)(?:(?<! ) (?! )|$)|.+?(?: |$)"
    return hang(mark, [x for row in text.split("\n") for x in re.findall(pattern, row)])
def hang(mark, rows):
    return [(" " * len(mark) * (i > 0) or mark) + row for i, row in enumerate(rows or [""])]
def heading(text, level, width):
    rows = fold(text, width)
    return [*rows, "=-~."[min(level, 3)] * max(map(len, rows)), ""] if text else []
def pairs(items, level, width):
    pad = 2 + max(len(label) for label, _ in items if len(label) < 25)
    for label, value in items:
        late = fold(label, width) if len(label) > pad - 2 else []
        yield from late + hang(" " * pad if late else label.ljust(pad), stack(value, level, width - pad))
def stack(blocks, level, width):
    return [row for block in blocks for row in rows(block, level, width)]
def titled(block):
    return f"{block.number}. {block.caption}" if getattr(block, "number", "") else block.caption
