"""
What is drawn to see how fast Word papers are made, and who draws it.
"""
