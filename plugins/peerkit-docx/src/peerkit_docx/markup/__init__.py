"""
What a paper is made of as WordprocessingML, through a template's named styles.
"""
