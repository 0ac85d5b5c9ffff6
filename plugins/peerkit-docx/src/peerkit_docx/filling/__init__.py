"""
Names into a template's source: what a template may say, and what it costs.
"""
