"""
The file format: packages, their parts, XML and properties. Kept out: templates.
"""
