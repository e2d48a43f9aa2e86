"""The table of all addresses: who gets which answer.

Every file of this folder except `cast` holds a part of the table:

* `ROWS`: the address's pattern as the resolver has it → lines `METHOD /path/{thing}/  answers`.
  The seven answers stand in the order of `cast.ROLES`; `login` is the redirect to the sign-in
  page, a number is the status, and one answer alone is everybody's.
* `THINGS`: what stands for `{thing}` in a path: a function that makes it and returns its text.
* `BODIES` (may be absent): what is sent with a line, by the line's `METHOD /path/`.
"""
