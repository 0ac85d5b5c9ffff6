from peerkit.testing import format_faults
from peerkit_docx import base_template, peerkit_formats


def test_word_keeps_what_is_asked_of_every_format():
    """
    The suite that plugin authors are given finds nothing wrong with our own Word.
    """
    docx, _ = peerkit_formats()

    assert [] == list(format_faults(docx, base_template()))
