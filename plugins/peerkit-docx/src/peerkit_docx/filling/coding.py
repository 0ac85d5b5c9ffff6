"""
How Jinja's tree becomes Python: as Jinja does it, but for two things that cost most.

What is printed is given out in one piece between two blocks, and a name is looked up in
a dict before anything else is tried.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import nodes
from jinja2.compiler import CodeGenerator

if TYPE_CHECKING:
    from jinja2.compiler import Frame

__all__ = ["Coding"]


class Coding(CodeGenerator):
    """
    Writes templates in which every expression that is printed is a filter of ours.

    Those filters escape, so nothing is escaped here.
    """

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802 - Jinja names it
        """
        Write a statement that gives out all of *node* at once.
        """
        if not node.nodes:
            return
        several = len(node.nodes) > 1
        begun = "yield " if frame.buffer is None else f"{frame.buffer}.append"
        self.writeline(begun + ("(''.join((" if several else "("))
        self.indent()
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                self.write(repr(child.data))
            else:
                self.newline(child)  # so that a fault is told with its own line
                self.visit(child, frame)
            if several:
                self.write(",")
        self.outdent()
        self.write(")))" if several else ")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja names it
        """
        Write the look-up of a name, in a dict if it is one.
        """
        self.write(f"(v_[{node.attr!r}] if (v_ := ")
        self.visit(node.node, frame)
        self.write(f").__class__ is dict and {node.attr!r} in v_ ")
        self.write(f"else environment.getattr(v_, {node.attr!r}))")
