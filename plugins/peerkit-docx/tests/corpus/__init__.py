"""
Templates of our own making, drawn by peerkit-docx and by docxtpl, and what came of it compared.

`values` are what both are given, `markup` what templates are written with, `likeness` says
when two files are the same. The other modules hold the templates, by what they are about.
"""
