"""The boarding houses of the demonstration company: three houses and the year that was lived in them.

Everything is done through the services and steps that people use, at moments of its own, in
the order of time. The same present day always gives the same company, but for the codes of
transfers and the tokens of papers, which are drawn by lot.
"""
